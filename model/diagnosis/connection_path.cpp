#include "model/diagnosis/connection_path.h"

#include "model/policy/agreement.h"
#include "model/probe/prober.h"

#include <algorithm>

namespace portolan {

namespace {

std::string firstOf(const std::vector<std::string> &list)
{
    return list.empty() ? std::string() : list.front();
}

CheckState stateOf(policy::Outcome outcome)
{
    return outcome == policy::Outcome::Allow  ? CheckState::Good
           : outcome == policy::Outcome::Deny ? CheckState::Bad
                                              : CheckState::Unknown;
}

/// Follows one connection.
class Walk
{
public:
    Walk(const policy::PolicyModel &policies, ProbePlan plan)
        : m_policies(policies),
          m_state(policies.endpoints().state()),
          m_networks(m_state),
          m_plan(std::move(plan))
    {
        m_path.request = m_plan.request;
    }

    ConnectionPath take()
    {
        findProbe();
        findEnd();
        addHops();
        checkNames();
        checkPolicies();
        checkConnection();
        checkBetweenNodes();
        checkObjects();
        settle();
        return std::move(m_path);
    }

private:
    void findProbe()
    {
        const ProbeRequest &asked = m_plan.request;
        for (const ProbeResult &result : m_state.probes) { // latest first
            const ProbeRequest &request = result.request;
            if (request.source == asked.source && request.destination == asked.destination &&
                request.port == asked.port && request.protocol == asked.protocol) {
                m_probe = &result;
                m_path.measuredAt = result.at;
                return;
            }
        }
    }

    /// The endpoint that failed, where one did: that is where the way is of interest.
    void findEnd()
    {
        const ProbePlan::Step *end = nullptr;
        bool endFailed = false;
        for (const ProbePlan::Step &step : m_plan.steps) {
            if (step.kind != ProbeStepKind::Endpoint && step.kind != ProbeStepKind::Address)
                continue;
            const ProbeStep *tried = stepAt(step.kind, step.host, step.port);
            const bool failed = tried && tried->outcome != ProbeOutcome::Reached;
            if (!end || (failed && !endFailed)) {
                end = &step;
                endFailed = failed;
            }
        }
        if (!end)
            return;
        m_endStep = stepAt(end->kind, end->host, end->port);
        m_path.endpoint = end->endpoint;
        m_path.port = end->port;
        m_endHost = end->host;
    }

    const ProbeStep *stepAt(ProbeStepKind kind, const std::string &host, std::uint16_t port) const
    {
        if (!m_probe)
            return nullptr;
        for (const ProbeStep &step : m_probe->steps) {
            if (step.kind == kind && step.port == port && (host.empty() || step.host == host))
                return &step;
        }
        return nullptr;
    }

    const ProbeStep *stepOf(ProbeStepKind kind) const
    {
        if (!m_probe)
            return nullptr;
        const auto &steps = m_probe->steps;
        const auto at =
            std::find_if(steps.begin(), steps.end(), [&](const auto &s) { return s.kind == kind; });
        return at == steps.end() ? nullptr : &*at;
    }

    void addHops()
    {
        const Pod *source = m_state.pods.find(m_plan.request.source.ns, m_plan.request.source.name);
        const Pod *target = m_path.endpoint.kind == ObjectKind::Pod
                                ? m_state.pods.find(m_path.endpoint.ns, m_path.endpoint.name)
                                : nullptr;
        addPod(source);
        addNode(source->nodeName);
        if (!target) {
            if (m_endHost.empty()) // a service without endpoints: the way ends where it would be translated
                return;
            addHop({PathHop::Kind::Outside, {}, m_endHost, m_endHost, {}, CheckState::Unknown});
            return;
        }
        if (target->nodeName != source->nodeName) {
            m_underlay = m_path.hops.size();
            addHop({PathHop::Kind::Underlay, {}, {}, {}, {}, CheckState::Unknown});
            m_path.hops.back().join = joinBetween(source->nodeName, target->nodeName);
            addNode(target->nodeName);
        }
        addPod(target);
    }

    void addHop(PathHop hop) { m_path.hops.push_back(std::move(hop)); }

    void addPod(const Pod *pod)
    {
        addHop({PathHop::Kind::Pod, refOf(*pod), pod->meta.name, firstOf(pod->ips), pod->meta.ns,
                CheckState::Unknown});
    }

    void addNode(const std::string &name)
    {
        const Node *node = m_state.nodes.find({}, name);
        addHop({PathHop::Kind::Node,
                {ObjectKind::Node, "Node", {}, name},
                name,
                node ? firstOf(node->internalIps) : std::string(),
                node ? firstOf(m_networks.of(*node)) : std::string(),
                CheckState::Unknown});
    }

    NodeJoin joinBetween(const std::string &from, const std::string &to) const
    {
        const Node *a = m_state.nodes.find({}, from);
        const Node *b = m_state.nodes.find({}, to);
        return a && b ? joinOf(nodeNetwork(m_state), *a, *b).join : NodeJoin::Unknown;
    }

    std::size_t lastHop() const { return m_path.hops.size() - 1; }

    PathCheck &add(std::string_view check, Layer layer, CheckState state, std::size_t hop)
    {
        PathCheck &added = m_path.checks.emplace_back();
        added.check = check;
        added.layer = layer;
        added.state = state;
        added.hop = hop;
        return added;
    }

    /// The name, and what kube-proxy (or what stands for it) makes of the service's address: both on the
    /// source's node.
    void checkNames()
    {
        if (m_plan.request.destination.kind != ObjectKind::Service)
            return;
        if (const ProbeStep *name = stepOf(ProbeStepKind::Name)) {
            const bool known =
                name->outcome != ProbeOutcome::Unknown && name->outcome != ProbeOutcome::ToolMissing;
            PathCheck &check = add("dns", Layer::L7,
                                   name->outcome == ProbeOutcome::Dns ? CheckState::Bad
                                   : known                            ? CheckState::Good
                                                                      : CheckState::Unknown,
                                   0);
            check.facts = {{"name", name->host}};
            check.measured = *name;
        } else {
            add("dns", Layer::L7, CheckState::Unknown, 0);
        }
        checkTranslation();
    }

    void checkTranslation()
    {
        const auto endpoints =
            std::size_t(std::count_if(m_plan.steps.begin(), m_plan.steps.end(),
                                      [](const auto &step) { return step.kind == ProbeStepKind::Endpoint; }));
        const Service *service =
            m_state.services.find(m_plan.request.destination.ns, m_plan.request.destination.name);
        if (endpoints > 0 && service && service->isHeadless())
            return; // the name leads to the endpoints themselves
        const ProbeStep *address = stepOf(ProbeStepKind::ClusterIp);
        using enum ProbeOutcome;
        const bool isAnswered = address && address->outcome == Reached;
        const bool isLost = address && (address->outcome == Refused || address->outcome == Timeout ||
                                        address->outcome == NoRoute);
        // Its endpoint answers, the service's own address does not: the translation is to blame.
        const bool isBroken = endpoints == 0 || (isLost && isReached());
        const CheckState state = isBroken     ? CheckState::Bad
                                 : isAnswered ? CheckState::Good
                                              : CheckState::Unknown;
        PathCheck &check = add("service", Layer::L4, state, 1);
        check.facts = {{"address", service ? firstOf(service->clusterIps) : std::string()},
                       {"port", std::to_string(m_plan.request.port)},
                       {"endpoints", std::to_string(endpoints + m_plan.endpointsLeftOut)}};
        check.evidence = {m_plan.request.destination};
        if (address)
            check.measured = *address;
    }

    void checkPolicies()
    {
        const policy::EndpointTable &table = m_policies.endpoints();
        const auto source = table.find(m_plan.request.source.ns, m_plan.request.source.name);
        const auto target = table.find(m_path.endpoint.ns, m_path.endpoint.name);
        if (source == policy::noEndpoint || m_path.endpoint.kind != ObjectKind::Pod ||
            target == policy::noEndpoint)
            return;
        const policy::Traffic traffic{policy::ipProtocol(m_plan.request.protocol), m_path.port};
        m_verdict = m_policies.explain(table.endpoint(source), table.endpoint(target), traffic);
        addPolicy(policy::Direction::Egress, m_verdict->egress, 0);
        addPolicy(policy::Direction::Ingress, m_verdict->ingress, lastHop());
    }

    void addPolicy(policy::Direction direction, policy::Outcome outcome, std::size_t hop)
    {
        const bool egress = direction == policy::Direction::Egress;
        PathCheck &check = add(egress ? "policy-egress" : "policy-ingress", Layer::L4, stateOf(outcome), hop);
        policy::Verdict own{outcome, {}, outcome, outcome, {}};
        for (const policy::Decision &decision : m_verdict->by) {
            if (decision.direction == direction)
                own.by.push_back(decision);
        }
        check.facts = {{"outcome", std::string(policy::outcomeName(outcome))}};
        if (const policy::Decision *by = policy::settledBy(own)) {
            check.facts.push_back({"by", by->object.toString()});
            check.facts.push_back({"rule", by->path});
            check.evidence = {by->object};
        }
    }

    /// What the probe of the endpoint itself came to.
    void checkConnection()
    {
        if (m_path.hops.size() < 3)
            return;
        using enum ProbeOutcome;
        CheckState state = CheckState::Unknown;
        std::size_t hop = lastHop();
        if (m_endStep) {
            const ProbeOutcome outcome = m_endStep->outcome;
            state = outcome == Reached                                               ? CheckState::Good
                    : outcome == Refused || outcome == Timeout || outcome == NoRoute ? CheckState::Bad
                                                                                     : CheckState::Unknown;
            if (outcome == NoRoute)
                hop = 1; // the source's node (or the pod itself) says so
        }
        // A silent UDP port may have heard everything (RFC 768 knows no answer).
        if (m_endStep && m_plan.request.protocol == Protocol::Udp && m_endStep->outcome == Timeout)
            state = CheckState::Unknown;
        // Where it was lost is not known: policies are to blame only where they deny it.
        m_isLost = state == CheckState::Bad && m_endStep->outcome == Timeout;
        PathCheck &check = add("connection", Layer::L4, state, hop);
        check.facts = {{"port", std::to_string(m_path.port)}};
        if (m_endStep) {
            check.facts.push_back({"outcome", std::string(probeOutcomeName(m_endStep->outcome))});
            check.measured = *m_endStep;
        }
    }

    /// Small packets that got through tell that there is a way; what of large ones is another question.
    void checkBetweenNodes()
    {
        const bool passed = m_endStep && (m_endStep->outcome == ProbeOutcome::Reached ||
                                          m_endStep->outcome == ProbeOutcome::Refused);
        if (m_path.hops.size() < 3)
            return;
        const CheckState state = passed ? CheckState::Good : CheckState::Unknown;
        const bool noRoute = m_endStep && m_endStep->outcome == ProbeOutcome::NoRoute;
        add("route", Layer::L3, noRoute ? CheckState::Bad : state, 1);
        add("mtu", Layer::L3, CheckState::Unknown, m_underlay.value_or(1));
        if (m_underlay)
            add("tunnel", Layer::L2, state, *m_underlay);
    }

    /// What the cluster reports of the hops themselves, where nothing got through that would prove them well.
    void checkObjects()
    {
        for (std::size_t i = 0; i < m_path.hops.size() && !isReached(); ++i) {
            const PathHop &hop = m_path.hops[i];
            const Node *node = hop.kind == PathHop::Kind::Node ? m_state.nodes.find({}, hop.name) : nullptr;
            if (node && !node->ready)
                add("node", Layer::L3, CheckState::Bad, i).facts = {{"reason", node->notReadyReason}};
            const bool isEnd = hop.kind == PathHop::Kind::Pod && i == lastHop();
            const Pod *pod = isEnd ? m_state.pods.find(hop.object.ns, hop.object.name) : nullptr;
            if (pod && !pod->ready)
                add("pod", Layer::L4, CheckState::Bad, i).facts = {{"reason", pod->reason}};
        }
        std::stable_sort(m_path.checks.begin(), m_path.checks.end(),
                         [](const PathCheck &a, const PathCheck &b) { return a.layer > b.layer; });
    }

    bool isReached() const { return m_endStep && m_endStep->outcome == ProbeOutcome::Reached; }

    void settle()
    {
        for (const PathCheck &check : m_path.checks) {
            PathHop &hop = m_path.hops[check.hop];
            // A connection that is lost without a reason is lost somewhere: at no hop in particular.
            const bool placed = check.state == CheckState::Bad && !(check.check == "connection" && m_isLost);
            if (placed)
                hop.state = CheckState::Bad;
            else if (check.state == CheckState::Good && hop.state == CheckState::Unknown)
                hop.state = CheckState::Good;
            const bool isTrue = check.measured || !isReached(); // what was measured outweighs predictions
            if (placed && isTrue && (!m_path.brokenAt || check.hop < *m_path.brokenAt))
                m_path.brokenAt = check.hop;
        }
    }

    const policy::PolicyModel &m_policies;
    const ClusterState &m_state;
    const PodNetworks m_networks;
    const ProbePlan m_plan;
    const ProbeResult *m_probe = nullptr;
    const ProbeStep *m_endStep = nullptr; ///< of the probe, at the endpoint
    std::string m_endHost;
    std::optional<std::size_t> m_underlay;
    std::optional<policy::Verdict> m_verdict;
    bool m_isLost = false;
    ConnectionPath m_path;
};

} // namespace

Result<ConnectionPath> connectionPath(const policy::PolicyModel &policies, const ProbeRequest &request)
{
    Result<ProbePlan> plan = planProbe(policies.endpoints().state(), request);
    if (!plan)
        return plan.error();
    return Walk(policies, std::move(plan).value()).take();
}

} // namespace portolan
