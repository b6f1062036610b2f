#include "model/cluster/node_network.h"

#include "model/cluster/calico_network.h"
#include "model/cluster/cni_agents.h"
#include "model/cluster/cni_config.h"
#include "model/cluster/object_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace portolan {

namespace {

using Agents = std::set<std::string_view>; ///< names of CniAgentSigns

/// By DaemonSets that want pods; for accounts that may not read these, by their pods.
Agents agentsThatRun(const ClusterState &state)
{
    Agents agents;
    bool hasDaemonSets = false;
    for (const auto &workload : state.workloads) {
        hasDaemonSets |= workload->kind == "DaemonSet";
        for (const CniAgentSign &sign : cniAgentSigns) {
            if (workload->desired > 0 && isAgent(*workload, sign))
                agents.insert(sign.name);
        }
    }
    for (const auto &pod : state.pods) {
        if (hasDaemonSets)
            break;
        for (const OwnerRef &owner : pod->meta.owners) {
            for (const CniAgentSign &sign : cniAgentSigns) {
                if (owner.kind == "DaemonSet" && isAgentPod(*pod, owner.name, sign))
                    agents.insert(sign.name);
            }
        }
    }
    return agents;
}

NodeNetwork unknownOf(std::string provider, JoinDoubt doubt, std::string subject = {})
{
    NodeNetwork network;
    network.provider = std::move(provider);
    network.doubt = doubt;
    network.subject = std::move(subject);
    return network;
}

NodeNetwork knownOf(std::string provider, NodeJoin join)
{
    NodeNetwork network = unknownOf(std::move(provider), JoinDoubt::None);
    network.join = join;
    return network;
}

/// A CiliumNodeConfig that gives some machines another value for one of the keys.
const ApiObject *overriding(const ClusterState &state, std::initializer_list<std::string_view> keys)
{
    for (const auto &object : state.others) {
        if (object->group != "cilium.io" || object->kind != "CiliumNodeConfig")
            continue;
        const auto defaults = textsAt(*object, "/spec/defaults");
        const bool overrides = !defaults || std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
            return defaults->contains(key);
        });
        if (overrides)
            return object.get();
    }
    return nullptr;
}

/// "native" without more: who makes the routes follows from how addresses are given out.
NodeJoin nativeJoin(const CniConfig &config)
{
    const std::string *ipam = config.find("ipam");
    if (ipam && (*ipam == "eni" || *ipam == "azure" || *ipam == "alibabacloud"))
        return NodeJoin::NetworkRoutes;
    return config.isOn("auto-direct-node-routes") ? NodeJoin::Routes : NodeJoin::NetworkRoutes;
}

/// Cilium up to 1.13 has one key, `tunnel`, for what is routing-mode and tunnel-protocol later; its agent's
/// own default is a VXLAN tunnel in all versions. "disabled": no tunnel.
std::string ciliumTunnel(const CniConfig &config)
{
    const auto given = [&](std::string_view key) {
        const std::string *value = config.find(key);
        return value && !value->empty() ? value : nullptr;
    };
    const std::string *mode = given("routing-mode");
    const std::string *old = given("tunnel");
    const std::string *protocol = given("tunnel-protocol");
    if (mode && *mode == "native")
        return "disabled";
    if (mode && *mode != "tunnel")
        return "?";
    if (!mode && old)
        return *old;
    return protocol ? *protocol : "vxlan";
}

NodeNetwork ciliumJoin(const CniConfig &config)
{
    const std::string word = ciliumTunnel(config);
    if (word == "vxlan")
        return knownOf("Cilium", NodeJoin::Vxlan);
    if (word == "geneve")
        return knownOf("Cilium", NodeJoin::Geneve);
    if (word == "disabled")
        return knownOf("Cilium", nativeJoin(config));
    return unknownOf("Cilium", JoinDoubt::NotUnderstood, "cilium-config");
}

std::optional<int> wholeNumber(const std::string *text)
{
    int value = 0;
    if (!text)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    return error == std::errc() && end == text->data() + text->size() ? std::optional(value) : std::nullopt;
}

NodeNetwork byCilium(const ClusterState &state)
{
    const auto config = cniConfig(state, "cilium-config");
    if (!config) {
        NodeNetwork network = unknownOf("Cilium", JoinDoubt::NotRead, "cilium-config");
        network.mtu.source = "cilium-config";
        return network;
    }
    NodeNetwork network = ciliumJoin(*config);
    if (const std::string *chained = config->find("cni-chaining-mode");
        chained && !chained->empty() && *chained != "none" && *chained != "portmap")
        network = *chained == "aws-cni" ? knownOf("AWS VPC CNI", NodeJoin::NetworkRoutes)
                                        : unknownOf("Cilium", JoinDoubt::SeveralAgents);
    if (const ApiObject *other =
            overriding(state, {"routing-mode", "tunnel", "tunnel-protocol", "cni-chaining-mode"})) {
        network = unknownOf("Cilium", JoinDoubt::Differs, "CiliumNodeConfig");
        network.because.push_back(refOf(*other));
    }
    network.because.push_back(config->object);
    network.encryption = config->isOn("enable-wireguard") ? JoinEncryption::WireGuard
                         : config->isOn("enable-ipsec")   ? JoinEncryption::Ipsec
                                                          : JoinEncryption::None;
    const std::string source = config->object.toString() + ": mtu";
    const std::string *mtu = config->find("mtu");
    const auto bytes = wholeNumber(mtu);
    if (overriding(state, {"mtu"}))
        network.mtu.source = "CiliumNodeConfig: mtu";
    else if (!mtu || mtu->empty() || (bytes && *bytes == 0))
        network.mtu = {ConfiguredMtu::Kind::Auto, 0, source};
    else if (bytes && *bytes > 0)
        network.mtu = {ConfiguredMtu::Kind::Given, *bytes, source};
    return network;
}

NodeJoin flannelBackend(std::string_view type)
{
    return type == "vxlan"       ? NodeJoin::Vxlan
           : type == "host-gw"   ? NodeJoin::Routes
           : type == "wireguard" ? NodeJoin::WireGuard
           : type == "ipip"      ? NodeJoin::Ipip
                                 : NodeJoin::Unknown;
}

/// What each flannel writes on its node: the backend alone.
NodeNetwork byFlannelNodes(const ClusterState &state, const std::string &configName)
{
    std::set<std::string_view> types;
    for (const auto &node : state.nodes) {
        for (const auto &[key, value] : node->networkAnnotations) {
            if (key == "flannel.alpha.coreos.com/backend-type")
                types.insert(value);
        }
    }
    const std::string provider = "Flannel";
    if (types.empty())
        return unknownOf(provider, JoinDoubt::NotRead, configName);
    if (types.size() > 1)
        return unknownOf(provider, JoinDoubt::Differs, "flannel.alpha.coreos.com/backend-type");
    const NodeJoin join = flannelBackend(*types.begin());
    if (join == NodeJoin::Unknown)
        return unknownOf(provider, JoinDoubt::NotUnderstood, "flannel.alpha.coreos.com/backend-type");
    NodeNetwork network = knownOf(provider, join);
    if (join == NodeJoin::Vxlan || join == NodeJoin::Ipip) {
        network.doubt = JoinDoubt::PerhapsDirect;
        network.subject = configName;
    }
    return network;
}

NodeNetwork byFlannel(const ClusterState &state, const std::string &configName)
{
    const auto config = cniConfig(state, configName);
    const std::string *text = config ? config->find("net-conf.json") : nullptr;
    if (!text) {
        NodeNetwork network = byFlannelNodes(state, configName);
        network.mtu.source = configName;
        return network;
    }
    const ObjectJson json{std::string_view(*text)};
    const NodeJoin join = flannelBackend(json.text("/Backend/Type").value_or("udp"));
    NodeNetwork network = knownOf("Flannel", join);
    if (join == NodeJoin::Unknown)
        network = unknownOf("Flannel", JoinDoubt::NotUnderstood, configName);
    const bool mayBeDirect = join == NodeJoin::Vxlan || join == NodeJoin::Ipip;
    if (mayBeDirect && json.boolean("/Backend/DirectRouting").value_or(false)) {
        network.isCrossSubnet = true;
        network.within = NodeJoin::Routes;
    }
    network.because.push_back(config->object);
    const std::string source = config->object.toString() + ": Backend.MTU";
    const auto mtu = json.number("/Backend/MTU");
    network.mtu = mtu && *mtu > 0 && *mtu < 100'000
                      ? ConfiguredMtu{ConfiguredMtu::Kind::Given, int(*mtu), source}
                      : ConfiguredMtu{ConfiguredMtu::Kind::Auto, 0, source};
    return network;
}

NodeNetwork byCanal(const ClusterState &state)
{
    const bool isRke2 = cniConfig(state, "rke2-canal-config").has_value();
    NodeNetwork network = byFlannel(state, isRke2 ? "rke2-canal-config" : "canal-config");
    network.provider = "Canal";
    return network;
}

NodeNetwork byOther(std::string_view agent)
{
    if (agent == "aws-node")
        return knownOf("AWS VPC CNI", NodeJoin::NetworkRoutes);
    if (agent == "kindnet")
        return knownOf("kindnet", NodeJoin::Routes);
    if (agent == "ovnkube-node")
        return knownOf("OVN-Kubernetes", NodeJoin::Geneve);
    if (agent == "antrea-agent")
        return unknownOf("Antrea", JoinDoubt::NotRead, "antrea-config");
    if (agent == "kube-router")
        return unknownOf("kube-router", JoinDoubt::NotUnderstood, "kube-router");
    // Which of its two ways it takes it decides for each pair of machines.
    return unknownOf("Weave Net", JoinDoubt::NotTold, "weave-net");
}

bool hasFlannelNodes(const ClusterState &state)
{
    return std::any_of(state.nodes.begin(), state.nodes.end(), [](const auto &node) {
        const auto &annotations = node->networkAnnotations;
        return std::any_of(annotations.begin(), annotations.end(), [](const auto &one) {
            return one.first == "flannel.alpha.coreos.com/backend-type";
        });
    });
}

/// The one that joins the machines; "" where several may.
std::string_view joining(Agents agents)
{
    // Where Amazon's CNI gives the addresses, Calico is there for policies alone, and so may Cilium be: its
    // chaining mode says it.
    if (agents.contains("aws-node"))
        agents.erase("calico-node");
    if (agents.contains("cilium"))
        agents.erase("aws-node");
    return agents.size() == 1 ? *agents.begin() : std::string_view();
}

struct JoinWords
{
    std::string_view label;
    std::string_view name;
};
constexpr std::array<JoinWords, 8> joinWords{{{"", "unknown"},
                                              {"VXLAN", "vxlan"},
                                              {"Geneve", "geneve"},
                                              {"IPIP", "ipip"},
                                              {"WireGuard", "wireGuard"},
                                              {"BGP", "bgp"},
                                              {"route", "routes"},
                                              {"route", "networkRoutes"}}};
static_assert(joinWords.size() == std::size_t(NodeJoin::NetworkRoutes) + 1);

} // namespace

std::string_view joinLabel(NodeJoin join)
{
    return joinWords[std::size_t(join)].label;
}

std::string_view joinName(NodeJoin join)
{
    return joinWords[std::size_t(join)].name;
}

NodeNetwork nodeNetwork(const ClusterState &state)
{
    const Agents agents = agentsThatRun(state);
    if (agents.empty()) {
        // k3s runs Flannel inside of its own process.
        return hasFlannelNodes(state) ? byFlannel(state, "kube-flannel-cfg")
                                      : unknownOf({}, JoinDoubt::NoAgent);
    }
    const std::string_view agent = joining(agents);
    if (agent.empty())
        return unknownOf({}, JoinDoubt::SeveralAgents);
    if (agent == "cilium" || agent == "anetd")
        return byCilium(state);
    if (agent == "calico-node")
        return calicoNetwork(state);
    if (agent == "canal")
        return byCanal(state);
    if (agent == "kube-flannel-ds")
        return byFlannel(state, "kube-flannel-cfg");
    return byOther(agent);
}

PairJoin joinOf(const NodeNetwork &network, const Node &a, const Node &b)
{
    if (network.join == NodeJoin::WireGuard && network.provider == "Calico" &&
        !(hasCalicoWireGuard(a) && hasCalicoWireGuard(b)))
        return {NodeJoin::Unknown, JoinDoubt::Differs};
    if (!network.isCrossSubnet)
        return {network.join, network.doubt};
    const auto same = areInOneSubnet(a, b);
    if (!same)
        return {NodeJoin::Unknown, JoinDoubt::SubnetsUnknown};
    return {*same ? network.within : network.join, network.doubt};
}

} // namespace portolan
