#include "event_server.h"

#include "cluster_manifests.h"

#include <nlohmann/json.hpp>

#include <set>

namespace portolan::bench {

namespace {

using Json = nlohmann::ordered_json;
using fakes::FakeReply;

constexpr int beaconEvery = 10;
constexpr const char *versionMark = "@version@";
constexpr const char *readyMark = "@ready@";

/// What is served: where, and as which kind.
struct Served
{
    const char *group; ///< "" is the core
    const char *plural;
    const char *kind;
    bool namespaced = true;
};
constexpr Served allServed[] = {
    {"", "namespaces", "Namespace", false},
    {"", "nodes", "Node", false},
    {"", "pods", "Pod"},
    {"", "services", "Service"},
    {"discovery.k8s.io", "endpointslices", "EndpointSlice"},
    {"networking.k8s.io", "networkpolicies", "NetworkPolicy"},
    {"apps", "deployments", "Deployment"},
    {"apps", "replicasets", "ReplicaSet"},
    {"apps", "statefulsets", "StatefulSet"},
    {"apps", "daemonsets", "DaemonSet"},
};

std::string pathOf(const Served &served)
{
    const std::string root = *served.group ? "/apis/" + std::string(served.group) + "/v1/" : "/api/v1/";
    return root + served.plural;
}

Json metadataOf(const ObjectMeta &meta)
{
    Json json{{"name", meta.name}, {"uid", meta.uid}, {"resourceVersion", versionMark}};
    if (!meta.ns.empty())
        json["namespace"] = meta.ns;
    for (const auto &[key, value] : meta.labels.entries())
        json["labels"][key] = value;
    for (const OwnerRef &owner : meta.owners)
        json["ownerReferences"].push_back(
            {{"kind", owner.kind}, {"name", owner.name}, {"controller", owner.controller}});
    return json;
}

Json podOf(const Pod &pod)
{
    Json json{{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", metadataOf(pod.meta)}};
    json["spec"] = {{"nodeName", pod.nodeName}, {"containers", Json::array()}};
    for (const Container &container : pod.containers)
        json["spec"]["containers"].push_back({{"name", container.name}, {"image", "registry.invalid/x:1"}});
    json["status"] = {{"phase", "Running"}, {"conditions", {{{"type", "Ready"}, {"status", readyMark}}}}};
    for (const std::string &ip : pod.ips) {
        json["status"]["podIP"] = ip;
        json["status"]["podIPs"].push_back({{"ip", ip}});
    }
    return json;
}

Json sliceOf(const EndpointSlice &slice)
{
    Json json{{"apiVersion", "discovery.k8s.io/v1"}, {"kind", "EndpointSlice"}, {"addressType", "IPv4"}};
    json["metadata"] = metadataOf(slice.meta);
    json["metadata"]["resourceVersion"] = "1";
    json["metadata"]["labels"]["kubernetes.io/service-name"] = slice.serviceName;
    for (const Endpoint &endpoint : slice.endpoints) {
        Json own{{"addresses", endpoint.addresses}, {"conditions", {{"ready", true}}}};
        if (!endpoint.podName.empty())
            own["targetRef"] = {{"kind", "Pod"}, {"namespace", endpoint.podNs}, {"name", endpoint.podName}};
        json["endpoints"].push_back(std::move(own));
    }
    return json;
}

std::string listJson(const std::vector<std::string> &items, const char *kind, const std::string &apiVersion)
{
    std::string body = R"({"kind":")" + std::string(kind) + R"(List","apiVersion":")" + apiVersion +
                       R"(","metadata":{"resourceVersion":"900"},"items":[)";
    for (std::size_t i = 0; i < items.size(); ++i)
        body += (i ? "," : "") + items[i];
    return body + "]}";
}

} // namespace

std::string EventServer::PodText::at(std::uint64_t version) const
{
    return beforeVersion + std::to_string(version) + beforeReady + (ready ? "True" : "False") + afterReady;
}

EventServer::EventServer(const ClusterState &state, int eventsASecond, std::uint64_t events)
    : m_step(std::chrono::nanoseconds(std::chrono::seconds(1)) / eventsASecond),
      m_sentAt(events),
      m_server([this](const fakes::FakeRequest &request) { return answer(request); })
{
    addPods(state);
    addOthers(state);
}

void EventServer::addPods(const ClusterState &state)
{
    for (const auto &pod : state.pods) {
        const std::string text = podOf(*pod).dump();
        const std::size_t version = text.find(versionMark), ready = text.find(readyMark);
        m_pods.push_back({text.substr(0, version),
                          text.substr(version + std::string(versionMark).size(),
                                      ready - version - std::string(versionMark).size()),
                          text.substr(ready + std::string(readyMark).size()), pod->ready});
    }
    m_beacon = refOf(**state.pods.begin());
}

void EventServer::addOthers(const ClusterState &state)
{
    for (const auto &space : state.namespaces)
        m_items["namespaces"].push_back(manifestOf(*space));
    for (const auto &node : state.nodes)
        m_items["nodes"].push_back(
            Json{{"apiVersion", "v1"}, {"kind", "Node"}, {"metadata", {{"name", node->meta.name}}}}.dump());
    for (const auto &service : state.services)
        m_items["services"].push_back(manifestOf(*service));
    for (const auto &policy : state.networkPolicies)
        m_items["networkpolicies"].push_back(manifestOf(*policy));
    for (const auto &slice : state.endpointSlices)
        m_items["endpointslices"].push_back(sliceOf(*slice).dump());
    for (const auto &workload : state.workloads) {
        Json json = Json::parse(manifestOf(*workload, nullptr));
        json["metadata"] = metadataOf(workload->meta);
        json["metadata"]["resourceVersion"] = "1";
        for (const Served &served : allServed) {
            if (workload->kind == served.kind)
                m_items[served.plural].push_back(json.dump());
        }
    }
}

FakeReply EventServer::answer(const fakes::FakeRequest &request)
{
    const std::string path = request.target.substr(0, request.target.find('?'));
    const std::string query = request.target.substr(path.size());
    for (const Served &served : allServed) {
        if (path != pathOf(served))
            continue;
        if (query.find("sendInitialEvents") != std::string::npos)
            return FakeReply::json(
                R"({"kind":"Status","status":"Failure","reason":"Invalid","code":422,"message":"sendInitialEvents is forbidden"})",
                422);
        if (query.find("watch=") == std::string::npos)
            return list(served.plural);
        FakeReply reply;
        reply.headers = {{"content-type", "application/json"}, {"transfer-encoding", "chunked"}};
        const bool isPods = std::string(served.plural) == "pods";
        reply.takeOver = [this, isPods](fakes::FakeConnection &connection) {
            if (isPods)
                writeEvents(connection);
            while (!connection.waitForStop(std::chrono::hours(1))) {
            }
        };
        return reply;
    }
    return discovery(path);
}

FakeReply EventServer::list(const std::string &resource) const
{
    for (const Served &served : allServed) {
        if (resource != served.plural)
            continue;
        std::vector<std::string> items;
        if (resource == "pods") {
            for (const PodText &pod : m_pods)
                items.push_back(pod.at(1));
        } else if (const auto found = m_items.find(resource); found != m_items.end()) {
            items = found->second;
        }
        const std::string version = *served.group ? std::string(served.group) + "/v1" : "v1";
        return FakeReply::json(listJson(items, served.kind, version));
    }
    return FakeReply::json("{}", 404);
}

FakeReply EventServer::discovery(const std::string &path) const
{
    if (path == "/version")
        return FakeReply::json(R"({"gitVersion":"v1.34.0"})");
    if (path == "/api")
        return FakeReply::json(R"({"kind":"APIVersions","versions":["v1"]})");
    Json groups = Json::array(), resources = Json::array();
    std::set<std::string> seen;
    for (const Served &served : allServed) {
        const std::string version = *served.group ? std::string(served.group) + "/v1" : "v1";
        const Json itself{{"groupVersion", version}, {"version", "v1"}};
        if (*served.group && seen.insert(served.group).second)
            groups.push_back({{"name", served.group}, {"versions", {itself}}, {"preferredVersion", itself}});
        if (path == (*served.group ? "/apis/" : "/api/") + version)
            resources.push_back({{"name", served.plural},
                                 {"kind", served.kind},
                                 {"namespaced", served.namespaced},
                                 {"verbs", {"get", "list", "watch"}}});
    }
    if (path == "/apis")
        return FakeReply::json(Json{{"kind", "APIGroupList"}, {"groups", groups}}.dump());
    const std::string version = path.substr(path.find('/', 1) + 1);
    return FakeReply::json(
        Json{{"kind", "APIResourceList"}, {"groupVersion", version}, {"resources", resources}}.dump(),
        resources.empty() ? 404 : 200);
}

/// On the connection's thread. What is late is sent at once, so that the rate holds.
void EventServer::writeEvents(fakes::FakeConnection &connection)
{
    while (!m_begun) {
        if (connection.waitForStop(std::chrono::milliseconds(5)))
            return;
    }
    const Clock::time_point start = Clock::now();
    while (!isDone()) {
        if (connection.waitForStop(std::chrono::milliseconds(1)))
            return;
        std::string lines;
        const Clock::time_point now = Clock::now();
        while (!isDone() && start + std::int64_t(m_sent) * m_step <= now) {
            const std::uint64_t number = m_sent;
            PodText &pod = m_pods[number % beaconEvery == 0 ? 0 : (number * 7919) % m_pods.size()];
            pod.ready = !pod.ready;
            lines += R"({"type":"MODIFIED","object":)" + pod.at(firstVersion + number) + "}\n";
            m_sentAt[number] = now;
            ++m_sent;
        }
        if (!lines.empty() && !connection.writeChunk(lines))
            return;
    }
}

} // namespace portolan::bench
