#pragma once

#include "model/kube/api_paths.h"
#include "model/kube/backoff.h"
#include "model/kube/cluster_reader.h"
#include "model/kube/list_request.h"
#include "model/kube/list_slots.h"
#include "model/kube/watch_stream.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <unordered_map>
#include <vector>

namespace portolan::kube {

/// What all reflectors of one reader share; outlives them.
struct ReflectorShared
{
    HttpTransport &transport;
    Decoder &decoder; ///< one for all: they run on one thread, and equal labels are shared between kinds
    ListSlots &lists;
    ReaderOptions options;
    bool compressLists = true;
};

/// Keeps one resource in one scope as the server has it: lists, then watches from where the list ended, for
/// ever. What it reports, put one after the other, is what the server's store held at some moment not long
/// ago: nothing is lost and nothing is invented, whatever fails in between. The rules are client-go's
/// (tools/cache, Reflector):
///
/// - The first list asks for resourceVersion "0", a later one for the last version seen; after 410 or "too
///   large resource version" for "" until a list succeeds. Versions are opaque and never compared.
/// - A watch that was refused, answered 429 or 5xx, cut or silent is asked for again at the same version,
///   without a list. One that expired (HTTP 410, or HTTP 200 and an ERROR event) means a new list. One that
///   sends what is no event, or that ends empty within a second, is an error and means a new list.
/// - Waits between attempts are those of Backoff; Retry-After is honoured.
/// - timeoutSeconds is random, 5 to 10 min. 90 s without a byte end a watch from this side (a stopped server
///   would hang it for ever): where a server sends no bookmarks, a quiet watch is simply asked for again.
/// - Forbidden (401, 403) is not asked again but after ten minutes; where there was a list before, once after
///   30 s, for an authorizer may be down for a moment. On the second 403 the objects are given up; after a
///   401 they stay, for then nobody has said that they may not be seen.
/// - Where listing is allowed and watching is not (asked again after ten minutes), or where the reader has no
///   watch left to give, the list is repeated every 30 s.
///
/// All on the transport's thread. Handlers must not destroy the reflector.
class Reflector
{
public:
    struct Handlers
    {
        /// The complete content, as a list found it.
        std::function<void(std::vector<AnyObject>)> onReplaced;
        /// What one chunk of a watch changed; `removed` before `upserts`.
        std::function<void(std::vector<ObjectRef> removed, std::vector<AnyObject> upserts)> onChanged;
        std::function<void()> onState;    ///< what status(), isSynced() or failures() say has changed
        std::function<void()> onProgress; ///< only how much has been listed
        std::function<void()> onHeard;    ///< the server gave a sign of life
    };

    Reflector(ReflectorShared &shared, ListScope scope, bool canWatch, std::uint64_t seed, Handlers handlers);
    ~Reflector();
    Reflector(const Reflector &) = delete;
    Reflector &operator=(const Reflector &) = delete;

    void start();
    /// Whether this one may hold a watch open; without, it lists every 30 s. True at first.
    void setMayWatch(bool may);
    /// The connection does not answer: an open watch is given up and asked for again.
    void suspect(const Error &reason);
    /// Whether it would hold a watch if it may.
    bool wantsWatch() const;
    /// Known to be unreadable: forbidden, or not served. That stays said while it is asked again.
    bool isBarred() const;

    const WatchStatus &status() const { return m_status; }
    /// A list has succeeded and has not become forbidden since.
    bool isSynced() const { return m_synced; }
    /// Lists that failed since the last that succeeded.
    int failures() const { return m_failures; }
    /// The objects whose last known form could not be decoded. What was reported of one before stays
    /// reported, and is out of date.
    const std::map<ObjectRef, DecodeFault> &faults() const { return m_faults; }

private:
    void list();
    void beginList();
    void takeList(std::variant<ListOutcome, ApiFailure> outcome);
    void takeObjects(std::vector<AnyObject> objects, std::map<ObjectRef, DecodeFault> faults);
    void takeListFailure(const ApiFailure &failure);
    void forbid(const ApiFailure &failure);
    void goOn();

    void watch();
    void watchInitialEvents();
    void openWatch(const WatchQuery &query);
    void takeEvents(std::vector<WatchEvent> events);
    void gatherInitial(std::vector<WatchEvent> &events);
    bool noteFaults(const std::vector<WatchEvent> &events);
    void takeWatchEnd(const WatchEnd &end);
    void takeInitialEnd(const WatchEnd &end);
    void takeWatchFailure(const WatchEnd &end);

    void relistAfter(const ApiFailure &failure);
    void rewatchAfter(const ApiFailure &failure);
    void waitThen(std::chrono::milliseconds delay, void (Reflector::*next)());
    void setPhase(WatchPhase phase, std::optional<Error> problem);
    std::optional<Error> firstFault() const;
    void heard();
    void stop();
    std::chrono::milliseconds jittered(std::chrono::milliseconds length);

    ReflectorShared &m_shared;
    ListScope m_scope;
    bool m_canWatch;
    Handlers m_handlers;
    std::mt19937_64 m_random;
    Backoff m_backoff;
    WatchStatus m_status;

    std::string m_version; ///< last one seen; "" before the first list
    bool m_versionUnavailable = false;
    bool m_synced = false;
    bool m_mayWatch = true;
    std::optional<Backoff::Instant> m_watchForbiddenUntil;
    bool m_initialEventsRefused = false;
    int m_failures = 0;
    std::map<ObjectRef, DecodeFault> m_faults;

    std::uint64_t m_place = 0; ///< in the queue for lists
    TimerId m_timer;
    std::unique_ptr<ListRequest> m_list;
    std::unique_ptr<WatchStream> m_watch;

    struct InitialContent
    {
        std::unordered_map<ObjectRef, AnyObject> objects;
        std::map<ObjectRef, DecodeFault> faults;
    };
    /// Set while a watch still sends the objects that were there (WatchList).
    std::optional<InitialContent> m_initial;
};

} // namespace portolan::kube
