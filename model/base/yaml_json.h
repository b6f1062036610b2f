#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>
#include <vector>

namespace portolan {

/// A YAML node as JSON text, scalars typed as the YAML core schema has it. Nothing where the result would
/// pass `maxBytes` or nest deeper than 64 (aliases can make a small file mean an enormous value).
/// A merge key (`<<`) is resolved; of two equal keys the last one counts in the reader of the JSON.
/// May throw what yaml-cpp throws; callers stop it in their own file.
std::optional<std::string> yamlToJson(const YAML::Node &node, std::size_t maxBytes);

/// Every document of a text, as YAML::LoadAll() reads it, but for texts with something that no document can
/// begin with ("," or "]", say): of these yaml-cpp 0.7 makes empty documents without end. They throw a
/// YAML::ParserException here, as all else does that is no YAML.
std::vector<YAML::Node> yamlDocuments(const std::string &text);

} // namespace portolan
