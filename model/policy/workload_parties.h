#pragma once

#include "model/policy/connectivity.h"
#include "model/policy/endpoint_classes.h"

#include <vector>

namespace portolan::policy {

/// A party and those of its pods that policies tell apart.
struct PartyEnds
{
    Party party;
    std::vector<EndpointId> ids; ///< one of each class, and a second of a class that has one
    std::optional<IpRange::Address> outside;
    IpRange::Address last; ///< of the range, where outside
    bool hasTwin = false;  ///< the one pod, of a template, stands for several
};

/// Another pod of the same template, somewhere.
Endpoint twinOf(Endpoint pod);

/// What holds for every pair of their ends (a pod and itself is none); unknown where it is not the same for
/// all. Nothing where there is no pair.
std::optional<Outcome> outcomeBetween(PairVerdicts &verdicts, const PartyEnds &from, const PartyEnds &to,
                                      const Traffic &traffic);

/// The workloads of the model's pods, by namespace and name.
std::vector<PartyEnds> workloadParties(const PolicyModel &model);
/// The parts of the address space that policies make; {} where they are too many. Without any ipBlock the
/// whole space of each family that pods have is one part.
std::vector<PartyEnds> outsideParties(const PolicyModel &model);

} // namespace portolan::policy
