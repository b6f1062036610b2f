#pragma once

#include "model/graph/cluster_index.h"
#include "model/policy/class_traits.h"
#include "model/policy/policy_model.h"

#include <vector>

namespace portolan::graph {

/// One pod for each of the classes that a workload's pods are in, since the others get the same answers; and
/// another one where there is, since a pod reaches itself whatever policies say.
struct Speaker
{
    policy::EndpointId pod = policy::noEndpoint;
    policy::EndpointId other = policy::noEndpoint;
};

struct Speakers
{
    std::vector<Speaker> ofClass;
    /// Equal ones are answered alike, in both directions: the classes of all addresses of `ofClass`, in their
    /// order.
    std::vector<std::vector<policy::ClassId>> classes;
    std::uint32_t pods = 0; ///< that policies apply to; those on the host's network are not counted
};

Speakers speakersOf(const policy::PolicyModel &policies, const WorkloadEntry &workload);

} // namespace portolan::graph
