#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace portolan {

/// Lines of a text, counted from 0, both included.
struct LineRange
{
    std::size_t first = 0;
    std::size_t last = 0;
    friend bool operator==(const LineRange &, const LineRange &) = default;
};

/// The lines of a YAML document that the value at `path` takes, with its key or its dash: "spec.ingress[0]",
/// "specs[1].egressDeny[0].toPorts[0]", "a[0][1]". Keys are taken as they are, those with dots too
/// ("metadata.labels.app.kubernetes.io/name"); of keys that fit, the longest wins.
///
/// Understands block style, quoted keys, block scalars and comments. What stands inside of a flow collection
/// ("[a, b]") gets the lines of that collection. Nothing where the path is not there. Of several documents
/// the first is read. For any input linear in the text for each step of the path; thread-safe.
std::optional<LineRange> linesOfYaml(std::string_view yaml, std::string_view path);

} // namespace portolan
