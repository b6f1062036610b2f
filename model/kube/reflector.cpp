#include "model/kube/reflector.h"

#include <utility>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds pollInterval = 30s;
constexpr std::chrono::milliseconds forbiddenRecheck = 10min;
constexpr std::chrono::milliseconds forbiddenDoubt = 30s;
constexpr std::chrono::milliseconds goneRecheck = 10min;

} // namespace

Reflector::Reflector(ReflectorShared &shared, ListScope scope, bool canWatch, std::uint64_t seed,
                     Handlers handlers)
    : m_shared(shared),
      m_scope(std::move(scope)),
      m_canWatch(canWatch),
      m_handlers(std::move(handlers)),
      m_random(seed),
      m_backoff(seed + 1)
{
    m_status.resource = m_scope.type;
    m_status.ns = m_scope.ns;
}

Reflector::~Reflector()
{
    stop();
}

void Reflector::start()
{
    // Not at once: who may watch is settled first.
    waitThen(0ms, &Reflector::list);
}

void Reflector::stop()
{
    m_list.reset();
    m_watch.reset();
    m_initial.reset();
    m_shared.lists.leave(std::exchange(m_place, 0));
    if (m_timer.isValid())
        m_shared.transport.cancelTimer(std::exchange(m_timer, {}));
}

void Reflector::setMayWatch(bool may)
{
    if (std::exchange(m_mayWatch, may) == may || !m_synced || m_list || m_place != 0)
        return;
    const bool polls = m_status.polled && m_timer.isValid();
    if ((may && polls) || (!may && m_watch)) {
        stop();
        goOn();
    }
}

void Reflector::suspect(const Error &reason)
{
    if (!m_watch || m_status.phase != WatchPhase::Watching)
        return;
    WatchEnd end;
    end.failure = failureOf(reason, collectionPath(m_scope.type, m_scope.ns));
    takeWatchEnd(end);
}

bool Reflector::wantsWatch() const
{
    return m_canWatch && (!m_watchForbiddenUntil || *m_watchForbiddenUntil <= m_shared.transport.now());
}

bool Reflector::isBarred() const
{
    return m_status.phase == WatchPhase::Forbidden || m_status.phase == WatchPhase::Failed;
}

void Reflector::list()
{
    if (!isBarred())
        setPhase(WatchPhase::Listing, m_status.problem);
    m_place = m_shared.lists.enter([this] { beginList(); });
}

void Reflector::beginList()
{
    const bool byWatch = m_shared.options.watchList && !m_initialEventsRefused && wantsWatch() && m_mayWatch;
    if (byWatch) {
        watchInitialEvents();
        return;
    }
    ListRequest::Handlers handlers;
    handlers.onProgress = [this](std::size_t listed, std::optional<std::int64_t> remaining) {
        m_status.listed = listed;
        m_status.remaining = remaining;
        heard();
        m_handlers.onProgress();
    };
    handlers.onDone = [this](std::variant<ListOutcome, ApiFailure> outcome) { takeList(std::move(outcome)); };
    m_scope.compressed = m_shared.compressLists;
    m_list =
        std::make_unique<ListRequest>(m_shared.transport, m_shared.decoder, m_scope, std::move(handlers));
    m_list->start(m_versionUnavailable ? "" : m_version.empty() ? "0" : m_version);
}

void Reflector::takeList(std::variant<ListOutcome, ApiFailure> outcome)
{
    m_list.reset();
    if (const ApiFailure *failure = std::get_if<ApiFailure>(&outcome)) {
        m_shared.lists.leave(std::exchange(m_place, 0));
        takeListFailure(*failure);
        return;
    }
    ListOutcome &list = std::get<ListOutcome>(outcome);
    m_version = std::move(list.resourceVersion);
    std::map<ObjectRef, DecodeFault> faults;
    for (DecodeFault &fault : list.faults)
        faults.insert_or_assign(fault.object, std::move(fault));
    takeObjects(std::move(list.objects), std::move(faults));
    m_shared.lists.leave(std::exchange(m_place, 0));
    goOn();
}

void Reflector::takeObjects(std::vector<AnyObject> objects, std::map<ObjectRef, DecodeFault> faults)
{
    m_versionUnavailable = false;
    m_failures = 0;
    m_synced = true;
    m_status.listed = objects.size();
    m_status.remaining.reset();
    m_faults = std::move(faults);
    setPhase(WatchPhase::Listing, std::nullopt);
    m_handlers.onReplaced(std::move(objects));
}

/// After a list: the watch, or the wait until the next list.
void Reflector::goOn()
{
    if (wantsWatch() && m_mayWatch && !m_version.empty()) {
        watch();
        return;
    }
    m_status.polled = true;
    setPhase(WatchPhase::Watching, firstFault());
    waitThen(jittered(pollInterval), &Reflector::list);
}

void Reflector::takeListFailure(const ApiFailure &failure)
{
    ++m_failures;
    if (failure.isForbidden()) {
        forbid(failure);
    } else if (failure.status == 404 || failure.status == 405) {
        if (std::exchange(m_synced, false))
            m_handlers.onReplaced({});
        setPhase(WatchPhase::Failed, failure.error);
        waitThen(jittered(goneRecheck), &Reflector::list);
    } else if ((failure.isExpired() || failure.tooLargeVersion) &&
               !std::exchange(m_versionUnavailable, true)) {
        list();
    } else {
        relistAfter(failure);
    }
}

void Reflector::forbid(const ApiFailure &failure)
{
    const bool inDoubt = m_synced && m_status.phase != WatchPhase::Forbidden;
    const bool refused = failure.error.code == ErrorCode::PermissionDenied;
    if (refused && !inDoubt && std::exchange(m_synced, false))
        m_handlers.onReplaced({});
    setPhase(WatchPhase::Forbidden, failure.error);
    waitThen(inDoubt ? forbiddenDoubt : jittered(forbiddenRecheck), &Reflector::list);
}

void Reflector::relistAfter(const ApiFailure &failure)
{
    if (!isBarred())
        setPhase(WatchPhase::BackingOff, failure.error);
    waitThen(m_backoff.next(m_shared.transport.now(), failure.retryAfter), &Reflector::list);
}

void Reflector::rewatchAfter(const ApiFailure &failure)
{
    setPhase(WatchPhase::BackingOff, failure.error);
    waitThen(m_backoff.next(m_shared.transport.now(), failure.retryAfter), &Reflector::watch);
}

void Reflector::waitThen(std::chrono::milliseconds delay, void (Reflector::*next)())
{
    m_timer = m_shared.transport.after(delay, [this, next] {
        m_timer = {};
        (this->*next)();
    });
}

void Reflector::setPhase(WatchPhase phase, std::optional<Error> problem)
{
    if (m_status.phase == phase && m_status.problem == problem)
        return;
    m_status.phase = phase;
    m_status.problem = std::move(problem);
    m_handlers.onState();
}

std::optional<Error> Reflector::firstFault() const
{
    if (m_faults.empty())
        return std::nullopt;
    return errorOf(m_scope.type, m_faults.begin()->second, m_faults.size());
}

void Reflector::heard()
{
    m_status.lastHeard = m_shared.transport.now();
    m_handlers.onHeard();
}

std::chrono::milliseconds Reflector::jittered(std::chrono::milliseconds length)
{
    std::uniform_int_distribution<std::int64_t> jitter(0, length.count() / 5);
    return length + std::chrono::milliseconds(jitter(m_random));
}

} // namespace portolan::kube
