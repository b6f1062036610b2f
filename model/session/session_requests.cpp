#include "model/flows/flow_reader.h"
#include "model/kube/ephemeral_container.h"
#include "model/session/session_private.h"

namespace portolan {

namespace {

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

ProbeId Session::requestProbe(const ProbeRequest &request)
{
    const ProbeId id{d->nextProbe++};
    const ClusterStatePtr state = d->pipeline->state();
    if (!d->live || d->stopped || !state) {
        const Error error{ErrorCode::Unsupported, "a recording cannot be probed", request.source.toString()};
        d->onOwnThread([this, id, error] { Q_EMIT probeFailed(id, error); });
        return id;
    }
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

/// Gives up what was asked before it. One of PolicyQuestions answers about the state, on a thread of the task
/// pool; what is null is not told.
template<class Question, class Signal, class... Asked>
void Session::Private::ask(CancelSource &before, Question question, Signal told, Asked... asked)
{
    const ClusterStatePtr state = pipeline->state();
    if (!state)
        return;
    before.cancel();
    before = tasks->submit([this, state, question, told, asked...](const CancelToken &cancel) {
        auto answer = (questions.*question)(state, asked..., cancel);
        if (answer)
            onOwnThread([this, answer = std::move(answer), told] { Q_EMIT(q->*told)(answer); });
    });
}

void Session::requestMatrix(std::optional<policy::Traffic> traffic)
{
    d->ask(d->matrix, &PolicyQuestions::matrix, &Session::matrixReady, traffic);
}

void Session::requestReason(const ProbeRequest &request)
{
    d->ask(d->reason, &PolicyQuestions::reason, &Session::reasonReady, request);
}

/// Told also where there is none.
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
    d->ask(d->policyAnswer, &PolicyQuestions::about, &Session::policyAnswerReady, object);
}

void Session::requestWhatIf(const std::string &text)
{
    d->ask(d->whatIf, &PolicyQuestions::whatIf, &Session::whatIfReady, text);
}

void Session::requestSuggestion(const ProbeRequest &request)
{
    d->ask(d->suggestion, &PolicyQuestions::suggestion, &Session::suggestionReady, request);
}

void Session::requestLeastPrivilege(const ObjectRef &workload)
{
    d->ask(d->suggestion, &PolicyQuestions::leastPrivilege, &Session::suggestionReady, workload);
}

} // namespace portolan
