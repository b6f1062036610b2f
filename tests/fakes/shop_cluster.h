#pragma once

#include "tests/fakes/cluster_maker.h"

namespace portolan::fakes {

/// A small shop as people run it: six namespaces, 17 workloads, policies with default-deny, one service
/// without endpoints, pods that are not ready, a world that comes in by an ingress. For tests and pictures.
ClusterMaker shopCluster();

} // namespace portolan::fakes
