#pragma once

#include "model/policy/policy_model.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

/// What the rules look things up in: the policies of one state and indexes over it, made once, so that each
/// rule stays linear. Refers to the policies, which must outlive it.
class FindingContext
{
public:
    explicit FindingContext(const policy::PolicyModel &policies);

    const ClusterState &state() const { return m_state; }
    const policy::PolicyModel &policies() const { return m_policies; }

    /// Pods of the namespace that take part in the pod network (neither finished nor on the host network)
    /// and match: what policies are about. An empty selector matches all of them.
    std::vector<const Pod *> pods(std::string_view ns, const LabelSelector &selector) const;
    /// Whether pods() would give any; stops at the first.
    bool hasPod(std::string_view ns, const LabelSelector &selector) const;
    /// Unfinished pods that the service selects, those on the host network included.
    std::vector<const Pod *> podsOf(const Service &service) const;
    std::vector<const EndpointSlice *> slicesOf(const Service &service) const;
    /// False where a gap hides that kind in that namespace: its absence then proves nothing.
    bool canRead(ObjectKind kind, std::string_view ns) const;

private:
    struct NamespacePods
    {
        std::vector<const Pod *> all;
        std::unordered_map<std::string, std::vector<const Pod *>> byLabel; ///< "key=value"
    };

    /// Calls visit(pod) for unfinished pods that match, until it answers false.
    template<class Visit>
    void forEachPod(std::string_view ns, const LabelSelector &selector, Visit visit) const;

    const policy::PolicyModel &m_policies;
    const ClusterState &m_state;
    std::unordered_map<std::string, NamespacePods> m_pods;
    std::unordered_map<std::string, std::vector<const EndpointSlice *>> m_slices; ///< "ns/service"
};

} // namespace portolan
