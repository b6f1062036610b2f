#pragma once

#include "ui/inspector/content.h"

#include <vector>

/// The parts of a connection's page. GUI thread.
namespace portolan::ui {

/// What a connection page is about: a line of the map, or a pair that was chosen by hand.
struct Connection
{
    const GraphEdge *edge = nullptr;
    ProbeRequest request; ///< source not valid: cannot be probed
    EdgeVerdict verdict = EdgeVerdict::NotApplicable;
    std::vector<const ProbeResult *> probes; ///< that tell about it, newest first
    PolicyReasonPtr reason = {};
    std::vector<const ObservedFlow *> flows = {}; ///< that were seen on its line
};

/// What policies say beside what was measured: loud where the two contradict one another.
Section comparisonOf(const ClusterState &state, const Connection &connection,
                     const std::optional<ProbeActivity> &activity);

/// What flow logs saw of it, what was dropped first.
Section flowsSection(const ClusterState &state, const Connection &connection);

/// Everything that decided, in order, with the lines of the rules.
Section whySection(const TopologyFrame &frame, const Connection &connection);

/// "ingress[2] denies", "isolates egress"; a sentence for a default.
QString decisionText(const policy::Decision &decision);

} // namespace portolan::ui
