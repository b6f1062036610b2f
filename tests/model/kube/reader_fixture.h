#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"
#include "model/kube/cluster_reader.h"
#include "tests/fakes/simulated_api_server.h"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace portolan::fakes {

/// A reader on a simulated cluster of three namespaces, and the state that its deltas make.
struct ReaderFixture
{
    static inline const ResourceType namespaces{"", "v1", "Namespace", "namespaces", false};
    static inline const ResourceType nodes{"", "v1", "Node", "nodes", false};
    static inline const ResourceType pods{"", "v1", "Pod", "pods", true};
    static inline const ResourceType services{"", "v1", "Service", "services", true};
    static inline const ResourceType cilium{"cilium.io", "v2", "CiliumNetworkPolicy", "ciliumnetworkpolicies",
                                            true};
    static inline const ResourceType daemonSets{"apps", "v1", "DaemonSet", "daemonsets", true};
    static inline const ResourceType configMaps{"", "v1", "ConfigMap", "configmaps", true};

    FakeTransport transport;
    SimulatedStore store;
    SimulatedApiServer server;
    std::vector<ResourceType> resources{namespaces, nodes, pods, services, cilium};
    ClusterStatePtr state = std::make_shared<ClusterState>();
    std::vector<kube::WatchStatus> statuses;
    std::vector<Error> unreachable;
    int synced = 0;
    int deltas = 0;
    kube::ReaderOptions options;
    std::unique_ptr<kube::ClusterReader> reader;

    explicit ReaderFixture(std::uint64_t seed = 3) : server(transport, store, seed)
    {
        options.seed = seed;
        for (const ResourceType &resource : resources)
            server.serve(resource);
        store.put(nodes, "", "node-a");
        for (const char *ns : {"ns-1", "ns-2", "ns-3"}) {
            store.put(namespaces, "", ns);
            for (const char *name : {"pod-0", "pod-1"})
                store.put(pods, ns, name);
            store.put(services, ns, "web");
        }
        store.put(cilium, "ns-1", "policy");
        server.catchUp();
    }

    void serveAgents()
    {
        server.serve(daemonSets);
        server.serve(configMaps);
    }

    void start(kube::ReadScope scope = {{}, "default"})
    {
        kube::ReaderHandlers handlers;
        handlers.onDelta = [this](const ClusterDelta &delta) {
            ++deltas;
            state = applied(state, delta);
        };
        handlers.onStatus = [this](const std::vector<kube::WatchStatus> &now) { statuses = now; };
        handlers.onUnreachable = [this](const Error &error) { unreachable.push_back(error); };
        handlers.onSynced = [this] { ++synced; };
        reader =
            std::make_unique<kube::ClusterReader>(transport, std::move(scope), std::move(handlers), options);
        reader->start();
        transport.advance(std::chrono::milliseconds(200));
    }

    const ReadGap *gapOf(const std::string &resource, const std::string &ns) const
    {
        for (const ReadGap &gap : state->gaps) {
            if (gap.resource.qualifiedName() == resource && gap.ns == ns)
                return &gap;
        }
        return nullptr;
    }

    /// "Pod ns-1/pod-0 uid-7 @12" of everything, as the state has it and as the store has it.
    std::set<std::string> known() const
    {
        std::set<std::string> all;
        const auto take = [&all](const auto &table) {
            for (const auto &object : table)
                all.insert(
                    described(refOf(*object).toString(), object->meta.uid, object->meta.resourceVersion));
        };
        take(state->namespaces);
        take(state->nodes);
        take(state->pods);
        take(state->services);
        take(state->others);
        return all;
    }

    std::set<std::string> stored() const
    {
        std::set<std::string> all;
        for (const ResourceType &resource : resources) {
            for (const StoredObject &object : store.list(resource, {})) {
                const ObjectRef ref{resource.objectKind(), resource.objectType(), object.ns, object.name};
                all.insert(described(ref.toString(), object.uid, std::to_string(object.version)));
            }
        }
        return all;
    }

    static std::string described(const std::string &ref, const std::string &uid, const std::string &version)
    {
        return ref + " " + uid + " @" + version;
    }

    static CallFault status(int code) { return {CallFault::Kind::Status, code, {}, {}, 0}; }
};

} // namespace portolan::fakes
