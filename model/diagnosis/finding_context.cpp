#include "model/diagnosis/finding_context.h"

#include <algorithm>

namespace portolan {

FindingContext::FindingContext(const policy::PolicyModel &policies)
    : m_policies(policies),
      m_state(policies.endpoints().state())
{
    for (const auto &pod : m_state.pods) {
        if (pod->phase == PodPhase::Succeeded || pod->phase == PodPhase::Failed)
            continue;
        NamespacePods &of = m_pods[pod->meta.ns];
        of.all.push_back(pod.get());
        for (const auto &[key, value] : pod->meta.labels.entries())
            of.byLabel[key + "=" + value].push_back(pod.get());
    }
    for (const auto &slice : m_state.endpointSlices)
        m_slices[slice->meta.ns + "/" + slice->serviceName].push_back(slice.get());
}

template<class Visit>
void FindingContext::forEachPod(std::string_view ns, const LabelSelector &selector, Visit visit) const
{
    const auto at = m_pods.find(std::string(ns));
    if (at == m_pods.end())
        return;
    // The rarest label decides how many pods have to be looked at.
    const std::vector<const Pod *> *candidates = &at->second.all;
    const auto narrow = [&](const std::string &key, const std::string &value) {
        const auto labelled = at->second.byLabel.find(key + "=" + value);
        if (labelled == at->second.byLabel.end())
            return false;
        if (labelled->second.size() < candidates->size())
            candidates = &labelled->second;
        return true;
    };
    for (const auto &[key, value] : selector.matchLabels) {
        if (!narrow(key, value))
            return;
    }
    for (const LabelRequirement &requirement : selector.matchExpressions) {
        if (requirement.op == LabelRequirement::Operator::In && requirement.values.size() == 1 &&
            !narrow(requirement.key, requirement.values.front()))
            return;
    }
    for (const Pod *pod : *candidates) {
        if (selector.matches(pod->meta.labels) && !visit(pod))
            return;
    }
}

std::vector<const Pod *> FindingContext::pods(std::string_view ns, const LabelSelector &selector) const
{
    std::vector<const Pod *> matching;
    forEachPod(ns, selector, [&](const Pod *pod) {
        if (!pod->hostNetwork)
            matching.push_back(pod);
        return true;
    });
    return matching;
}

bool FindingContext::hasPod(std::string_view ns, const LabelSelector &selector) const
{
    bool found = false;
    forEachPod(ns, selector, [&](const Pod *pod) {
        found = !pod->hostNetwork;
        return !found;
    });
    return found;
}

std::vector<const Pod *> FindingContext::podsOf(const Service &service) const
{
    std::vector<const Pod *> matching;
    forEachPod(service.meta.ns, {service.selector, {}}, [&](const Pod *pod) {
        matching.push_back(pod);
        return true;
    });
    return matching;
}

std::vector<const EndpointSlice *> FindingContext::slicesOf(const Service &service) const
{
    const auto at = m_slices.find(service.meta.ns + "/" + service.meta.name);
    return at == m_slices.end() ? std::vector<const EndpointSlice *>() : at->second;
}

bool FindingContext::canRead(ObjectKind kind, std::string_view ns) const
{
    return !isUnread(m_state, kind, ns);
}

} // namespace portolan
