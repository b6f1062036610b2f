#pragma once

#include "model/base/result.h"

#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

namespace portolan {

/// A YAML node as JSON text, scalars typed as kubectl types them (YAML 1.1, sigs.k8s.io/yaml: "yes" is a
/// boolean, 0x50 and 0120 are numbers). An error (InvalidInput) where the result would pass `maxBytes`, hold
/// more values and keys than `nodesLeft`, which goes down by those that it holds, or nest deeper than 64
/// (aliases can make a small file mean an enormous value). A merge key (`<<`) is resolved; of two equal keys
/// the last one counts in the reader of the JSON. May throw what yaml-cpp throws; callers stop it in their
/// own file.
Result<std::string> yamlToJson(const YAML::Node &node, std::size_t maxBytes, std::size_t &nodesLeft);

struct YamlDocument
{
    YAML::Node node;
    std::size_t values = 0; ///< and keys, as they are written: an alias is one
};

/// Every document of a text, as YAML::LoadAll() reads it, but for texts with something that no document can
/// begin with ("," or "]", say): of these yaml-cpp 0.7 makes empty documents without end. They throw a
/// YAML::ParserException here, as all else does that is no YAML.
std::vector<YamlDocument> yamlDocuments(const std::string &text);

} // namespace portolan
