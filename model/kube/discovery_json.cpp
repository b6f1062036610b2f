#include "model/kube/discovery.h"

#include <nlohmann/json.hpp>

#include <algorithm>

/// The JSON of discovery: small, so nlohmann's DOM is good enough; its exceptions end here.
namespace portolan::kube {

namespace {

using Json = nlohmann::json;

constexpr std::size_t mostResources = 20'000;

Result<Json> parsed(std::string_view json, std::string_view kind)
{
    Json document = Json::parse(json, nullptr, false);
    if (document.is_discarded() || !document.is_object())
        return Error{ErrorCode::Protocol, "discovery answered something that is no JSON object", {}};
    const auto found = document.find("kind");
    if (found == document.end() || !found->is_string() || *found != kind)
        return Error{ErrorCode::Protocol, "discovery answered something that is no " + std::string(kind), {}};
    return document;
}

std::string text(const Json &object, const char *key)
{
    if (!object.is_object())
        return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The elements of an array field; none where it is missing or something else.
const Json &list(const Json &object, const char *key)
{
    static const Json none = Json::array();
    if (!object.is_object())
        return none;
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : none;
}

bool hasVerb(const Json &resource, std::string_view verb)
{
    const Json &verbs = list(resource, "verbs");
    return std::any_of(verbs.begin(), verbs.end(), [&](const Json &v) { return v.is_string() && v == verb; });
}

void add(ServedApis &apis, ResourceType type, const Json &resource)
{
    const bool usable = !type.plural.empty() && !type.kind.empty() && !type.version.empty() &&
                        type.plural.find('/') == std::string::npos;
    if (usable && apis.resources.size() < mostResources)
        apis.resources.push_back({std::move(type), hasVerb(resource, "list"), hasVerb(resource, "watch")});
}

void readVersion(const Json &version, const std::string &group, ServedApis &apis)
{
    const std::string name = text(version, "version");
    if (text(version, "freshness") == "Stale")
        apis.broken.emplace_back(group.empty() ? name : group + "/" + name,
                                 Error{ErrorCode::Unavailable, "the server of this API does not answer", {}});
    for (const Json &resource : list(version, "resources")) {
        const Json kind = resource.is_object() ? resource.value("responseKind", Json()) : Json();
        add(apis,
            {group, name, text(kind, "kind"), text(resource, "resource"),
             text(resource, "scope") == "Namespaced"},
            resource);
    }
}

} // namespace

Result<void> readAggregatedDiscovery(std::string_view json, ServedApis &apis)
{
    const auto document = parsed(json, "APIGroupDiscoveryList");
    if (!document)
        return document.error();
    for (const Json &group : list(*document, "items")) {
        const Json meta = group.is_object() ? group.value("metadata", Json()) : Json();
        for (const Json &version : list(group, "versions"))
            readVersion(version, text(meta, "name"), apis);
    }
    return {};
}

Result<std::vector<std::string>> readApiVersions(std::string_view json)
{
    const auto document = parsed(json, "APIVersions");
    if (!document)
        return document.error();
    std::vector<std::string> versions;
    for (const Json &version : list(*document, "versions")) {
        if (version.is_string())
            versions.push_back(version.get<std::string>());
    }
    return versions;
}

Result<std::vector<std::string>> readApiGroups(std::string_view json)
{
    const auto document = parsed(json, "APIGroupList");
    if (!document)
        return document.error();
    std::vector<std::string> groupVersions;
    const auto addOnce = [&groupVersions](std::string name) {
        if (!name.empty() &&
            std::find(groupVersions.begin(), groupVersions.end(), name) == groupVersions.end())
            groupVersions.push_back(std::move(name));
    };
    for (const Json &group : list(*document, "groups")) {
        const Json preferred = group.is_object() ? group.value("preferredVersion", Json()) : Json();
        addOnce(text(preferred, "groupVersion"));
        for (const Json &version : list(group, "versions"))
            addOnce(text(version, "groupVersion"));
    }
    return groupVersions;
}

Result<void> readApiResources(std::string_view json, const std::string &groupVersion, ServedApis &apis)
{
    const auto document = parsed(json, "APIResourceList");
    if (!document)
        return document.error();
    const std::size_t slash = groupVersion.find('/');
    const std::string group = slash == std::string::npos ? std::string() : groupVersion.substr(0, slash);
    const std::string version = slash == std::string::npos ? groupVersion : groupVersion.substr(slash + 1);
    for (const Json &resource : list(*document, "resources")) {
        const bool namespaced = resource.is_object() && resource.value("namespaced", Json()) == true;
        add(apis, {group, version, text(resource, "kind"), text(resource, "name"), namespaced}, resource);
    }
    return {};
}

} // namespace portolan::kube
