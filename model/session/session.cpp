#include "model/session/session.h"

#include "model/cluster/join_deltas.h"
#include "model/flows/flow_reader.h"
#include "model/probe/prober.h"
#include "model/session/frame_pipeline.h"
#include "model/session/live_connection.h"
#include "model/session/policy_questions.h"
#include "model/session/task_pool.h"
#include "model/session/watch_health.h"
#include "model/snapshot/snapshot.h"

#include <QMetaObject>
#include <QTimer>

#include <map>
#include <mutex>
#include <utility>

namespace portolan {

namespace {

constexpr std::size_t probeThreads = 4;
/// How long the first lists may hold the first picture back.
constexpr std::chrono::seconds firstFramePatience{5};
constexpr std::chrono::milliseconds statusInterval{250};

std::string firstAppContainer(const ClusterState &state, const ObjectRef &ref)
{
    const Pod *pod = state.pods.find(ref.ns, ref.name);
    if (!pod)
        return {};
    for (const Container &container : pod->containers) {
        if (container.role == Container::Role::App)
            return container.name;
    }
    return {};
}

} // namespace

struct Session::Private
{
    explicit Private(Session *session) : q(session) {}

    Session *q;
    bool live = false;
    std::shared_ptr<kube::CredentialSource> credentials;
    std::unique_ptr<kube::PodExec> exec;
    std::unique_ptr<Prober> prober;

    // Of the owner's thread.
    TopologyFramePtr frame;
    std::uint64_t nextProbe = 1;
    std::map<ProbeId, CancelSource> probes;
    CancelSource flows;
    CancelSource matrix;
    CancelSource reason;
    CancelSource path;
    CancelSource policyAnswer;
    CancelSource whatIf;
    CancelSource suggestion;
    QTimer statusTimer;
    bool stopped = false;

    // Written by the network and the pipeline thread.
    std::mutex mutex;
    SessionStatus status;
    bool synced = false;
    bool statusQueued = false;
    std::vector<ClusterDelta> deltas; ///< that a change of the pipeline is going to take

    PolicyQuestions questions;

    // Threads, last: their destructors join before anything above goes.
    std::unique_ptr<FramePipeline> pipeline;
    std::unique_ptr<TaskPool> tasks;
    std::unique_ptr<LiveConnection> connection;

    /// Runs `call` on the session's own thread, in the order of the calls.
    template<class Call>
    void onOwnThread(Call call)
    {
        QMetaObject::invokeMethod(q, std::move(call), Qt::QueuedConnection);
    }

    void startPipeline(SessionOptions &options);
    void open(LiveSource source);
    void open(const SnapshotSource &source);
    void open(const DemoSource &source);
    void openRecording(std::function<Result<ClusterStatePtr>()> read);
    kube::ReaderHandlers readerHandlers();
    void takeDelta(ClusterDelta delta);
    void take(TopologyFramePtr next);
    template<class Edit>
    void editStatus(Edit edit);
    void announceStatus();
    template<class Question, class Signal>
    void ask(CancelSource &before, Question question, Signal told);
    void runProbe(ProbeId id, const ProbeRequest &request, const ClusterStatePtr &state,
                  const CancelToken &cancel);
    void endProbe(ProbeId id, Result<ProbeResult> outcome);
};

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
    connection = std::make_unique<LiveConnection>(credentials, std::move(scope), readerHandlers());
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

kube::ReaderHandlers Session::Private::readerHandlers()
{
    kube::ReaderHandlers handlers;
    handlers.onDelta = [this](ClusterDelta delta) { takeDelta(std::move(delta)); };
    handlers.onStatus = [this](const std::vector<kube::WatchStatus> &watches) {
        editStatus([&](SessionStatus &now) {
            now.watches = watches;
            now.problem.reset();
        });
    };
    handlers.onUnreachable = [this](const Error &error) {
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

/// Changes the status under the lock and announces it soon; many changes are one announcement.
template<class Edit>
void Session::Private::editStatus(Edit edit)
{
    const std::lock_guard lock(mutex);
    edit(status);
    if (live && status.phase != SessionPhase::Closed)
        status.phase = livePhase(status.watches, synced, status.problem);
    if (std::exchange(statusQueued, true))
        return;
    onOwnThread([this] { announceStatus(); });
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

ProbeId Session::requestProbe(const ProbeRequest &request)
{
    const ProbeId id{d->nextProbe++};
    const ClusterStatePtr state = d->pipeline->state();
    if (!d->live || d->stopped || !state) {
        const Error error{ErrorCode::Unsupported, "a recording cannot be probed", request.source.toString()};
        d->onOwnThread([this, id, error] { Q_EMIT probeFailed(id, error); });
        return id;
    }
    d->onOwnThread([this, id, request] { Q_EMIT probeStarted(id, request); });
    d->probes.emplace(id, d->tasks->submit([this, id, request, state](const CancelToken &cancel) {
        d->runProbe(id, request, state, cancel);
    }));
    return id;
}

/// On a thread of the task pool.
void Session::Private::runProbe(ProbeId id, const ProbeRequest &request, const ClusterStatePtr &state,
                                const CancelToken &cancel)
{
    const auto finish = [this, id](Result<ProbeResult> outcome) {
        onOwnThread([this, id, outcome = std::move(outcome)] { endProbe(id, outcome); });
    };
    const Result<ProbePlan> plan = planProbe(*state, request);
    if (!plan)
        return finish(plan.error());
    Result<ProbeResult> result = prober->run(*plan, cancel, [this, id](const ProbeStep &step) {
        onOwnThread([this, id, step] { Q_EMIT q->probeStepFinished(id, step); });
    });
    if (result)
        pipeline->change(
            [measured = *result](const ClusterStatePtr &now) { return withProbe(now, measured); });
    finish(std::move(result));
}

void Session::Private::endProbe(ProbeId id, Result<ProbeResult> outcome)
{
    probes.erase(id);
    if (outcome)
        Q_EMIT q->probeFinished(id, *outcome);
    else
        Q_EMIT q->probeFailed(id, outcome.error());
}

void Session::cancelProbe(ProbeId id)
{
    const auto at = d->probes.find(id);
    if (at != d->probes.end())
        at->second.cancel();
}

void Session::requestEphemeralContainer(const ObjectRef &pod, const QString &image)
{
    const auto finish = [this, pod](const std::string &container, const std::optional<Error> &error) {
        d->onOwnThread([this, pod, name = QString::fromStdString(container), error] {
            Q_EMIT ephemeralContainerFinished(pod, name, error);
        });
    };
    const ClusterStatePtr state = d->pipeline->state();
    if (!d->live || !state)
        return finish({}, Error{ErrorCode::Unsupported, "a recording cannot be changed", pod.toString()});
    // Always the same name: one that still runs is used again, and a pod never gathers a second one by us.
    const kube::EphemeralContainerRequest request{pod.ns, pod.name, firstAppContainer(*state, pod),
                                                  "portolan-probe", image.toStdString()};
    d->tasks->submit([this, request, finish](const CancelToken &cancel) {
        const Result<std::string> added = kube::addEphemeralContainer(*d->credentials, request, cancel);
        finish(added.value_or({}), added ? std::nullopt : std::optional<Error>(added.error()));
    });
}

void Session::requestFlows()
{
    const auto finish = [this](const std::optional<Error> &error) {
        d->onOwnThread([this, error] { Q_EMIT flowsRead(error); });
    };
    const ClusterStatePtr state = d->pipeline->state();
    if (!d->live || d->stopped || !state)
        return finish(Error{ErrorCode::Unsupported, "a recording has no flow logs to read", {}});
    d->flows.cancel();
    d->flows = d->tasks->submit([this, state, finish](const CancelToken &cancel) {
        Result<FlowLog> log = readFlowLogs(*state, *d->exec, cancel);
        if (!log)
            return finish(log.error());
        d->pipeline->change([told = std::make_shared<const FlowLog>(std::move(*log))](
                                const ClusterStatePtr &now) { return withFlows(now, told); });
        finish(std::nullopt);
    });
}

void Session::cancelFlows()
{
    d->flows.cancel();
}

/// Gives up what was asked before it. `question` answers about a state, on a thread of the task pool; what is
/// null is not told.
template<class Question, class Signal>
void Session::Private::ask(CancelSource &before, Question question, Signal told)
{
    const ClusterStatePtr state = pipeline->state();
    if (!state)
        return;
    before.cancel();
    before = tasks->submit([this, state, question = std::move(question), told](const CancelToken &cancel) {
        auto answer = question(state, cancel);
        if (answer)
            onOwnThread([this, answer = std::move(answer), told] { Q_EMIT(q->*told)(answer); });
    });
}

void Session::requestMatrix(std::optional<policy::Traffic> traffic)
{
    d->ask(
        d->matrix,
        [this, traffic](const ClusterStatePtr &state, const CancelToken &cancel) {
            return d->questions.matrix(state, traffic, cancel);
        },
        &Session::matrixReady);
}

void Session::requestReason(const ProbeRequest &request)
{
    d->ask(
        d->reason,
        [this, request](const ClusterStatePtr &state, const CancelToken &cancel) {
            return d->questions.reason(state, request, cancel);
        },
        &Session::reasonReady);
}

void Session::requestPath(const ProbeRequest &request)
{
    const ClusterStatePtr state = d->pipeline->state();
    if (!state)
        return;
    d->path.cancel();
    d->path = d->tasks->submit([this, state, request](const CancelToken &cancel) {
        ConnectionPathPtr found = d->questions.path(state, request, cancel);
        if (!cancel.isCancelled())
            d->onOwnThread([this, found = std::move(found)] { Q_EMIT pathReady(found); });
    });
}

void Session::requestPolicyAnswer(const ObjectRef &object)
{
    d->ask(
        d->policyAnswer,
        [this, object](const ClusterStatePtr &state, const CancelToken &cancel) {
            return d->questions.about(state, object, cancel);
        },
        &Session::policyAnswerReady);
}

void Session::requestWhatIf(const std::string &text)
{
    d->ask(
        d->whatIf,
        [this, text](const ClusterStatePtr &state, const CancelToken &cancel) {
            return d->questions.whatIf(state, text, cancel);
        },
        &Session::whatIfReady);
}

void Session::requestSuggestion(const ProbeRequest &request)
{
    d->ask(
        d->suggestion,
        [this, request](const ClusterStatePtr &state, const CancelToken &cancel) {
            return d->questions.suggestion(state, request, cancel);
        },
        &Session::suggestionReady);
}

void Session::requestLeastPrivilege(const ObjectRef &workload)
{
    d->ask(
        d->suggestion,
        [this, workload](const ClusterStatePtr &state, const CancelToken &cancel) {
            return d->questions.leastPrivilege(state, workload, cancel);
        },
        &Session::suggestionReady);
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
