#include "model/policy/pod_choice.h"
#include "model/policy/suggest.h"
#include "model/policy/suggestion_check.h"
#include "model/policy/verdict_rows.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan::policy {

namespace {

constexpr std::uint16_t dnsPort = 53;
constexpr std::size_t mostRemarks = 12;

/// What is known to work from and to a workload.
struct Observed
{
    std::set<WantedConnection> connections;
    std::set<std::string> hostNames; ///< asked for outside, of unknown address
    bool usesDns = false;
};

bool isAddress(const std::string &host)
{
    const auto range = IpRange::parse(host);
    return range && range->isSingle();
}

/// The pods and ports behind a port of a service.
std::vector<std::pair<ObjectRef, std::uint16_t>> behind(const ClusterState &state, const ObjectRef &ref,
                                                        std::uint16_t port, Protocol protocol)
{
    std::vector<std::pair<ObjectRef, std::uint16_t>> found;
    const Service *service = state.services.find(ref.ns, ref.name);
    for (const ServicePort &one : service ? service->ports : std::vector<ServicePort>()) {
        if (one.port != port || one.protocol != protocol)
            continue;
        for (const auto &slice : state.endpointSlices.inNamespace(ref.ns)) {
            for (const EndpointPort &target : slice->ports) {
                if (slice->serviceName != ref.name || target.name != one.name || target.protocol != protocol)
                    continue;
                for (const portolan::Endpoint &end : slice->endpoints) {
                    if (!end.podName.empty())
                        found.push_back({{ObjectKind::Pod, "Pod", end.podNs, end.podName}, target.number});
                }
            }
        }
    }
    return found;
}

/// Where a probe that reached went: the pods behind what it asked for, or an address.
void addProbe(const ClusterState &state, const ProbeResult &probe, Observed &observed)
{
    const ProbeRequest &request = probe.request;
    const IpProtocol protocol = ipProtocol(request.protocol);
    const auto add = [&](const ObjectRef &to, std::uint16_t port) {
        observed.connections.insert({request.source, to, {protocol, port, 0, 0}});
    };
    bool found = false;
    for (const ProbeStep &step : probe.steps) {
        if (step.outcome != ProbeOutcome::Reached)
            continue;
        observed.usesDns |= step.kind == ProbeStepKind::Name;
        if (step.endpoint.kind == ObjectKind::Pod && step.endpoint.isValid()) {
            add(step.endpoint, step.port);
            found = true;
        }
    }
    observed.usesDns |= request.method == ProbeMethod::Dns;
    const ObjectRef &to = request.destination;
    if (found || request.method == ProbeMethod::Dns)
        return;
    if (to.kind == ObjectKind::Service) {
        for (const auto &[pod, port] : behind(state, to, request.port, request.protocol))
            add(pod, port);
    } else if (to.kind == ObjectKind::Pod || isAddress(to.name)) {
        add(to, request.port);
    } else {
        observed.usesDns = true;
        observed.hostNames.insert(to.name + ":" + std::to_string(request.port));
    }
}

/// The pods that answer names: those behind a service of the usual label, or of port 53 by the usual name.
std::vector<WantedConnection> dnsOf(const ClusterState &state, const ObjectRef &source)
{
    std::vector<WantedConnection> found;
    for (const auto &service : state.services) {
        const std::string *label = service->meta.labels.find("k8s-app");
        const bool isDns = (label && *label == "kube-dns") ||
                           (service->meta.ns == "kube-system" && service->meta.name.ends_with("dns"));
        if (!isDns)
            continue;
        for (const Protocol protocol : {Protocol::Udp, Protocol::Tcp}) {
            for (const auto &[pod, port] : behind(state, refOf(*service), dnsPort, protocol))
                found.push_back({source, pod, {ipProtocol(protocol), port, 0, 0}});
        }
    }
    return found;
}

/// Peers and their ports as rules: peers of the same ports stand in one.
class RuleMaker
{
public:
    void add(const std::vector<DraftPeer> &peers, const Traffic &traffic)
    {
        for (const DraftPeer &peer : peers)
            m_ports[peer].insert({traffic.protocol, traffic.port});
    }

    std::vector<DraftRule> rules() const
    {
        std::map<std::set<DraftPort>, std::vector<DraftPeer>> byPorts;
        for (const auto &[peer, ports] : m_ports)
            byPorts[ports].push_back(peer);
        std::vector<DraftRule> rules;
        for (const auto &[ports, peers] : byPorts)
            rules.push_back({peers, {ports.begin(), ports.end()}});
        return rules;
    }

private:
    std::map<DraftPeer, std::set<DraftPort>> m_ports;
};

class LeastPrivilege
{
public:
    LeastPrivilege(const std::shared_ptr<const PolicyModel> &model, const ObjectRef &workload)
        : m_model(model),
          m_state(model->endpoints().state())
    {
        m_suggestion.source = workload;
        const Pod *pod =
            workload.kind == ObjectKind::Pod ? m_state.pods.find(workload.ns, workload.name) : nullptr;
        const ObjectRef owner = pod ? topOwnerOf(m_state, *pod) : workload;
        for (const auto &one : m_state.pods.inNamespace(workload.ns)) {
            const EndpointId id = m_model->endpoints().find(one->meta.ns, one->meta.name);
            if (id < m_model->endpoints().podCount() && topOwnerOf(m_state, *one) == owner)
                m_members.emplace(refOf(*one), id);
        }
        m_name = owner.name;
    }

    SuggestionPtr make(const CancelToken &cancel)
    {
        if (m_members.empty())
            return end(Suggestion::Answer::NotNameable,
                       m_suggestion.source.toString() + " has no running pod that a NetworkPolicy selects");
        observe();
        if (m_wanted.empty() && m_observed.hostNames.empty() && !m_observed.usesDns)
            return end(Suggestion::Answer::NothingObserved, {});
        std::vector<PolicyDraft> drafts{draft()};
        if (!check(m_suggestion, m_model, std::move(drafts), {m_wanted.begin(), m_wanted.end()}, cancel))
            return nullptr;
        return std::make_shared<Suggestion>(std::move(m_suggestion));
    }

private:
    SuggestionPtr end(Suggestion::Answer answer, std::string reason)
    {
        m_suggestion.answer = answer;
        m_suggestion.reason = std::move(reason);
        return std::make_shared<Suggestion>(std::move(m_suggestion));
    }

    /// What a flow log saw arrive. Names are asked of whoever answers them, so that is not of one pod.
    void addFlow(const ObservedFlow &flow)
    {
        constexpr std::string_view ofTheCluster = "ClusterAddress"; // nodes: no policy is about them
        const bool isFrom = m_members.contains(flow.source);
        if (flow.forwarded == 0 || flow.source.type == ofTheCluster ||
            flow.destination.type == ofTheCluster || (!isFrom && !m_members.contains(flow.destination)))
            return;
        if (isFrom && flow.port == dnsPort)
            m_observed.usesDns = true;
        else
            m_observed.connections.insert(
                {flow.source, flow.destination, {ipProtocol(flow.protocol), flow.port, 0, 0}});
    }

    void observe()
    {
        if (m_state.flows) {
            for (const ObservedFlow &flow : m_state.flows->flows)
                addFlow(flow);
        }
        for (const ProbeResult &probe : m_state.probes) {
            if (probe.outcome != ProbeOutcome::Reached)
                continue;
            if (m_members.contains(probe.request.source)) {
                addProbe(m_state, probe, m_observed);
                continue;
            }
            Observed others;
            addProbe(m_state, probe, others);
            for (const WantedConnection &one : others.connections) {
                if (m_members.contains(one.destination))
                    m_observed.connections.insert(one);
            }
        }
        for (const WantedConnection &one : m_observed.connections) {
            if (endOf(*m_model, one.source) && endOf(*m_model, one.destination))
                m_wanted.insert(one);
        }
        if (m_observed.usesDns) {
            for (const WantedConnection &one : dnsOf(m_state, m_members.begin()->first)) {
                if (endOf(*m_model, one.destination))
                    m_wanted.insert(one);
            }
        }
    }

    PolicyDraft draft() const
    {
        const PodChoice choice = choosePods(*m_model, m_members.begin()->second);
        PolicyDraft draft;
        draft.ns = choice.ns;
        draft.labels = choice.labels;
        draft.name = objectName({m_name, "least-privilege"});
        draft.isolatesIngress = draft.isolatesEgress = true;
        RuleMaker in;
        RuleMaker out;
        for (const WantedConnection &one : m_wanted) {
            if (m_members.contains(one.destination))
                in.add(peersOf(*m_model, *endOf(*m_model, one.source), choice.ns), one.traffic);
            if (m_members.contains(one.source))
                out.add(peersOf(*m_model, *endOf(*m_model, one.destination), choice.ns), one.traffic);
        }
        draft.ingress = in.rules();
        draft.egress = out.rules();
        draft.remarks = remarks(choice);
        return draft;
    }

    std::vector<std::string> remarks(const PodChoice &choice) const
    {
        std::vector<std::string> remarks;
        if (!choice.isExact)
            remarks.push_back("Its labels select other pods of the namespace too.");
        for (const std::string &host : m_observed.hostNames)
            remarks.push_back("Not covered, because the addresses are not known: " + host);
        for (const std::string &other : otherPolicies())
            remarks.push_back("Selects these pods as well, and allows in addition: " + other);
        if (remarks.size() > mostRemarks)
            remarks.resize(mostRemarks);
        return remarks;
    }

    std::set<std::string> otherPolicies() const
    {
        std::set<std::string> names;
        const ClassifiedPolicies &all = m_model->classified();
        for (const auto &[ref, id] : m_members) {
            for (const Direction direction : bothDirections) {
                const SubjectGroups &groups = all.groups[std::size_t(direction)];
                for (const GroupPolicy &one :
                     groups.groups()[groups.groupOf(all.classes.classOf(id, 0))].policies) {
                    const Policy &policy = all.ordered->policies[one.policy];
                    if (!policy.rules[std::size_t(direction)].empty())
                        names.insert(policy.object.toString());
                }
            }
        }
        return names;
    }

    const std::shared_ptr<const PolicyModel> &m_model;
    const ClusterState &m_state;
    Suggestion m_suggestion;
    std::map<ObjectRef, EndpointId> m_members;
    std::string m_name;
    Observed m_observed;
    std::set<WantedConnection> m_wanted;
};

} // namespace

SuggestionPtr suggestLeastPrivilege(const std::shared_ptr<const PolicyModel> &model,
                                    const ObjectRef &workload, const CancelToken &cancel)
{
    return LeastPrivilege(model, workload).make(cancel);
}

} // namespace portolan::policy
