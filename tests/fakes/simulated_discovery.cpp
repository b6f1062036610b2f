#include "tests/fakes/simulated_api_server.h"

#include <algorithm>
#include <set>
#include <utility>

/// The discovery documents of SimulatedApiServer.
namespace portolan::fakes {

using namespace kube;

namespace {

std::string verbs(bool canWatch)
{
    return canWatch ? R"(["get","list","watch"])" : R"(["get","list"])";
}

std::string joined(const std::vector<std::string> &parts)
{
    std::string all;
    for (const std::string &part : parts)
        all += (all.empty() ? "" : ",") + part;
    return all;
}

std::string groupVersionOf(const ResourceType &resource)
{
    return resource.group.empty() ? resource.version : resource.group + "/" + resource.version;
}

} // namespace

void SimulatedApiServer::serveDiscovery(RequestId id, const std::string &path)
{
    if (const auto failing = discoveryStatus.find(path); failing != discoveryStatus.end()) {
        sendStatus(id, failing->second, "Fault", "discovery is broken");
        return;
    }
    const bool root = path == "/api" || path == "/apis";
    if (root && discovery != DiscoveryStyle::Plain) {
        const std::string versionOfV = discovery == DiscoveryStyle::AggregatedV2 ? "v2" : "v2beta1";
        m_transport.answer(id, 200, aggregated(path == "/api"),
                           {{"content-type", "application/json;g=apidiscovery.k8s.io;v=" + versionOfV +
                                                 ";as=APIGroupDiscoveryList"}});
        return;
    }
    const auto body = root ? plainRoot(path == "/api") : plainResources(path);
    if (body)
        m_transport.answer(id, 200, *body, {{"content-type", "application/json"}});
    else
        sendStatus(id, 404, "NotFound", "no such group");
}

std::string SimulatedApiServer::aggregated(bool core) const
{
    std::vector<std::string> groups;
    std::set<std::string> seen;
    for (const Served &first : m_served) {
        if (first.resource.group.empty() != core || !seen.insert(first.resource.group).second)
            continue;
        const std::string &group = first.resource.group;
        const bool stale = std::find(staleGroups.begin(), staleGroups.end(), group) != staleGroups.end();
        std::vector<std::string> resources;
        for (const Served &s : m_served) {
            if (s.resource.group == group && s.resource.version == first.resource.version && !stale)
                resources.push_back(R"({"resource":")" + s.resource.plural + R"(","responseKind":{"kind":")" +
                                    s.resource.kind + R"("},"scope":")" +
                                    (s.resource.namespaced ? "Namespaced" : "Cluster") + R"(","verbs":)" +
                                    verbs(s.canWatch) + "}");
        }
        groups.push_back(R"({"metadata":{"name":")" + group + R"("},"versions":[{"version":")" +
                         first.resource.version + R"(","resources":[)" + joined(resources) +
                         R"(],"freshness":")" + (stale ? "Stale" : "Current") + R"("}]})");
    }
    return R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[)" +
           joined(groups) + "]}";
}

std::string SimulatedApiServer::plainRoot(bool core) const
{
    if (core)
        return R"({"kind":"APIVersions","versions":["v1"]})";
    std::vector<std::string> groups;
    std::set<std::string> seen;
    for (const Served &s : m_served) {
        if (s.resource.group.empty() || !seen.insert(s.resource.group).second)
            continue;
        const std::string itself = R"({"groupVersion":")" + groupVersionOf(s.resource) + R"("})";
        groups.push_back(R"({"name":")" + s.resource.group + R"(","versions":[)" + itself +
                         R"(],"preferredVersion":)" + itself + "}");
    }
    return R"({"kind":"APIGroupList","apiVersion":"v1","groups":[)" + joined(groups) + "]}";
}

std::optional<std::string> SimulatedApiServer::plainResources(const std::string &path) const
{
    const std::string groupVersion = path.substr(path.find('/', 1) + 1);
    std::vector<std::string> resources;
    for (const Served &s : m_served) {
        if (groupVersionOf(s.resource) != groupVersion)
            continue;
        resources.push_back(R"({"name":")" + s.resource.plural + R"(","kind":")" + s.resource.kind +
                            R"(","namespaced":)" + (s.resource.namespaced ? "true" : "false") +
                            R"(,"verbs":)" + verbs(s.canWatch) + "}");
        resources.push_back(R"({"name":")" + s.resource.plural + R"(/status","kind":")" + s.resource.kind +
                            R"(","namespaced":true,"verbs":["get"]})");
    }
    if (resources.empty())
        return std::nullopt;
    return R"({"kind":"APIResourceList","groupVersion":")" + groupVersion + R"(","resources":[)" +
           joined(resources) + "]}";
}

} // namespace portolan::fakes
