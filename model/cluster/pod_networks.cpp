#include "model/base/ip_range.h"
#include "model/cluster/node_network.h"
#include "model/cluster/object_json.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan {

struct PodNetworks::Private
{
    std::map<std::string, std::vector<std::string>, std::less<>> given; ///< by those who give them out
    std::set<std::string, std::less<>> misled; ///< nodes with a pod outside of their own podCIDRs
};

namespace {

bool isBlockAffinity(const ApiObject &object)
{
    return object.kind == "BlockAffinity" &&
           (object.group == "crd.projectcalico.org" || object.group == "projectcalico.org");
}

/// Addresses of a family that the node names no network of say nothing.
bool isOutside(const std::string &address, const std::vector<IpRange> &networks)
{
    const auto range = IpRange::parse(address);
    const auto isFamily = [&](const IpRange &network) { return range && network.isV6() == range->isV6(); };
    return std::any_of(networks.begin(), networks.end(), isFamily) &&
           std::none_of(networks.begin(), networks.end(),
                        [&](const IpRange &network) { return network.contains(*range); });
}

} // namespace

PodNetworks::PodNetworks(const ClusterState &state) : d(std::make_unique<Private>())
{
    for (const auto &object : state.others) {
        if (object->group == "cilium.io" && object->kind == "CiliumNode") {
            auto networks = ObjectJson(object->json).texts("/spec/ipam/podCIDRs");
            if (!networks.empty())
                d->given[object->meta.name] = std::move(networks);
        } else if (isBlockAffinity(*object)) {
            const ObjectJson json(object->json);
            const auto node = json.text("/spec/node");
            const auto cidr = json.text("/spec/cidr");
            const bool isGone = json.text("/spec/deleted") == "true" || json.boolean("/spec/deleted") == true;
            if (node && cidr && !isGone && json.text("/spec/state").value_or("confirmed") == "confirmed")
                d->given[*node].push_back(*cidr);
        }
    }
    std::map<std::string_view, std::vector<IpRange>> own;
    for (const auto &node : state.nodes) {
        for (const std::string &cidr : node->podCidrs) {
            const auto range = d->given.contains(node->meta.name) ? std::nullopt : IpRange::parse(cidr);
            if (range)
                own[node->meta.name].push_back(*range);
        }
    }
    for (const auto &pod : state.pods) {
        const auto networks = own.find(pod->nodeName);
        if (networks == own.end() || pod->hostNetwork || d->misled.contains(pod->nodeName))
            continue;
        const bool outside = std::any_of(pod->ips.begin(), pod->ips.end(), [&](const std::string &ip) {
            return isOutside(ip, networks->second);
        });
        if (outside)
            d->misled.insert(pod->nodeName);
    }
}

PodNetworks::~PodNetworks() = default;
PodNetworks::PodNetworks(PodNetworks &&) noexcept = default;
PodNetworks &PodNetworks::operator=(PodNetworks &&) noexcept = default;

std::vector<std::string> PodNetworks::of(const Node &node) const
{
    if (const auto given = d->given.find(node.meta.name); given != d->given.end())
        return given->second;
    return d->misled.contains(node.meta.name) ? std::vector<std::string>() : node.podCidrs;
}

} // namespace portolan
