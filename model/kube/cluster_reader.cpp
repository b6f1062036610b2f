#include "model/kube/cluster_reader.h"

#include "model/kube/cluster_reader_private.h"
#include "model/kube/server_version.h"

#include <algorithm>
#include <utility>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds rediscoverEvery = 5min;
constexpr std::chrono::milliseconds rediscoverSoon = 30s;

std::uint64_t seedOf(const ReaderOptions &options)
{
    return options.seed != 0 ? options.seed : std::random_device{}();
}

/// Of a server on this machine or beside it: there compressing takes longer than sending.
constexpr std::chrono::microseconds nearRoundTrip = 1500us;

bool isFinal(const Error &error)
{
    return error.code == ErrorCode::Unauthorized || error.code == ErrorCode::InvalidInput;
}

} // namespace

ClusterReader::ClusterReader(HttpTransport &transport, ReadScope scope, ReaderHandlers handlers,
                             ReaderOptions options)
    : d(std::make_unique<Private>(transport, std::move(scope), std::move(handlers), options))
{
}

ClusterReader::~ClusterReader() = default;

void ClusterReader::start()
{
    d->testConnection();
}

ClusterReader::Private::Private(HttpTransport &itsTransport, ReadScope scope, ReaderHandlers itsHandlers,
                                ReaderOptions options)
    : transport(itsTransport),
      handlers(std::move(itsHandlers)),
      fallbackNamespace(scope.fallbackNamespace.empty() ? "default" : scope.fallbackNamespace),
      random(seedOf(options)),
      backoff(random()),
      lists(options.mostLists),
      shared{transport, decoder, lists, options},
      heartbeat(transport, [this](const Error &error) { suspectAll(error); })
{
    plan.fixed = !scope.namespaces.empty();
    if (!plan.fixed)
        return;
    std::set<std::string> names(scope.namespaces.begin(), scope.namespaces.end());
    names.erase(std::string());
    plan.names.emplace(names.begin(), names.end());
}

ClusterReader::Private::~Private()
{
    lists.close();
    if (request.isValid())
        transport.cancel(request);
    for (const TimerId timer : {retryTimer, rediscoverTimer, adjustTimer, statusTimer}) {
        if (timer.isValid())
            transport.cancelTimer(timer);
    }
}

void ClusterReader::Private::testConnection()
{
    HttpRequest version;
    version.path = "/version";
    version.headers = {{"accept", "application/json"}};
    version.maxBody = std::size_t{1} << 20;
    HttpHandlers to;
    to.onDone = [this](const Result<HttpResponse> &answer) {
        request = {};
        takeVersion(answer);
    };
    request = transport.start(std::move(version), std::move(to));
}

void ClusterReader::Private::takeVersion(const Result<HttpResponse> &answer)
{
    if (!answer) {
        unreachable(failureOf(answer.error(), "/version"));
        return;
    }
    // Some clusters do not tell their version to everybody; they can be read all the same.
    if (answer->status == 403) {
        discover();
        return;
    }
    if (answer->status != 200) {
        unreachable(failureOf(*answer, "/version"));
        return;
    }
    const auto version = readServerVersion(answer->body);
    if (!version) {
        unreachable(failureOf(version.error(), "/version"));
        return;
    }
    ClusterDelta delta;
    delta.serverVersion = *version;
    emitDelta(std::move(delta));
    discover();
}

void ClusterReader::Private::unreachable(const ApiFailure &failure)
{
    if (!isFinal(failure.error)) {
        retryTimer = transport.after(backoff.next(transport.now(), failure.retryAfter), [this] {
            retryTimer = {};
            testConnection();
        });
    }
    if (handlers.onUnreachable)
        handlers.onUnreachable(failure.error);
}

void ClusterReader::Private::discover()
{
    discovery = std::make_unique<Discovery>(
        transport, isChartedGroup,
        [this](std::variant<ServedApis, ApiFailure> outcome) { takeDiscovery(std::move(outcome)); });
    discovery->start();
}

void ClusterReader::Private::takeDiscovery(std::variant<ServedApis, ApiFailure> outcome)
{
    shared.compressLists = discovery->roundTrip() > nearRoundTrip;
    discovery.reset();
    if (const ApiFailure *failure = std::get_if<ApiFailure>(&outcome)) {
        const bool forbidden = failure->error.code == ErrorCode::PermissionDenied;
        if (readers.empty() && !forbidden) {
            unreachable(*failure);
            return;
        }
        if (readers.empty())
            readResources(assumedResources());
    } else {
        const ServedApis &apis = std::get<ServedApis>(outcome);
        broken = apis.broken;
        readResources(selectResources(apis));
    }
    heartbeat.start();
    rediscoverIn(rediscoverEvery);
}

void ClusterReader::Private::rediscoverIn(std::chrono::milliseconds delay)
{
    if (rediscoverTimer.isValid())
        transport.cancelTimer(rediscoverTimer);
    rediscoverTimer = transport.after(delay, [this] {
        rediscoverTimer = {};
        discover();
    });
}

void ClusterReader::Private::suspectAll(const Error &error)
{
    std::vector<Reflector *> reflectors;
    for (const auto &reader : readers)
        reader->appendReflectors(reflectors);
    for (Reflector *reflector : reflectors)
        reflector->suspect(error);
}

void ClusterReader::Private::emitDelta(ClusterDelta delta)
{
    learnNamespaces(delta);
    learnAgents(delta);
    keepToScope(delta);
    if (handlers.onDelta)
        handlers.onDelta(std::move(delta));
}

void ClusterReader::Private::stateChanged()
{
    // Later: adjusting destroys reflectors, and it is one of them that speaks.
    if (!adjustTimer.isValid()) {
        adjustTimer = transport.after(0ms, [this] {
            adjustTimer = {};
            adjust();
        });
    }
    announceStatusSoon();
}

void ClusterReader::Private::announceStatusSoon()
{
    if (!statusTimer.isValid()) {
        statusTimer = transport.after(100ms, [this] {
            statusTimer = {};
            announceStatus();
        });
    }
}

void ClusterReader::Private::announceStatus()
{
    if (!handlers.onStatus)
        return;
    std::vector<WatchStatus> statuses;
    for (const auto &reader : readers)
        reader->appendStatus(statuses);
    handlers.onStatus(statuses);
}

void ClusterReader::Private::adjust()
{
    planNamespaces();
    readConfigs();
    for (const auto &reader : readers)
        reader->adjust(plan);
    giveOutWatches();
    announceGaps();
    const bool anyGone =
        std::any_of(readers.begin(), readers.end(), [](const auto &r) { return r->isGone(); });
    if (anyGone && !std::exchange(knowsOfGone, true) && !discovery)
        rediscoverIn(rediscoverSoon);
    if (!anyGone)
        knowsOfGone = false;
    const bool settled =
        !readers.empty() &&
        std::all_of(readers.begin(), readers.end(), [this](const auto &r) { return r->isSettled(plan); });
    if (settled && !std::exchange(synced, true) && handlers.onSynced)
        handlers.onSynced();
}

} // namespace portolan::kube
