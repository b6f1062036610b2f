#include "model/policy/verdict_rows.h"

#include "model/cluster/objects.h"
#include "model/policy/plain_evaluator.h"

#include <algorithm>

namespace portolan::policy {

namespace {

constexpr std::uint64_t allOnes = ~std::uint64_t{0};

/// The part of both, at most Maybe where `certain` is false.
TriBits capped(const TriBits &set, Tri cap)
{
    if (cap == Tri::Yes)
        return set;
    TriBits result;
    if (cap == Tri::No)
        return result;
    // Yes and Maybe together, as Maybe.
    const ClassBits &a = set.yes;
    const ClassBits &b = set.maybe;
    if (a.isEmpty() || b.isEmpty()) {
        result.maybe = a.isEmpty() ? b : a;
        return result;
    }
    result.maybe.firstWord = std::min(a.firstWord, b.firstWord);
    result.maybe.words.resize(std::max(a.endWord(), b.endWord()) - result.maybe.firstWord);
    for (const ClassBits *part : {&a, &b}) {
        for (std::size_t w = 0; w < part->words.size(); ++w)
            result.maybe.words[part->firstWord - result.maybe.firstWord + w] |= part->words[w];
    }
    return result;
}

/// Both hold, word by word over what either may hold for.
TriBits intersected(const TriBits &a, const TriBits &b)
{
    const auto possible = [](const TriBits &set, std::uint32_t word) {
        const auto at = [word](const ClassBits &bits) {
            const std::uint32_t i = word - bits.firstWord;
            return i < bits.words.size() ? bits.words[i] : 0;
        };
        return std::pair(at(set.yes), at(set.yes) | at(set.maybe));
    };
    std::uint32_t first = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t end = 0;
    for (const ClassBits *bits : {&a.yes, &a.maybe}) {
        if (!bits->isEmpty()) {
            first = std::min(first, bits->firstWord);
            end = std::max(end, bits->endWord());
        }
    }
    TriBits result;
    if (end == 0)
        return result;
    result.yes.firstWord = result.maybe.firstWord = first;
    for (std::uint32_t w = first; w < end; ++w) {
        const auto [aYes, aMay] = possible(a, w);
        const auto [bYes, bMay] = possible(b, w);
        result.yes.words.push_back(aYes & bYes);
        result.maybe.words.push_back(aMay & bMay & ~(aYes & bYes));
    }
    result.yes.trim();
    result.maybe.trim();
    return result;
}

} // namespace

/// Where the walk over tiers stands, for every peer class at once.
struct VerdictRows::Walk
{
    using Words = std::vector<std::uint64_t>;

    explicit Walk(std::uint32_t words)
        : live(words, allOnes),
          canAllow(words, 0),
          canDeny(words, 0),
          passed(words, 0)
    {
    }

    /// `hit` is asked about what is open; those that match for certain leave it.
    void apply(RuleEffect effect, const TriBits &hit, Words &open)
    {
        Words &target = effect == RuleEffect::Allow  ? canAllow
                        : effect == RuleEffect::Deny ? canDeny
                                                     : passed;
        for (const ClassBits *bits : {&hit.yes, &hit.maybe}) {
            for (std::size_t w = 0; w < bits->words.size(); ++w)
                target[bits->firstWord + w] |= bits->words[w] & open[bits->firstWord + w];
        }
        for (std::size_t w = 0; w < hit.yes.words.size(); ++w)
            open[hit.yes.firstWord + w] &= ~hit.yes.words[w];
    }

    Words live;
    Words canAllow;
    Words canDeny;
    Words passed; ///< of the tier at hand
};

VerdictRows::VerdictRows(const ClassifiedPolicies &policies, const Traffic &traffic)
    : m_policies(policies),
      m_traffic(traffic),
      m_words((policies.classes.count() + 63) / 64)
{
}

const VerdictRow &VerdictRows::row(Direction direction, std::uint32_t group, bool sameNode)
{
    auto &rows = m_rows[std::size_t(direction)][sameNode && m_policies.usesLocality ? 1 : 0];
    if (rows.empty())
        rows.resize(m_policies.groups[std::size_t(direction)].groups().size());
    auto &row = rows[group];
    if (!row) {
        row = std::make_unique<VerdictRow>(make(direction, group, sameNode));
        m_bytes += sizeof(VerdictRow) + (row->allowed.words.size() + row->unknown.words.size()) * 8;
    }
    return *row;
}

const TriBits &VerdictRows::namedMatch(const TrafficMatch &match)
{
    const auto [entry, isNew] = m_named.try_emplace(match);
    if (!isNew)
        return entry->second;
    const EndpointClasses &classes = m_policies.classes;
    std::unordered_map<std::uint32_t, bool> known; // by the ports that the class has
    TriBits &bits = entry->second;
    bits.yes.words.resize(m_words);
    for (ClassId c = 0; c < classes.count(); ++c) {
        const auto [answer, fresh] = known.try_emplace(classes.portsOf(c), false);
        if (fresh)
            answer->second = matches(match, m_traffic, classes.representative(c)) == Tri::Yes;
        if (answer->second)
            bits.yes.words[c / 64] |= std::uint64_t{1} << (c % 64);
    }
    bits.yes.trim();
    return bits;
}

TriBits VerdictRows::matched(Direction direction, const SubjectGroup &group, std::uint32_t policy,
                             std::size_t index)
{
    const auto d = std::size_t(direction);
    const Rule &rule = m_policies.ordered->policies[policy].rules[d][index];
    Tri cap = Tri::Yes;
    std::optional<Endpoint> subject;
    const auto theSubject = [&]() -> const Endpoint & {
        if (!subject)
            subject = m_policies.classes.representative(group.representative);
        return *subject;
    };
    if (rule.subject.op() != Predicate::Op::Always)
        cap = both(cap, rule.subject.matches(theSubject(),
                                             m_policies.classes.representativeAddress(group.representative)));
    std::vector<const TrafficMatch *> byPeer;
    static const Endpoint nobody;
    for (const TrafficMatch &match : rule.traffic) {
        const bool named = !match.named.empty() && match.unknown.empty();
        if (named && direction == Direction::Egress)
            byPeer.push_back(&match);
        else
            cap = both(cap, matches(match, m_traffic, named ? theSubject() : nobody));
        if (cap == Tri::No)
            return {};
    }
    const TriBits &peers = *m_policies.peers[d][policy][index];
    if (byPeer.empty())
        return capped(peers, cap);
    TriBits result = capped(peers, cap);
    for (const TrafficMatch *match : byPeer)
        result = intersected(result, namedMatch(*match));
    return result;
}

VerdictRow VerdictRows::make(Direction direction, const SubjectGroup &group, bool sameNode)
{
    VerdictRow row;
    const bool isCarried = m_policies.ordered->carries(m_traffic.protocol);
    if (group.policies.empty() && isCarried) {
        row.allowsAll = true;
        return row;
    }
    const auto d = std::size_t(direction);
    const auto &all = m_policies.ordered->policies;
    Walk walk(m_words);
    const auto applyRules = [&](const GroupPolicy &selected, bool denies, bool others, Walk::Words &open) {
        const auto &rules = all[selected.policy].rules[d];
        // What a policy that only may select the subject decides stays open for others.
        Walk::Words own = selected.isCertain ? Walk::Words() : open;
        Walk::Words &left = selected.isCertain ? open : own;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            const bool isDeny = rules[r].effect == RuleEffect::Deny;
            const bool elsewhere =
                rules[r].locality != Locality::Any && sameNode != (rules[r].locality == Locality::SameNode);
            if (rules[r].effect == RuleEffect::Log || !(isDeny ? denies : others) || elsewhere)
                continue;
            walk.apply(rules[r].effect, matched(direction, group, selected.policy, r), left);
        }
    };
    for (auto first = group.policies.begin(); first != group.policies.end();) {
        const std::uint32_t tierIndex = all[first->policy].tier;
        const Tier &tier = m_policies.ordered->tierList[tierIndex];
        auto end = first;
        while (end != group.policies.end() && all[end->policy].tier == tierIndex)
            ++end;
        Walk::Words open = walk.live;
        std::fill(walk.passed.begin(), walk.passed.end(), 0);
        if (tier.denyFirst) {
            for (const bool denies : {true, false}) {
                for (auto p = first; p != end; ++p)
                    applyRules(*p, denies, !denies, open);
            }
        } else {
            for (auto p = first; p != end;) {
                auto tied = std::next(p);
                while (tier.tiesAreUndefined && tied != end &&
                       all[tied->policy].order == all[p->policy].order)
                    ++tied;
                if (all[p->policy].tieGroup == all[std::prev(tied)->policy].tieGroup) {
                    for (; p != tied; ++p)
                        applyRules(*p, true, true, open);
                    continue;
                }
                // Each group may be the first: all start from where the tie starts.
                const Walk::Words start = open;
                while (p != tied) {
                    Walk::Words own = start;
                    const std::string &tieGroup = all[p->policy].tieGroup;
                    for (; p != tied && all[p->policy].tieGroup == tieGroup; ++p)
                        applyRules(*p, true, true, own);
                    for (std::size_t w = 0; w < open.size(); ++w)
                        open[w] &= own[w];
                }
            }
        }
        if (tier.end == TierEnd::Deny) {
            Tri isolated = Tri::No;
            for (auto p = first; p != end; ++p) {
                if (all[p->policy].isolates[d])
                    isolated = either(isolated, p->isCertain ? Tri::Yes : Tri::Maybe);
            }
            for (std::size_t w = 0; w < open.size() && isolated != Tri::No; ++w) {
                walk.canDeny[w] |= open[w];
                open[w] = isolated == Tri::Yes ? 0 : open[w];
            }
        }
        for (std::size_t w = 0; w < open.size(); ++w)
            walk.live[w] = open[w] | walk.passed[w];
        first = end;
    }
    row.allowed.words.resize(m_words);
    row.unknown.words.resize(m_words);
    for (std::size_t w = 0; w < m_words; ++w) {
        const std::uint64_t allow = walk.canAllow[w] | walk.live[w];
        walk.canDeny[w] |= isCarried ? 0 : allow;
        row.allowed.words[w] = allow & ~walk.canDeny[w];
        row.unknown.words[w] = allow & walk.canDeny[w];
    }
    const std::uint32_t left = m_policies.classes.count() % 64;
    if (left != 0) {
        const std::uint64_t mask = (std::uint64_t{1} << left) - 1;
        row.allowed.words.back() &= mask;
        row.unknown.words.back() &= mask;
    }
    row.allowed.trim();
    row.unknown.trim();
    return row;
}

} // namespace portolan::policy
