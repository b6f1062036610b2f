#pragma once

#include "model/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace portolan::kube {

/// A small file as a whole (a pipe too: shells offer kubeconfigs as /dev/fd/N). Errors name the file:
/// NotFound, PermissionDenied, InvalidInput for a directory, TooLarge past `maxBytes`, Timeout for a pipe
/// that stays silent for 10 s, Io.
Result<std::string> readFile(const std::filesystem::path &file, std::size_t maxBytes);

} // namespace portolan::kube
