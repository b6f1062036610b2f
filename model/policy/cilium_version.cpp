#include "model/policy/cilium_version.h"

#include "model/cluster/cni_agents.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace portolan::policy {

namespace {

std::optional<CiliumVersion> versionOf(std::string_view image)
{
    image = image.substr(0, image.find('@'));
    const std::size_t colon = image.rfind(':');
    if (colon == std::string_view::npos || image.find('/', colon) != std::string_view::npos)
        return std::nullopt;
    std::string_view tag = image.substr(colon + 1);
    if (tag.starts_with('v'))
        tag.remove_prefix(1);
    CiliumVersion version;
    const char *const end = tag.data() + tag.size();
    const auto major = std::from_chars(tag.data(), end, version.major);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.')
        return std::nullopt;
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec != std::errc() || version.major < 1 || version.minor < 0)
        return std::nullopt;
    return version;
}

bool belongsTo(const Pod &pod, const Workload &daemonSet)
{
    return std::any_of(pod.meta.owners.begin(), pod.meta.owners.end(), [&](const OwnerRef &owner) {
        return owner.kind == "DaemonSet" && owner.name == daemonSet.meta.name;
    });
}

} // namespace

std::optional<CiliumVersion> ciliumVersion(const ClusterState &state)
{
    const auto agent = std::find_if(state.workloads.begin(), state.workloads.end(), [](const auto &workload) {
        return isAgent(*workload, cniAgentSign("cilium"));
    });
    if (agent == state.workloads.end())
        return std::nullopt;
    std::optional<CiliumVersion> found;
    for (const auto &pod : state.pods.inNamespace((*agent)->meta.ns)) {
        if (!belongsTo(*pod, **agent))
            continue;
        for (const Container &container : pod->containers) {
            if (container.name != "cilium-agent")
                continue;
            const auto version = versionOf(container.image);
            if (!version || (found && *found != *version))
                return std::nullopt;
            found = version;
        }
    }
    return found;
}

} // namespace portolan::policy
