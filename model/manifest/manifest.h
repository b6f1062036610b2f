#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// A folder or file of Kubernetes manifests as a ClusterState: what the cluster would hold once they are
/// applied and run. No server is asked.
namespace portolan {

/// Something in a manifest that was not taken, or not taken as it stands. The rest is used.
struct ManifestFault
{
    std::string file;
    std::string object; ///< "NetworkPolicy shop/web", or "" where it is about the file
    std::string field;  ///< "spec.podSelector", or ""
    std::string text;
    int line = 0; ///< from 1, where the text is no YAML; else 0

    /// "shop/web.yaml: NetworkPolicy shop/web: spec.podSelector: is no object"; one line.
    std::string oneLine() const;
    friend bool operator==(const ManifestFault &, const ManifestFault &) = default;
};

struct ManifestCluster
{
    ClusterStatePtr state;
    std::vector<ManifestFault> faults;
    std::map<ObjectRef, std::string> files; ///< where an object stands

    /// The file that `ref` came from, or "".
    std::string fileOf(const ObjectRef &ref) const;
};

/// Reads *.yaml, *.yml and *.json below a folder (by name, without following links out of it), or one file.
///
/// Lists and multi-document files are taken apart. A namespaced object without a namespace is in `default`.
/// A namespace that is only named exists; each carries kubernetes.io/metadata.name. The pod template of a
/// workload becomes pods (one, or one per replica of a StatefulSet). A pod without a status runs, and its
/// address is not known. Of two objects of one name the last one counts, with a fault.
///
/// Errors: NotFound, Io where the path cannot be read; InvalidInput where it holds no manifest file at all.
/// What is wrong inside of files is in `faults`. At most 256 MiB a file, 1 GiB and 100,000 files together;
/// YAML that means more than 512 MiB, or nests deeper than 64, is refused (aliases can be cyclic).
Result<ManifestCluster> loadManifests(const std::filesystem::path &path);

/// The same from memory: (name, text) in order; a name that ends in .json is JSON, any other is YAML. YAML
/// that means more than `mostBytes` is refused.
ManifestCluster readManifests(const std::vector<std::pair<std::string, std::string>> &files,
                              std::size_t mostBytes = std::size_t{512} << 20);

/// True for what loadManifests() takes: a folder, or a file with one of its endings.
bool looksLikeManifests(const std::filesystem::path &path);

} // namespace portolan
