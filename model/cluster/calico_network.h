#pragma once

#include "model/cluster/node_network.h"

#include <optional>

namespace portolan {

/// What Calico joins the machines with: see nodeNetwork(), which calls this.
NodeNetwork calicoNetwork(const ClusterState &state);

/// Whether the machine has a WireGuard key by Calico; without one its traffic is not encrypted.
bool hasCalicoWireGuard(const Node &node);

/// By the addresses with prefixes that Calico notes on nodes; nothing where one has none.
std::optional<bool> areInOneSubnet(const Node &a, const Node &b);

} // namespace portolan
