#pragma once

#include "model/cluster/cluster_delta.h"
#include "model/kube/http_transport.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portolan::kube {

/// What is to be read. `namespaces` empty: all, and where that is forbidden, each namespace that can be
/// listed; where none can be, the context's own.
struct ReadScope
{
    std::vector<std::string> namespaces;
    std::string fallbackNamespace; ///< the context's default namespace
};

enum class WatchPhase { Discovering, Listing, Watching, BackingOff, Forbidden, Failed };

/// How one resource in one scope is doing, for progress and for the status bar.
struct WatchStatus
{
    ResourceType resource;
    std::string ns;
    WatchPhase phase = WatchPhase::Discovering;
    std::size_t listed = 0;                          ///< objects of the running or last list
    std::optional<std::int64_t> remaining;           ///< of the running list, where the server tells
    std::chrono::steady_clock::time_point lastHeard; ///< last byte or event from the server
    std::optional<Error> problem;                    ///< why it backs off or failed
    /// Listed again every 30 s instead of watched: watching is forbidden, or there are more resources than
    /// watches. Its phase is Watching in between.
    bool polled = false;
};

struct ReaderHandlers
{
    std::function<void(ClusterDelta)> onDelta;
    std::function<void(const std::vector<WatchStatus> &)> onStatus;
    /// The connection test (/version) failed: nothing is read. Retried with backoff unless the error is
    /// Unauthorized or InvalidInput.
    std::function<void(const Error &)> onUnreachable;
    /// Every readable resource has been listed once.
    std::function<void()> onSynced;
};

struct ReaderOptions
{
    /// Seeds jitter and timeouts, so that a test can repeat a run. 0: different every time.
    std::uint64_t seed = 0;
    /// First lists by WatchList (KEP-3157) where the server can; falls back to a list where it cannot.
    bool watchList = false;
    /// Watches held open at most. Past 100 streams libcurl opens a connection for every further one.
    std::size_t mostWatches = 84;
    /// Lists that run at once.
    std::size_t mostLists = 10;
};

/// Reads a cluster and keeps reading: connection test, discovery, one reflector per resource (and per
/// namespace where rights are partial). Lists pages of 500; watches with bookmarks; recovers from expiry,
/// cut streams, refused connections and stopped servers as client-go's Reflector does, with the client's
/// own deadlines, backoff 0.8 s to 30 s with jitter, Retry-After honoured.
///
/// Where a DaemonSet is a CNI agent, the ConfigMap that tells it what to do is read too, by its name: see
/// cniConfigOf(). No other ConfigMap is ever asked for.
///
/// All calls and handlers are on the transport's loop thread. Destroying the reader cancels everything.
class ClusterReader
{
public:
    ClusterReader(HttpTransport &transport, ReadScope scope, ReaderHandlers handlers,
                  ReaderOptions options = {});
    ~ClusterReader();

    void start();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::kube
