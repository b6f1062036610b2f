#pragma once

#include "model/cluster/cluster_state.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace portolan {

/// core/v1 ConfigMap. The only ones that are ever asked for are those of CNIs, each by its name.
ResourceType configMapType();

/// The ConfigMap that the pods of a CNI's DaemonSet are told by what to do, in the DaemonSet's namespace:
/// "cilium-config". "" where the workload is no such agent, or has none that is read. The names are those of
/// the manifests and charts that the projects publish.
std::string cniConfigOf(const Workload &agent);

/// Whether the chart keeps that key of that ConfigMap. A ConfigMap can hold anything: what is not known here
/// is dropped where it is decoded, and is in no state, snapshot or export.
bool keepsConfigKey(std::string_view configMap, std::string_view key);

/// What is kept of one CNI's ConfigMap: texts, as they are written.
struct CniConfig
{
    ObjectRef object;
    std::map<std::string, std::string, std::less<>> values;

    /// nullptr: the key is not there.
    const std::string *find(std::string_view key) const;
    /// As Go's strconv.ParseBool, which the agents use; `otherwise` where it is absent or neither.
    bool isOn(std::string_view key, bool otherwise = false) const;
};

/// The ConfigMap of that name: the one beside an agent that uses it, else the first. Nothing where the state
/// has none, be it that it does not exist or that it could not be read.
std::optional<CniConfig> cniConfig(const ClusterState &state, std::string_view name);
/// The values of one ConfigMap. Nothing where it does not parse.
std::optional<CniConfig> cniConfigIn(const ApiObject &configMap);

} // namespace portolan
