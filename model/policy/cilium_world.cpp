#include "model/policy/cilium_world.h"

#include "model/cluster/cni_config.h"
#include "model/cluster/object_json.h"

#include <algorithm>

namespace portolan::policy {

namespace {

void readGroup(const ApiObject &object, CiliumWorld &world, OrderedPolicies &out)
{
    readSpec(object, out, [&](const SpecField &root) {
        const auto mark = root.faultCount();
        CiliumWorld::CidrGroup group{object.meta.name, object.meta.labels, {}, true};
        for (const SpecField &element : root.at("spec").at("externalCIDRs").elements()) {
            if (const auto block = element.network())
                group.blocks.push_back(*block);
        }
        group.isUnderstood = root.faultCount() == mark;
        world.cidrGroups.push_back(std::move(group));
    });
}

void readConfig(const CniConfig &config, CiliumWorld &world)
{
    world.isConfigKnown = true;
    if (const std::string *name = config.find("cluster-name"))
        world.clusterName = *name;
    world.hasHostFirewall = config.isOn("enable-host-firewall");
    world.hasNodeSelectors = config.isOn("enable-node-selector-labels");
    const std::string *mode = config.find("policy-cidr-match-mode");
    world.matchesNodesByAddress = mode && mode->find("nodes") != std::string::npos;
}

void addParsed(std::vector<IpRange> &ranges, const std::string &text)
{
    if (const auto range = IpRange::parse(text))
        ranges.push_back(*range);
}

} // namespace

/// Of Cilium's own IPAM, which leaves Node.spec.podCIDRs as it is, and of Kubernetes's, which CiliumNode
/// repeats: one of both may be old.
std::vector<std::string> ciliumPodNetworks(const ClusterState &state)
{
    std::vector<std::string> networks;
    const auto add = [&](const std::vector<std::string> &some) {
        networks.insert(networks.end(), some.begin(), some.end());
    };
    for (const auto &node : state.nodes)
        add(node->podCidrs);
    for (const auto &object : state.others) {
        if (object->group == "cilium.io" && object->kind == "CiliumNode")
            add(ObjectJson(object->json).texts("/spec/ipam/podCIDRs"));
    }
    std::sort(networks.begin(), networks.end());
    networks.erase(std::unique(networks.begin(), networks.end()), networks.end());
    return networks;
}

CiliumWorld CiliumWorld::read(std::span<const ApiObject *const> objects, const CompileContext &context,
                              OrderedPolicies &out)
{
    CiliumWorld world;
    world.state = &context.state;
    world.version = ciliumVersion(context.state);
    std::optional<CniConfig> config;
    for (const ApiObject *object : objects) {
        if (object->kind == "CiliumCIDRGroup")
            readGroup(*object, world, out);
        else if (object->kind == "ConfigMap" && object->meta.name == "cilium-config")
            config = cniConfigIn(*object);
    }
    if (config)
        readConfig(*config, world);
    for (const ReadGap &gap : context.state.gaps) {
        if (gap.resource.kind == "CiliumCIDRGroup")
            world.unreadGroups = unreadReason(gap);
    }
    for (const std::string &cidr : ciliumPodNetworks(context.state))
        addParsed(world.podNetworks, cidr);
    for (const auto &slice : context.state.endpointSlices.inNamespace("default")) {
        if (slice->serviceName != "kubernetes")
            continue;
        for (const portolan::Endpoint &endpoint : slice->endpoints) {
            for (const std::string &address : endpoint.addresses)
                addParsed(world.apiServers, address);
        }
    }
    return world;
}

} // namespace portolan::policy
