#pragma once

#include "model/base/cancel_token.h"
#include "model/graph/speakers.h"
#include "model/policy/policy_model.h"

#include <cstdint>
#include <vector>

namespace portolan::graph {

/// Traffic of which one stands for all that policies do not tell apart. Ports that no rule names are one kind
/// of traffic; so is each stretch between two ports where some rule begins or ends. Without what is not
/// carried.
std::vector<policy::Traffic> kindsOfTraffic(const policy::PolicyModel &policies);

/// Which kinds of traffic have to be asked about between two workloads: to most pairs most rules do not
/// apply, and what is said of one kind is said of all the others.
class TellingTraffic
{
public:
    /// Of workloads by their place. O(kinds × groups that policies tell apart), each as a row of verdicts.
    /// Where the workloads are told apart in too many ways to remember, every kind is to be asked about.
    /// Worth nothing once it was cancelled.
    TellingTraffic(const policy::PolicyModel &policies, const std::vector<policy::Traffic> &kinds,
                   const std::vector<Speakers> &workloads, const CancelToken &cancel);

    /// False where another kind of traffic, before it, stands for this one.
    bool isTelling(std::size_t kind, std::size_t source, std::size_t destination) const
    {
        return m_telling[m_source[source] * m_destinations.size() + m_destination[destination]][kind];
    }
    /// Calls `call` with each destination, the source itself too, for which that kind is telling.
    template<class Call>
    void forEachDestination(std::size_t kind, std::size_t source, const Call &call) const
    {
        for (std::size_t pattern = 0; pattern < m_destinations.size(); ++pattern) {
            if (!m_telling[m_source[source] * m_destinations.size() + pattern][kind])
                continue;
            for (const std::uint32_t destination : m_destinations[pattern])
                call(destination);
        }
    }

private:
    std::vector<std::uint32_t> m_source;                    ///< by workload its pattern as a source
    std::vector<std::uint32_t> m_destination;               ///< and as a destination
    std::vector<std::vector<std::uint32_t>> m_destinations; ///< the workloads of each pattern
    std::vector<std::vector<bool>> m_telling;               ///< by both patterns, then by kind
};

} // namespace portolan::graph
