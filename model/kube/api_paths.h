#pragma once

#include "model/cluster/object_ref.h"

#include <chrono>
#include <string>
#include <string_view>

namespace portolan::kube {

/// `text` with everything but RFC 3986's unreserved characters as %XX: fit for a path segment or for the
/// value of a query parameter.
std::string percentEncoded(std::string_view text);

/// The parameters of a LIST; "" and 0 are not sent.
struct ListQuery
{
    std::string resourceVersion;
    int limit = 0;
    std::string continueToken; ///< resourceVersion is never sent with it
    std::string fieldSelector;
};

/// The parameters of a WATCH. Bookmarks are always asked for.
struct WatchQuery
{
    std::string resourceVersion;
    std::chrono::seconds timeout{0};
    /// WatchList (KEP-3157): the objects first, then a marked bookmark. resourceVersionMatch goes with it
    /// always: without it an old server ignores sendInitialEvents silently.
    bool initialEvents = false;
    std::string fieldSelector;
};

/// "/api/v1/namespaces/shop/pods", "/apis/apps/v1/deployments". `ns` "" means all namespaces, and is
/// ignored for a cluster-scoped resource.
std::string collectionPath(const ResourceType &resource, std::string_view ns);
std::string listPath(const ResourceType &resource, std::string_view ns, const ListQuery &query);
std::string watchPath(const ResourceType &resource, std::string_view ns, const WatchQuery &query);

} // namespace portolan::kube
