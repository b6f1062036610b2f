#include "model/manifest/manifest_kinds.h"

#include <algorithm>
#include <array>

namespace portolan::manifest {

namespace {

/// Kinds without a namespace that policies are read from; of other kinds the object itself tells.
constexpr std::array<std::string_view, 21> clusterScoped{"Namespace",
                                                         "Node",
                                                         "AdminNetworkPolicy",
                                                         "BaselineAdminNetworkPolicy",
                                                         "ClusterNetworkPolicy",
                                                         "CiliumClusterwideNetworkPolicy",
                                                         "CiliumCIDRGroup",
                                                         "CiliumNode",
                                                         "GlobalNetworkPolicy",
                                                         "GlobalNetworkSet",
                                                         "StagedGlobalNetworkPolicy",
                                                         "Tier",
                                                         "HostEndpoint",
                                                         "Profile",
                                                         "IPPool",
                                                         "FelixConfiguration",
                                                         "ClusterInformation",
                                                         "PersistentVolume",
                                                         "ClusterRole",
                                                         "ClusterRoleBinding",
                                                         "CustomResourceDefinition"};

/// Kinds that live in namespaces although the manifest may not say so.
constexpr std::array<std::string_view, 10> policyKinds{"NetworkPolicy",
                                                       "CiliumNetworkPolicy",
                                                       "NetworkSet",
                                                       "StagedNetworkPolicy",
                                                       "StagedKubernetesNetworkPolicy",
                                                       "ServiceAccount",
                                                       "CiliumEndpoint",
                                                       "ConfigMap",
                                                       "Secret",
                                                       "Role"};

struct PolicyType
{
    std::string_view group;
    std::string_view version;
    std::string_view kind;
    std::string_view plural;
    bool namespaced;
};
constexpr std::array<PolicyType, 10> policyTypes{
    {{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true},
     {"policy.networking.k8s.io", "v1alpha1", "AdminNetworkPolicy", "adminnetworkpolicies", false},
     {"policy.networking.k8s.io", "v1alpha1", "BaselineAdminNetworkPolicy", "baselineadminnetworkpolicies",
      false},
     {"policy.networking.k8s.io", "v1alpha2", "ClusterNetworkPolicy", "clusternetworkpolicies", false},
     {"cilium.io", "v2", "CiliumNetworkPolicy", "ciliumnetworkpolicies", true},
     {"cilium.io", "v2", "CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies", false},
     {"projectcalico.org", "v3", "NetworkPolicy", "networkpolicies", true},
     {"projectcalico.org", "v3", "GlobalNetworkPolicy", "globalnetworkpolicies", false},
     {"crd.projectcalico.org", "v1", "NetworkPolicy", "networkpolicies", true},
     {"crd.projectcalico.org", "v1", "GlobalNetworkPolicy", "globalnetworkpolicies", false}}};

bool isCalico(std::string_view group)
{
    return group == "projectcalico.org" || group == "crd.projectcalico.org";
}

} // namespace

bool isPolicyKind(std::string_view kind)
{
    return kind.ends_with("NetworkPolicy");
}

bool isPolicyGroup(std::string_view group, std::string_view kind)
{
    if (isCalico(group) && kind.starts_with("Staged"))
        return true;
    return std::any_of(policyTypes.begin(), policyTypes.end(),
                       [&](const PolicyType &type) { return type.group == group && type.kind == kind; });
}

std::vector<ResourceType> policyResources(std::string_view kind)
{
    std::vector<ResourceType> resources;
    for (const PolicyType &type : policyTypes) {
        if (kind.empty() || type.kind == kind)
            resources.push_back({std::string(type.group), std::string(type.version), std::string(type.kind),
                                 std::string(type.plural), type.namespaced});
    }
    return resources.empty() ? policyResources("NetworkPolicy") : resources;
}

ResourceType resourceOf(std::string_view apiVersion, std::string_view kind, bool namesNamespace)
{
    const std::size_t slash = apiVersion.find('/');
    ResourceType type;
    type.group = slash == std::string_view::npos ? "" : std::string(apiVersion.substr(0, slash));
    type.version = std::string(slash == std::string_view::npos ? apiVersion : apiVersion.substr(slash + 1));
    type.kind = std::string(kind);
    const auto lists = [&](const auto &kinds) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    const bool isOwnKind = type.objectKind() != ObjectKind::Other;
    type.namespaced = !lists(clusterScoped) && (isOwnKind || lists(policyKinds) || namesNamespace);
    return type;
}

} // namespace portolan::manifest
