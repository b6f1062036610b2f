#include "model/policy/predicate.h"

#include <algorithm>
#include <functional>

namespace portolan::policy {

namespace {

void mix(std::size_t &seed, std::size_t value)
{
    seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
}

std::size_t hashOf(const IpRange &range)
{
    std::size_t seed = std::size_t(range.prefix()) * 2 + (range.isV6() ? 1 : 0);
    for (const std::uint8_t byte : range.first().bytes)
        mix(seed, byte);
    return seed;
}

template<class T>
void sortUnique(std::vector<T> &values)
{
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

TextRead labelIn(const Labels &labels, const std::string &key)
{
    const std::string *value = labels.find(key);
    return value ? TextRead{std::string_view(*value)} : TextRead{};
}

TextRead nonEmpty(std::string_view text)
{
    return text.empty() ? TextRead{} : TextRead{text};
}

} // namespace

TextRead readText(const Endpoint &endpoint, TextOf what, const std::string &key)
{
    switch (what) {
    case TextOf::OwnLabel:
        return labelIn(endpoint.labels, key);
    case TextOf::NamespaceLabel:
        if (!endpoint.namespaceIsKnown && !endpoint.namespaceLabels.find(key))
            return {{}, false};
        return labelIn(endpoint.namespaceLabels, key);
    case TextOf::ServiceAccountLabel:
        if (endpoint.kind != EndpointKind::Pod)
            return {};
        return endpoint.serviceAccountLabels ? labelIn(*endpoint.serviceAccountLabels, key)
                                             : TextRead{{}, false};
    case TextOf::NodeLabel:
        return labelIn(endpoint.nodeLabels, key);
    case TextOf::NamespaceName:
        return nonEmpty(endpoint.ns);
    case TextOf::ServiceAccountName:
        return nonEmpty(endpoint.serviceAccount);
    case TextOf::NodeName:
        return nonEmpty(endpoint.nodeName);
    case TextOf::Name:
        return nonEmpty(endpoint.ref.name);
    }
    return {};
}

bool meetsTest(std::string_view text, TextTest test, const std::vector<std::string> &values)
{
    const auto any = [&](auto check) { return std::any_of(values.begin(), values.end(), check); };
    switch (test) {
    case TextTest::Exists:
        return true;
    case TextTest::In:
        return std::binary_search(values.begin(), values.end(), text, std::less<>());
    case TextTest::Contains:
        return any([&](const std::string &value) { return text.find(value) != std::string_view::npos; });
    case TextTest::StartsWith:
        return any([&](const std::string &value) { return text.starts_with(value); });
    case TextTest::EndsWith:
        return any([&](const std::string &value) { return text.ends_with(value); });
    }
    return false;
}

bool inBlocks(const IpRange::Address &address, const std::vector<IpRange> &blocks)
{
    return std::any_of(blocks.begin(), blocks.end(), [&](const IpRange &block) {
        return block.first() <= address && address <= block.last();
    });
}

bool Predicate::Node::sameAs(const Node &other) const
{
    return hash == other.hash && op == other.op && what == other.what && test == other.test &&
           kinds == other.kinds && key == other.key && values == other.values && blocks == other.blocks &&
           parts == other.parts;
}

Predicate::Predicate() : Predicate(never()) {}

Predicate::Predicate(Node node)
{
    std::size_t seed = std::size_t(node.op) * 31 + std::size_t(node.what) * 7 + std::size_t(node.test);
    mix(seed, node.kinds);
    mix(seed, std::hash<std::string>{}(node.key));
    for (const std::string &value : node.values)
        mix(seed, std::hash<std::string>{}(value));
    for (const IpRange &block : node.blocks)
        mix(seed, hashOf(block));
    for (const Predicate &part : node.parts)
        mix(seed, part.hash());
    node.hash = seed;
    m_node = std::make_shared<const Node>(std::move(node));
}

Predicate Predicate::leaf(Op op)
{
    Node node;
    node.op = op;
    return Predicate(std::move(node));
}

Predicate Predicate::always()
{
    static const Predicate shared = leaf(Op::Always);
    return shared;
}

Predicate Predicate::never()
{
    static const Predicate shared = leaf(Op::Never);
    return shared;
}

Predicate Predicate::maybe(std::string reason)
{
    Node node;
    node.op = Op::Maybe;
    node.key = std::move(reason);
    return Predicate(std::move(node));
}

Predicate Predicate::text(TextOf what, std::string key, TextTest test, std::vector<std::string> values)
{
    Node node;
    node.op = Op::Text;
    node.what = what;
    node.key = std::move(key);
    node.test = test;
    node.values = std::move(values);
    sortUnique(node.values);
    return Predicate(std::move(node));
}

Predicate Predicate::label(TextOf what, std::string key, std::string value)
{
    return text(what, std::move(key), TextTest::In, {std::move(value)});
}

Predicate Predicate::hasLabel(TextOf what, std::string key)
{
    return text(what, std::move(key), TextTest::Exists);
}

Predicate Predicate::namespaceIs(std::string name)
{
    return text(TextOf::NamespaceName, {}, TextTest::In, {std::move(name)});
}

Predicate Predicate::kind(EndpointKinds kinds)
{
    if (kinds == anyKind)
        return always();
    static const Predicate ofPods = [] {
        Node node;
        node.op = Op::Kind;
        node.kinds = podsOnly;
        return Predicate(std::move(node));
    }();
    if (kinds == podsOnly) // in every policy
        return ofPods;
    Node node;
    node.op = Op::Kind;
    node.kinds = kinds;
    return kinds == 0 ? never() : Predicate(std::move(node));
}

Predicate Predicate::inBlocks(std::vector<IpRange> blocks)
{
    if (blocks.empty())
        return never();
    Node node;
    node.op = Op::Address;
    node.blocks = std::move(blocks);
    sortUnique(node.blocks);
    return Predicate(std::move(node));
}

/// And and Or without the parts that change nothing, and without nesting.
Predicate Predicate::combined(Op op, std::vector<Predicate> parts)
{
    const Op neutral = op == Op::And ? Op::Always : Op::Never;
    const Op deciding = op == Op::And ? Op::Never : Op::Always;
    Node node;
    node.op = op;
    for (Predicate &part : parts) {
        if (part.op() == deciding)
            return part;
        if (part.op() == op)
            node.parts.insert(node.parts.end(), part.parts().begin(), part.parts().end());
        else if (part.op() != neutral)
            node.parts.push_back(std::move(part));
    }
    if (node.parts.empty())
        return op == Op::And ? always() : never();
    return node.parts.size() == 1 ? node.parts.front() : Predicate(std::move(node));
}

Predicate Predicate::allOf(std::vector<Predicate> parts)
{
    return combined(Op::And, std::move(parts));
}

Predicate Predicate::anyOf(std::vector<Predicate> parts)
{
    return combined(Op::Or, std::move(parts));
}

Predicate operator!(const Predicate &part)
{
    using Op = Predicate::Op;
    if (part.op() == Op::Always)
        return Predicate::never();
    if (part.op() == Op::Never)
        return Predicate::always();
    if (part.op() == Op::Not)
        return part.parts().front();
    if (part.op() == Op::Maybe)
        return part;
    Predicate::Node node;
    node.op = Op::Not;
    node.parts = {part};
    return Predicate(std::move(node));
}

Predicate operator&&(const Predicate &a, const Predicate &b)
{
    return Predicate::allOf({a, b});
}

Predicate operator||(const Predicate &a, const Predicate &b)
{
    return Predicate::anyOf({a, b});
}

Predicate Predicate::atMostMaybe(std::string reason) const
{
    return allOf({*this, maybe(std::move(reason))});
}

bool operator==(const Predicate &a, const Predicate &b)
{
    return a.m_node == b.m_node || a.node().sameAs(b.node());
}

Tri Predicate::matches(const Endpoint &endpoint, std::size_t address) const
{
    const Node &n = node();
    const auto certain = [](bool yes) { return yes ? Tri::Yes : Tri::No; };
    switch (n.op) {
    case Op::Never:
        return Tri::No;
    case Op::Maybe:
        return Tri::Maybe;
    case Op::Always:
        return Tri::Yes;
    case Op::Text: {
        const TextRead found = readText(endpoint, n.what, n.key);
        if (!found.isKnown)
            return Tri::Maybe;
        return certain(found.text && meetsTest(*found.text, n.test, n.values));
    }
    case Op::Kind:
        return certain(n.kinds & kindBit(endpoint.kind));
    case Op::Address:
        if (endpoint.addresses.empty() && endpoint.kind != EndpointKind::External)
            return Tri::Maybe;
        return certain(address < endpoint.addresses.size() &&
                       policy::inBlocks(endpoint.addresses[address], n.blocks));
    case Op::Not:
        return !n.parts.front().matches(endpoint, address);
    case Op::And:
    case Op::Or: {
        Tri result = n.op == Op::And ? Tri::Yes : Tri::No;
        for (const Predicate &part : n.parts) {
            const Tri one = part.matches(endpoint, address);
            result = n.op == Op::And ? both(result, one) : either(result, one);
        }
        return result;
    }
    }
    return Tri::Maybe;
}

void Predicate::reasons(const Endpoint &endpoint, std::size_t address, std::set<std::string> &out) const
{
    if (matches(endpoint, address) != Tri::Maybe)
        return;
    if (op() == Op::Maybe)
        out.insert(key());
    else if (op() == Op::Text)
        out.insert(textOf() == TextOf::NamespaceLabel
                       ? "namespace " + std::string(endpoint.ns) + " could not be read"
                       : "service accounts were not read");
    else if (op() == Op::Address)
        out.insert("the address of " + endpoint.ref.toString() + " is not known");
    for (const Predicate &part : parts())
        part.reasons(endpoint, address, out);
}

} // namespace portolan::policy
