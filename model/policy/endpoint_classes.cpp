#include "model/policy/endpoint_classes.h"

#include <algorithm>

namespace portolan::policy {

EndpointClasses::EndpointClasses(std::shared_ptr<const EndpointTable> table, Mentions mentions)
    : m_table(std::move(table))
{
    m_traits = std::make_shared<const ClassTraits>(*m_table, std::move(mentions), m_members);
    findSamples();
}

void EndpointClasses::findSamples()
{
    m_samples.assign(count(), {});
    // Backwards, so that the first member stays.
    for (auto id = EndpointId(m_table->size()); id-- > 0;) {
        const std::uint32_t begin = m_members.begins[id];
        for (std::uint32_t place = m_members.begins[id + 1]; place-- > begin;) {
            Sample &sample = m_samples[m_members.classes[place]];
            sample.endpoint = id;
            sample.address = place - begin;
        }
        if (id < m_table->podCount())
            ++m_samples[m_members.classes[begin]].pods;
    }
}

Endpoint EndpointClasses::representative(ClassId id) const
{
    if (m_samples[id].endpoint != noEndpoint)
        return m_table->endpoint(m_samples[id].endpoint);
    if (const auto departed = m_departed.find(id); departed != m_departed.end())
        return m_table->podEndpoint(*departed->second);
    return EndpointTable::external(*m_traits->classes()[id].where);
}

bool EndpointClasses::spliceMembers(const EndpointClasses &before, std::span<const PodSplice> splices)
{
    const ClassMembers &old = before.m_members;
    m_members.begins.reserve(old.begins.size() + splices.size());
    m_members.classes.reserve(old.classes.size() + splices.size());
    std::size_t done = 0;
    const auto keepUpTo = [&](std::size_t end) {
        const auto shift = std::uint32_t(m_members.classes.size() - old.begins[done]);
        for (std::size_t id = done; id < end; ++id)
            m_members.begins.push_back(old.begins[id] + shift);
        m_members.classes.insert(m_members.classes.end(),
                                 old.classes.begin() + std::ptrdiff_t(old.begins[done]),
                                 old.classes.begin() + std::ptrdiff_t(old.begins[end]));
    };
    for (const PodSplice &splice : splices) {
        keepUpTo(splice.at);
        if (splice.added) {
            m_members.begins.push_back(std::uint32_t(m_members.classes.size()));
            for (std::size_t a = 0; a < std::max<std::size_t>(splice.added->ips.size(), 1); ++a) {
                m_members.classes.push_back(m_traits->classLike(*splice.added, a));
                if (m_members.classes.back() == noClass)
                    return false;
            }
        }
        done = splice.at + (splice.removes ? 1 : 0);
    }
    keepUpTo(old.begins.size() - 1);
    m_members.begins.push_back(std::uint32_t(m_members.classes.size()));
    return true;
}

/// A class that lost its last member may be asked for one all the same.
void EndpointClasses::keepDeparted(const EndpointClasses &before)
{
    for (ClassId c = 0; c < podClassCount(); ++c) {
        if (m_samples[c].endpoint != noEndpoint)
            continue;
        if (const auto known = before.m_departed.find(c); known != before.m_departed.end()) {
            m_departed.insert(*known);
            m_samples[c].address = before.m_samples[c].address;
            continue;
        }
        const Pod &last = before.m_table->pod(before.m_samples[c].endpoint);
        const auto pods = before.m_table->state().pods.inNamespace(last.meta.ns);
        const auto owner =
            std::find_if(pods.begin(), pods.end(), [&](const auto &pod) { return pod.get() == &last; });
        m_departed.emplace(c, *owner);
        m_samples[c].address = before.m_samples[c].address;
    }
}

std::optional<EndpointClasses> EndpointClasses::updated(std::shared_ptr<const EndpointTable> table,
                                                        std::span<const PodSplice> splices) const
{
    EndpointClasses next;
    next.m_table = std::move(table);
    next.m_traits = m_traits;
    if (splices.empty()) {
        next.m_members = m_members;
        next.m_samples = m_samples;
        next.m_departed = m_departed;
        return next;
    }
    if (!next.spliceMembers(*this, splices))
        return std::nullopt;
    next.findSamples();
    next.keepDeparted(*this);
    return next;
}

} // namespace portolan::policy
