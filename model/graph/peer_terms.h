#pragma once

#include "model/policy/predicate.h"

#include <string>
#include <vector>

namespace portolan::graph {

/// One of the alternatives of a predicate, taken apart into what a map can show.
struct PeerTerm
{
    policy::Predicate whole;
    policy::EndpointKinds kinds = policy::anyKind;
    policy::Predicate namespaces = policy::Predicate::always(); ///< what it asks of the namespace
    policy::Predicate pods = policy::Predicate::always();       ///< and of the rest
    std::vector<IpRange> blocks;                                ///< it has to be in one of them; {}: anywhere
    std::vector<IpRange> except;                                ///< and in none of these
    bool isVague = false;                                       ///< a part of it cannot be told of anyone
};

/// In the order of the predicate.
std::vector<PeerTerm> termsOf(const policy::Predicate &predicate);

/// As a label selector is written: "app=web, tier in (a, b), !old"; "?" for what cannot be told; "" for
/// always. At most `longest` bytes or a little more.
std::string predicateText(const policy::Predicate &predicate, std::size_t longest);

/// "10.0.0.0/8".
std::string blockText(const IpRange &block);

} // namespace portolan::graph
