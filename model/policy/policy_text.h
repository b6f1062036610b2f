#pragma once

#include "model/cluster/label_selector.h"
#include "model/policy/ordered_policies.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// NetworkPolicies that this program writes, for people to read and to apply. Internal to model/policy.
namespace portolan::policy {

/// Pods by their labels, or addresses.
struct DraftPeer
{
    std::string ns; ///< "" is the policy's own
    std::vector<Labels::Entry> labels;
    std::string cidr; ///< instead of the above
    friend auto operator<=>(const DraftPeer &, const DraftPeer &) = default;
};

using DraftPort = std::pair<IpProtocol, std::uint16_t>;

struct DraftRule
{
    std::vector<DraftPeer> peers;
    std::vector<DraftPort> ports;
};

struct PolicyDraft
{
    std::vector<std::string> remarks; ///< comments above it
    std::string ns;
    std::string name;
    std::vector<Labels::Entry> labels; ///< of the pods that it selects; {}: every pod of the namespace
    bool isolatesIngress = false;
    bool isolatesEgress = false;
    std::vector<DraftRule> ingress;
    std::vector<DraftRule> egress;
};

/// A networking.k8s.io/v1 NetworkPolicy as one YAML document.
std::string yamlOf(const PolicyDraft &draft);

/// Text as a YAML scalar that means this text and nothing else, on one line.
std::string yamlScalar(std::string_view text);

/// A name that Kubernetes takes, of the parts that are left of these when everything else is taken out; at
/// most 63 characters.
std::string objectName(std::initializer_list<std::string_view> parts);

} // namespace portolan::policy
