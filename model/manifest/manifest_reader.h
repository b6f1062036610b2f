#pragma once

#include "model/manifest/manifest.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace portolan::manifest {

using Json = nlohmann::json;

/// Calls `each` with every document of a file, Lists taken apart. What does not parse, and YAML
/// that means more than `mostBytes`, becomes a fault; then it returns false.
bool readDocuments(const std::string &file, const std::string &text, std::vector<ManifestFault> &faults,
                   const std::function<void(Json &&object)> &each,
                   std::size_t mostBytes = std::size_t{512} << 20);

} // namespace portolan::manifest
