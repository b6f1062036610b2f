#pragma once

#include "tests/fakes/fake_transport.h"
#include "tests/fakes/simulated_store.h"

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace portolan::fakes {

/// A LIST or WATCH as the simulated server understood it.
struct ApiCall
{
    ResourceType resource;
    std::string ns;
    bool watch = false;
    std::map<std::string, std::string> query;

    std::string param(const std::string &name) const
    {
        const auto found = query.find(name);
        return found == query.end() ? std::string() : found->second;
    }
    /// By fieldSelector, of which metadata.name is understood.
    bool selects(const std::string &name) const
    {
        const std::string selector = param("fieldSelector");
        return !selector.starts_with("metadata.name=") || selector == "metadata.name=" + name;
    }
};

/// What is to go wrong with a call.
struct CallFault
{
    enum class Kind { None, Status, Refuse, Hang, Cut, Garbage };
    Kind kind = Kind::None;
    int status = 0;   ///< for Status
    std::string body; ///< for Status and Garbage; a Status object is made where it is empty
    kube::HttpHeaders headers;
    std::size_t cutAfter = 0; ///< bytes of the body, for Cut
};

/// An API server over a SimulatedStore and a FakeTransport: discovery, lists with pages and continue tokens,
/// watches with bookmarks, expiry in both forms, and a watch cache that lags behind the store until
/// catchUp(). Faults are the test's choice.
class SimulatedApiServer
{
public:
    enum class DiscoveryStyle { AggregatedV2, AggregatedV2Beta1, Plain };

    SimulatedApiServer(FakeTransport &transport, SimulatedStore &store, std::uint64_t seed);

    void serve(ResourceType resource, bool canWatch = true);
    void unserve(const ResourceType &resource);

    DiscoveryStyle discovery = DiscoveryStyle::AggregatedV2;
    std::map<std::string, int> discoveryStatus; ///< path -> HTTP status other than 200
    std::vector<std::string> staleGroups;
    std::string version = "v1.34.4";
    bool knowsWatchList = true;
    bool ignoresInitialEvents = false; ///< an old server that is not told resourceVersionMatch
    bool cacheIgnoresLimit = true;     ///< a list at "0" comes in one piece
    bool expiresInStream = false;      ///< an expired watch is HTTP 200 with an ERROR event
    std::size_t largestChunk = 0;      ///< cuts bodies at random places; 0: one piece
    std::function<CallFault(const ApiCall &)> fault;

    /// The cache sees what the store has, and watches are told.
    void catchUp();
    void sendBookmarks();
    /// Ends every watch: in good order, or in the middle of a line.
    void endWatches(bool cleanly);
    /// Sends the bytes to every watch of the resource.
    void sendToWatches(const ResourceType &resource, std::string_view bytes);

    std::size_t openWatches() const { return m_watches.size(); }
    std::size_t mostOpenWatches() const { return m_mostOpenWatches; }
    const std::vector<ApiCall> &calls() const { return m_calls; }
    std::vector<ApiCall> callsOf(const ResourceType &resource, bool watch) const;
    bool inconsistentTokenUsed() const { return m_inconsistentTokenUsed; }

private:
    struct Watch
    {
        ApiCall call;
        std::uint64_t sentUpTo = 0;
        bool initialEvents = false;
    };
    struct Served
    {
        ResourceType resource;
        bool canWatch = true;
    };

    void take(kube::RequestId id, const kube::HttpRequest &request);
    std::optional<ApiCall> understood(const std::string &path) const;
    void serveDiscovery(kube::RequestId id, const std::string &path);
    std::string aggregated(bool core) const;
    std::string plainRoot(bool core) const;
    std::optional<std::string> plainResources(const std::string &path) const;
    bool applyFault(kube::RequestId id, const ApiCall &call, const CallFault &fault);
    void serveList(kube::RequestId id, const ApiCall &call, const CallFault &fault);
    void serveWatch(kube::RequestId id, const ApiCall &call);
    void expire(kube::RequestId id, bool watch, const std::string &continueToken);
    void pump(kube::RequestId id, Watch &watch);
    void sendInitialEvents(kube::RequestId id, Watch &watch);
    void sendStatus(kube::RequestId id, int code, const std::string &reason, const std::string &message,
                    const std::string &continueToken = {});
    void sendBody(kube::RequestId id, std::string_view body);

    FakeTransport &m_transport;
    SimulatedStore &m_store;
    std::mt19937_64 m_random;
    std::vector<Served> m_served;
    std::map<kube::RequestId, Watch> m_watches;
    std::uint64_t m_cached = 0; ///< revision up to which the watch cache has come
    std::size_t m_mostOpenWatches = 0;
    std::vector<ApiCall> m_calls;
    bool m_inconsistentTokenUsed = false;
};

std::string statusJson(int code, const std::string &reason, const std::string &message,
                       const std::string &continueToken = {});

} // namespace portolan::fakes
