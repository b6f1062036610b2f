#pragma once

#include <string_view>

namespace portolan {

/// Whether `host` can stand as an argument of a tool: a DNS name or an IP address, not beginning with
/// '-', so that no destination becomes an option.
bool isProbeHost(std::string_view host);

/// Whether it is an address, so that nothing has to be resolved.
bool isIpAddress(std::string_view host);

} // namespace portolan
