#include "tests/fakes/random_changes.h"

namespace portolan::fakes {

namespace {

template<class T>
std::shared_ptr<const T> any(const ObjectTable<T> &table, Random &random)
{
    return table.empty() ? nullptr : table.all()[random() % table.size()];
}

template<class T>
void takeFrom(const ObjectTable<T> &table, Random &random, ClusterDelta &delta)
{
    if (const auto object = any(table, random))
        delta.upserts.emplace_back(object);
}

template<class T>
void removeFrom(const ObjectTable<T> &table, Random &random, ClusterDelta &delta)
{
    if (const auto object = any(table, random))
        delta.removed.push_back(refOf(*object));
}

/// A pod in another shape: as another pod of the cluster, elsewhere, or only otherwise ready.
void changePod(const ClusterState &state, Random &random, ClusterDelta &delta)
{
    const auto old = any(state.pods, random);
    if (!old)
        return;
    auto pod = std::make_shared<Pod>(*old);
    switch (random() % 4) {
    case 0:
        pod->meta.name += "-copy" + std::to_string(random() % 3);
        break;
    case 1:
        pod->meta.labels = any(state.pods, random)->meta.labels;
        break;
    case 2:
        pod->ips = {"10.0.0." + std::to_string(random() % 12)};
        break;
    default:
        pod->ready = !pod->ready;
    }
    delta.upserts.emplace_back(std::shared_ptr<const Pod>(pod));
}

} // namespace

ClusterDelta randomChange(const ClusterState &state, const ClusterState &donor, Random &random)
{
    ClusterDelta delta;
    switch (random() % 12) {
    case 0:
        takeFrom(donor.pods, random, delta);
        break;
    case 1:
        removeFrom(state.pods, random, delta);
        break;
    case 2:
        takeFrom(donor.namespaces, random, delta);
        break;
    case 3:
        takeFrom(donor.nodes, random, delta);
        break;
    case 4:
        removeFrom(state.networkPolicies, random, delta);
        removeFrom(state.others, random, delta);
        break;
    case 5:
    case 6:
    case 7:
        takeFrom(donor.networkPolicies, random, delta);
        takeFrom(donor.others, random, delta);
        break;
    default:
        changePod(state, random, delta);
    }
    return delta;
}

} // namespace portolan::fakes
