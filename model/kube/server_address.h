#pragma once

#include "model/base/result.h"

#include <string>
#include <string_view>

namespace portolan::kube {

/// The parts of a cluster's server URL.
struct ServerAddress
{
    bool secure = true;   ///< https
    std::string host;     ///< an IPv6 address keeps its brackets
    std::string port;     ///< always there: 443 or 80 where the URL names none
    std::string basePath; ///< "" or "/prefix", without a slash at its end

    /// "host:port", as the Host header has it; the scheme's own port is left out.
    std::string authority() const;
    /// "https://host:port/prefix", the port as in authority().
    std::string url() const;
    /// A loopback address or "localhost": the environment's proxies are not asked for it.
    bool isLoopback() const;
};

/// Accepts http and https, without user information. InvalidInput says what is wrong with it; the caller
/// adds the field.
Result<ServerAddress> parseServerUrl(std::string_view url);

/// Accepts http, https, socks5 and socks5h. What libcurl is to be given: socks5 becomes socks5h, because
/// the proxy must resolve the name (as Go does it).
Result<std::string> parseProxyUrl(std::string_view url);

/// Letters, digits, '.', '-', '_' and the ':' of an IPv6 address: what may stand in tls-server-name.
bool isServerName(std::string_view name);

} // namespace portolan::kube
