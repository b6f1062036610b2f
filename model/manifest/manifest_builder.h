#pragma once

#include "model/cluster/decode.h"
#include "model/manifest/manifest.h"

#include <nlohmann/json.hpp>

#include <map>

namespace portolan::manifest {

/// Collects objects and makes the state of them. Not thread-safe.
class ManifestBuilder
{
public:
    explicit ManifestBuilder(std::vector<ManifestFault> &faults) : m_faults(faults) {}

    void add(const std::string &file, nlohmann::json &&object);
    /// Something of that file could not be read and may be a policy, of namespace `ns` or, for "", of any.
    void addUnread(const std::string &file, const std::string &ns, const std::string &kind = {});
    ManifestCluster finish();

private:
    void addWorkloadPods(const std::string &file, const nlohmann::json &workload);
    void keep(const std::string &file, AnyObject object, bool isMade);
    void addMissingNamespaces();
    void fault(const std::string &file, std::string object, std::string field, std::string text);

    struct Kept
    {
        AnyObject object;
        std::string file;
        bool isMade = false; ///< from a workload's template
    };
    Decoder m_decoder;
    std::map<ObjectRef, Kept> m_objects;
    std::map<std::pair<std::string, std::string>, std::string> m_unread; ///< by namespace and kind: the file
    std::size_t m_generated = 0; ///< names that the API server would make
    std::vector<ManifestFault> &m_faults;
};

} // namespace portolan::manifest
