#include "model/graph/policy_claim.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan::graph {

namespace {

struct PairSums
{
    PortSet somewhere;
    PortSet everywhere = PortSet::all();
    bool full = true; ///< every pair has all that the rule opens
    bool unsure = false;

    void add(const PortSet &claimed, const Ports &other)
    {
        const PortSet open = claimed.common(other.possible);
        somewhere.add(open);
        everywhere = everywhere.common(open);
        full = full && open == claimed;
        unsure = unsure || !(claimed.common(other.sure) == open);
    }

    /// Once it is known to hold for some on every port and not for others, more pairs say nothing new.
    bool cannotChange(const PortSet &claimed) const
    {
        return !full && !(somewhere == everywhere) && somewhere.covers(claimed);
    }

    /// Named ports make `full` differ from "the same ports for all".
    bool isSameForAll() const { return full || somewhere == everywhere; }
};

using Variants = std::vector<const Variant *>;

Variants variantsOf(const PolicyIndex &index, const PolicyEnd &end)
{
    Variants all;
    for (const std::uint32_t workload : end.workloads) {
        for (const Variant &variant : index.variantsOf(workload))
            all.push_back(&variant);
    }
    const auto hasPods = [](const Variant *variant) { return !variant->pods.empty(); };
    if (std::any_of(all.begin(), all.end(), hasPods))
        std::erase_if(all, [&](const Variant *variant) { return !hasPods(variant); });
    return all;
}

/// Of those with equal egress policies the first of two workloads: a workload is not asked about itself.
Variants fewForEachEgress(const Variants &all)
{
    std::map<std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>, std::set<std::uint32_t>> seen;
    Variants few;
    for (const Variant *variant : all) {
        auto &asked = seen[{variant->egress, variant->maybeEgress}];
        if (asked.size() < 2 && asked.insert(variant->workload).second)
            few.push_back(variant);
    }
    return few;
}

} // namespace

Claim weighClaim(const PolicyIndex &index, const CompiledRule &rule, const PolicyEnd &from,
                 const PolicyEnd &to, Direction direction, std::size_t &budget)
{
    const bool in = direction == Direction::Ingress;
    const Variants all = variantsOf(index, from);
    const Variants sources = in ? fewForEachEgress(all) : all;
    Claim claim;
    PairSums sums;
    for (const Variant *destination : variantsOf(index, to)) {
        const Ports claimed = portsOn(rule, *destination);
        claim.unsure = claim.unsure || !(claimed.sure == claimed.possible);
        const bool open = !in && destination->ingress.empty() && destination->maybeIngress.empty();
        for (const Variant *source : sources) {
            if (source->workload == destination->workload)
                continue;
            if (budget == 0 || (!rule.hasNamed && sums.cannotChange(claimed.possible)))
                break;
            --budget;
            const OneWay other =
                in ? egressOf(index, *source, *destination) : ingressOf(index, *source, *destination);
            sums.add(claimed.possible, other.ports);
            if (open) // to all of them alike
                break;
        }
    }
    claim.ports = sums.somewhere;
    claim.holds = !sums.somewhere.isEmpty();
    claim.fails = !sums.isSameForAll();
    claim.unsure = claim.unsure || sums.unsure || budget == 0;
    return claim;
}

std::optional<std::vector<std::pair<std::uint32_t, std::uint32_t>>>
holdingPairs(const PolicyIndex &index, const CompiledRule &rule, const PolicyEnd &from, const PolicyEnd &to,
             std::size_t most, std::size_t &budget)
{
    constexpr std::size_t tooManyToLookAt = 600;
    const std::size_t count = from.workloads.size() * to.workloads.size();
    if (count > tooManyToLookAt || count > budget)
        return std::nullopt;
    budget -= count;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const std::uint32_t destination : to.workloads) {
        PortSet claimed;
        for (const Variant &variant : index.variantsOf(destination))
            claimed.add(portsOn(rule, variant).possible);
        for (const std::uint32_t source : from.workloads) {
            if (source == destination || reachOf(index, source, destination).ports.common(claimed).isEmpty())
                continue;
            pairs.emplace_back(source, destination);
            if (pairs.size() > most)
                return std::nullopt;
        }
    }
    return pairs;
}

} // namespace portolan::graph
