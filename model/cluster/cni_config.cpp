#include "model/cluster/cni_config.h"

#include "model/cluster/cni_agents.h"
#include "model/cluster/object_json.h"

#include <algorithm>
#include <array>

namespace portolan {

namespace {

using namespace std::string_view_literals;

/// Of cilium-config: how machines are joined, the MTU, the cluster's name, and what changes the meaning of
/// policies.
constexpr std::array ciliumKeys{"routing-mode"sv,
                                "tunnel-protocol"sv,
                                "tunnel"sv,
                                "datapath-mode"sv,
                                "mtu"sv,
                                "ipam"sv,
                                "auto-direct-node-routes"sv,
                                "cni-chaining-mode"sv,
                                "enable-wireguard"sv,
                                "enable-ipsec"sv,
                                "enable-policy"sv,
                                "enable-k8s-networkpolicy"sv,
                                "policy-audit-mode"sv,
                                "allow-localhost"sv,
                                "cluster-name"sv,
                                "policy-cidr-match-mode"sv,
                                "enable-host-firewall"sv,
                                "enable-sctp"sv,
                                "enable-node-selector-labels"sv};
constexpr std::array calicoKeys{"calico_backend"sv, "veth_mtu"sv};
/// Of net-conf.json the decoder keeps some fields: there can be a pre-shared key in it.
constexpr std::array flannelKeys{"net-conf.json"sv};

template<class Keys>
bool has(const Keys &keys, std::string_view key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool isConfigMap(const ApiObject &object, std::string_view name)
{
    return object.group.empty() && object.kind == "ConfigMap" && object.meta.name == name;
}

} // namespace

ResourceType configMapType()
{
    return {"", "v1", "ConfigMap", "configmaps", true};
}

std::string cniConfigOf(const Workload &agent)
{
    if (isAgent(agent, cniAgentSign("cilium")) || isAgent(agent, cniAgentSign("anetd")))
        return "cilium-config";
    if (isAgent(agent, cniAgentSign("calico-node")))
        return "calico-config";
    if (isAgent(agent, cniAgentSign("canal")))
        return agent.meta.name == "rke2-canal" ? "rke2-canal-config" : "canal-config";
    return isAgent(agent, cniAgentSign("kube-flannel-ds")) ? "kube-flannel-cfg" : "";
}

bool keepsConfigKey(std::string_view configMap, std::string_view key)
{
    if (configMap == "cilium-config")
        return has(ciliumKeys, key);
    if (configMap == "calico-config")
        return has(calicoKeys, key);
    if (configMap == "canal-config" || configMap == "rke2-canal-config")
        return has(calicoKeys, key) || has(flannelKeys, key);
    return configMap == "kube-flannel-cfg" && has(flannelKeys, key);
}

const std::string *CniConfig::find(std::string_view key) const
{
    const auto found = values.find(key);
    return found == values.end() ? nullptr : &found->second;
}

bool CniConfig::isOn(std::string_view key, bool otherwise) const
{
    constexpr std::array on{"1"sv, "t"sv, "T"sv, "true"sv, "TRUE"sv, "True"sv};
    constexpr std::array off{"0"sv, "f"sv, "F"sv, "false"sv, "FALSE"sv, "False"sv};
    const std::string *value = find(key);
    if (!value)
        return otherwise;
    return has(on, *value) || (otherwise && !has(off, *value));
}

std::optional<CniConfig> cniConfigIn(const ApiObject &configMap)
{
    const auto values = textsAt(configMap, "/data");
    if (!values)
        return std::nullopt;
    return CniConfig{refOf(configMap), *values};
}

std::optional<CniConfig> cniConfig(const ClusterState &state, std::string_view name)
{
    const ApiObject *first = nullptr;
    for (const auto &object : state.others) {
        if (!isConfigMap(*object, name))
            continue;
        first = first ? first : object.get();
        const bool isBesideAgent =
            std::any_of(state.workloads.begin(), state.workloads.end(), [&](const auto &workload) {
                return workload->meta.ns == object->meta.ns && cniConfigOf(*workload) == name;
            });
        if (isBesideAgent)
            return cniConfigIn(*object);
    }
    return first ? cniConfigIn(*first) : std::nullopt;
}

} // namespace portolan
