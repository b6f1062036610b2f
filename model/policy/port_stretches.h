#pragma once

#include "model/policy/connectivity.h"
#include "model/policy/workload_parties.h"

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan::policy {

/// For pairs of parties, the stretches of ports of which one port stands for all: by what the policies that
/// hold for the two tell apart, not by those of the whole cluster. Used by one thread; refers to the model
/// and to parties that stay where they are.
class PortStretches
{
public:
    explicit PortStretches(const PolicyModel &model);

    /// nullptr where the rules that hold for one of the two and the ports that they name are so many that
    /// asking about all of them would take hours.
    const PortSpans *between(const PartyEnds &from, const PartyEnds &to);
    /// The policies with the most rules of what was too much.
    const std::set<ObjectRef> &tooLarge() const { return m_tooLarge; }

private:
    using Cut = std::pair<IpProtocol, std::uint16_t>; ///< where ports begin to mean something else
    using Cuts = std::vector<Cut>;                    ///< sorted

    /// Of the policies that hold for a party in one direction.
    struct Load
    {
        bool isFree = false; ///< there are none
        bool isTooMuch = false;
        Cuts cuts;
    };

    std::uint32_t loadOf(const PartyEnds &ends, Direction direction);
    Load made(const std::set<std::uint32_t> &policies);
    const Cuts &cutsOf(std::uint32_t policy);
    PortSpans spansOf(const Load &a, const Load &b) const;

    const PolicyModel &m_model;
    Cuts m_named; ///< of ports that pods name: rules may ask for them by name
    std::map<std::uint32_t, Cuts> m_cutsOf;
    std::vector<Load> m_loads;
    std::map<std::set<std::uint32_t>, std::uint32_t> m_loadOfPolicies;
    std::unordered_map<const PartyEnds *, std::uint32_t> m_loadOfParty[2];
    std::unordered_map<std::uint64_t, PortSpans> m_spans; ///< by two loads
    std::set<ObjectRef> m_tooLarge;
};

} // namespace portolan::policy
