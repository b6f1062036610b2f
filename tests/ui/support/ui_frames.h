#pragma once

#include "model/graph/graph_builder.h"
#include "model/session/topology_frame.h"

namespace portolan::uitest {

/// A frame of `state` as a session would make it, laid out by the plain packer.
TopologyFramePtr frameOf(const ClusterStatePtr &state, GraphView view = GraphView::Services);

/// The sample shop, live or as a recording.
ClusterStatePtr shopState(SourceKind source = SourceKind::Live);

/// `state` without the pod, as a watch event would leave it.
ClusterStatePtr withoutPod(const ClusterStatePtr &state, const std::string &ns, const std::string &name);

/// The first line of the graph whose probe goes from a pod in `fromNs` to `to`; not valid where none does.
EdgeId edgeTo(const TopologyFrame &frame, const std::string &toNs, const std::string &to);

} // namespace portolan::uitest
