#include "model/session/policy_questions.h"

#include "model/probe/prober.h"

namespace portolan {

ReachMatrixPtr PolicyQuestions::matrix(const ClusterStatePtr &state, std::optional<policy::Traffic> traffic,
                                       const CancelToken &cancel)
{
    if (cancel.isCancelled())
        return nullptr;
    const auto policies = policiesOf(state);
    return ReachMatrix::make(*policies, traffic, cancel);
}

PolicyReasonPtr PolicyQuestions::reason(const ClusterStatePtr &state, const ProbeRequest &request,
                                        const CancelToken &cancel)
{
    const Result<ProbePlan> plan = planProbe(*state, request);
    if (!plan || cancel.isCancelled())
        return nullptr;
    const auto policies = policiesOf(state);
    const policy::EndpointTable &table = policies->endpoints();
    const policy::EndpointId source = table.find(request.source.ns, request.source.name);
    if (source == policy::noEndpoint)
        return nullptr;
    // Policies see the connection behind the service: the endpoint and its own port.
    for (const ProbePlan::Step &step : plan->steps) {
        if (step.endpoint.kind != ObjectKind::Pod)
            continue;
        const policy::EndpointId destination = table.find(step.endpoint.ns, step.endpoint.name);
        if (destination == policy::noEndpoint)
            continue;
        const policy::Traffic traffic{policy::ipProtocol(plan->request.protocol), step.port};
        return std::make_shared<PolicyReason>(
            PolicyReason{request, step.endpoint, traffic,
                         policies->explain(table.endpoint(source), table.endpoint(destination), traffic)});
    }
    return nullptr;
}

policy::WhatIfPtr PolicyQuestions::whatIf(const ClusterStatePtr &state, const std::string &text,
                                          const CancelToken &cancel)
{
    if (cancel.isCancelled())
        return nullptr;
    return policy::whatIf(policiesOf(state), text, cancel);
}

policy::SuggestionPtr PolicyQuestions::suggestion(const ClusterStatePtr &state, const ProbeRequest &request,
                                                  const CancelToken &cancel)
{
    if (cancel.isCancelled())
        return nullptr;
    policy::Suggestion none;
    none.answer = policy::Suggestion::Answer::NotNameable;
    none.source = request.source;
    none.destination = request.destination;
    const Result<ProbePlan> plan = planProbe(*state, request);
    none.reason = plan ? request.destination.toString() + " has no address" : plan.error().oneLine();
    if (!plan)
        return std::make_shared<policy::Suggestion>(none);
    const auto policies = policiesOf(state);
    policy::SuggestionPtr first;
    for (const ProbePlan::Step &step : plan->steps) {
        ObjectRef destination = step.endpoint;
        if (destination.kind != ObjectKind::Pod && step.kind == ProbeStepKind::Address)
            destination = {ObjectKind::Other, "Address", {}, step.host};
        if (!destination.isValid())
            continue;
        const policy::Traffic traffic{policy::ipProtocol(plan->request.protocol), step.port};
        policy::SuggestionPtr found =
            policy::suggestAllowing(policies, request.source, destination, traffic, cancel);
        // Of a service's endpoints the first that is denied is the one to ask about.
        if (!found || found->answer != policy::Suggestion::Answer::AlreadyAllowed)
            return found;
        first = first ? first : found;
    }
    return first;
}

policy::SuggestionPtr PolicyQuestions::leastPrivilege(const ClusterStatePtr &state, const ObjectRef &workload,
                                                      const CancelToken &cancel)
{
    if (cancel.isCancelled())
        return nullptr;
    return policy::suggestLeastPrivilege(policiesOf(state), workload, cancel);
}

std::shared_ptr<const policy::PolicyModel> PolicyQuestions::policiesOf(const ClusterStatePtr &state)
{
    const std::lock_guard lock(m_mutex);
    if (!m_policies || &m_policies->endpoints().state() != state.get())
        m_policies = m_policies ? m_policies->updated(state) : policy::PolicyModel::make(state);
    return m_policies;
}

void PolicyQuestions::keep(std::shared_ptr<const policy::PolicyModel> policies)
{
    const std::lock_guard lock(m_mutex);
    m_policies = std::move(policies);
}

} // namespace portolan
