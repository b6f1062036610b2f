#include "model/policy/subject_facts.h"

#include "model/policy/policy_kinds.h"
#include "model/policy/verdict_rows.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan::policy {

namespace {

/// Pods that no policy tells apart, and how many they are.
struct Alike
{
    EndpointId id = noEndpoint;
    std::size_t pods = 0;
    std::size_t onNodes = 0;
};

std::vector<Alike> alikeOf(const PolicyModel &model, const std::vector<ObjectRef> &pods)
{
    const EndpointTable &table = model.endpoints();
    std::map<std::vector<ClassId>, Alike> known;
    for (const ObjectRef &pod : pods) {
        const EndpointId id = table.find(pod.ns, pod.name);
        if (id == noEndpoint)
            continue;
        std::vector<ClassId> key;
        const std::size_t addresses = std::max<std::size_t>(table.endpoint(id).addresses.size(), 1);
        for (std::size_t a = 0; a < addresses; ++a)
            key.push_back(model.classified().classes.classOf(id, a));
        Alike &alike = known[std::move(key)];
        alike.id = id;
        ++(id < table.podCount() ? alike.pods : alike.onNodes);
    }
    std::vector<Alike> all;
    for (const auto &[key, alike] : known)
        all.push_back(alike);
    return all;
}

/// By any of its addresses.
Tri selects(const Policy &policy, const Endpoint &endpoint)
{
    Tri match = Tri::No;
    for (std::size_t a = 0; a < std::max<std::size_t>(endpoint.addresses.size(), 1); ++a)
        match = either(match, policy.subject.matches(endpoint, a));
    return match;
}

std::string reasonOf(const Policy &policy, const Endpoint &endpoint)
{
    std::set<std::string> reasons;
    policy.subject.reasons(endpoint, 0, reasons);
    return reasons.empty() ? std::string() : *reasons.begin();
}

/// One entry an object, however many parts it has.
SelectingPolicy &entryOf(SubjectFacts &facts, const Policy &policy, const PolicyModel &model, bool enforced)
{
    const auto same = [&](const SelectingPolicy &entry) {
        return entry.object == policy.object && entry.kind == policy.kind && entry.isEnforced == enforced;
    };
    const auto known = std::find_if(facts.policies.begin(), facts.policies.end(), same);
    if (known != facts.policies.end())
        return *known;
    SelectingPolicy entry;
    entry.object = policy.object;
    entry.kind = policy.kind;
    entry.tier = hasTiers(policy.object) ? model.policies().tierList[policy.tier].name : std::string();
    entry.isPending = policy.isPending;
    entry.isEnforced = enforced;
    entry.isCertain = false;
    facts.policies.push_back(std::move(entry));
    return facts.policies.back();
}

class Openings
{
public:
    void add(const Policy &policy, Tri match)
    {
        if (policy.isPending)
            return;
        for (const Direction direction : bothDirections) {
            const std::size_t d = std::size_t(direction);
            const bool ruled = !policy.rules[d].empty();
            if (match == Tri::Maybe && (ruled || policy.isolates[d]))
                raise(d, Openness::Unknown);
            else if (policy.isolates[d])
                raise(d, Openness::Isolated);
            else if (ruled)
                raise(d, Openness::Ruled);
        }
    }
    Openness of(std::size_t direction) const { return m_states[direction]; }

private:
    /// A policy that isolates for certain does so whatever the others are.
    void raise(std::size_t d, Openness to)
    {
        const auto rank = [](Openness state) {
            return state == Openness::Isolated ? 3 : state == Openness::Unknown ? 2 : int(state);
        };
        if (rank(to) > rank(m_states[d]))
            m_states[d] = to;
    }

    std::array<Openness, 2> m_states{Openness::Open, Openness::Open};
};

} // namespace

void addSubjectFacts(SubjectFacts &facts, const PolicyModel &model, const std::vector<ObjectRef> &pods,
                     bool enforced, const std::function<bool(const ObjectRef &)> &accepts,
                     const CancelToken &cancel)
{
    const std::vector<Alike> all = alikeOf(model, pods);
    std::vector<Endpoint> endpoints;
    for (const Alike &alike : all)
        endpoints.push_back(model.endpoints().endpoint(alike.id));
    std::vector<Openings> openings(all.size());
    for (const Policy &policy : model.policies().policies) {
        if (cancel.isCancelled())
            return;
        if (!accepts(policy.object))
            continue;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Tri match = selects(policy, endpoints[i]);
            if (match == Tri::No)
                continue;
            openings[i].add(policy, match);
            SelectingPolicy &entry = entryOf(facts, policy, model, enforced);
            entry.isCertain |= match == Tri::Yes;
            if (match == Tri::Maybe && entry.unknown.empty())
                entry.unknown = reasonOf(policy, endpoints[i]);
            entry.pods += all[i].pods + all[i].onNodes;
            for (std::size_t d = 0; d < 2; ++d) {
                entry.isolates[d] |= policy.isolates[d];
                entry.concerns[d] |= policy.isolates[d] || !policy.rules[d].empty();
            }
        }
    }
    if (!enforced)
        return;
    for (std::size_t i = 0; i < all.size(); ++i) {
        facts.pods += all[i].pods;
        facts.onNodes += all[i].onNodes;
        for (std::size_t d = 0; d < 2; ++d) {
            Openness &state = facts.openness[d];
            state = i == 0 || state == openings[i].of(d) ? openings[i].of(d) : Openness::Mixed;
        }
    }
}

} // namespace portolan::policy
