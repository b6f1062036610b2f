#include "model/kube/discovery.h"

#include <algorithm>
#include <iterator>

namespace portolan::kube {

namespace {

constexpr std::string_view acceptAggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";
constexpr std::size_t largestAnswer = std::size_t{32} << 20;

bool isAggregated(const HttpResponse &response)
{
    return response.header("content-type").find("as=APIGroupDiscoveryList") != std::string_view::npos;
}

std::string groupOf(const std::string &groupVersion)
{
    const std::size_t slash = groupVersion.find('/');
    return slash == std::string::npos ? std::string() : groupVersion.substr(0, slash);
}

} // namespace

Discovery::Discovery(HttpTransport &transport, std::function<bool(std::string_view)> isWanted, Done done)
    : m_transport(transport),
      m_isWanted(std::move(isWanted)),
      m_done(std::move(done))
{
}

Discovery::~Discovery()
{
    for (const RequestId id : m_open)
        m_transport.cancel(id);
}

void Discovery::start()
{
    ask("/api", true);
    ask("/apis", true);
}

void Discovery::ask(const std::string &path, bool aggregated)
{
    HttpRequest request;
    request.path = path;
    request.headers = {{"accept", std::string(aggregated ? acceptAggregated : "application/json")}};
    request.maxBody = largestAnswer;
    m_order.push_back(path);
    const auto id = std::make_shared<RequestId>();
    HttpHandlers handlers;
    if (path == "/api") {
        handlers.onHeaders = [this, asked = m_transport.now()](const HttpResponse &) {
            m_roundTrip = std::chrono::duration_cast<std::chrono::microseconds>(m_transport.now() - asked);
        };
    }
    handlers.onDone = [this, id, path, aggregated](const Result<HttpResponse> &answer) {
        m_open.erase(*id);
        if (!answer)
            noteBroken(path, failureOf(answer.error(), path));
        else if (answer->status != 200)
            noteBroken(path, failureOf(*answer, path));
        else if (aggregated)
            takeRoot(path, *answer);
        else
            takeResources(path, *answer);
        endIfComplete();
    };
    *id = m_transport.start(std::move(request), std::move(handlers));
    m_open.insert(*id);
}

void Discovery::takeRoot(const std::string &path, const HttpResponse &response)
{
    if (!isAggregated(response)) {
        takePlainRoot(path, response);
        return;
    }
    if (const auto read = readAggregatedDiscovery(response.body, m_parts[path]); !read)
        noteBroken(path, failureOf(read.error(), path));
}

void Discovery::takePlainRoot(const std::string &path, const HttpResponse &response)
{
    const auto versions = path == "/api" ? readApiVersions(response.body) : readApiGroups(response.body);
    if (!versions) {
        noteBroken(path, failureOf(versions.error(), path));
        return;
    }
    for (const std::string &version : *versions) {
        if (m_isWanted(path == "/api" ? std::string() : groupOf(version)))
            ask(path + "/" + version, false);
    }
}

void Discovery::takeResources(const std::string &path, const HttpResponse &response)
{
    const std::string groupVersion = path.substr(path.find('/', 1) + 1);
    if (const auto read = readApiResources(response.body, groupVersion, m_parts[path]); !read)
        noteBroken(path, failureOf(read.error(), path));
}

void Discovery::noteBroken(const std::string &path, const ApiFailure &failure)
{
    if (path == "/api" || path == "/apis")
        m_rootFailures.push_back(failure);
    else
        m_broken.emplace_back(path.substr(path.find('/', 1) + 1), failure.error);
}

void Discovery::endIfComplete()
{
    if (!m_open.empty())
        return;
    // The receiver may destroy this object.
    const Done done = std::move(m_done);
    if (!m_rootFailures.empty()) {
        done(ApiFailure(m_rootFailures.front()));
        return;
    }
    ServedApis apis;
    for (const std::string &path : m_order) {
        ServedApis &part = m_parts[path];
        std::move(part.resources.begin(), part.resources.end(), std::back_inserter(apis.resources));
        std::move(part.broken.begin(), part.broken.end(), std::back_inserter(apis.broken));
    }
    std::move(m_broken.begin(), m_broken.end(), std::back_inserter(apis.broken));
    done(std::move(apis));
}

} // namespace portolan::kube
