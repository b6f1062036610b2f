#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/verdict.h"

#include <optional>

/// What policies say of a connection beside what a probe measured of it.
namespace portolan::policy {

enum class Agreement : std::uint8_t {
    None, ///< what was measured tells neither way
    Agrees,
    Contradicted, ///< allowed and lost, or denied and reached
};

/// Only what is certain counts. A refusal may come from the destination or from an enforcer that rejects;
/// UDP that is lost and UDP that is not answered look alike; a name that does not resolve, or a tool that is
/// missing, says nothing of the connection.
Agreement agreementOf(Outcome predicted, ProbeOutcome measured, Protocol protocol);

/// What the probe measured at that pod and port, of the destination's pods; its whole outcome where it tried
/// no pod by itself. Nothing where it tried others only.
std::optional<ProbeOutcome> measuredAt(const ProbeResult &probe, const ObjectRef &pod, std::uint16_t port);

/// True where a policy that decided was made after `at`: what was measured then says nothing of it.
bool isOlderThanPolicies(const ClusterState &state, const Verdict &verdict, WallTime at);

/// What settled the verdict: the first that denies of what is denied, the last that allows of what is
/// allowed; nullptr where nothing but a default did.
const Decision *settledBy(const Verdict &verdict);

} // namespace portolan::policy
