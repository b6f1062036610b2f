#include "model/graph/speakers.h"

#include "model/policy/verdict_rows.h"

#include <algorithm>
#include <map>

namespace portolan::graph {

Speakers speakersOf(const policy::PolicyModel &policies, const WorkloadEntry &workload)
{
    Speakers speakers;
    // A pod has a class for each of its addresses.
    std::map<std::vector<policy::ClassId>, std::size_t> seen;
    const policy::EndpointTable &table = policies.endpoints();
    for (const Pod *pod : workload.pods) {
        const policy::EndpointId id = table.find(pod->meta.ns, pod->meta.name);
        if (id == policy::noEndpoint || id >= table.podCount())
            continue;
        ++speakers.pods;
        std::vector<policy::ClassId> classes;
        for (std::size_t a = 0; a < std::max<std::size_t>(pod->ips.size(), 1); ++a)
            classes.push_back(policies.classified().classes.classOf(id, a));
        const auto [at, isNew] = seen.try_emplace(std::move(classes), speakers.ofClass.size());
        if (isNew)
            speakers.ofClass.push_back({id, policy::noEndpoint});
        else
            speakers.ofClass[at->second].other = id;
    }
    // In the order of the classes, whichever pod came first.
    std::vector<Speaker> ordered;
    for (const auto &[classes, place] : seen) {
        ordered.push_back(speakers.ofClass[place]);
        speakers.classes.push_back(classes);
    }
    speakers.ofClass = std::move(ordered);
    return speakers;
}

} // namespace portolan::graph
