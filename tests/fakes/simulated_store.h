#pragma once

#include "model/cluster/object_ref.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace portolan::fakes {

/// One object of a SimulatedStore: enough of an API object for a reader to tell versions apart.
struct StoredObject
{
    std::string ns;
    std::string name;
    std::string uid;
    std::uint64_t version = 0;
    std::string extra; ///< further fields of the object as JSON, beginning with a comma
};

/// What an etcd holds of one cluster: objects by resource, one counter of revisions for all of them, the
/// history of changes since the last compaction, and so what every list at an older revision was.
class SimulatedStore
{
public:
    struct Change
    {
        std::string type; ///< ADDED, MODIFIED, DELETED
        ResourceType resource;
        StoredObject object;
    };

    /// Makes or replaces.
    void put(const ResourceType &resource, const std::string &ns, const std::string &name,
             const std::string &extra = {});
    /// False where there is no such object.
    bool remove(const ResourceType &resource, const std::string &ns, const std::string &name);
    /// Forgets the changes so far: watches and continue tokens of older revisions expire.
    void compact() { m_compacted = m_revision; }
    /// An etcd that was lost and restored from a backup: revisions begin anew below `revision`.
    void restoreAt(std::uint64_t revision);

    std::uint64_t revision() const { return m_revision; }
    std::uint64_t compacted() const { return m_compacted; }
    /// Objects of a resource now, in order of (namespace, name). `ns` "" is all.
    std::vector<StoredObject> list(const ResourceType &resource, const std::string &ns) const;
    /// The same as they were at `revision`, compacted or not (a watch cache still has them).
    std::vector<StoredObject> listAt(const ResourceType &resource, const std::string &ns,
                                     std::uint64_t revision) const;
    /// What changed after `revision`, of one resource.
    std::vector<Change> changesAfter(const ResourceType &resource, const std::string &ns,
                                     std::uint64_t revision) const;

private:
    using Key = std::pair<std::string, std::string>;

    std::map<ResourceType, std::map<Key, StoredObject>> m_objects;
    std::vector<Change> m_changes;
    std::uint64_t m_revision = 1;
    std::uint64_t m_compacted = 0;
    std::uint64_t m_lastUid = 0;
};

/// The object as the API server writes it.
std::string objectJson(const ResourceType &resource, const StoredObject &object, bool asItem);

} // namespace portolan::fakes
