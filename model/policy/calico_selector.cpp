#include "model/policy/calico_selector.h"

#include "model/policy/calico_selector_parser.h"

#include <algorithm>

namespace portolan::policy {

namespace {

using Node = CalicoSelector::Node;
using Op = CalicoSelector::Op;

bool isListed(const Node &node, const std::string &value)
{
    return std::binary_search(node.values.begin(), node.values.end(), value);
}

bool leafMatches(const Node &node, const std::string *value)
{
    switch (node.op) {
    case Op::Has:
        return value != nullptr;
    case Op::Equal:
        return value && *value == node.values.front();
    case Op::NotEqual:
        return !value || *value != node.values.front();
    case Op::In:
        return value && isListed(node, *value);
    case Op::NotIn:
        return !value || !isListed(node, *value);
    case Op::Contains:
        return value && value->find(node.values.front()) != std::string::npos;
    case Op::StartsWith:
        return value && value->starts_with(node.values.front());
    case Op::EndsWith:
        return value && value->ends_with(node.values.front());
    default:
        return true;
    }
}

bool nodeMatches(const Node &node, const CalicoSelector::Lookup &labels)
{
    const auto matches = [&](const Node &child) { return nodeMatches(child, labels); };
    switch (node.op) {
    case Op::All:
    case Op::Global:
        return true;
    case Op::Not:
        return !matches(node.children.front());
    case Op::And:
        return std::all_of(node.children.begin(), node.children.end(), matches);
    case Op::Or:
        return std::any_of(node.children.begin(), node.children.end(), matches);
    default:
        return leafMatches(node, labels(node.key));
    }
}

template<class Visit>
void forEachNode(Node &node, const Visit &visit)
{
    for (Node &child : node.children)
        forEachNode(child, visit);
    visit(node);
}

void collectKeys(const Node &node, std::vector<std::string> &keys)
{
    if (!node.key.empty())
        keys.push_back(node.key);
    for (const Node &child : node.children)
        collectKeys(child, keys);
}

bool holdsGlobal(const Node &node)
{
    return node.op == Op::Global || std::any_of(node.children.begin(), node.children.end(), holdsGlobal);
}

std::string quotedText(const std::string &value)
{
    const char quote = value.find('"') == std::string::npos ? '"' : '\'';
    return quote + value + quote;
}

std::string_view operatorText(Op op)
{
    switch (op) {
    case Op::Equal:
        return " == ";
    case Op::NotEqual:
        return " != ";
    case Op::In:
        return " in ";
    case Op::NotIn:
        return " not in ";
    case Op::Contains:
        return " contains ";
    case Op::StartsWith:
        return " starts with ";
    case Op::EndsWith:
        return " ends with ";
    case Op::And:
        return " && ";
    case Op::Or:
        return " || ";
    default:
        return {};
    }
}

std::string nodeText(const Node &node);

std::string joined(const Node &node)
{
    std::string text;
    for (const Node &child : node.children) {
        const bool inBrackets = child.op == Op::Or || (child.op == Op::And && node.op == Op::And);
        text += text.empty() ? std::string_view() : operatorText(node.op);
        text += inBrackets ? "(" + nodeText(child) + ")" : nodeText(child);
    }
    return text;
}

std::string setText(const Node &node)
{
    std::string text = node.key + std::string(operatorText(node.op)) + "{";
    for (std::size_t i = 0; i < node.values.size(); ++i)
        text += (i ? ", " : "") + quotedText(node.values[i]);
    return text + "}";
}

std::string nodeText(const Node &node)
{
    switch (node.op) {
    case Op::All:
        return "all()";
    case Op::Global:
        return "global()";
    case Op::Has:
        return "has(" + node.key + ")";
    case Op::Not: {
        const Node &child = node.children.front();
        const bool inBrackets = child.op == Op::And || child.op == Op::Or;
        return inBrackets ? "!(" + nodeText(child) + ")" : "!" + nodeText(child);
    }
    case Op::And:
    case Op::Or:
        return joined(node);
    case Op::In:
    case Op::NotIn:
        return setText(node);
    default:
        return node.key + std::string(operatorText(node.op)) + quotedText(node.values.front());
    }
}

} // namespace

Result<CalicoSelector> CalicoSelector::parse(std::string_view text)
{
    if (text.size() > maxLength)
        return Error{ErrorCode::TooLarge, "the selector is longer than 256 KiB", {}};
    Result<Node> root = CalicoSelectorParser(text).parse();
    if (!root)
        return root.error();
    CalicoSelector selector;
    selector.m_root = std::move(root).value();
    return selector;
}

bool CalicoSelector::matches(const Lookup &labels) const
{
    return nodeMatches(m_root, labels);
}

std::vector<std::string> CalicoSelector::keys() const
{
    std::vector<std::string> keys;
    collectKeys(m_root, keys);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

bool CalicoSelector::isAll() const
{
    return m_root.op == Op::All;
}

bool CalicoSelector::usesGlobal() const
{
    return holdsGlobal(m_root);
}

CalicoSelector CalicoSelector::withKeyPrefix(std::string_view prefix) const
{
    CalicoSelector copy = *this;
    forEachNode(copy.m_root, [prefix](Node &node) {
        if (!node.key.empty())
            node.key.insert(0, prefix);
    });
    return copy;
}

CalicoSelector CalicoSelector::withAllMeaning(std::string_view key) const
{
    CalicoSelector copy = *this;
    forEachNode(copy.m_root, [key](Node &node) {
        if (node.op == Op::All)
            node = hasKey(key).m_root;
        else if (node.op == Op::Global)
            node = Node{Op::Not, {}, {}, {hasKey(key).m_root}};
    });
    return copy;
}

CalicoSelector CalicoSelector::hasKey(std::string_view key)
{
    CalicoSelector selector;
    selector.m_root = Node{Op::Has, std::string(key), {}, {}};
    return selector;
}

CalicoSelector CalicoSelector::equals(std::string_view key, std::string_view value)
{
    CalicoSelector selector;
    selector.m_root = Node{Op::Equal, std::string(key), {std::string(value)}, {}};
    return selector;
}

CalicoSelector CalicoSelector::isIn(std::string_view key, std::vector<std::string> values)
{
    std::sort(values.begin(), values.end());
    CalicoSelector selector;
    selector.m_root = Node{Op::In, std::string(key), std::move(values), {}};
    return selector;
}

CalicoSelector CalicoSelector::allOf(std::vector<CalicoSelector> parts)
{
    CalicoSelector selector;
    std::vector<Node> nodes;
    for (CalicoSelector &part : parts) {
        if (!part.isAll())
            nodes.push_back(std::move(part.m_root));
    }
    if (nodes.size() == 1)
        selector.m_root = std::move(nodes.front());
    else if (!nodes.empty())
        selector.m_root = Node{Op::And, {}, {}, std::move(nodes)};
    return selector;
}

std::string CalicoSelector::toString() const
{
    return nodeText(m_root);
}

} // namespace portolan::policy
