#pragma once

#include "model/base/result.h"
#include "model/kube/reflector.h"
#include "tests/fakes/simulated_api_server.h"

#include <map>
#include <memory>
#include <string>

namespace portolan::fakes {

inline const ResourceType podResource{"", "v1", "Pod", "pods", true};

/// A reflector of pods on a simulated server, and what somebody who only listens to it knows.
struct ReflectorFixture
{
    FakeTransport transport;
    SimulatedStore store;
    SimulatedApiServer server{transport, store, 11};
    Decoder decoder;
    kube::ListSlots lists{4};
    kube::ReflectorShared shared{transport, decoder, lists, {}};
    std::map<std::string, std::string> mirror; ///< name -> resourceVersion
    int replacements = 0;
    int changes = 0;
    std::vector<kube::WatchPhase> phases;
    std::unique_ptr<kube::Reflector> reflector;

    ReflectorFixture()
    {
        server.serve(podResource);
        for (const char *name : {"a", "b", "c"})
            store.put(podResource, "shop", name);
        server.catchUp();
    }

    void start(bool canWatch = true)
    {
        kube::Reflector::Handlers handlers;
        handlers.onReplaced = [this](const std::vector<AnyObject> &objects) {
            ++replacements;
            mirror.clear();
            take(objects);
        };
        handlers.onChanged = [this](const std::vector<ObjectRef> &removed,
                                    const std::vector<AnyObject> &upserts) {
            ++changes;
            for (const ObjectRef &ref : removed)
                mirror.erase(ref.name);
            take(upserts);
        };
        handlers.onState = [this] { phases.push_back(reflector->status().phase); };
        handlers.onProgress = [] {};
        handlers.onHeard = [] {};
        reflector = std::make_unique<kube::Reflector>(shared, kube::ListScope{podResource, {}, {}, true},
                                                      canWatch, 5, std::move(handlers));
        reflector->start();
        transport.settle();
    }

    void take(const std::vector<AnyObject> &objects)
    {
        for (const AnyObject &object : objects)
            mirror[metaOf(object).name] = metaOf(object).resourceVersion;
    }

    std::map<std::string, std::string> stored() const
    {
        std::map<std::string, std::string> names;
        for (const StoredObject &object : store.list(podResource, {}))
            names[object.name] = std::to_string(object.version);
        return names;
    }

    kube::WatchPhase phase() const { return reflector->status().phase; }
    std::vector<ApiCall> listCalls() const { return server.callsOf(podResource, false); }
    std::vector<ApiCall> watchCalls() const { return server.callsOf(podResource, true); }

    /// The first `count` calls of that kind fail so.
    void failFirst(int count, bool watch, const CallFault &how)
    {
        server.fault = [=, left = count](const ApiCall &call) mutable {
            return call.watch == watch && left-- > 0 ? how : CallFault{};
        };
    }
    /// The next so many; later ones are good.
    static CallFault status(int code, std::string body = {}, kube::HttpHeaders headers = {})
    {
        return {CallFault::Kind::Status, code, std::move(body), std::move(headers), 0};
    }
    static CallFault refuse() { return {CallFault::Kind::Refuse, 0, {}, {}, 0}; }
};

} // namespace portolan::fakes
