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
    std::vector<ManifestFault> &m_faults;
};

} // namespace portolan::manifest
