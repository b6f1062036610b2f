#pragma once

#include "model/manifest/manifest.h"

#include <nlohmann/json.hpp>

#include <functional>

namespace portolan::manifest {

using Json = nlohmann::json;

/// Calls `each` with every document of a file, Lists taken apart. What does not parse becomes a fault.
void readDocuments(const std::string &file, const std::string &text, std::vector<ManifestFault> &faults,
                   const std::function<void(Json &&object)> &each);

} // namespace portolan::manifest
