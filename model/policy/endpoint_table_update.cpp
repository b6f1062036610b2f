#include "model/policy/endpoint_table.h"

#include <algorithm>
#include <tuple>

namespace portolan::policy {

namespace {

bool byName(const Pod *a, const Pod *b)
{
    return std::tie(a->meta.ns, a->meta.name) < std::tie(b->meta.ns, b->meta.name);
}

bool isAlike(const Endpoint &a, const Endpoint &b)
{
    return a.kind == b.kind && a.ref == b.ref && a.nodeName == b.nodeName && a.labels == b.labels &&
           a.nodeLabels == b.nodeLabels && a.addresses == b.addresses;
}

} // namespace

std::optional<std::vector<PodSplice>> EndpointTable::splices(std::span<const ObjectChange<Pod>> changes) const
{
    std::vector<PodSplice> list;
    for (const auto &[before, after] : changes) {
        PodSplice splice;
        if (after && takesPart(*after) && !after->hostNetwork)
            splice.added = after;
        splice.removes = before && takesPart(*before) && !before->hostNetwork;
        if (!splice.removes && !splice.added)
            continue;
        auto at = splice.removes ? std::lower_bound(m_pods.begin(), m_pods.end(), before, byName)
                                 : std::upper_bound(m_pods.begin(), m_pods.end(), after, byName);
        if (splice.removes) {
            // Files can name a pod twice.
            at = std::find(at, m_pods.end(), before);
            if (at == m_pods.end())
                return std::nullopt;
        }
        splice.at = EndpointId(at - m_pods.begin());
        if (!list.empty() && list.back().at + (list.back().removes ? 1 : 0) > splice.at)
            return std::nullopt;
        list.push_back(splice);
    }
    return list;
}

EndpointTable::EndpointTable(const EndpointTable &before, ClusterStatePtr next)
    : m_state(std::move(next)),
      m_isWhole(before.m_isWhole),
      m_identities(before.m_identities),
      m_hosts(before.m_hosts),
      m_serviceAccounts(before.m_serviceAccounts)
{
}

void EndpointTable::splicePods(const EndpointTable &before, std::span<const PodSplice> splices)
{
    m_pods.reserve(before.m_pods.size() + splices.size());
    m_families.reserve(before.m_families.size() + splices.size());
    std::size_t done = 0;
    const auto keepUpTo = [&](std::size_t end, std::size_t familiesEnd) {
        m_pods.insert(m_pods.end(), before.m_pods.begin() + std::ptrdiff_t(done),
                      before.m_pods.begin() + std::ptrdiff_t(end));
        m_families.insert(m_families.end(), before.m_families.begin() + std::ptrdiff_t(done),
                          before.m_families.begin() + std::ptrdiff_t(familiesEnd));
    };
    for (const PodSplice &splice : splices) {
        keepUpTo(splice.at, splice.at);
        if (splice.added) {
            m_pods.push_back(splice.added);
            m_families.push_back(familyOf(*splice.added));
        }
        done = splice.at + (splice.removes ? 1 : 0);
    }
    keepUpTo(before.m_pods.size(), before.m_families.size());
}

std::shared_ptr<const EndpointTable> EndpointTable::updated(ClusterStatePtr next,
                                                            std::span<const ObjectChange<Pod>> changes,
                                                            std::span<const PodSplice> splices) const
{
    const bool sameNodes = sameObjects(m_state->nodes, next->nodes);
    std::shared_ptr<EndpointTable> table(new EndpointTable(*this, std::move(next)));
    const bool sameHostPods = std::none_of(changes.begin(), changes.end(), [](const auto &change) {
        return (change.before && change.before->hostNetwork) || (change.after && change.after->hostNetwork);
    });
    if (!sameNodes || !sameHostPods) {
        // Also where all is as before: they view into the objects of the state.
        table->m_hosts = table->makeHosts();
        const auto &old = m_hosts->list;
        const auto &now = table->m_hosts->list;
        if (!std::equal(old.begin(), old.end(), now.begin(), now.end(), isAlike))
            return nullptr;
    }
    table->splicePods(*this, splices);
    return table;
}

} // namespace portolan::policy
