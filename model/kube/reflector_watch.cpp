#include "model/kube/reflector.h"

#include <unordered_set>
#include <utility>

/// The watching half of Reflector.
namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds watchIdleLimit = 90s;
constexpr std::chrono::milliseconds watchForbiddenRecheck = 10min;
constexpr int mostInitialFailures = 3;
constexpr std::chrono::milliseconds tooShort = 1s;
/// A watch that expires sooner than this after it began is not answered with a list at once.
constexpr std::chrono::milliseconds longEnough = 10s;

std::chrono::seconds watchTimeout(std::mt19937_64 &random)
{
    return std::chrono::seconds(std::uniform_int_distribution<int>(300, 599)(random));
}

ApiFailure endedEmpty(const ResourceType &resource, const std::string &ns)
{
    return failureOf(Error{ErrorCode::Protocol, "the watch ended at once and without an event", {}},
                     collectionPath(resource, ns));
}

} // namespace

void Reflector::watch()
{
    if (!wantsWatch() || !m_mayWatch) {
        goOn();
        return;
    }
    m_status.polled = false;
    WatchQuery query;
    query.resourceVersion = m_version;
    query.timeout = watchTimeout(m_random);
    openWatch(query);
}

void Reflector::watchInitialEvents()
{
    WatchQuery query;
    query.resourceVersion = m_versionUnavailable ? std::string() : m_version;
    query.timeout = watchTimeout(m_random);
    query.initialEvents = true;
    m_initial.emplace();
    openWatch(query);
}

void Reflector::openWatch(const WatchQuery &scopeless)
{
    WatchQuery query = scopeless;
    query.fieldSelector = m_scope.fieldSelector;
    WatchStream::Handlers handlers;
    handlers.onOpened = [this] {
        heard();
        if (!m_initial)
            setPhase(WatchPhase::Watching, firstFault());
    };
    handlers.onHeard = [this] { heard(); };
    handlers.onEvents = [this](std::vector<WatchEvent> events) { takeEvents(std::move(events)); };
    handlers.onEnd = [this](const WatchEnd &end) { takeWatchEnd(end); };
    m_watch = std::make_unique<WatchStream>(m_shared.transport, m_shared.decoder, m_scope.type,
                                            std::move(handlers));
    m_watch->start(watchPath(m_scope.type, m_scope.ns, query), watchIdleLimit);
}

void Reflector::takeEvents(std::vector<WatchEvent> events)
{
    if (m_initial)
        gatherInitial(events);
    if (noteFaults(events))
        setPhase(m_status.phase, firstFault());
    std::unordered_map<ObjectRef, AnyObject> upserts;
    std::unordered_set<ObjectRef> removed;
    for (WatchEvent &event : events) {
        if (!event.resourceVersion.empty())
            m_version = event.resourceVersion;
        const bool isGone = event.type == WatchEvent::Type::Deleted;
        if (!event.object && !(event.fault && isGone))
            continue;
        const ObjectRef ref = event.object ? refOf(*event.object) : event.fault->object;
        if (isGone) {
            upserts.erase(ref);
            removed.insert(ref);
        } else {
            upserts.insert_or_assign(ref, std::move(*event.object));
        }
    }
    if (upserts.empty() && removed.empty())
        return;
    std::vector<AnyObject> objects;
    objects.reserve(upserts.size());
    for (auto &[ref, object] : upserts)
        objects.push_back(std::move(object));
    m_handlers.onChanged({removed.begin(), removed.end()}, std::move(objects));
}

/// True where faults() is another afterwards.
bool Reflector::noteFaults(const std::vector<WatchEvent> &events)
{
    bool changed = false;
    for (const WatchEvent &event : events) {
        if (event.fault && event.type != WatchEvent::Type::Deleted) {
            m_faults.insert_or_assign(event.fault->object, *event.fault);
            changed = true;
        } else if (!m_faults.empty() && (event.object || event.fault)) {
            const ObjectRef ref = event.object ? refOf(*event.object) : event.fault->object;
            changed = m_faults.erase(ref) > 0 || changed;
        }
    }
    return changed;
}

/// Takes the events up to the marked bookmark out of `events`; with it the list is complete.
void Reflector::gatherInitial(std::vector<WatchEvent> &events)
{
    std::size_t taken = 0;
    bool complete = false;
    while (taken < events.size() && !complete) {
        WatchEvent &event = events[taken++];
        if (event.initialEventsEnd) {
            m_version = event.resourceVersion;
            complete = true;
        } else if (event.object || event.fault) {
            const ObjectRef ref = event.object ? refOf(*event.object) : event.fault->object;
            m_initial->objects.erase(ref);
            m_initial->faults.erase(ref);
            if (event.type == WatchEvent::Type::Deleted)
                continue;
            if (event.object)
                m_initial->objects.emplace(ref, std::move(*event.object));
            else
                m_initial->faults.emplace(ref, std::move(*event.fault));
        }
    }
    events.erase(events.begin(), events.begin() + std::ptrdiff_t(taken));
    m_status.listed = m_initial->objects.size();
    m_handlers.onProgress();
    if (!complete)
        return;
    std::vector<AnyObject> objects;
    objects.reserve(m_initial->objects.size());
    for (auto &[ref, object] : m_initial->objects)
        objects.push_back(std::move(object));
    std::map<ObjectRef, DecodeFault> faults = std::move(m_initial->faults);
    m_initial.reset();
    takeObjects(std::move(objects), std::move(faults));
    m_status.polled = false;
    m_shared.lists.leave(std::exchange(m_place, 0));
    setPhase(WatchPhase::Watching, firstFault());
}

void Reflector::takeWatchEnd(const WatchEnd &end)
{
    m_watch.reset();
    if (m_initial)
        takeInitialEnd(end);
    else if (end.failure)
        takeWatchFailure(end);
    else if (end.lasted < tooShort && !end.hadEvents)
        relistAfter(endedEmpty(m_scope.type, m_scope.ns));
    else if (end.lasted < tooShort)
        // Not at once: a server that closes after every event must not be asked in a circle.
        waitThen(m_backoff.next(m_shared.transport.now()), &Reflector::watch);
    else
        watch();
}

/// A WatchList that ended before its objects were complete.
void Reflector::takeInitialEnd(const WatchEnd &end)
{
    m_initial.reset();
    m_shared.lists.leave(std::exchange(m_place, 0));
    const ApiFailure failure = end.failure.value_or(endedEmpty(m_scope.type, m_scope.ns));
    const bool mayWorkLater = failure.error.code == ErrorCode::Unavailable && failure.status != 501 &&
                              m_failures < mostInitialFailures;
    if (failure.isForbidden() || failure.isExpired() || failure.tooLargeVersion || mayWorkLater) {
        takeListFailure(failure);
        return;
    }
    // The server does not know WatchList, or does it wrong: from now on it is asked for lists.
    m_initialEventsRefused = true;
    list();
}

void Reflector::takeWatchFailure(const WatchEnd &end)
{
    const ApiFailure &failure = *end.failure;
    switch (failure.error.code) {
    case ErrorCode::Expired:
        if (end.lasted < longEnough)
            relistAfter(failure);
        else
            list();
        return;
    case ErrorCode::PermissionDenied:
    case ErrorCode::Unauthorized:
        // The list was allowed: perhaps the verb "watch" alone is missing. The next list will tell.
        if (failure.error.code == ErrorCode::PermissionDenied)
            m_watchForbiddenUntil = m_shared.transport.now() + watchForbiddenRecheck;
        list();
        return;
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
    case ErrorCode::Io:
        if (failure.tooLargeVersion)
            relistAfter(failure);
        else
            rewatchAfter(failure);
        return;
    default:
        if (failure.status == 405)
            m_canWatch = false;
        relistAfter(failure);
    }
}

} // namespace portolan::kube
