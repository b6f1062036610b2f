#pragma once

#include "model/cluster/cluster_state.h"

#include <compare>
#include <optional>

namespace portolan::policy {

struct CiliumVersion
{
    int major = 0;
    int minor = 0;
    friend auto operator<=>(const CiliumVersion &, const CiliumVersion &) = default;
};

/// Of the agents that run, by the tags of their images ("quay.io/cilium/cilium:v1.15.19@sha256:…"). Nothing
/// where none is seen, a tag names no version, or they are not all of the same: then policies are read as the
/// documents of the newest one say.
std::optional<CiliumVersion> ciliumVersion(const ClusterState &state);

/// Ranges of ports (endPort) came with this one; before, only the first port of a range is meant
/// (cilium/cilium issue 28684; measured with 1.15.19).
inline constexpr CiliumVersion firstWithPortRanges{1, 16};

/// Up to this one the peers of a CiliumNetworkPolicy that names labels of namespaces, and no namespace, are
/// those of its own namespace alone (measured with 1.15.19; the documents of that time say that it is not
/// supported)...
inline constexpr CiliumVersion lastWithinNamespace{1, 15};
/// ...and from this one on they are everywhere (its documents and source). Between them it is not known.
inline constexpr CiliumVersion firstAcrossNamespaces{1, 20};

} // namespace portolan::policy
