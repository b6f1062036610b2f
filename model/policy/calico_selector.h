#pragma once

#include "model/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::policy {

/// A parsed Calico selector: `role == 'db' && !has(legacy)`. Immutable, cheap to evaluate, safe to read
/// from any thread.
///
/// Grammar (Calico's resource reference, "Selectors"): comparisons `key == 'v'`, `key != 'v'`,
/// `key in {'a', 'b'}`, `key not in {…}`, `key contains 'v'`, `key starts with 'v'`, `key ends with 'v'`,
/// `has(key)`, `all()`, `global()`; joined by `!`, `&&`, `||` (binding in that order) and parentheses.
/// Values stand in single or double quotes and know no escapes; keys are 1 to 512 letters, digits and
/// `_ . - /`. An empty selector is `all()`.
///
/// `!=` and `not in` match where the label is absent; `==`, `in`, `contains`, `starts with` and `ends with`
/// don't. `global()` matches every label set here: what it means for namespaces is the caller's business.
class CalicoSelector
{
public:
    /// A label's value, or nullptr where it is absent.
    using Lookup = std::function<const std::string *(std::string_view key)>;

    /// Longest text and deepest nesting of parentheses that are read.
    static constexpr std::size_t maxLength = std::size_t{256} * 1024;
    static constexpr int maxDepth = 128;

    /// `all()`.
    CalicoSelector() = default;

    /// Errors: InvalidInput, with "column N: …" (from 1, in bytes) in `detail`; TooLarge past the bounds.
    static Result<CalicoSelector> parse(std::string_view text);

    bool matches(const Lookup &labels) const;

    /// The keys that it looks at, sorted, each once.
    std::vector<std::string> keys() const;
    /// True for `all()` and for the empty selector.
    bool isAll() const;
    bool usesGlobal() const;

    /// The selector with `prefix` before each key, as Calico stores labels that a namespace or a service
    /// account hands down to its pods.
    CalicoSelector withKeyPrefix(std::string_view prefix) const;
    /// The selector with `all()` read as has(key), and `global()` as !has(key): how Calico tells
    /// namespaced endpoints from the others.
    CalicoSelector withAllMeaning(std::string_view key) const;
    static CalicoSelector hasKey(std::string_view key);
    static CalicoSelector equals(std::string_view key, std::string_view value);
    static CalicoSelector isIn(std::string_view key, std::vector<std::string> values);
    static CalicoSelector allOf(std::vector<CalicoSelector> parts);

    /// Canonical text: double quotes where the value allows it, one space, sets sorted.
    std::string toString() const;

    enum class Op : std::uint8_t {
        All,
        Global,
        Has,
        Equal,
        NotEqual,
        In,
        NotIn,
        Contains,
        StartsWith,
        EndsWith,
        Not,
        And,
        Or
    };
    /// One node of the expression; leaves have a key, In and NotIn their values sorted.
    struct Node
    {
        Op op = Op::All;
        std::string key;
        std::vector<std::string> values;
        std::vector<Node> children;
        friend bool operator==(const Node &, const Node &) = default;
    };
    const Node &root() const { return m_root; }

    friend bool operator==(const CalicoSelector &, const CalicoSelector &) = default;

private:
    Node m_root;
};

} // namespace portolan::policy
