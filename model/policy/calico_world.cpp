#include "model/policy/calico_world.h"

#include "model/policy/spec_reader.h"

#include <limits>

namespace portolan::policy {

namespace {

CalicoWorld::LabelMap labelMap(const Labels &labels, std::string_view prefix = {})
{
    CalicoWorld::LabelMap map;
    for (const auto &[key, value] : labels.entries())
        map.emplace(std::string(prefix) + key, value);
    return map;
}

void readTier(const ApiObject &object, CalicoWorld &world, OrderedPolicies &out)
{
    readSpec(object, out, [&](const SpecField &root) {
        const auto mark = root.faultCount();
        const SpecField spec = root.at("spec");
        spec.onlyKnows({"order", "defaultAction"});
        CalicoWorld::TierSpec tier;
        tier.order = spec.at("order").real().value_or(std::numeric_limits<double>::infinity());
        const std::string action = spec.at("defaultAction").text("Deny");
        if (action == "Pass" && object.meta.name == "default")
            world.passingDefaultTier = refOf(object);
        if (action == "Pass")
            tier.end = TierEnd::Pass;
        else if (action != "Deny")
            spec.at("defaultAction").fault("is neither Deny nor Pass");
        if (root.faultCount() != mark)
            return; // refused: its policies name a tier that is not there
        world.tiers.insert_or_assign(object.meta.name, tier);
    });
}

void readNetworkSet(const ApiObject &object, const CompileContext &context, CalicoWorld &world,
                    OrderedPolicies &out)
{
    readSpec(object, out, [&](const SpecField &root) {
        CalicoWorld::NetworkSet set;
        set.labels = labelMap(object.meta.labels);
        if (const std::string &ns = object.meta.ns; !ns.empty()) {
            if (const Namespace *found = context.state.namespaces.find("", ns))
                set.labels.merge(labelMap(found->meta.labels, calico::namespacePrefix));
            set.labels.insert_or_assign(std::string(calico::namespaceKey), ns);
            set.labels.insert_or_assign(std::string(calico::namespacePrefix) + std::string(calico::nameKey),
                                        ns);
        }
        const auto mark = root.faultCount();
        set.nets = networksOf(root.at("spec").at("nets"));
        set.isUnderstood = root.faultCount() == mark;
        world.networkSets.push_back(std::move(set));
    });
}

void readHost(const ApiObject &object, CalicoWorld &world, OrderedPolicies &out)
{
    readSpec(object, out, [&](const SpecField &root) {
        const SpecField spec = root.at("spec");
        spec.onlyKnows({"node", "interfaceName", "expectedIPs", "profiles", "ports"});
        CalicoWorld::Host host;
        host.object = refOf(object);
        host.node = spec.at("node").text();
        host.labels = labelMap(object.meta.labels);
        host.addresses = networksOf(spec.at("expectedIPs"));
        host.isEveryInterface = spec.at("interfaceName").text() == "*";
        host.profiles = spec.at("profiles").texts();
        for (const SpecField &port : spec.at("ports").elements())
            world.hostPortNames.insert(port.at("name").text());
        out.hosts.push_back({host.object, host.node, object.meta.labels, host.addresses});
        world.hosts.push_back(std::move(host));
    });
}

/// A host has the labels of its profiles, where it has none of its own by that key.
void addLabelsOfProfiles(CalicoWorld &world, OrderedPolicies &out)
{
    for (CalicoWorld::Host &host : world.hosts) {
        for (const std::string &name : host.profiles) {
            const auto profile = world.profiles.find(name);
            if (profile == world.profiles.end())
                continue;
            readSpec(*profile->second, out, [&](const SpecField &root) {
                for (const auto &[key, value] : root.at("spec").at("labelsToApply").members())
                    host.labels.emplace(key, value.text());
            });
        }
    }
}

/// FelixConfiguration `default`; a list that is not there keeps Felix's own ports.
void readFailsafePorts(const ApiObject &object, CalicoWorld &world, OrderedPolicies &out)
{
    readSpec(object, out, [&](const SpecField &root) {
        const std::pair<const char *, Direction> lists[] = {{"failsafeInboundHostPorts", Direction::Ingress},
                                                            {"failsafeOutboundHostPorts", Direction::Egress}};
        for (const auto &[name, direction] : lists) {
            const SpecField list = root.at("spec").at(name);
            if (list.isAbsent())
                continue;
            auto &ports = world.failsafePorts[std::size_t(direction)];
            ports.clear();
            for (const SpecField &entry : list.elements()) {
                const auto protocol = entry.at("protocol").protocol(true);
                const auto port = entry.at("port").number(0, 65535);
                if (port)
                    ports.push_back(
                        {protocol.value_or(protocol::tcp), std::uint16_t(*port), std::uint16_t(*port)});
            }
        }
    });
}

/// Felix's configuration reference, FailsafeInboundHostPorts and FailsafeOutboundHostPorts.
std::array<std::vector<PortRange>, 2> usualFailsafePorts()
{
    std::array<std::vector<PortRange>, 2> ports;
    const auto add = [&](Direction direction, IpProtocol protocol,
                         std::initializer_list<std::uint16_t> list) {
        for (const std::uint16_t port : list)
            ports[std::size_t(direction)].push_back({protocol, port, port});
    };
    add(Direction::Ingress, protocol::tcp, {22, 179, 2379, 2380, 5473, 6443, 6666, 6667});
    add(Direction::Ingress, protocol::udp, {68});
    add(Direction::Egress, protocol::tcp, {179, 2379, 2380, 5473, 6443, 6666, 6667});
    add(Direction::Egress, protocol::udp, {53, 67});
    return ports;
}

} // namespace

CalicoWorld CalicoWorld::read(std::span<const ApiObject *const> objects, const CompileContext &context,
                              OrderedPolicies &out)
{
    CalicoWorld world;
    world.failsafePorts = usualFailsafePorts();
    for (const ApiObject *object : objects) {
        if (object->kind == "Tier")
            readTier(*object, world, out);
        else if (object->kind == "NetworkSet" || object->kind == "GlobalNetworkSet")
            readNetworkSet(*object, context, world, out);
        else if (object->kind == "HostEndpoint")
            readHost(*object, world, out);
        else if (object->kind == "Profile")
            world.profiles.insert_or_assign(object->meta.name, object);
        else if (object->kind == "FelixConfiguration" && object->meta.name == "default")
            readFailsafePorts(*object, world, out);
    }
    addLabelsOfProfiles(world, out);
    for (const ReadGap &gap : context.state.gaps) {
        if (gap.resource.group.ends_with("projectcalico.org") &&
            (gap.resource.kind == "NetworkSet" || gap.resource.kind == "GlobalNetworkSet"))
            world.unreadSets = unreadReason(gap);
    }
    return world;
}

} // namespace portolan::policy
