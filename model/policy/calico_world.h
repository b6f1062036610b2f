#pragma once

#include "model/policy/calico_selector.h"
#include "model/policy/ordered_policies.h"
#include "model/policy/policy_api.h"
#include "model/policy/predicate.h"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::policy {

/// Calico's objects that are no policies but say what policies mean: tiers, network sets, host endpoints,
/// profiles and the failsafe ports. Values; made once for each compilation.
struct CalicoWorld
{
    using LabelMap = std::map<std::string, std::string, std::less<>>;

    struct TierSpec
    {
        double order = 0;
        TierEnd end = TierEnd::Deny;
    };
    struct NetworkSet
    {
        LabelMap labels; ///< with those that Calico hands down from the namespace
        std::vector<IpRange> nets;
        bool isUnderstood = true; ///< false: a network of it could not be read
    };
    struct Host
    {
        ObjectRef object;
        std::string node;
        LabelMap labels;
        std::vector<IpRange> addresses; ///< expectedIPs
        bool isEveryInterface = false;  ///< interfaceName "*"
        std::vector<std::string> profiles;
    };

    std::map<std::string, TierSpec, std::less<>> tiers;
    std::vector<NetworkSet> networkSets;
    std::vector<Host> hosts;
    std::map<std::string, const ApiObject *, std::less<>> profiles;
    std::array<std::vector<PortRange>, 2> failsafePorts; ///< by Direction
    std::set<std::string, std::less<>> hostPortNames;
    /// Of the Tier `default`, where it ends with Pass: newer versions of Calico refuse that.
    std::optional<ObjectRef> passingDefaultTier;
    std::string unreadSets; ///< not empty: network sets are missing, for this reason

    /// `objects`: the kinds Tier, NetworkSet, GlobalNetworkSet, HostEndpoint, Profile and
    /// FelixConfiguration; others are passed over.
    static CalicoWorld read(std::span<const ApiObject *const> objects, const CompileContext &context,
                            OrderedPolicies &out);
};

/// The label keys by which Calico tells endpoints apart (its documents, "Calico automatic labels").
namespace calico {
inline constexpr std::string_view namespaceKey = "projectcalico.org/namespace";
inline constexpr std::string_view serviceAccountKey = "projectcalico.org/serviceaccount";
inline constexpr std::string_view orchestratorKey = "projectcalico.org/orchestrator";
inline constexpr std::string_view nameKey = "projectcalico.org/name";
inline constexpr std::string_view namespacePrefix = "pcns."; ///< labels of the namespace
inline constexpr std::string_view serviceAccountPrefix = "pcsa.";
} // namespace calico

/// Turns selectors into conditions on endpoints.
class CalicoEndpoints
{
public:
    explicit CalicoEndpoints(const CalicoWorld &world) : m_world(world) {}

    /// Pods and host endpoints with these labels: whom a policy selects.
    Predicate selected(const CalicoSelector &selector) const;
    /// And every address in a network set with these labels: whom a rule means.
    Predicate addressed(const CalicoSelector &selector) const;
    /// The host endpoints among these.
    std::vector<const CalicoWorld::Host *> hosts(const CalicoSelector &selector) const;
    /// The endpoint that a HostEndpoint object describes.
    static Predicate hostItself(const CalicoWorld::Host &host);

    const CalicoWorld &world() const { return m_world; }

private:
    const CalicoWorld &m_world;
};

/// For CalicoSelector::matches().
CalicoSelector::Lookup lookupIn(const CalicoWorld::LabelMap &labels);

} // namespace portolan::policy
