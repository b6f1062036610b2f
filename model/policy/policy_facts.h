#pragma once

#include "model/base/cancel_token.h"
#include "model/policy/policy_model.h"

#include <array>
#include <string>
#include <vector>

/// What one policy object says of the cluster as it is: whom it selects, whom its rules are about.
namespace portolan::policy {

/// A workload (or a bare pod), or a namespace of which every pod is meant, and how many pods.
struct CountedPods
{
    ObjectRef object;
    std::size_t pods = 0;
    friend bool operator==(const CountedPods &, const CountedPods &) = default;
};

/// Some of the cluster's pods: counted, and the first of them named.
struct NamedPods
{
    static constexpr std::size_t mostNamed = 12;

    std::vector<CountedPods> named;
    std::size_t groups = 0;    ///< of which `named` are the first
    std::size_t pods = 0;      ///< for certain
    std::size_t maybePods = 0; ///< that it may be about
    bool isEveryPod = false;   ///< then none is named
    friend bool operator==(const NamedPods &, const NamedPods &) = default;
};

/// Whom a rule is about at the other end.
struct PeerFacts
{
    static constexpr std::size_t mostRanges = 12;

    NamedPods pods;
    std::size_t nodes = 0;
    std::vector<std::string> ranges; ///< outside: "10.0.0.0/8", "10.0.0.0-10.0.0.9"; the first of them
    std::size_t rangeCount = 0;
    bool isEveryAddress = false; ///< every address outside; then no range is named
    bool isEveryone = false;     ///< every pod, node and address
    bool hasUnknown = false;     ///< it may be about more
    friend bool operator==(const PeerFacts &, const PeerFacts &) = default;
};

struct RuleFacts
{
    Direction direction = Direction::Ingress;
    RuleEffect effect = RuleEffect::Allow;
    std::string path; ///< "spec.ingress[0]"
    std::vector<TrafficMatch> traffic;
    std::string condition;
    Locality locality = Locality::Any;
    bool isNarrowed = false; ///< it is about some of the selected pods only
    PeerFacts peers;
    friend bool operator==(const RuleFacts &, const RuleFacts &) = default;
};

struct PolicyFacts
{
    static constexpr std::size_t mostRules = 40;
    static constexpr std::size_t mostFaults = 40;

    std::string kind;
    std::string tier; ///< "" where the API has none
    bool isPending = false;
    bool isCompiled = false; ///< false: nothing of it takes part, the faults say why
    NamedPods selected;
    std::size_t selectedNodes = 0;
    bool podsAreKnown = true;       ///< false: pods could not be read, so that none says nothing
    std::array<bool, 2> isolates{}; ///< by Direction
    std::vector<RuleFacts> rules;   ///< ingress, then egress; the first of them
    std::size_t ruleCount = 0;
    std::vector<PolicyFault> faults; ///< the first of them
    std::size_t faultCount = 0;
    friend bool operator==(const PolicyFacts &, const PolicyFacts &) = default;
};

/// The facts about `object`, a policy that `model` was made with. Blocks: some milliseconds for each 10,000
/// pods; gives up where it is cancelled, with what it has.
PolicyFacts policyFacts(const std::shared_ptr<const PolicyModel> &model, const ObjectRef &object,
                        const CancelToken &cancel);

} // namespace portolan::policy
