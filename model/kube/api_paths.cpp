#include "model/kube/api_paths.h"

namespace portolan::kube {

namespace {

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// Appends parameters to a path, the first one with '?'.
class Query
{
public:
    explicit Query(std::string path) : m_text(std::move(path)) {}

    void add(std::string_view name, std::string_view value)
    {
        if (value.empty())
            return;
        m_text += m_first ? '?' : '&';
        m_first = false;
        m_text += name;
        m_text += '=';
        m_text += percentEncoded(value);
    }

    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
    bool m_first = true;
};

} // namespace

std::string percentEncoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return encoded;
}

std::string collectionPath(const ResourceType &resource, std::string_view ns)
{
    std::string path = resource.group.empty() ? "/api/" : "/apis/" + percentEncoded(resource.group) + "/";
    path += percentEncoded(resource.version);
    if (resource.namespaced && !ns.empty())
        path += "/namespaces/" + percentEncoded(ns);
    return path + "/" + percentEncoded(resource.plural);
}

std::string listPath(const ResourceType &resource, std::string_view ns, const ListQuery &query)
{
    Query path(collectionPath(resource, ns));
    path.add("fieldSelector", query.fieldSelector);
    if (query.limit > 0)
        path.add("limit", std::to_string(query.limit));
    if (query.continueToken.empty())
        path.add("resourceVersion", query.resourceVersion);
    path.add("continue", query.continueToken);
    return path.take();
}

std::string watchPath(const ResourceType &resource, std::string_view ns, const WatchQuery &query)
{
    Query path(collectionPath(resource, ns));
    path.add("watch", "true");
    path.add("allowWatchBookmarks", "true");
    path.add("fieldSelector", query.fieldSelector);
    path.add("resourceVersion", query.resourceVersion);
    if (query.initialEvents) {
        path.add("resourceVersionMatch", "NotOlderThan");
        path.add("sendInitialEvents", "true");
    }
    if (query.timeout.count() > 0)
        path.add("timeoutSeconds", std::to_string(query.timeout.count()));
    return path.take();
}

} // namespace portolan::kube
