#include "model/policy/cilium_settings.h"

#include "model/cluster/cni_config.h"
#include "model/cluster/object_json.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace portolan::policy {

namespace {

constexpr std::array<std::string_view, 4> enforcementKeys{"enable-policy", "enable-k8s-networkpolicy",
                                                          "policy-audit-mode", "allow-localhost"};

constexpr std::string_view sctpKey = "enable-sctp";

bool isConfig(const ApiObject &object)
{
    return object.group.empty() && object.kind == "ConfigMap" && object.meta.name == "cilium-config";
}

bool isNodeConfig(const ApiObject &object)
{
    return object.group == "cilium.io" && object.kind == "CiliumNodeConfig";
}

void readConfig(const CniConfig &config, CiliumSettings &settings)
{
    settings.isKnown = true;
    settings.config = config.object;
    const std::string *mode = config.find("enable-policy");
    const std::string name = config.object.toString();
    if (mode && (*mode == "always" || *mode == "never"))
        settings.mode = *mode == "always" ? CiliumSettings::Mode::Always : CiliumSettings::Mode::Never;
    else if (mode && !mode->empty() && *mode != "default")
        settings.unclear = name + ": enable-policy has a value that is not known";
    if (const std::string *localhost = config.find("allow-localhost"))
        settings.asksOwnNode = *localhost == "policy";
    settings.audits = config.isOn("policy-audit-mode");
    settings.enforcesNetworkPolicies = config.isOn("enable-k8s-networkpolicy", true);
    settings.sctpIsDropped =
        config.isOn(sctpKey) ? "" : "Cilium drops SCTP: " + name + " does not turn on enable-sctp";
    if (settings.mode == CiliumSettings::Mode::Never)
        settings.enforcesNothingBecause = name + ": enable-policy=never";
    else if (settings.audits)
        settings.enforcesNothingBecause = name + ": policy-audit-mode=true";
}

/// Some nodes have settings of their own.
void readNodeConfig(const ApiObject &object, CiliumSettings &settings)
{
    const auto own = textsAt(object, "/spec/defaults");
    for (const std::string_view key : enforcementKeys) {
        if (!own || own->contains(key))
            settings.unclear = refOf(object).toString() + " gives some nodes another " + std::string(key);
    }
    if (!own || own->contains(sctpKey))
        settings.sctpIsDropped = refOf(object).toString() + " gives some nodes another enable-sctp";
}

} // namespace

CiliumSettings ciliumSettings(std::span<const ApiObject *const> objects)
{
    CiliumSettings settings;
    settings.sctpIsDropped = "Cilium carries SCTP only with enable-sctp, and its cilium-config is not known";
    for (const ApiObject *object : objects) {
        if (settings.isKnown || !isConfig(*object))
            continue;
        if (const auto config = cniConfigIn(*object))
            readConfig(*config, settings);
    }
    for (const ApiObject *object : objects) {
        if (isNodeConfig(*object))
            readNodeConfig(*object, settings);
    }
    if (!settings.unclear.empty())
        settings.enforcesNothingBecause.clear();
    return settings;
}

CiliumSettings ciliumSettings(const ClusterState &state)
{
    std::vector<const ApiObject *> objects;
    for (const auto &object : state.others) {
        if (isConfig(*object) || isNodeConfig(*object))
            objects.push_back(object.get());
    }
    return ciliumSettings(objects);
}

std::string sctpIsDroppedBy(const DetectedEnforcer &found, const ClusterState &state)
{
    // Of Cilium alone it is known that policies can be switched off.
    const bool isCilium = found.enforcer == Enforcer::Cilium || found.isSwitchedOff;
    return isCilium ? ciliumSettings(state).sctpIsDropped : std::string();
}

} // namespace portolan::policy
