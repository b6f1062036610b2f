#include "model/graph/policy_claim.h"

#include <algorithm>
#include <map>

namespace portolan::graph {

namespace {

/// Destinations apart by what their names of ports mean.
std::vector<Members> byNamedPorts(const policy::PolicyModel &model, const Members &members)
{
    const auto &classes = model.classified().classes;
    std::map<std::uint32_t, std::vector<policy::ClassId>> byPorts;
    members.classes.forEach([&](policy::ClassId c) { byPorts[classes.portsOf(c)].push_back(c); });
    std::vector<Members> parts;
    for (const auto &[ports, own] : byPorts) {
        Members &part = parts.emplace_back();
        part.classes = policy::bitsOf(own);
        part.workloads = members.workloads;
    }
    return parts;
}

} // namespace

PortSet portsOfRule(const policy::Rule &rule, const policy::PolicyModel &model, const Members &destinations)
{
    PortSet ports;
    if (!namesPorts(rule))
        ports = portsOfRule(rule, policy::Endpoint());
    const auto &classes = model.classified().classes;
    if (namesPorts(rule))
        destinations.classes.forEach(
            [&](policy::ClassId c) { ports.add(portsOfRule(rule, classes.representative(c))); });
    const bool isAllCarried = model.policies().sctpIsDropped.empty();
    return isAllCarried ? ports : ports.common(everyPort(model));
}

Claim weighClaim(Reaches &reaches, const Mention &mention, const PolicyEnd &from, const PolicyEnd &to)
{
    const bool isOutside = from.workloads().empty() || to.workloads().empty();
    if (isOutside && (from.workloads().empty() ? from : to).members.classes.isEmpty()) {
        // More blocks than can be told apart: what other policies say of this one is not known.
        return {portsOfRule(mention.rule, reaches.model(), to.members), true, false, true};
    }
    Claim claim;
    PortSet everywhere = PortSet::all();
    bool full = true; // every pair has all that the rule names
    PortSet open, shut;
    const auto weighAgainst = [&](const PortSet &claimed, const Members &destinations) {
        reaches.forEachBlock(from.members, destinations, [&](const Block &block) {
            const PortSet all = mention.denies() ? block.closed() : block.all;
            PortSet some = mention.denies() ? block.closed() : block.some;
            some.add(mention.denies() ? PortSet() : block.unknown);
            claim.unsure |= !block.unknown.common(claimed).isEmpty();
            claim.ports.add(some.common(claimed));
            everywhere = everywhere.common(all.common(claimed));
            full &= all.covers(claimed);
            open.add((mention.denies() ? block.closed() : block.some).common(claimed));
            shut.add(claimed.without(all).without(block.unknown));
            claim.differs = claim.differs || !open.common(shut).isEmpty();
            // From then on, and once it holds somewhere on every port, more pairs say nothing new.
            return !claim.differs || !claim.ports.covers(claimed);
        });
    };
    if (namesPorts(mention.rule) && to.workloads().size() > 1) {
        for (const Members &part : byNamedPorts(reaches.model(), to.members))
            weighAgainst(portsOfRule(mention.rule, reaches.model(), part), part);
    } else {
        weighAgainst(portsOfRule(mention.rule, reaches.model(), to.members), to.members);
    }
    claim.holds = !claim.ports.isEmpty();
    // Named ports make "all that the rule names" differ from "the same ports".
    claim.fails = !full && !(everywhere == claim.ports);
    // A name on addresses outside can mean any number.
    claim.unsure |= namesPorts(mention.rule) && to.workloads().empty();
    return claim;
}

} // namespace portolan::graph
