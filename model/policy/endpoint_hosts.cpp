#include "model/policy/endpoint_table.h"

#include <algorithm>

namespace portolan::policy {

namespace {

bool isAmong(const IpRange::Address &address, const std::vector<IpRange> &ranges)
{
    return ranges.empty() || inBlocks(address, ranges);
}

/// The node as one endpoint, and one more for each HostEndpoint that describes an address of it.
void addNode(const Node &node, const std::vector<HostIdentity> &identities, std::vector<Endpoint> &out)
{
    Endpoint endpoint;
    endpoint.kind = EndpointKind::Node;
    endpoint.ref = refOf(node);
    endpoint.nodeName = node.meta.name;
    endpoint.labels = node.meta.labels;
    endpoint.nodeLabels = node.meta.labels;
    std::vector<IpRange::Address> left = addressesOf(node.internalIps);
    for (const HostIdentity &host : identities) {
        if (host.nodeName != node.meta.name || left.empty())
            continue;
        Endpoint described = endpoint;
        described.kind = EndpointKind::HostEndpoint;
        described.labels = host.labels;
        const auto taken = std::stable_partition(
            left.begin(), left.end(), [&](const auto &address) { return !isAmong(address, host.addresses); });
        described.addresses.assign(taken, left.end());
        left.erase(taken, left.end());
        if (!described.addresses.empty())
            out.push_back(std::move(described));
    }
    if (left.empty() && !node.internalIps.empty())
        return;
    endpoint.addresses = std::move(left);
    out.push_back(std::move(endpoint));
}

} // namespace

std::shared_ptr<const EndpointTable::Hosts> EndpointTable::makeHosts() const
{
    auto made = std::make_shared<Hosts>();
    std::vector<Endpoint> &list = made->list;
    for (const auto &node : m_state->nodes)
        addNode(*node, m_identities, list);
    for (const auto &pod : m_state->pods) {
        if (!pod->hostNetwork || !takesPart(*pod))
            continue;
        auto host = std::find_if(list.begin(), list.end(), [&](const Endpoint &endpoint) {
            return !pod->nodeName.empty() && endpoint.nodeName == pod->nodeName;
        });
        if (host == list.end()) {
            // A node that is not known: the pod stands for it.
            Endpoint endpoint;
            endpoint.kind = EndpointKind::Node;
            endpoint.ref = refOf(*pod);
            endpoint.nodeName = pod->nodeName;
            endpoint.addresses = addressesOf(pod->ips);
            host = list.insert(list.end(), std::move(endpoint));
        }
        made->ofPods.emplace(Name(pod->meta.ns, pod->meta.name), std::size_t(host - list.begin()));
    }
    return made;
}

} // namespace portolan::policy
