#include "model/kube/server_address.h"

#include "model/kube/secret_mask.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace portolan::kube {

namespace {

using UrlPtr = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(CURLU *url, CURLUPart which, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK || !text)
        return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

Error badUrl(std::string_view url, const std::string &why)
{
    return {ErrorCode::InvalidInput, "\"" + withoutSecrets(url.substr(0, 200)) + "\" " + why, {}};
}

Result<UrlPtr> parse(std::string_view url)
{
    UrlPtr parsed(curl_url(), &curl_url_cleanup);
    if (url.find_first_of(" \t\r\n") != std::string_view::npos)
        return badUrl(url, "contains white space");
    const std::string text(url);
    const CURLUcode code = curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME);
    if (code != CURLUE_OK)
        return badUrl(url, std::string("is no URL: ") + curl_url_strerror(code));
    return parsed;
}

} // namespace

std::string ServerAddress::authority() const
{
    return port == (secure ? "443" : "80") ? host : host + ":" + port;
}

std::string ServerAddress::url() const
{
    return (secure ? "https://" : "http://") + authority() + basePath;
}

bool ServerAddress::isLoopback() const
{
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

Result<ServerAddress> parseServerUrl(std::string_view url)
{
    const auto parsed = parse(url);
    if (!parsed)
        return parsed.error();
    CURLU *parts = parsed->get();
    const std::string scheme = part(parts, CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http")
        return badUrl(url, "is neither http nor https");
    if (!part(parts, CURLUPART_USER).empty() || !part(parts, CURLUPART_PASSWORD).empty())
        return badUrl(url, "contains a user name; credentials belong into the user's entry");
    ServerAddress address;
    address.secure = scheme == "https";
    address.host = part(parts, CURLUPART_HOST);
    address.port = part(parts, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    address.basePath = part(parts, CURLUPART_PATH);
    while (address.basePath.ends_with('/'))
        address.basePath.pop_back();
    if (address.host.empty())
        return badUrl(url, "names no host");
    return address;
}

Result<std::string> parseProxyUrl(std::string_view url)
{
    const auto parsed = parse(url);
    if (!parsed)
        return parsed.error();
    const std::string scheme = part(parsed->get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https" && scheme != "socks5" && scheme != "socks5h")
        return badUrl(url, "is neither http, https nor socks5");
    if (part(parsed->get(), CURLUPART_HOST).empty())
        return badUrl(url, "names no host");
    std::string text(url);
    if (scheme == "socks5")
        text = "socks5h" + text.substr(scheme.size());
    return text;
}

bool isServerName(std::string_view name)
{
    return !name.empty() && name.size() < 256 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_' || c == ':';
    });
}

} // namespace portolan::kube
