#pragma once

#include "model/cluster/node_network.h"

#include <QString>

#include <cstddef>

/// The words about what joins machines, in the user's language. Plain text; safe from any thread.
namespace portolan::ui {

/// "VXLAN", "BGP", "route": what stands on the line; "" where it is not known.
QString linkLabel(NodeJoin join);
/// "VXLAN tunnel", "routes between the machines, not encapsulated", "not known".
QString joinText(NodeJoin join);
/// "cilium-config was not read": why it is not known, or not wholly; "" where there is no doubt.
QString doubtText(JoinDoubt doubt, const std::string &subject);
/// "VXLAN (Calico)", "IPIP between subnets, else BGP (Calico)", "not known (Cilium): …".
QString networkText(const NodeNetwork &network);
/// "2 machines joined by VXLAN (Calico)"; "" where there are not two.
QString joinedText(const NodeNetwork &network, std::size_t machines);
/// "1450", "automatic", "not read".
QString mtuText(const ConfiguredMtu &mtu);
/// The same with what says so: "1450 (ConfigMap kube-system/calico-config: veth_mtu)".
QString mtuSourceText(const ConfiguredMtu &mtu);

} // namespace portolan::ui
