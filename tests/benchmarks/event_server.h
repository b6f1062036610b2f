#pragma once

#include "model/cluster/cluster_state.h"
#include "tests/fakes/fake_api_server.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace portolan::bench {

/// An API server over HTTP that lists a cluster and then, once told to, changes its pods at a steady rate:
/// every event makes one pod ready or not ready. Every tenth event is about the beacon, the first pod, by
/// which a reader tells how far it has come.
class EventServer
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::uint64_t firstVersion = 1'000; ///< resourceVersion of the first event

    EventServer(const ClusterState &state, int eventsASecond, std::uint64_t events);

    std::string url() const { return m_server.url(); }
    const ObjectRef &beacon() const { return m_beacon; }
    void begin() { m_begun = true; }
    bool isDone() const { return m_sent == m_sentAt.size(); }
    std::uint64_t sent() const { return m_sent; }
    /// When the event with that resourceVersion was written to the connection.
    Clock::time_point sentAt(std::uint64_t version) const { return m_sentAt[version - firstVersion]; }

private:
    struct PodText
    {
        std::string beforeVersion, beforeReady, afterReady;
        bool ready = true;
        std::string at(std::uint64_t version) const;
    };

    fakes::FakeReply answer(const fakes::FakeRequest &request);
    fakes::FakeReply discovery(const std::string &path) const;
    fakes::FakeReply list(const std::string &resource) const;
    void addPods(const ClusterState &state);
    void addOthers(const ClusterState &state);
    void writeEvents(fakes::FakeConnection &connection);

    std::vector<PodText> m_pods;
    std::map<std::string, std::vector<std::string>> m_items; ///< by plural, pods left out
    ObjectRef m_beacon;
    std::chrono::nanoseconds m_step;
    std::vector<Clock::time_point> m_sentAt;
    std::atomic<std::uint64_t> m_sent = 0;
    std::atomic<bool> m_begun = false;
    fakes::FakeApiServer m_server; ///< last: its threads use everything above
};

} // namespace portolan::bench
