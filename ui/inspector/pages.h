#pragma once

#include "ui/inspector/content.h"

/// One page a kind of thing; each stands in its own file.
namespace portolan::ui {

/// Where nothing is chosen: the cluster as a whole.
InspectorContent overviewPage(const TopologyFrame &frame);
InspectorContent podPage(const TopologyFrame &frame, const Pod &pod);
InspectorContent workloadPage(const TopologyFrame &frame, const Workload &workload);
InspectorContent servicePage(const TopologyFrame &frame, const Service &service);
InspectorContent policyPage(const TopologyFrame &frame, const NetworkPolicy &policy);
InspectorContent ingressPage(const TopologyFrame &frame, const Ingress &ingress);
InspectorContent nodePage(const TopologyFrame &frame, const Node &node);
InspectorContent namespacePage(const TopologyFrame &frame, const std::string &ns);
InspectorContent otherPage(const TopologyFrame &frame, const ApiObject &object);
InspectorContent slicePage(const TopologyFrame &frame, const EndpointSlice &slice);
InspectorContent eventPage(const TopologyFrame &frame, const ClusterEvent &event);
InspectorContent edgePage(const PageContext &context, const GraphEdge &edge);
InspectorContent pairPage(const PageContext &context, const ProbeRequest &request);

} // namespace portolan::ui
