#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/enforcer.h"
#include "model/policy/ordered_policies.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace portolan::policy {

/// What compilers may look at besides their own objects.
struct CompileContext
{
    const ClusterState &state;
    Enforcer enforcer = Enforcer::Generic;
    /// False: the objects come from files that no API server has checked, so that they can be wrong in ways
    /// that a server would have refused.
    bool isValidated = true;
    /// Not empty: why nobody can tell which of the policies are enforced; then they say nothing for certain.
    std::string contested{};
};

/// One policy API: turns its objects into the ordered form. Stateless; one instance lives as long as the
/// program. Adding an API is a new file and its line in policy_apis.cpp.
class PolicyApi
{
public:
    virtual ~PolicyApi() = default;

    /// True for every kind that compile() wants to see, also those that are no policies (Tier, NetworkSet).
    virtual bool accepts(std::string_view group, std::string_view kind) const = 0;
    /// False: with that enforcer the objects are present and not enforced. (Cilium's kinds: Cilium alone;
    /// Calico's: Calico alone; where nothing tells who enforces, detectEnforcer() goes by the kinds.)
    virtual bool isEnforcedBy(Enforcer enforcer) const = 0;
    /// True: a setting of that enforcer turns this one API off, and its objects are present and not enforced.
    virtual bool isSwitchedOff(const CompileContext &) const { return false; }
    /// Adds what `objects` (all accepted ones, of every namespace, sorted by namespace, name and type) say.
    /// Typed NetworkPolicies are in context.state.networkPolicies. Never fails: what is not understood goes
    /// to OrderedPolicies::fault() and addUnknown(). Called for enforcers of which isEnforcedBy() is true
    /// only.
    virtual void compile(std::span<const ApiObject *const> objects, const CompileContext &context,
                         OrderedPolicies &out) const = 0;
    /// True for kinds whose objects each say what they say whatever the others of such kinds are: a change of
    /// one changes its own policies and faults alone, but for equal orders in a tier where ties are
    /// undefined.
    virtual bool isSelfContained(std::string_view kind) const = 0;
    /// Whether something differs that compile() looks at besides its objects and the gaps: nodes, services.
    virtual bool looksDifferent(const ClusterState &before, const ClusterState &after) const = 0;
    /// Policy objects whose kind could not be read (RBAC): adds unknowns for the namespace, "" for all.
    virtual void compileUnread(const ReadGap &gap, const CompileContext &context,
                               OrderedPolicies &out) const = 0;
};

/// Every API that is known, in no order that matters.
std::span<const PolicyApi *const> policyApis();

/// The instances; each is defined in the file of its API.
const PolicyApi &kubernetesNetworkPolicyApi();
const PolicyApi &adminNetworkPolicyApi();
const PolicyApi &clusterNetworkPolicyApi();
const PolicyApi &ciliumNetworkPolicyApi();
const PolicyApi &calicoPolicyApi();

/// The tier of NetworkPolicy, which Calico's default tier and Cilium's own kinds share ("default").
std::uint32_t standardTier(OrderedPolicies &out, Enforcer enforcer);
/// For compileUnread(): whom unread policies may select, and the reason in words.
Predicate unreadSubject(const ReadGap &gap);
std::string unreadReason(const ReadGap &gap);

/// What of a gap is about policies, kind by kind: a group whose kinds are not known may have every kind that
/// is known of it, the core group stands for everything. Empty for what has no part in policies.
std::vector<ReadGap> policyGaps(const ReadGap &gap);

/// For looksDifferent(): whether an object that the API accepts has the word in its text.
bool anyObjectSays(const PolicyApi &api, const ClusterState &state, std::string_view word);

/// All policies of a cluster, ordered, as that enforcer sees them.
OrderedPolicies compilePolicies(const CompileContext &context);

} // namespace portolan::policy
