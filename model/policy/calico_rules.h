#pragma once

#include "model/policy/calico_world.h"
#include "model/policy/spec_reader.h"

#include <optional>
#include <string>
#include <vector>

namespace portolan::policy {

/// What a policy's rules are read with.
struct CalicoRuleScope
{
    const CalicoEndpoints &endpoints;
    const CompileContext &context;
    std::string ns; ///< of a namespaced policy; "" for a global one
};

/// The rules of one direction, in order. A rule that is not understood, and what it would match, stays open:
/// it becomes an Allow and a Deny that may match.
std::vector<Rule> calicoRules(const SpecField &list, Direction direction, const CalicoRuleScope &scope);

/// A selector field; all() and a fault where it does not parse or may not use global(). Absent or empty:
/// nothing.
std::optional<CalicoSelector> calicoSelector(const SpecField &field, bool mayUseGlobal = false);

/// The protocols, ports and ICMP types of a rule; each has to match.
std::vector<TrafficMatch> calicoTraffic(const SpecField &rule, const CalicoWorld &world);

} // namespace portolan::policy
