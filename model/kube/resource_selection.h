#pragma once

#include "model/kube/discovery.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::kube {

/// A resource that is to be read.
struct SelectedResource
{
    ResourceType type;
    std::string fieldSelector;
    bool canWatch = true;
    /// The same objects under another group, for those who may not read `type`.
    std::optional<ResourceType> alternative;
    /// Not empty: one object alone, of that name in the namespace `ns`, whatever namespaces are read.
    std::string name;
    std::string ns;
};

/// Whether discovery has to ask about the group at all.
bool isChartedGroup(std::string_view group);

/// What of a server's resources is read, the most important first (this is the order in which watches are
/// given out where there are more resources than watches):
///
/// - namespaces, nodes, pods, services, EndpointSlices (core Endpoints where slices of v1 are missing),
///   NetworkPolicies, Ingresses, and what owns pods; of the versions that the decoders know.
/// - events, bounded to those whose type is not Normal: a busy cluster writes a Normal event for every step
///   of every pod, and none of them explains why a connection fails.
/// - every kind of cilium.io, crd.projectcalico.org, projectcalico.org, gateway.networking.k8s.io and
///   policy.networking.k8s.io, in the version that the server prefers. Not Calico's IPAM handles and blocks:
///   they change with every pod's address, by the thousand, and say nothing that pods do not say.
/// - of operator.tigera.io the Installation, which tells how Calico was set up, and nothing else.
/// - Calico kinds that both groups serve are read from crd.projectcalico.org: that is what is stored, and it
///   does not depend on Calico's own API server. Those who may only read projectcalico.org get that one
///   (`alternative`).
std::vector<SelectedResource> selectResources(const ServedApis &apis);

/// One object, listed and watched by its name: that needs no right to any other object of its kind.
SelectedResource selectNamed(const ResourceType &type, const std::string &ns, const std::string &name);

/// The same where the server does not tell what it serves (discovery is forbidden): the built-in kinds.
std::vector<SelectedResource> assumedResources();

} // namespace portolan::kube
