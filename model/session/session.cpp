#include "model/session/session.h"

#include "model/cluster/join_deltas.h"
#include "model/session/session_private.h"
#include "model/snapshot/snapshot.h"

namespace portolan {

namespace {

constexpr std::size_t probeThreads = 4;
/// How long the first lists may hold the first picture back.
constexpr std::chrono::seconds firstFramePatience{5};
constexpr std::chrono::milliseconds statusInterval{250};

} // namespace

void Session::Private::startPipeline(SessionOptions &options)
{
    FramePipeline::Handlers handlers;
    handlers.onFrame = [this](TopologyFramePtr next) {
        questions.keep(next->policies);
        onOwnThread([this, next = std::move(next)]() mutable { take(std::move(next)); });
    };
    handlers.onLayout = [this](bool running) {
        editStatus([running](SessionStatus &now) { now.layoutRunning = running; });
    };
    pipeline = std::make_unique<FramePipeline>(
        FramePipeline::Options{options.graph, options.fonts, options.aspect, options.rememberedPlaces},
        makeNamespaceLayout(options.layout), std::move(handlers));
    tasks = std::make_unique<TaskPool>(probeThreads);
}

void Session::Private::open(LiveSource source)
{
    live = true;
    const bool approved = source.execPluginApproved;
    ClusterInfo info{.source = SourceKind::Live,
                     .contextName = source.access.contextName,
                     .serverVersion = {},
                     .serverUrl = source.access.cluster.server,
                     .recordedAt = {}};
    kube::ReadScope scope{std::move(source.namespaces), source.access.ns};
    credentials = std::make_shared<kube::CredentialSource>(std::move(source.access),
                                                           [approved](const auto &) { return approved; });
    exec = kube::makeWebSocketExec(credentials);
    prober = std::make_unique<Prober>(*exec, info.contextName);
    pipeline->setHeld(true);
    pipeline->change([info](const ClusterStatePtr &) {
        auto state = std::make_shared<ClusterState>();
        state->info = info;
        return state;
    });
    connection =
        std::make_unique<LiveConnection>(credentials, std::move(scope), readerHandlers(info.serverUrl));
    QTimer::singleShot(firstFramePatience, q, [this] {
        const ClusterStatePtr state = pipeline->state();
        if (state && state->generation > 0)
            pipeline->setHeld(false);
    });
}

void Session::Private::open(const SnapshotSource &source)
{
    openRecording([file = source.file] { return loadSnapshot(file); });
}

void Session::Private::open(const DemoSource &source)
{
    openRecording([bytes = source.bytes] {
        return readSnapshot({bytes.constData(), std::size_t(bytes.size())}, "demo", SourceKind::Demo);
    });
}

void Session::Private::openRecording(std::function<Result<ClusterStatePtr>()> read)
{
    pipeline->change([this, read = std::move(read)](const ClusterStatePtr &) {
        Result<ClusterStatePtr> state = read();
        editStatus([&](SessionStatus &now) {
            now.phase = state ? SessionPhase::Offline : SessionPhase::Failed;
            if (!state)
                now.problem = state.error();
        });
        return state ? *state : ClusterStatePtr();
    });
}

/// On the network's thread. With each delta that is applied whole tables are written anew, so those that come
/// before the pipeline has its turn are joined.
void Session::Private::takeDelta(ClusterDelta delta)
{
    {
        const std::lock_guard lock(mutex);
        const bool isAwaited = !deltas.empty();
        if (!isAwaited || !join(deltas.back(), delta))
            deltas.push_back(std::move(delta));
        if (isAwaited)
            return;
    }
    pipeline->change([this](ClusterStatePtr state) {
        std::vector<ClusterDelta> taken;
        {
            const std::lock_guard lock(mutex);
            taken = std::exchange(deltas, {});
        }
        for (const ClusterDelta &each : taken)
            state = applied(state, each);
        return state;
    });
}

kube::ReaderHandlers Session::Private::readerHandlers(const std::string &server)
{
    kube::ReaderHandlers handlers;
    handlers.onDelta = [this](ClusterDelta delta) { takeDelta(std::move(delta)); };
    handlers.onStatus = [this](const std::vector<kube::WatchStatus> &watches) {
        editStatus([&](SessionStatus &now) {
            now.watches = watches;
            now.problem.reset();
        });
    };
    handlers.onUnreachable = [this, server](Error error) {
        if (error.where.starts_with('/')) // where the answer is read, the path alone is known
            error.where = server + error.where;
        editStatus([&](SessionStatus &now) { now.problem = error; });
    };
    handlers.onSynced = [this] {
        pipeline->setHeld(false);
        editStatus([this](SessionStatus &) { synced = true; });
    };
    return handlers;
}

void Session::Private::take(TopologyFramePtr next)
{
    frame = std::move(next);
    pipeline->frameTaken();
    Q_EMIT q->frameChanged(frame);
}

void Session::Private::announceStatus()
{
    {
        const std::lock_guard lock(mutex);
        statusQueued = false;
    }
    Q_EMIT q->statusChanged(q->status());
}

Session::Session(SessionOptions options, QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(this))
{
    d->startPipeline(options);
    std::visit([this](auto &source) { d->open(std::move(source)); }, options.source);
    // Staleness grows without anything happening.
    d->statusTimer.setInterval(statusInterval);
    connect(&d->statusTimer, &QTimer::timeout, this, [this] {
        if (status().phase == SessionPhase::Degraded)
            Q_EMIT statusChanged(status());
    });
    d->statusTimer.start();
}

Session::~Session()
{
    d->connection.reset();
    d->tasks.reset();
    d->pipeline.reset();
}

TopologyFramePtr Session::frame() const
{
    return d->frame;
}

SessionStatus Session::status() const
{
    const std::lock_guard lock(d->mutex);
    SessionStatus now = d->status;
    now.behind = staleness(now.watches, std::chrono::steady_clock::now());
    now.probesRunning = d->probes.size();
    return now;
}

void Session::setGraphOptions(const GraphOptions &options)
{
    d->pipeline->setGraphOptions(options);
}

void Session::relayout()
{
    d->pipeline->relayout();
}

void Session::setPlaces(const LayoutResultPtr &places)
{
    d->pipeline->setPlaces(places);
}

void Session::saveSnapshot(const std::filesystem::path &file)
{
    d->tasks->submit([this, file, state = d->pipeline->state()](const CancelToken &) {
        std::optional<Error> error;
        if (!state)
            error = Error{ErrorCode::Conflict, "nothing has been read yet", file.string()};
        else if (const Result<void> saved = portolan::saveSnapshot(*state, file); !saved)
            error = saved.error();
        d->onOwnThread([this, name = QString::fromStdString(file.string()), error] {
            Q_EMIT snapshotSaved(name, error);
        });
    });
}

void Session::stop()
{
    d->stopped = true;
    if (d->connection)
        d->connection->stop();
    // Joining the network thread may take a moment: not here.
    d->tasks->submit(
        [dying = std::shared_ptr<LiveConnection>(std::move(d->connection))](const CancelToken &) {});
    d->pipeline->setHeld(false);
    d->editStatus([](SessionStatus &now) { now.phase = SessionPhase::Closed; });
}

} // namespace portolan
