#include "tests/fakes/simulated_store.h"

#include <utility>

namespace portolan::fakes {

void SimulatedStore::put(const ResourceType &resource, const std::string &ns, const std::string &name,
                         const std::string &extra)
{
    auto &objects = m_objects[resource];
    const auto found = objects.find({ns, name});
    const bool isNew = found == objects.end();
    StoredObject object{ns, name, isNew ? "uid-" + std::to_string(++m_lastUid) : found->second.uid,
                        ++m_revision, extra};
    objects[{ns, name}] = object;
    m_changes.push_back({isNew ? "ADDED" : "MODIFIED", resource, std::move(object)});
}

bool SimulatedStore::remove(const ResourceType &resource, const std::string &ns, const std::string &name)
{
    auto &objects = m_objects[resource];
    const auto found = objects.find({ns, name});
    if (found == objects.end())
        return false;
    StoredObject last = found->second;
    last.version = ++m_revision;
    objects.erase(found);
    m_changes.push_back({"DELETED", resource, std::move(last)});
    return true;
}

void SimulatedStore::restoreAt(std::uint64_t revision)
{
    m_changes.clear();
    m_revision = revision;
    m_compacted = revision;
}

std::vector<StoredObject> SimulatedStore::list(const ResourceType &resource, const std::string &ns) const
{
    std::vector<StoredObject> listed;
    const auto found = m_objects.find(resource);
    if (found == m_objects.end())
        return listed;
    for (const auto &[key, object] : found->second) {
        if (ns.empty() || key.first == ns)
            listed.push_back(object);
    }
    return listed;
}

std::vector<StoredObject> SimulatedStore::listAt(const ResourceType &resource, const std::string &ns,
                                                 std::uint64_t revision) const
{
    // From now backwards: what was added later is taken out, what was deleted or changed is put back.
    std::map<Key, StoredObject> objects;
    for (const StoredObject &object : list(resource, {}))
        objects[{object.ns, object.name}] = object;
    std::map<Key, StoredObject> before;
    for (const Change &change : m_changes) {
        if (change.resource != resource || change.object.version > revision)
            continue;
        const Key key{change.object.ns, change.object.name};
        if (change.type == "DELETED")
            before.erase(key);
        else
            before[key] = change.object;
    }
    for (const Change &change : m_changes) {
        if (change.resource != resource || change.object.version <= revision)
            continue;
        const Key key{change.object.ns, change.object.name};
        const auto old = before.find(key);
        if (old == before.end())
            objects.erase(key);
        else
            objects[key] = old->second;
    }
    std::vector<StoredObject> listed;
    for (const auto &[key, object] : objects) {
        if (ns.empty() || key.first == ns)
            listed.push_back(object);
    }
    return listed;
}

std::vector<SimulatedStore::Change> SimulatedStore::changesAfter(const ResourceType &resource,
                                                                 const std::string &ns,
                                                                 std::uint64_t revision) const
{
    std::vector<Change> changes;
    for (const Change &change : m_changes) {
        if (change.object.version > revision && change.resource == resource &&
            (ns.empty() || change.object.ns == ns))
            changes.push_back(change);
    }
    return changes;
}

std::string objectJson(const ResourceType &resource, const StoredObject &object, bool asItem)
{
    std::string json = "{";
    if (!asItem) {
        const std::string version =
            resource.group.empty() ? resource.version : resource.group + "/" + resource.version;
        json += R"("apiVersion":")" + version + R"(","kind":")" + resource.kind + "\",";
    }
    json += R"("metadata":{"name":")" + object.name + "\"";
    if (!object.ns.empty())
        json += R"(,"namespace":")" + object.ns + "\"";
    json += R"(,"uid":")" + object.uid + R"(","resourceVersion":")" + std::to_string(object.version) + "\"}";
    return json + object.extra + "}";
}

} // namespace portolan::fakes
