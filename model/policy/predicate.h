#pragma once

#include "model/base/ip_range.h"
#include "model/policy/endpoint.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::policy {

/// Yes and No are certain; Maybe where what is known of policy or cluster does not tell.
enum class Tri : std::uint8_t { No, Maybe, Yes };

constexpr Tri operator!(Tri a)
{
    return a == Tri::Yes ? Tri::No : a == Tri::No ? Tri::Yes : Tri::Maybe;
}
constexpr Tri both(Tri a, Tri b)
{
    return a < b ? a : b;
}
constexpr Tri either(Tri a, Tri b)
{
    return a < b ? b : a;
}

/// Which text of an endpoint a Text atom looks at.
enum class TextOf : std::uint8_t {
    OwnLabel,            ///< of the pod, or of the host endpoint; `key` names it
    NamespaceLabel,      ///< of the pod's namespace; `key` names it
    ServiceAccountLabel, ///< Maybe where service accounts were not read
    NodeLabel,           ///< of the node that a Node endpoint is; absent for pods
    NamespaceName,
    ServiceAccountName,
    NodeName, ///< where it runs, or what it is
    Name,     ///< of the pod or node
};

/// All of these are No where the text is absent: "differs or is absent" is the negation of In.
enum class TextTest : std::uint8_t { Exists, In, Contains, StartsWith, EndsWith };

/// The text that a Text atom looks at; nothing where it is absent.
struct TextRead
{
    std::optional<std::string_view> text;
    bool isKnown = true;
};
TextRead readText(const Endpoint &endpoint, TextOf what, const std::string &key);

/// What the atoms mean. `values` is sorted.
bool meetsTest(std::string_view text, TextTest test, const std::vector<std::string> &values);
bool inBlocks(const IpRange::Address &address, const std::vector<IpRange> &blocks);

/// A condition on one endpoint: an immutable tree, cheap to copy, comparable by content.
/// Safe from any thread.
class Predicate
{
public:
    enum class Op : std::uint8_t { Never, Maybe, Always, Text, Kind, Address, Not, And, Or };

    /// Never.
    Predicate();

    static Predicate always();
    static Predicate never();
    /// Cannot be told; `reason` ends up in the verdict.
    static Predicate maybe(std::string reason);

    static Predicate text(TextOf what, std::string key, TextTest test, std::vector<std::string> values = {});
    /// Short forms of text().
    static Predicate label(TextOf what, std::string key, std::string value);
    static Predicate hasLabel(TextOf what, std::string key);
    static Predicate namespaceIs(std::string name);
    /// Any of the kinds.
    static Predicate kind(EndpointKinds kinds);
    /// The endpoint's address (of the family that is asked about) lies in one of them.
    static Predicate inBlocks(std::vector<IpRange> blocks);

    static Predicate allOf(std::vector<Predicate> parts); ///< {} is always
    static Predicate anyOf(std::vector<Predicate> parts); ///< {} is never
    friend Predicate operator!(const Predicate &part);
    friend Predicate operator&&(const Predicate &a, const Predicate &b);
    friend Predicate operator||(const Predicate &a, const Predicate &b);
    /// Maybe at most: No stays No, Yes becomes Maybe with that reason.
    Predicate atMostMaybe(std::string reason) const;

    Op op() const { return node().op; }
    const std::vector<Predicate> &parts() const { return node().parts; }
    TextOf textOf() const { return node().what; }
    TextTest test() const { return node().test; }
    const std::string &key() const { return node().key; } ///< of a Text; the reason of a Maybe
    const std::vector<std::string> &values() const { return node().values; } ///< sorted, each once
    EndpointKinds kinds() const { return node().kinds; }
    const std::vector<IpRange> &blocks() const { return node().blocks; } ///< sorted, each once

    std::size_t hash() const { return node().hash; }
    friend bool operator==(const Predicate &a, const Predicate &b);

    /// The plain reading. `address`: which of the endpoint's addresses is asked about, an index.
    Tri matches(const Endpoint &endpoint, std::size_t address) const;
    /// Why matches() answered Maybe; adds nothing where it did not.
    void reasons(const Endpoint &endpoint, std::size_t address, std::set<std::string> &out) const;

private:
    struct Node
    {
        Op op = Op::Never;
        TextOf what = TextOf::OwnLabel;
        TextTest test = TextTest::Exists;
        EndpointKinds kinds = 0;
        std::string key;
        std::vector<std::string> values;
        std::vector<IpRange> blocks;
        std::vector<Predicate> parts;
        std::size_t hash = 0;

        bool sameAs(const Node &other) const;
    };
    explicit Predicate(Node node);
    static Predicate leaf(Op op);
    static Predicate combined(Op op, std::vector<Predicate> parts);
    const Node &node() const { return *m_node; }

    std::shared_ptr<const Node> m_node;
};

} // namespace portolan::policy

template<>
struct std::hash<portolan::policy::Predicate>
{
    std::size_t operator()(const portolan::policy::Predicate &p) const noexcept { return p.hash(); }
};
