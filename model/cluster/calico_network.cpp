#include "model/cluster/calico_network.h"

#include "model/base/ip_range.h"
#include "model/cluster/cni_config.h"
#include "model/cluster/object_json.h"

#include <algorithm>
#include <charconv>

namespace portolan {

namespace {

bool isCalico(const ApiObject &object, std::string_view kind)
{
    return object.kind == kind &&
           (object.group == "crd.projectcalico.org" || object.group == "projectcalico.org");
}

const ApiObject *calicoDefault(const ClusterState &state, std::string_view kind)
{
    for (const auto &object : state.others) {
        if (isCalico(*object, kind) && object->meta.name == "default")
            return object.get();
    }
    return nullptr;
}

struct Pool
{
    ObjectRef ref;
    IpRange range;
    std::string ipip;
    std::string vxlan;
    bool isDisabled = false;
    bool isUsed = false;
    bool hasSameModes(const Pool &other) const { return ipip == other.ipip && vxlan == other.vxlan; }
};

std::vector<Pool> poolsOf(const ClusterState &state)
{
    std::vector<Pool> pools;
    for (const auto &object : state.others) {
        if (!isCalico(*object, "IPPool"))
            continue;
        const ObjectJson json(object->json);
        const auto range = IpRange::parse(json.text("/spec/cidr").value_or(""));
        if (range)
            pools.push_back({refOf(*object), *range, json.text("/spec/ipipMode").value_or("Never"),
                             json.text("/spec/vxlanMode").value_or("Never"),
                             json.boolean("/spec/disabled").value_or(false)});
    }
    return pools;
}

/// Those that pods have their first address from; where there are no pods, those that would give one.
std::vector<Pool> poolsThatCount(const ClusterState &state)
{
    std::vector<Pool> pools = poolsOf(state);
    for (const auto &pod : state.pods) {
        const bool isDone = pod->phase == PodPhase::Succeeded || pod->phase == PodPhase::Failed;
        if (pod->hostNetwork || pod->ips.empty() || isDone || pools.empty())
            continue;
        const auto address = IpRange::parse(pod->ips.front());
        for (Pool &pool : pools)
            pool.isUsed |= address && pool.range.contains(*address);
    }
    const bool anyUsed = std::any_of(pools.begin(), pools.end(), [](const Pool &p) { return p.isUsed; });
    std::erase_if(pools, [&](const Pool &pool) { return anyUsed ? !pool.isUsed : pool.isDisabled; });
    return pools;
}

struct Installation
{
    std::optional<ObjectRef> ref;
    std::string bgp; ///< "Enabled", "Disabled" or ""
    std::optional<std::int64_t> mtu;
};

Installation installationIn(const ClusterState &state)
{
    for (const auto &object : state.others) {
        if (object->group != "operator.tigera.io" || object->kind != "Installation")
            continue;
        const ObjectJson json(object->json);
        auto mtu = json.number("/status/mtu");
        return {refOf(*object), json.text("/spec/calicoNetwork/bgp").value_or(""),
                mtu ? mtu : json.number("/spec/calicoNetwork/mtu")};
    }
    return {};
}

/// What makes routes where nothing is encapsulated.
enum class RouteMaker { Unknown, Bgp, Felix };

RouteMaker routeMaker(const ClusterState &state, const std::optional<CniConfig> &config,
                      const Installation &installation)
{
    const std::string *backend = config ? config->find("calico_backend") : nullptr;
    const bool bgp = backend ? *backend == "bird" : installation.bgp == "Enabled";
    if (!bgp)
        return backend || !installation.bgp.empty() ? RouteMaker::Felix : RouteMaker::Unknown;
    const ApiObject *setting = calicoDefault(state, "BGPConfiguration");
    const ObjectJson json(setting ? setting->json : nullptr);
    // Without the mesh there are sessions with routers or reflectors, and not between any two machines.
    return json.boolean("/spec/nodeToNodeMeshEnabled").value_or(true) ? RouteMaker::Bgp : RouteMaker::Felix;
}

bool isMode(const std::string &mode)
{
    return mode == "Always" || mode == "CrossSubnet" || mode == "Never" || mode.empty();
}

NodeJoin routedJoin(RouteMaker maker)
{
    return maker == RouteMaker::Bgp ? NodeJoin::Bgp : NodeJoin::Routes;
}

void applyModes(const Pool &pool, RouteMaker maker, NodeNetwork &network)
{
    const bool ipip = pool.ipip == "Always" || pool.ipip == "CrossSubnet";
    const bool vxlan = pool.vxlan == "Always" || pool.vxlan == "CrossSubnet";
    if ((ipip && vxlan) || !isMode(pool.ipip) || !isMode(pool.vxlan)) {
        network.doubt = JoinDoubt::NotUnderstood;
        network.subject = "IPPool " + pool.ref.name;
        return;
    }
    network.doubt = JoinDoubt::None;
    if (!ipip && !vxlan) {
        network.join = routedJoin(maker);
        if (maker == RouteMaker::Unknown) {
            network.doubt = JoinDoubt::PerhapsBgp;
            network.subject = "calico-config";
        }
        return;
    }
    network.join = ipip ? NodeJoin::Ipip : NodeJoin::Vxlan;
    network.isCrossSubnet = (ipip ? pool.ipip : pool.vxlan) == "CrossSubnet";
    // VXLAN needs no BGP: Felix makes the routes within a subnet as well.
    if (network.isCrossSubnet)
        network.within = ipip ? routedJoin(maker) : NodeJoin::Routes;
}

std::optional<int> veth(const CniConfig &config)
{
    const std::string *text = config.find("veth_mtu");
    int value = -1;
    if (text)
        std::from_chars(text->data(), text->data() + text->size(), value);
    return value < 0 ? std::nullopt : std::optional(value);
}

std::string_view felixKey(NodeJoin join)
{
    switch (join) {
    case NodeJoin::Vxlan:
        return "vxlanMTU";
    case NodeJoin::Ipip:
        return "ipipMTU";
    case NodeJoin::WireGuard:
        return "wireguardMTU";
    default:
        return {};
    }
}

ConfiguredMtu mtuOf(const ClusterState &state, const std::optional<CniConfig> &config,
                    const Installation &installation, NodeJoin join)
{
    using Kind = ConfiguredMtu::Kind;
    if (installation.ref && installation.mtu && *installation.mtu > 0 && *installation.mtu < 100'000)
        return {Kind::Given, int(*installation.mtu), installation.ref->toString() + ": mtu"};
    const auto bytes = config ? veth(*config) : std::nullopt;
    if (bytes && *bytes > 0)
        return {Kind::Given, *bytes, config->object.toString() + ": veth_mtu"};
    const std::string_view key = felixKey(join);
    const ApiObject *felix = key.empty() ? nullptr : calicoDefault(state, "FelixConfiguration");
    if (felix) {
        const auto own = ObjectJson(felix->json).number("/spec/" + std::string(key));
        if (own && *own > 0 && *own < 100'000)
            return {Kind::Given, int(*own), refOf(*felix).toString() + ": " + std::string(key)};
    }
    if (bytes)
        return {Kind::Auto, 0, config->object.toString() + ": veth_mtu"};
    // The operator leaves the field away where each machine finds out by itself.
    if (installation.ref)
        return {Kind::Auto, 0, installation.ref->toString()};
    return {Kind::NotRead, 0, "calico-config"};
}

const std::string *calicoAddress(const Node &node)
{
    for (const auto &[key, value] : node.networkAnnotations) {
        if (key == "projectcalico.org/IPv4Address")
            return &value;
    }
    return nullptr;
}

} // namespace

NodeNetwork calicoNetwork(const ClusterState &state)
{
    NodeNetwork network;
    network.provider = "Calico";
    const auto config = cniConfig(state, "calico-config");
    const Installation installation = installationIn(state);
    const RouteMaker maker = routeMaker(state, config, installation);
    const std::vector<Pool> pools = poolsThatCount(state);
    const bool differ = std::any_of(pools.begin(), pools.end(),
                                    [&](const Pool &pool) { return !pool.hasSameModes(pools.front()); });
    network.doubt = pools.empty() ? JoinDoubt::NotRead : JoinDoubt::Differs;
    network.subject = "IPPool";
    if (!pools.empty() && !differ) {
        network.subject.clear();
        applyModes(pools.front(), maker, network);
    }
    for (const Pool &pool : pools)
        network.because.push_back(pool.ref);
    if (config)
        network.because.push_back(config->object);
    const ApiObject *felix = calicoDefault(state, "FelixConfiguration");
    if (felix && ObjectJson(felix->json).boolean("/spec/wireguardEnabled").value_or(false)) {
        // It takes the place of the pools' encapsulation between machines that have a key.
        network.join = NodeJoin::WireGuard;
        network.isCrossSubnet = false;
        network.doubt = JoinDoubt::None;
        network.subject.clear();
        network.because.push_back(refOf(*felix));
    }
    network.mtu = mtuOf(state, config, installation, network.join);
    return network;
}

bool hasCalicoWireGuard(const Node &node)
{
    return std::any_of(
        node.networkAnnotations.begin(), node.networkAnnotations.end(), [](const auto &annotation) {
            return annotation.first == "projectcalico.org/WireguardPublicKey" && !annotation.second.empty();
        });
}

std::optional<bool> areInOneSubnet(const Node &a, const Node &b)
{
    const std::string *one = calicoAddress(a);
    const std::string *other = calicoAddress(b);
    if (!one || !other || one->find('/') == std::string::npos || other->find('/') == std::string::npos)
        return std::nullopt;
    const auto first = IpRange::parse(*one);
    const auto second = IpRange::parse(*other);
    if (!first || !second)
        return std::nullopt;
    return *first == *second;
}

} // namespace portolan
