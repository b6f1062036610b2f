#include "model/graph/policy_end.h"

#include "model/graph/exposure.h"

#include <algorithm>

namespace portolan::graph {

namespace {

using policy::ClassBits;
using policy::ClassId;
using policy::EndpointKind;
using policy::Predicate;

constexpr std::size_t manyOfAll = 2;      // every pod of a namespace: a stub from so many workloads on
constexpr std::size_t manyOfSome = 9;     // pods of a selector: the same
constexpr std::size_t manyNamespaces = 5; // stubs in so many namespaces become one outside
constexpr std::size_t manyBlocks = 13;    // of one rule: one node for all of them
constexpr std::size_t longestLabel = 120;

std::string cut(std::string text)
{
    if (text.size() <= longestLabel)
        return text;
    std::size_t end = longestLabel;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end; // not inside of a character
    text.resize(end);
    return text + "…";
}

ClassBits possible(const policy::TriBits &set, ClassId first, ClassId end)
{
    std::vector<ClassId> classes;
    for (const ClassBits *bits : {&set.yes, &set.maybe}) {
        bits->forEach([&](ClassId c) {
            if (c >= first && c < end)
                classes.push_back(c);
        });
    }
    std::sort(classes.begin(), classes.end());
    return policy::bitsOf(classes);
}

/// Classes of pods by their first addresses; those that no pod is left of are nobody.
ClassBits possiblePods(const policy::EndpointClasses &classes, const policy::TriBits &set)
{
    const ClassBits all = possible(set, 0, classes.podClassCount());
    std::vector<ClassId> inhabited;
    all.forEach([&](ClassId c) {
        if (classes.podsIn(c) > 0)
            inhabited.push_back(c);
    });
    return policy::bitsOf(inhabited);
}

/// "ns: team=red · app=web", as far as it says something.
std::string termText(const PeerTerm &term)
{
    const std::string namespaces = predicateText(term.namespaces, longestLabel);
    std::string pods = predicateText(term.pods, longestLabel);
    for (const IpRange &block : term.blocks)
        pods += (pods.empty() ? "" : ", ") + blockText(block);
    if (term.isVague)
        pods += pods.empty() ? "?" : ", ?";
    if (namespaces.empty() || pods.empty())
        return cut(namespaces.empty() ? pods : "ns: " + namespaces);
    return cut("ns: " + namespaces + " · " + pods);
}

} // namespace

PolicyEnds::PolicyEnds(Reaches &reaches) : m_reaches(reaches), m_sets(reaches.model().classified().classes) {}

const std::vector<PolicyEndPtr> &PolicyEnds::of(const Predicate &predicate)
{
    const auto [known, isNew] = m_known.try_emplace(predicate);
    if (!isNew)
        return known->second;
    const std::vector<PeerTerm> terms = termsOf(predicate);
    for (const PeerTerm &term : terms) {
        // What may belong to a named block, too, adds nothing that a person could see.
        if (!(terms.size() > 1 && term.isVague && !term.blocks.empty()))
            addTerm(term, known->second);
    }
    return known->second;
}

void PolicyEnds::addTerm(const PeerTerm &term, std::vector<PolicyEndPtr> &ends)
{
    const bool asksPods = term.pods.op() != Predicate::Op::Always;
    const bool asksNamespace = term.namespaces.op() != Predicate::Op::Always;
    if (!term.blocks.empty() && !asksPods && !asksNamespace) {
        addBlocks(term, ends);
    } else if (term.kinds & policy::podsOnly) {
        addPods(term, m_sets.of(term.whole), ends);
    } else if (term.kinds & kindBit(EndpointKind::External)) {
        addWorld(m_sets.of(term.whole), ends);
    }
}

void PolicyEnds::addBlocks(const PeerTerm &term, std::vector<PolicyEndPtr> &ends)
{
    const auto &classes = m_reaches.model().classified().classes;
    const bool tooMany = term.blocks.size() + ends.size() >= manyBlocks;
    for (const IpRange &block : term.blocks) {
        const Predicate inBlock = tooMany ? term.whole : Predicate::inBlocks({block}) && term.whole;
        auto end = std::make_shared<PolicyEnd>();
        end->shape = PolicyEnd::Shape::Block;
        end->members.classes = possible(m_sets.of(inBlock), classes.podClassCount(), classes.count());
        end->label = blockText(block);
        for (const IpRange &except : term.except) {
            if (tooMany || block.contains(except))
                end->detail += (end->detail.empty() ? "− " : ", ") + blockText(except);
        }
        if (tooMany) {
            end->label += " +" + std::to_string(term.blocks.size() - 1);
            end->detail = cut(end->detail);
        }
        ends.push_back(std::move(end));
        if (tooMany)
            return;
    }
}

void PolicyEnds::addWorld(const policy::TriBits &matched, std::vector<PolicyEndPtr> &ends)
{
    const auto &classes = m_reaches.model().classified().classes;
    auto end = std::make_shared<PolicyEnd>();
    end->shape = PolicyEnd::Shape::World;
    end->members.classes = possible(matched, classes.podClassCount(), classes.count());
    ends.push_back(std::move(end));
}

void PolicyEnds::addPods(const PeerTerm &term, const policy::TriBits &matched,
                         std::vector<PolicyEndPtr> &ends)
{
    const auto &classes = m_reaches.model().classified().classes;
    const ClassBits all = possiblePods(classes, matched);
    const ClassBits doubtful = possiblePods(classes, {{}, matched.maybe});
    const auto add = [&](const ClassBits &part, std::uint32_t ns) {
        PolicyEndPtr end = endOf(term, part, ns, policy::intersect(part, doubtful));
        if (!end->workloads().empty())
            ends.push_back(std::move(end));
    };
    const auto &known = m_reaches.cluster().namespaces();
    const std::vector<std::uint32_t> spaces = namespacesOf(term.namespaces);
    if (term.namespaces.op() == Predicate::Op::Always || spaces.size() >= manyNamespaces ||
        std::any_of(spaces.begin(), spaces.end(), [&](std::uint32_t ns) { return !known[ns].object; })) {
        add(all, spaces.size() == 1 ? spaces.front() : none);
        return;
    }
    for (const std::uint32_t ns : spaces) {
        const auto [first, end] = classes.classesOfNamespace(std::string(known[ns].name));
        add(possible({all, {}}, first, end), ns);
    }
}

PolicyEndPtr PolicyEnds::endOf(const PeerTerm &term, const ClassBits &classes, std::uint32_t ns, bool isVague)
{
    auto end = std::make_shared<PolicyEnd>();
    end->ns = ns;
    end->isVague = isVague;
    end->members.classes = classes;
    end->members.workloads = m_reaches.workloadsIn(classes);
    addSleepers(term, ns, end->members);
    const bool whole = ns != none && !isVague && isWholeNamespace(end->members, ns);
    if (ns == none)
        end->label = termText(term);
    else if (!whole)
        end->label = termText(
            {term.whole, term.kinds, Predicate::always(), term.pods, term.blocks, term.except, term.isVague});
    const bool anyPod = whole || (ns == none && term.pods.op() == Predicate::Op::Always && !term.isVague);
    const bool isMany = end->workloads().size() >= (anyPod ? manyOfAll : manyOfSome);
    const bool isAnyone = ns == none && end->label.empty();
    end->shape = isMany || isVague || isAnyone ? PolicyEnd::Shape::Stub : PolicyEnd::Shape::Cards;
    return end;
}

void PolicyEnds::addSleepers(const PeerTerm &term, std::uint32_t ns, Members &members) const
{
    for (const Sleeper &sleeper : m_reaches.sleepers()) {
        const std::uint32_t own = m_reaches.cluster().workloads()[sleeper.workload].ns;
        if ((ns != none && own != ns) || term.whole.matches(sleeper.endpoint, 0) == policy::Tri::No)
            continue;
        members.sleepers.push_back(&sleeper);
        members.workloads.push_back(sleeper.workload);
    }
    std::sort(members.workloads.begin(), members.workloads.end());
}

/// Places of the namespaces that a term may be about.
std::vector<std::uint32_t> PolicyEnds::namespacesOf(const Predicate &asked)
{
    const auto &all = m_reaches.cluster().namespaces();
    if (asked.op() == Predicate::Op::Text && asked.textOf() == policy::TextOf::NamespaceName &&
        asked.test() == policy::TextTest::In && asked.values().size() == 1) {
        const std::uint32_t place = m_reaches.cluster().namespaceAt(asked.values().front());
        return place == none ? std::vector<std::uint32_t>{} : std::vector{place};
    }
    const auto [known, isNew] = m_namespaces.try_emplace(asked);
    for (std::uint32_t i = 0; isNew && i < all.size(); ++i) {
        policy::Endpoint anyone;
        anyone.kind = EndpointKind::Pod;
        anyone.ns = all[i].name;
        anyone.namespaceLabels = all[i].labels;
        anyone.namespaceIsKnown = all[i].object != nullptr;
        if (asked.matches(anyone, 0) != policy::Tri::No)
            known->second.push_back(i);
    }
    return known->second;
}

bool PolicyEnds::isWholeNamespace(const Members &members, std::uint32_t ns) const
{
    const NamespaceEntry &space = m_reaches.cluster().namespaces()[ns];
    const auto [first, end] =
        m_reaches.model().classified().classes.classesOfNamespace(std::string(space.name));
    for (ClassId c = first; c < end; ++c) {
        if (m_reaches.model().classified().classes.podsIn(c) != 0 && !members.classes.test(c))
            return false;
    }
    std::size_t taking = 0;
    for (std::uint32_t w = space.firstWorkload; w < space.endWorkload; ++w)
        taking += m_reaches.takesPart(w) ? 1 : 0;
    return taking == members.workloads.size();
}

GraphNode PolicyEnds::nodeOf(const PolicyEnd &end) const
{
    GraphNode node;
    if (end.shape == PolicyEnd::Shape::World) {
        node.kind = NodeKind::World;
        node.id = worldId();
        return node;
    }
    node.label = end.label;
    if (end.shape == PolicyEnd::Shape::Block) {
        node.kind = NodeKind::IpBlock;
        node.detail = end.detail;
        node.object = {ObjectKind::Other, "IpBlock", {}, node.label + " " + node.detail};
    } else {
        node.kind = NodeKind::PodSet;
        std::string ns;
        if (end.ns != none) {
            ns = m_reaches.cluster().namespaces()[end.ns].name;
            node.group = m_reaches.cluster().namespaces()[end.ns].group;
        }
        // "*": an ObjectRef without a name is not valid.
        node.object = {ObjectKind::Other, "PodSet", ns, end.label.empty() ? "*" : end.label};
    }
    node.id = nodeIdOf(node.kind, node.object);
    return node;
}

} // namespace portolan::graph
