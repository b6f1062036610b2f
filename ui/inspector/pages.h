#pragma once

#include "ui/inspector/content.h"

/// One page a kind of thing; each stands in its own file.
namespace portolan::ui {

/// Where nothing is chosen: the cluster as a whole.
InspectorContent overviewPage(const TopologyFrame &frame);
InspectorContent podPage(const PageContext &context, const Pod &pod);
InspectorContent workloadPage(const PageContext &context, const Workload &workload);
InspectorContent servicePage(const TopologyFrame &frame, const Service &service);
/// `path`: what of the object is meant, see Subject::path.
InspectorContent policyPage(const PageContext &context, const NetworkPolicy &policy, const std::string &path);
InspectorContent ingressPage(const TopologyFrame &frame, const Ingress &ingress);
InspectorContent nodePage(const TopologyFrame &frame, const Node &node);
InspectorContent namespacePage(const TopologyFrame &frame, const std::string &ns);
InspectorContent otherPage(const PageContext &context, const ApiObject &object, const std::string &path);
InspectorContent slicePage(const TopologyFrame &frame, const EndpointSlice &slice);
InspectorContent eventPage(const TopologyFrame &frame, const ClusterEvent &event);
/// What joins two machines; `edge` is a MachineLink.
InspectorContent linkPage(const PageContext &context, const GraphEdge &edge);
InspectorContent edgePage(const PageContext &context, const GraphEdge &edge);
InspectorContent pairPage(const PageContext &context, const ProbeRequest &request);

} // namespace portolan::ui
