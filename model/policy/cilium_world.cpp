#include "model/policy/cilium_world.h"

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

void readConfig(const ApiObject &object, CiliumWorld &world, OrderedPolicies &out)
{
    readSpec(object, out, [&](const SpecField &root) {
        const SpecField data = root.at("data");
        const auto isOn = [&](const char *key) { return data.at(key).text() == "true"; };
        world.isConfigKnown = true;
        world.hasHostFirewall = isOn("enable-host-firewall");
        world.hasNodeSelectors = isOn("enable-node-selector-labels");
        world.matchesNodesByAddress =
            data.at("policy-cidr-match-mode").text().find("nodes") != std::string::npos;
    });
}

void addParsed(std::vector<IpRange> &ranges, const std::string &text)
{
    if (const auto range = IpRange::parse(text))
        ranges.push_back(*range);
}

} // namespace

CiliumWorld CiliumWorld::read(std::span<const ApiObject *const> objects, const CompileContext &context,
                              OrderedPolicies &out)
{
    CiliumWorld world;
    world.state = &context.state;
    world.version = ciliumVersion(context.state);
    for (const ApiObject *object : objects) {
        if (object->kind == "CiliumCIDRGroup")
            readGroup(*object, world, out);
        else if (object->kind == "ConfigMap" && object->meta.name == "cilium-config")
            readConfig(*object, world, out);
    }
    for (const ReadGap &gap : context.state.gaps) {
        if (gap.resource.kind == "CiliumCIDRGroup")
            world.unreadGroups = unreadReason(gap);
    }
    for (const auto &node : context.state.nodes) {
        for (const std::string &cidr : node->podCidrs)
            addParsed(world.podNetworks, cidr);
    }
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
