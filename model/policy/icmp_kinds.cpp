#include "model/policy/icmp_kinds.h"

#include <set>

namespace portolan::policy {

namespace {

using Numbers = std::set<std::uint8_t>;

/// The first number that no rule names stands for all the others of its kind.
void addAnother(Numbers &numbers)
{
    for (unsigned number = 0; number < 256; ++number) {
        if (numbers.insert(std::uint8_t(number)).second)
            return;
    }
}

} // namespace

std::vector<Traffic> icmpKinds(const OrderedPolicies &policies, IpProtocol protocol,
                               std::optional<std::uint8_t> type, std::optional<std::uint8_t> code)
{
    Numbers types, codes;
    for (const Policy &policy : policies.policies) {
        for (const auto &rules : policy.rules) {
            for (const Rule &rule : rules) {
                for (const TrafficMatch &match : rule.traffic) {
                    for (const IcmpMatch &icmp : match.icmp) {
                        if (icmp.protocol == protocol && icmp.type >= 0)
                            types.insert(std::uint8_t(icmp.type));
                        if (icmp.protocol == protocol && icmp.code >= 0)
                            codes.insert(std::uint8_t(icmp.code));
                    }
                }
            }
        }
    }
    if (type)
        types = {*type};
    else
        addAnother(types);
    if (code)
        codes = {*code};
    else
        addAnother(codes);
    std::vector<Traffic> kinds;
    for (const std::uint8_t one : types) {
        for (const std::uint8_t other : codes)
            kinds.push_back({protocol, 0, one, other});
    }
    return kinds;
}

} // namespace portolan::policy
