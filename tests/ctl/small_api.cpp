#include "small_api.h"

#include "tests/fakes/fake_exec_server.h"

using namespace portolan::fakes;

namespace portolan::ctl_tests {

namespace {

std::string pod(const std::string &name)
{
    return R"({"metadata":{"name":")" + name + R"(","namespace":"shop","uid":"u-)" + name +
           R"(","resourceVersion":"10","labels":{"app":")" + name.substr(0, name.find('-')) +
           R"("}},"spec":{"nodeName":"node-a","dnsPolicy":"Default","containers":[{"name":"main","image":"tools:1"}]},)"
           R"("status":{"phase":"Running","podIP":"127.0.0.1","podIPs":[{"ip":"127.0.0.1"}],"conditions":[{"type":"Ready","status":"True"}],)"
           R"("containerStatuses":[{"name":"main","ready":true,"restartCount":0,"state":{"running":{}}}]}})";
}

std::string service(std::uint16_t port)
{
    const std::string number = std::to_string(port);
    return R"({"metadata":{"name":"api","namespace":"shop","uid":"u-api","resourceVersion":"11"},"spec":{"clusterIP":"127.0.0.1",)"
           R"("clusterIPs":["127.0.0.1"],"selector":{"app":"api"},"ports":[{"name":"http","port":)" +
           number + R"(,"targetPort":)" + number + R"(}]}})";
}

std::string slice(std::uint16_t port)
{
    return R"({"metadata":{"name":"api-x","namespace":"shop","resourceVersion":"12","labels":{"kubernetes.io/service-name":"api"}},)"
           R"("addressType":"IPv4","endpoints":[{"addresses":["127.0.0.1"],"conditions":{"ready":true},"targetRef":{"kind":"Pod","namespace":"shop","name":"api-1"}}],)"
           R"("ports":[{"name":"http","port":)" +
           std::to_string(port) + "}]}";
}

std::string list(const std::string &kind, const std::string &items)
{
    return R"({"kind":")" + kind +
           R"(List","apiVersion":"v1","metadata":{"resourceVersion":"100"},"items":[)" + items + "]}";
}

std::string resource(const char *plural, const char *kind, bool namespaced)
{
    return std::string(R"({"name":")") + plural + R"(","kind":")" + kind + R"(","namespaced":)" +
           (namespaced ? "true" : "false") + R"(,"verbs":["get","list","watch"]})";
}

std::string status(int code, const std::string &reason)
{
    return R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":")" + reason +
           R"(","reason":")" + reason + R"(","code":)" + std::to_string(code) + "}";
}

} // namespace

SmallApi::SmallApi(std::optional<FakeServerTls> tls, std::uint16_t podPort)
    : m_podPort(podPort),
      m_server([this](const FakeRequest &request) { return reply(request); }, std::move(tls))
{
    if (m_podPort == 0)
        m_podPort = m_server.port();
    for (const char *program : {"sh", "bash", "timeout", "true", "date", "sleep"})
        m_image.install(program);
}

void SmallApi::answer(const std::string &path, FakeReply reply)
{
    const std::lock_guard lock(m_mutex);
    m_answers[path] = std::move(reply);
}

void SmallApi::addPodsForever(const std::string &name)
{
    const std::lock_guard lock(m_mutex);
    m_newPods = name;
}

FakeReply SmallApi::reply(const FakeRequest &request)
{
    const std::string path = request.target.substr(0, request.target.find('?'));
    {
        const std::lock_guard lock(m_mutex);
        if (const auto own = m_answers.find(path); own != m_answers.end())
            return own->second;
    }
    if (path.ends_with("/exec"))
        return exec(request);
    if (!queryValues(request.target, "watch").empty())
        return watch(path);
    const auto body = document(path);
    return body ? FakeReply::json(*body) : FakeReply::json(status(404, "NotFound"), 404);
}

std::optional<std::string> SmallApi::document(const std::string &path) const
{
    const std::map<std::string, std::string> documents{
        {"/version", R"({"major":"1","minor":"34","gitVersion":"v1.34.4"})"},
        {"/api", R"({"kind":"APIVersions","versions":["v1"]})"},
        {"/apis",
         R"({"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"discovery.k8s.io","versions":[{"groupVersion":"discovery.k8s.io/v1"}],"preferredVersion":{"groupVersion":"discovery.k8s.io/v1"}}]})"},
        {"/api/v1", R"({"kind":"APIResourceList","groupVersion":"v1","resources":[)" +
                        resource("namespaces", "Namespace", false) + "," + resource("nodes", "Node", false) +
                        "," + resource("pods", "Pod", true) + "," + resource("services", "Service", true) +
                        "]}"},
        {"/apis/discovery.k8s.io/v1",
         R"({"kind":"APIResourceList","groupVersion":"discovery.k8s.io/v1","resources":[)" +
             resource("endpointslices", "EndpointSlice", true) + "]}"},
        {"/api/v1/namespaces", list("Namespace", R"({"metadata":{"name":"shop","resourceVersion":"1"}})")},
        {"/api/v1/nodes",
         list(
             "Node",
             R"({"metadata":{"name":"node-a","resourceVersion":"2"},"status":{"conditions":[{"type":"Ready","status":"True"}]}})")},
        {"/api/v1/pods", list("Pod", pod("web-1") + "," + pod("api-1"))},
        {"/api/v1/services", list("Service", service(m_podPort))},
        {"/apis/discovery.k8s.io/v1/endpointslices", list("EndpointSlice", slice(m_podPort))},
        {"/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices", list("EndpointSlice", slice(m_podPort))},
        {"/api/v1/namespaces/shop/pods", list("Pod", pod("web-1") + "," + pod("api-1"))},
        {"/api/v1/namespaces/shop/services", list("Service", service(m_podPort))},
        {"/api/v1/namespaces/shop/pods/web-1", pod("web-1")},
        {"/api/v1/namespaces/shop/pods/api-1", pod("api-1")},
        {"/api/v1/namespaces/shop/services/api", service(m_podPort)},
    };
    const auto at = documents.find(path);
    return at == documents.end() ? std::nullopt : std::optional(at->second);
}

FakeReply SmallApi::watch(const std::string &path)
{
    std::string name;
    if (path == "/api/v1/pods") {
        const std::lock_guard lock(m_mutex);
        name = m_newPods;
    }
    FakeReply reply;
    reply.headers = {{"content-type", "application/json"}, {"transfer-encoding", "chunked"}};
    reply.takeOver = [name](FakeConnection &connection) {
        // A client that has not listed everything yet takes the first of them as part of the beginning.
        for (int n = 101; !name.empty() && !connection.waitForStop(std::chrono::milliseconds(100)); ++n) {
            const std::string number = std::to_string(n);
            const bool written = connection.writeChunk(
                R"({"type":"ADDED","object":{"metadata":{"name":")" + name + "-" + number +
                R"(","namespace":"shop","resourceVersion":")" + number + "\"}}}\n");
            if (!written)
                return;
        }
        connection.waitForStop(std::chrono::minutes(5));
    };
    return reply;
}

FakeReply SmallApi::exec(const FakeRequest &request)
{
    kube::ExecRequest command;
    command.command = queryValues(request.target, "command");
    const auto outcome = m_image.exec(command, {});
    if (!outcome || !outcome->exitCode)
        return FakeReply::json(status(500, "InternalError"), 500);
    return execReply(request, outcome->out, *outcome->exitCode, outcome->err);
}

} // namespace portolan::ctl_tests
