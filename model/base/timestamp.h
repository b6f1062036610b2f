#pragma once

#include "model/base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace portolan {

/// A point in calendar time, UTC, to the millisecond. The epoch itself means "not set".
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Parses RFC 3339 as Kubernetes writes it: "2026-11-22T14:32:07Z", with optional fraction and offset.
Result<WallTime> parseRfc3339(std::string_view text);

/// "2026-11-22T14:32:07Z"; milliseconds are written only where they are not zero. "" for "not set".
std::string formatRfc3339(WallTime time);

} // namespace portolan
