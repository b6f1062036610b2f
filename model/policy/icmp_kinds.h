#pragma once

#include "model/policy/ordered_policies.h"

#include <optional>
#include <vector>

namespace portolan::policy {

/// Messages of ICMP or ICMPv6 of which one stands for all that the rules of policies do not tell apart: those
/// of `type` and `code`, or of any where these are not given. Not empty.
std::vector<Traffic> icmpKinds(const OrderedPolicies &policies, IpProtocol protocol,
                               std::optional<std::uint8_t> type, std::optional<std::uint8_t> code);

} // namespace portolan::policy
