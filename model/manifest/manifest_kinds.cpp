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

constexpr std::array<std::string_view, 5> policyGroups{"networking.k8s.io", "policy.networking.k8s.io",
                                                       "cilium.io", "crd.projectcalico.org",
                                                       "projectcalico.org"};

} // namespace

bool isPolicyKind(std::string_view kind)
{
    return kind.ends_with("NetworkPolicy");
}

bool isPolicyGroup(std::string_view group)
{
    return std::find(policyGroups.begin(), policyGroups.end(), group) != policyGroups.end();
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
