#pragma once

#include "model/cluster/cluster_state.h"

#include <initializer_list>
#include <string>
#include <unordered_map>
#include <vector>

namespace portolan::fakes {

/// Writes a ClusterState by hand, as an API server would hold it: a Deployment brings its ReplicaSet and
/// its pods, a service its EndpointSlice. Deterministic: addresses and names are counted up.
class ClusterMaker
{
public:
    using LabelList = std::vector<Labels::Entry>;

    ClusterMaker();

    Namespace &ns(const std::string &name, LabelList labels = {});
    Node &node(const std::string &name);
    /// A workload with `replicas` ready pods, spread over the nodes. `kind`: Deployment, StatefulSet,
    /// DaemonSet, CronJob (its pods belong to a Job) or Job. `labels` go on pods and template.
    Workload &workload(const std::string &kind, const std::string &ns, const std::string &name, int replicas,
                       LabelList labels, const std::vector<ContainerPort> &ports = {});
    Pod &barePod(const std::string &ns, const std::string &name, LabelList labels = {});
    /// A service whose slice names the pods that the selector finds at that moment.
    Service &service(const std::string &ns, const std::string &name, LabelList selector,
                     std::vector<ServicePort> ports);
    NetworkPolicy &policy(const std::string &ns, const std::string &name, LabelSelector subject);
    Ingress &ingress(const std::string &ns, const std::string &name, const std::string &host,
                     const std::string &service, std::uint16_t port);
    ApiObject &other(const std::string &group, const std::string &kind, const std::string &ns,
                     const std::string &name);
    void gap(const std::string &group, const std::string &kind, const std::string &plural,
             const std::string &ns = {});
    void probe(const ProbeRequest &request, ProbeOutcome outcome);
    void probe(ProbeResult result);

    /// The last pods made by workload(), to change them.
    std::vector<std::shared_ptr<Pod>> podsOf(const std::string &ns, const std::string &workload) const;

    ClusterStatePtr state() const;

private:
    std::shared_ptr<Pod> addPod(const std::string &ns, const std::string &name, const Labels &labels,
                                const std::vector<ContainerPort> &ports);
    std::string nextIp();

    std::vector<std::shared_ptr<Namespace>> m_namespaces;
    std::vector<std::shared_ptr<Node>> m_nodes;
    std::vector<std::shared_ptr<Pod>> m_pods;
    std::vector<std::shared_ptr<Service>> m_services;
    std::vector<std::shared_ptr<EndpointSlice>> m_slices;
    std::vector<std::shared_ptr<NetworkPolicy>> m_policies;
    std::vector<std::shared_ptr<Ingress>> m_ingresses;
    std::vector<std::shared_ptr<Workload>> m_workloads;
    std::vector<std::shared_ptr<ApiObject>> m_others;
    std::vector<ReadGap> m_gaps;
    std::vector<ProbeResult> m_probes;
    std::unordered_map<std::string, std::vector<std::shared_ptr<Pod>>> m_podsOf; // by "ns/workload"
    std::unordered_map<std::string, std::vector<std::shared_ptr<Pod>>> m_podsIn; // by namespace
    std::uint32_t m_ips = 0;
};

/// Short forms for selectors, peers and ports of policies.
LabelSelector withLabels(ClusterMaker::LabelList labels);
LabelSelector everything();
PolicyPeer podsLike(ClusterMaker::LabelList labels);
PolicyPeer namespacesLike(ClusterMaker::LabelList labels);
PolicyPeer namespaceNamed(const std::string &name);
PolicyPeer podsIn(const std::string &ns, ClusterMaker::LabelList labels);
PolicyPeer block(const std::string &cidr, std::vector<std::string> except = {});
PolicyPort onPort(std::uint16_t port, Protocol protocol = Protocol::Tcp);
PolicyPort onNamed(const std::string &name, Protocol protocol = Protocol::Tcp);
ServicePort servicePort(std::uint16_t port, std::uint16_t target = 0, Protocol protocol = Protocol::Tcp,
                        const std::string &name = {});

void admit(NetworkPolicy &policy, std::vector<PolicyPeer> from, std::vector<PolicyPort> ports = {});
void release(NetworkPolicy &policy, std::vector<PolicyPeer> to, std::vector<PolicyPort> ports = {});

} // namespace portolan::fakes
