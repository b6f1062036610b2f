#include "model/graph/reach.h"

#include <algorithm>
#include <map>

namespace portolan::graph {

namespace {

using policy::ClassBits;
using policy::Direction;
using policy::EndpointId;
using policy::Predicate;

/// The one namespace that a policy is about, as most are; nullptr where there can be more.
const std::string *namespaceOf(const Predicate &subject)
{
    if (subject.op() != Predicate::Op::And)
        return nullptr;
    const auto found =
        std::find_if(subject.parts().begin(), subject.parts().end(), [](const Predicate &part) {
            return part.op() == Predicate::Op::Text && part.textOf() == policy::TextOf::NamespaceName &&
                   part.test() == policy::TextTest::In && part.values().size() == 1;
        });
    return found == subject.parts().end() ? nullptr : &found->values().front();
}

} // namespace

void Reaches::findMembers()
{
    const policy::EndpointClasses &classes = model().classified().classes;
    const policy::EndpointTable &table = model().endpoints();
    std::vector<std::vector<policy::ClassId>> found(m_cluster.workloads().size());
    const auto pods = m_cluster.state().pods.all();
    EndpointId id = 0; // endpoints are in the order of pods
    for (std::size_t place = 0; place < pods.size() && id < table.podCount(); ++place) {
        if (&table.pod(id) != pods[place].get())
            continue;
        const std::uint32_t workload = m_cluster.workloadAtPlace(place);
        const policy::ClassId own = classes.classOf(id++, 0);
        if (workload != none && (found[workload].empty() || found[workload].back() != own))
            found[workload].push_back(own);
    }
    m_members.resize(found.size());
    m_workloadsOf.resize(classes.podClassCount());
    for (std::uint32_t w = 0; w < found.size(); ++w) {
        std::vector<policy::ClassId> &own = found[w];
        std::sort(own.begin(), own.end());
        own.erase(std::unique(own.begin(), own.end()), own.end());
        for (const policy::ClassId c : own)
            m_workloadsOf[c].push_back(w);
        m_members[w].classes = policy::bitsOf(own);
        m_members[w].workloads = {w};
    }
}

/// Workloads without pods go by their template, those whose pods wait for an address by the first of these.
void Reaches::findSleepers()
{
    for (std::uint32_t w = 0; w < m_members.size(); ++w) {
        const WorkloadEntry &entry = m_cluster.workloads()[w];
        const auto waiting = std::find_if(entry.pods.begin(), entry.pods.end(),
                                          [](const Pod *pod) { return !pod->hostNetwork; });
        const bool isTemplate = entry.pods.empty() && entry.object;
        if (!m_members[w].classes.isEmpty() || (waiting == entry.pods.end() && !isTemplate))
            continue;
        const NamespaceEntry &space = m_cluster.namespaces()[entry.ns];
        Sleeper &sleeper = m_sleepers.emplace_back();
        sleeper.workload = w;
        sleeper.endpoint.kind = policy::EndpointKind::Pod;
        sleeper.endpoint.ref = entry.ref;
        sleeper.endpoint.ns = space.name;
        sleeper.endpoint.labels = isTemplate ? entry.object->templateLabels : (*waiting)->meta.labels;
        sleeper.endpoint.namespaceLabels = space.labels;
        sleeper.endpoint.namespaceIsKnown = space.object != nullptr;
    }
    for (std::uint32_t p = 0; p < model().policies().policies.size() && !m_sleepers.empty(); ++p)
        selectSleepers(p);
    for (const Sleeper &sleeper : m_sleepers)
        m_members[sleeper.workload].sleepers = {&sleeper};
}

void Reaches::selectSleepers(std::uint32_t place)
{
    const policy::Policy &policy = model().policies().policies[place];
    const std::string *onlyNamespace = namespaceOf(policy.subject);
    auto sleeper = m_sleepers.begin();
    if (onlyNamespace)
        sleeper = std::lower_bound(sleeper, m_sleepers.end(), std::string_view(*onlyNamespace),
                                   [](const Sleeper &s, std::string_view ns) { return s.endpoint.ns < ns; });
    for (; sleeper != m_sleepers.end(); ++sleeper) {
        if (policy.isPending || (onlyNamespace && sleeper->endpoint.ns != *onlyNamespace))
            return;
        const policy::Tri selected = policy.subject.matches(sleeper->endpoint, 0);
        if (selected == policy::Tri::No)
            continue;
        for (const Direction d : policy::bothDirections) {
            const auto &rules = policy.rules[std::size_t(d)];
            if (!policy.isolates[std::size_t(d)] && rules.empty())
                continue;
            sleeper->policies[std::size_t(d)].push_back({place, selected == policy::Tri::Yes});
            sleeper->namesPorts |=
                d == Direction::Ingress && std::any_of(rules.begin(), rules.end(), namesPorts);
        }
    }
}

void Reaches::findFamilies()
{
    using Family = policy::EndpointTable::Family;
    const policy::EndpointClasses &classes = model().classified().classes;
    bool v4 = false;
    bool v6 = false;
    for (EndpointId id = 0; id < model().endpoints().podCount(); ++id) {
        const Family family = model().endpoints().family(id);
        v4 |= family == Family::V4;
        v6 |= family == Family::V6;
        if (family != Family::Several)
            continue;
        const policy::ClassId first = classes.classOf(id, 0);
        for (std::size_t a = 1; a < model().endpoints().pod(id).ips.size(); ++a) {
            auto &others = m_otherClasses[first];
            if (const policy::ClassId other = classes.classOf(id, a);
                other != first && std::find(others.begin(), others.end(), other) == others.end())
                others.push_back(other);
        }
    }
    m_familiesDiffer = v4 && v6;
}

ClassBits Reaches::withOtherAddresses(const ClassBits &classes) const
{
    std::vector<policy::ClassId> all;
    classes.forEach([&](policy::ClassId c) {
        all.push_back(c);
        if (const auto others = m_otherClasses.find(c); others != m_otherClasses.end())
            all.insert(all.end(), others->second.begin(), others->second.end());
    });
    std::sort(all.begin(), all.end());
    return policy::bitsOf(all);
}

bool Reaches::takesPart(std::uint32_t workload) const
{
    return !m_members[workload].classes.isEmpty() || !m_members[workload].sleepers.empty();
}

std::vector<std::uint32_t> Reaches::workloadsIn(const ClassBits &classes) const
{
    std::vector<std::uint32_t> found;
    classes.forEach([&](policy::ClassId c) {
        if (c < m_workloadsOf.size())
            found.insert(found.end(), m_workloadsOf[c].begin(), m_workloadsOf[c].end());
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

const std::vector<Part> &Reaches::partsOf(const Members &members, Direction direction) const
{
    auto &parts = members.parts[std::size_t(direction)];
    if (parts)
        return *parts;
    std::map<std::uint32_t, std::vector<policy::ClassId>> byGroup;
    members.classes.forEach([&](policy::ClassId c) { byGroup[m_groups.groupOf(direction, c)].push_back(c); });
    parts.emplace();
    for (const auto &[group, classes] : byGroup)
        parts->push_back({group, policy::bitsOf(classes), std::uint32_t(classes.size())});
    return *parts;
}

} // namespace portolan::graph
