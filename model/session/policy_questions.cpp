#include "model/session/policy_questions.h"

#include "model/policy/policy_kinds.h"
#include "model/probe/prober.h"

#include <algorithm>
#include <set>

namespace portolan {

namespace {

/// The pods of a pod or of a workload.
std::vector<ObjectRef> podsOf(const ClusterState &state, const ObjectRef &object)
{
    std::vector<ObjectRef> pods;
    if (object.kind == ObjectKind::Pod) {
        pods.push_back(object);
        return pods;
    }
    for (const auto &pod : state.pods.inNamespace(object.ns)) {
        if (topOwnerOf(state, *pod) == object)
            pods.push_back(refOf(*pod));
    }
    return pods;
}

/// Enforcers that some policy of the state needs and that is not the one at work.
std::set<policy::Enforcer> missingEnforcers(const ClusterState &state, policy::Enforcer atWork)
{
    std::set<policy::Enforcer> missing;
    const auto look = [&](const ObjectRef &object) {
        const auto native = policy::nativeEnforcer(object);
        if (native && !policy::isEnforcedBy(object, atWork))
            missing.insert(*native);
    };
    if (!state.networkPolicies.empty())
        look(refOf(**state.networkPolicies.begin()));
    for (const auto &object : state.others)
        look(refOf(*object));
    return missing;
}

} // namespace

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

ConnectionPathPtr PolicyQuestions::path(const ClusterStatePtr &state, const ProbeRequest &request,
                                        const CancelToken &cancel)
{
    if (cancel.isCancelled())
        return nullptr;
    auto path = connectionPath(*policiesOf(state), request);
    return path ? std::make_shared<const ConnectionPath>(std::move(path).value()) : nullptr;
}

PolicyAnswerPtr PolicyQuestions::about(const ClusterStatePtr &state, const ObjectRef &object,
                                       const CancelToken &cancel)
{
    const bool isPolicy = policy::isPolicy(object);
    if (cancel.isCancelled() ||
        (!isPolicy && object.kind != ObjectKind::Pod && object.kind != ObjectKind::Workload))
        return nullptr;
    const auto policies = policiesOf(state);
    auto answer = std::make_shared<PolicyAnswer>();
    answer->object = object;
    answer->enforcer = policies->enforcer();
    if (isPolicy) {
        answer->isEnforced = policy::isEnforcedBy(object, policies->enforcer().enforcer);
        answer->policy = policy::policyFacts(
            answer->isEnforced ? policies : policiesFor(state, *policy::nativeEnforcer(object)), object,
            cancel);
    } else {
        answer->subject = subjectFacts(state, object, cancel);
    }
    return cancel.isCancelled() ? nullptr : answer;
}

policy::SubjectFacts PolicyQuestions::subjectFacts(const ClusterStatePtr &state, const ObjectRef &object,
                                                   const CancelToken &cancel)
{
    const std::vector<ObjectRef> pods = podsOf(*state, object);
    const auto policies = policiesOf(state);
    const policy::Enforcer atWork = policies->enforcer().enforcer;
    policy::SubjectFacts facts;
    policy::addSubjectFacts(
        facts, *policies, pods, true, [](const ObjectRef &) { return true; }, cancel);
    for (const policy::Enforcer enforcer : missingEnforcers(*state, atWork)) {
        if (cancel.isCancelled())
            break;
        const auto notEnforced = [&](const ObjectRef &policy) {
            return policy::nativeEnforcer(policy) == enforcer && !policy::isEnforcedBy(policy, atWork);
        };
        policy::addSubjectFacts(facts, *policiesFor(state, enforcer), pods, false, notEnforced, cancel);
    }
    return facts;
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

policy::PolicyModelPtr PolicyQuestions::policiesOf(const ClusterStatePtr &state)
{
    const std::lock_guard lock(m_mutex);
    if (!m_policies || &m_policies->endpoints().state() != state.get()) {
        m_policies = m_policies ? m_policies->updated(state) : policy::PolicyModel::make(state);
        m_dormant.clear();
    }
    return m_policies;
}

policy::PolicyModelPtr PolicyQuestions::policiesFor(const ClusterStatePtr &state, policy::Enforcer enforcer)
{
    const std::lock_guard lock(m_mutex);
    if (!m_policies || &m_policies->endpoints().state() != state.get())
        return policy::PolicyModel::make(state, {.enforcer = enforcer, .fromManifests = false});
    auto &known = m_dormant[enforcer];
    if (!known)
        known = policy::PolicyModel::make(state, {.enforcer = enforcer, .fromManifests = false});
    return known;
}

void PolicyQuestions::keep(policy::PolicyModelPtr policies)
{
    const std::lock_guard lock(m_mutex);
    if (m_policies != policies)
        m_dormant.clear();
    m_policies = std::move(policies);
}

} // namespace portolan
