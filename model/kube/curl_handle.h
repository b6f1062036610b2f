#pragma once

#include "model/kube/credentials.h"
#include "model/kube/server_address.h"

#include <curl/curl.h>

#include <array>
#include <string>
#include <string_view>

namespace portolan::kube {

/// One libcurl easy handle, set up the way this room speaks with an API server: TLS by the kubeconfig's
/// CA alone where it names one, client certificate, proxy, tls-server-name, User-Agent, no redirects.
/// Internal to the room; the transport and the WebSocket share it.
///
/// The first handle of the process initialises libcurl and, where SIGPIPE still has its default action,
/// ignores it: libcurl cannot keep OpenSSL from raising it without racing other threads.
class CurlHandle
{
public:
    CurlHandle();
    ~CurlHandle();
    CurlHandle(const CurlHandle &) = delete;
    CurlHandle &operator=(const CurlHandle &) = delete;

    CURL *get() const { return m_easy; }

    /// Sets everything that belongs to the connection, none of which differs between requests that share
    /// one. Errors: InvalidInput with the kubeconfig's field.
    Result<void> connectTo(const ClusterAccess &access, const Credential &credential);

    /// After connectTo(): URL and headers (those of the credential come first) of one request. `path` as in
    /// HttpRequest. Errors: InvalidInput for what cannot stand in a request line or a header.
    Result<void> request(std::string_view path, const HttpHeaders &headers);

    /// The address that connectTo() parsed; Host header and base path for who writes requests by hand.
    const ServerAddress &server() const { return m_server; }
    /// What messages call this exchange: the real server's URL with the path.
    const std::string &url() const { return m_url; }

    /// What went wrong, in words of ours; `where` is url() or the kubeconfig's field.
    Error error(CURLcode code) const;

private:
    Result<void> setTls(const ClusterAccess &access, const Credential &credential);
    Result<void> setProxy(const ClusterEntry &cluster);

    CURL *m_easy;
    curl_slist *m_headers = nullptr;
    curl_slist *m_connectTo = nullptr;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};
    ServerAddress m_server;
    std::string m_tlsServerName;
    std::string m_url;
    std::string m_credentialField;
    std::string m_caField;
    HttpHeaders m_credentialHeaders;
};

/// Whether `value` can stand in a header: visible ASCII, spaces, tabs and UTF-8, no other control character.
bool isHeaderValue(std::string_view value);

} // namespace portolan::kube
