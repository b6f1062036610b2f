#pragma once

#include "model/cluster/cluster_state.h"

#include <QString>

/// Facts about objects that tables and inspector both show.
namespace portolan::ui {

QString createdText(const ObjectMeta &meta);
QString servicePortsText(const Service &service); ///< "80→8080/TCP, 53/UDP"
QString addressesText(const std::vector<std::string> &addresses);
/// "Ingress, Egress": which directions a policy isolates.
QString directionsText(const NetworkPolicy &policy);
/// Ready and all endpoints that the slices name for a service.
struct EndpointCount
{
    int ready = 0;
    int all = 0;
};
EndpointCount endpointsOf(const ClusterState &state, const Service &service);
/// Pods that a policy selects.
int selectedPods(const ClusterState &state, const NetworkPolicy &policy);
QString outOf(int part, int whole); ///< "2 of 3"

} // namespace portolan::ui
