#pragma once

#include "model/session/topology_frame.h"

#include <string>

namespace portolan::fakes {

/// A small, complete map that was laid out by hand: five namespaces with workloads of every health,
/// services with and without endpoints, an address block, edges of every kind and verdict, probes that
/// reached, failed, said nothing and contradicted the policy. For tests of ui that need no cluster.
struct SampleOptions
{
    SourceKind source = SourceKind::Live;
    std::string contextName = "prod-eu1";
    std::string longName = "calico-node"; ///< the label of one card in kube-system
    bool withoutRedis = false;            ///< the same map after a workload went away
    bool unreadablePolicies = false;      ///< a read gap over network policies in namespace data
    bool hideMonitoring = true;           ///< counted among the omissions
};

/// When the probes of the sample were made, and a moment two minutes later.
WallTime sampleProbeTime();
WallTime sampleNow();

TopologyFramePtr sampleFrame(const MapFonts &fonts, const SampleOptions &options = {});

/// `namespaces` boxes with `perNamespace` workloads each in rows, and two edges a workload: for sizes.
TopologyFramePtr largeFrame(const MapFonts &fonts, int namespaces, int perNamespace);

} // namespace portolan::fakes
