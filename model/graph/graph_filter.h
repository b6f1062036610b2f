#pragma once

#include "model/base/ip_range.h"
#include "model/base/result.h"
#include "model/cluster/objects.h"
#include "model/graph/topology_graph.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

/// What a person wants to see of a map, as it is typed:
///
///     ns:shop app=web ip:10.42.0.0/16 port:5432 verdict:deny finding:mtu kind:svc node:node1 -ns:monitoring
///
/// A thing has to meet every term; several values of one key (`ns:a,b` or `ns:a ns:b`) are alternatives. "-"
/// excludes. `key=value` is a label. A word without a key is looked for in names. Values are compared without
/// regard to case, `*` and `?` stand for any letters and for one; "…" keeps blanks together.
class GraphFilter
{
public:
    enum class Key : std::uint8_t { Name, Namespace, Kind, Label, Ip, Node, Finding, Port, Verdict };

    struct PortValue
    {
        std::uint16_t first = 0;
        std::uint16_t last = 0;
        std::optional<Protocol> protocol;
        std::string name; ///< instead of the numbers
        friend bool operator==(const PortValue &, const PortValue &) = default;
    };

    struct Term
    {
        Key key = Key::Name;
        bool excludes = false;
        std::string label;               ///< Key::Label: the label's key
        std::vector<std::string> values; ///< lower case; for Kind the API's own word ("service")
        std::vector<IpRange> ranges;     ///< Key::Ip
        std::vector<PortValue> ports;    ///< Key::Port
        std::vector<EdgeVerdict> verdicts;
        friend bool operator==(const Term &, const Term &) = default;
    };

    GraphFilter() = default;
    /// At most 1,000 characters and 50 terms. Errors: InvalidInput, `where` the term, that says what is
    /// known.
    static Result<GraphFilter> parse(std::string_view text);

    /// As it was typed, without blanks at the ends.
    const std::string &text() const { return m_text; }
    bool isEmpty() const { return m_terms.empty(); }
    const std::vector<Term> &terms() const { return m_terms; }

    friend bool operator==(const GraphFilter &a, const GraphFilter &b) { return a.m_terms == b.m_terms; }

private:
    std::string m_text;
    std::vector<Term> m_terms;
};

/// Whether a text is meant as a filter and not as a name: it has one of the keys before a colon, a label, or
/// something to be excluded. True of much that parse() refuses.
bool isFilterText(std::string_view text);

/// The keys that can stand before a colon, in order: "finding", "ip", …
const std::vector<std::string> &graphFilterKeys();
/// Values that a key always takes ("kind": "svc", "verdict": "deny"); {} where they come from the cluster.
std::vector<std::string> graphFilterValues(std::string_view key);

/// Whether `text` is what `pattern` says, with * and ?. Both lower case.
bool matchesGlob(std::string_view pattern, std::string_view text);

} // namespace portolan
