#pragma once

#include "model/base/result.h"
#include "model/cluster/object_ref.h"
#include "model/kube/api_error.h"
#include "model/kube/http_transport.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace portolan::kube {

/// One resource that discovery names (no subresources), with what may be done to it.
struct ServedResource
{
    ResourceType type;
    bool canList = false;
    bool canWatch = false;
};

/// What an API server serves. Within a group the resources of a preferred version come first.
struct ServedApis
{
    std::vector<ServedResource> resources;
    /// Group/versions whose resources could not be told: an aggregated API server that is down. What they
    /// serve is unknown; the rest is good.
    std::vector<std::pair<std::string, Error>> broken;
};

/// Parses an APIGroupDiscoveryList (aggregated discovery v2 or v2beta1) into `apis`.
Result<void> readAggregatedDiscovery(std::string_view json, ServedApis &apis);
/// The versions of an APIVersions ("/api") as "v1".
Result<std::vector<std::string>> readApiVersions(std::string_view json);
/// The group/versions of an APIGroupList ("/apis"), preferred first within a group.
Result<std::vector<std::string>> readApiGroups(std::string_view json);
/// Parses an APIResourceList into `apis`; `groupVersion` is the one that was asked for.
Result<void> readApiResources(std::string_view json, const std::string &groupVersion, ServedApis &apis);

/// Finds out what an API server serves: aggregated discovery v2, else v2beta1, else plain, by the
/// Content-Type that came and not by the one that was asked for. In plain discovery only the groups that
/// `isWanted` names are asked about.
///
/// Fails where the roots ("/api", "/apis") cannot be read; a group that cannot is in `broken`. Never retries.
/// All on the transport's thread; destroying it cancels.
class Discovery
{
public:
    using Done = std::function<void(std::variant<ServedApis, ApiFailure>)>;

    Discovery(HttpTransport &transport, std::function<bool(std::string_view group)> isWanted, Done done);
    ~Discovery();
    Discovery(const Discovery &) = delete;
    Discovery &operator=(const Discovery &) = delete;

    void start();
    /// From the request for "/api" to the first byte of its answer: a small answer on a connection that is
    /// open already, so mostly the way there and back.
    std::chrono::microseconds roundTrip() const { return m_roundTrip; }

private:
    void ask(const std::string &path, bool aggregated);
    void takeRoot(const std::string &path, const HttpResponse &response);
    void takePlainRoot(const std::string &path, const HttpResponse &response);
    void takeResources(const std::string &groupVersion, const HttpResponse &response);
    void noteBroken(const std::string &path, const ApiFailure &failure);
    void endIfComplete();

    HttpTransport &m_transport;
    std::function<bool(std::string_view)> m_isWanted;
    Done m_done;
    std::set<RequestId> m_open;
    std::chrono::microseconds m_roundTrip{0};
    std::map<std::string, ServedApis> m_parts; ///< by group/version or root: the order of answers is chance
    std::vector<std::string> m_order;          ///< of the parts
    std::vector<ApiFailure> m_rootFailures;
    std::vector<std::pair<std::string, Error>> m_broken;
};

} // namespace portolan::kube
