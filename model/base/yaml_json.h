#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>

namespace portolan {

/// A YAML node as JSON text, scalars typed as the YAML core schema has it. Nothing where the result would
/// pass `maxBytes` or nest deeper than 64 (aliases can make a small file mean an enormous value).
/// A merge key (`<<`) is resolved; of two equal keys the last one counts in the reader of the JSON.
/// May throw what yaml-cpp throws; callers stop it in their own file.
std::optional<std::string> yamlToJson(const YAML::Node &node, std::size_t maxBytes);

} // namespace portolan
