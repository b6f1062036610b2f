#include "model/diagnosis/finding_context.h"

#include <algorithm>

namespace portolan {

FindingContext::FindingContext(const ClusterState &state) : m_state(state)
{
    for (const auto &pod : state.pods) {
        if (pod->phase == PodPhase::Succeeded || pod->phase == PodPhase::Failed || pod->hostNetwork)
            continue;
        NamespacePods &of = m_pods[pod->meta.ns];
        of.all.push_back(pod.get());
        for (const auto &[key, value] : pod->meta.labels.entries())
            of.byLabel[key + "=" + value].push_back(pod.get());
    }
    for (const auto &slice : state.endpointSlices)
        m_slices[slice->meta.ns + "/" + slice->serviceName].push_back(slice.get());
}

std::vector<const Pod *> FindingContext::pods(std::string_view ns, const LabelSelector &selector) const
{
    const auto at = m_pods.find(std::string(ns));
    if (at == m_pods.end())
        return {};
    // The rarest label decides how many pods have to be looked at.
    const std::vector<const Pod *> *candidates = &at->second.all;
    for (const auto &[key, value] : selector.matchLabels) {
        const auto labelled = at->second.byLabel.find(key + "=" + value);
        if (labelled == at->second.byLabel.end())
            return {};
        if (labelled->second.size() < candidates->size())
            candidates = &labelled->second;
    }
    std::vector<const Pod *> matching;
    std::copy_if(candidates->begin(), candidates->end(), std::back_inserter(matching),
                 [&](const Pod *pod) { return selector.matches(pod->meta.labels); });
    return matching;
}

std::vector<const EndpointSlice *> FindingContext::slicesOf(const Service &service) const
{
    const auto at = m_slices.find(service.meta.ns + "/" + service.meta.name);
    return at == m_slices.end() ? std::vector<const EndpointSlice *>() : at->second;
}

bool FindingContext::canRead(ObjectKind kind, std::string_view ns) const
{
    return std::none_of(m_state.gaps.begin(), m_state.gaps.end(), [&](const ReadGap &gap) {
        return gap.resource.objectKind() == kind && (gap.ns.empty() || ns.empty() || gap.ns == ns);
    });
}

} // namespace portolan
