#pragma once

#include "model/cluster/probe_result.h"
#include "model/diagnosis/finding.h"
#include "model/graph/topology_graph.h"

#include <QMetaType>

#include <optional>

namespace portolan::ui {

/// What the window is about at the moment: one object, one line of the map, or a pair that the user chose
/// to probe. A value; the default is nothing.
struct Subject
{
    ObjectRef object;
    EdgeId edge;
    std::optional<ProbeRequest> pair;
    std::string path; ///< what of the object is meant: "spec.ingress[0]"; "" for all of it

    static Subject of(ObjectRef ref) { return {std::move(ref), {}, {}, {}}; }
    static Subject of(EdgeId id) { return {{}, id, {}, {}}; }
    static Subject of(ProbeRequest request) { return {{}, {}, std::move(request), {}}; }
    /// A rule of a policy, say.
    static Subject of(ObjectRef ref, std::string path) { return {std::move(ref), {}, {}, std::move(path)}; }

    bool isValid() const { return object.isValid() || edge.isValid() || pair.has_value(); }
    friend bool operator==(const Subject &, const Subject &) = default;
};

/// What a finding is about: its object, or the pair that a probe went between.
Subject subjectOf(const Finding &finding);

/// The request that a probe finding speaks of; nothing for other findings.
std::optional<ProbeRequest> probeOf(const Finding &finding);

/// The first line whose click asks the same as `request`; not valid where the map has none.
EdgeId edgeAsking(const TopologyGraph &graph, const ProbeRequest &request);

/// True where both ask the same question: source, destination, port, protocol and method.
bool sameQuestion(const ProbeRequest &a, const ProbeRequest &b);

/// True where a probe of `request` tells about `edge`: it asks what the edge asks, or goes from what stands
/// at its start to its end on a port of it. The same rule as the badges of the map.
bool tellsAbout(const TopologyGraph &graph, const GraphEdge &edge, const ProbeRequest &request);

/// The card, pill or box of the map that stands for `object`, a pod's workload for a pod; not valid where
/// there is none.
NodeId nodeShowing(const TopologyGraph &graph, const ObjectRef &object);

} // namespace portolan::ui

Q_DECLARE_METATYPE(portolan::ui::Subject)
