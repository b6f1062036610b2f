#include "model/probe/probe_host.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace portolan {

bool isIpAddress(std::string_view host)
{
    const std::string text(host);
    in6_addr buffer{};
    return ::inet_pton(AF_INET, text.c_str(), &buffer) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), &buffer) == 1;
}

bool isProbeHost(std::string_view host)
{
    if (host.empty() || host.size() > 253 || host.front() == '-')
        return false;
    if (host.find(':') != std::string_view::npos)
        return isIpAddress(host);
    return std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_';
    });
}

} // namespace portolan
