#include "app/ctl/state_changes.h"

namespace portolan::ctl {

namespace {

using Tell = std::function<void(ChangeType, const ObjectRef &)>;

/// Both tables are sorted alike: one walk over both.
template<class T>
void compare(const ClusterState &before, const ClusterState &after, const Tell &tell)
{
    const auto old = before.table<T>().all();
    const auto now = after.table<T>().all();
    if (old.data() == now.data())
        return;
    auto o = old.begin();
    auto n = now.begin();
    while (o != old.end() || n != now.end()) {
        if (o != old.end() && n != now.end() && *o == *n) {
            ++o;
            ++n;
        } else if (n == now.end() || (o != old.end() && ObjectTable<T>::less(**o, **n))) {
            tell(ChangeType::Deleted, refOf(**o++));
        } else if (o == old.end() || ObjectTable<T>::less(**n, **o)) {
            tell(ChangeType::Added, refOf(**n++));
        } else {
            if ((*o)->meta.uid != (*n)->meta.uid || (*o)->meta.resourceVersion != (*n)->meta.resourceVersion)
                tell(ChangeType::Modified, refOf(**n));
            ++o;
            ++n;
        }
    }
}

} // namespace

void forEachChange(const ClusterState &before, const ClusterState &after, const Tell &tell)
{
    compare<Namespace>(before, after, tell);
    compare<Node>(before, after, tell);
    compare<Pod>(before, after, tell);
    compare<Service>(before, after, tell);
    compare<EndpointSlice>(before, after, tell);
    compare<NetworkPolicy>(before, after, tell);
    compare<Ingress>(before, after, tell);
    compare<Workload>(before, after, tell);
    compare<ClusterEvent>(before, after, tell);
    compare<ApiObject>(before, after, tell);
}

} // namespace portolan::ctl
