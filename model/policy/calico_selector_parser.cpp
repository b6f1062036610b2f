#include "model/policy/calico_selector_parser.h"

#include <algorithm>
#include <optional>

namespace portolan::policy {

namespace {

constexpr std::size_t longestKey = 512;

bool isKeyChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-' || c == '/';
}

bool isWordChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Between the words of one operator Calico also takes line breaks; between tokens it doesn't.
std::size_t afterSpaces(std::string_view text, std::size_t at)
{
    while (at < text.size() &&
           (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r' && text[at] != '\v')))
        ++at;
    return at;
}

} // namespace

Result<CalicoSelector::Node> CalicoSelectorParser::parse()
{
    skipBlanks();
    if (atEnd())
        return Node{};
    Result<Node> node = orExpression(0);
    if (!node)
        return node;
    if (!atEnd())
        return fail("unexpected text after the expression");
    return node;
}

Result<CalicoSelector::Node> CalicoSelectorParser::orExpression(int depth)
{
    Node either{Op::Or, {}, {}, {}};
    do {
        Result<Node> part = andExpression(depth);
        if (!part)
            return part;
        either.children.push_back(std::move(part).value());
    } while (take("||"));
    return either.children.size() == 1 ? std::move(either.children.front()) : std::move(either);
}

Result<CalicoSelector::Node> CalicoSelectorParser::andExpression(int depth)
{
    Node both{Op::And, {}, {}, {}};
    do {
        Result<Node> part = operation(depth);
        if (!part)
            return part;
        both.children.push_back(std::move(part).value());
    } while (take("&&"));
    return both.children.size() == 1 ? std::move(both.children.front()) : std::move(both);
}

Result<CalicoSelector::Node> CalicoSelectorParser::operation(int depth)
{
    bool negated = false;
    while (take("!"))
        negated = !negated;
    bool isCall = false;
    Node called = call(isCall);
    Result<Node> node = isCall ? Result<Node>(std::move(called)) : take("(") ? group(depth) : comparison();
    if (!node || !negated)
        return node;
    if (node->op == Op::Not) // "!(!has(a))" is has(a), as "!!has(a)" is
        return Node(std::move(node->children.front()));
    Node inverse{Op::Not, {}, {}, {}};
    inverse.children.push_back(std::move(node).value());
    return inverse;
}

Result<CalicoSelector::Node> CalicoSelectorParser::group(int depth)
{
    if (depth + 1 > CalicoSelector::maxDepth) {
        Error error = fail("parentheses are nested too deep");
        error.code = ErrorCode::TooLarge;
        return error;
    }
    Result<Node> node = orExpression(depth + 1);
    if (node && !take(")"))
        return fail("expected )");
    return node;
}

CalicoSelector::Node CalicoSelectorParser::call(bool &found)
{
    const auto closed = [this](std::size_t at) -> std::optional<std::size_t> {
        at = afterSpaces(m_text, at);
        return at < m_text.size() && m_text[at] == ')' ? std::optional(at + 1) : std::nullopt;
    };
    const auto finish = [&](Node node, std::size_t end) {
        found = true;
        m_at = end;
        skipBlanks();
        return node;
    };
    const std::string_view rest = m_text.substr(m_at);
    found = false;
    if (rest.starts_with("all(")) {
        if (const auto end = closed(m_at + 4))
            return finish(Node{}, *end);
    } else if (rest.starts_with("global(")) {
        if (const auto end = closed(m_at + 7))
            return finish(Node{Op::Global, {}, {}, {}}, *end);
    } else if (rest.starts_with("has(")) {
        const std::size_t begin = afterSpaces(m_text, m_at + 4);
        std::size_t end = begin;
        while (end < m_text.size() && end - begin < longestKey && isKeyChar(m_text[end]))
            ++end;
        if (const auto after = closed(end); after && end > begin)
            return finish(Node{Op::Has, std::string(m_text.substr(begin, end - begin)), {}, {}}, *after);
    }
    return {};
}

Result<CalicoSelector::Node> CalicoSelectorParser::comparison()
{
    const std::string_view key = keyHere();
    if (key.empty())
        return fail(atEnd() ? "the expression ends too early" : "expected a label, has(), all(), ! or (");
    if (key.size() > longestKey)
        return fail("the label is longer than 512 characters");
    m_at += key.size();
    skipBlanks();
    std::string name(key);
    if (take("=="))
        return textComparison(Op::Equal, std::move(name));
    if (take("!="))
        return textComparison(Op::NotEqual, std::move(name));
    if (takeWords("contains", {}, false))
        return textComparison(Op::Contains, std::move(name));
    if (takeWords("starts", "with", false))
        return textComparison(Op::StartsWith, std::move(name));
    if (takeWords("ends", "with", false))
        return textComparison(Op::EndsWith, std::move(name));
    if (takeWords("not", "in", true))
        return setComparison(Op::NotIn, std::move(name));
    if (takeWords("in", {}, true))
        return setComparison(Op::In, std::move(name));
    return fail("expected ==, !=, in, not in, contains, starts with or ends with");
}

Result<CalicoSelector::Node> CalicoSelectorParser::textComparison(Op op, std::string key)
{
    Result<std::string> value = quoted();
    if (!value)
        return value.error();
    return Node{op, std::move(key), {std::move(value).value()}, {}};
}

Result<CalicoSelector::Node> CalicoSelectorParser::setComparison(Op op, std::string key)
{
    if (!take("{"))
        return fail("expected {");
    Node node{op, std::move(key), {}, {}};
    // Calico takes an empty set, and a comma after the last value.
    while (!take("}")) {
        Result<std::string> value = quoted();
        if (!value)
            return value.error();
        node.values.push_back(std::move(value).value());
        if (take(","))
            continue;
        if (!take("}"))
            return fail("expected , or }");
        break;
    }
    std::sort(node.values.begin(), node.values.end());
    node.values.erase(std::unique(node.values.begin(), node.values.end()), node.values.end());
    return node;
}

Result<std::string> CalicoSelectorParser::quoted()
{
    if (atEnd() || (m_text[m_at] != '"' && m_text[m_at] != '\''))
        return fail("expected a value in quotes");
    const std::size_t end = m_text.find(m_text[m_at], m_at + 1);
    if (end == std::string_view::npos)
        return fail("the value has no closing quote");
    std::string value(m_text.substr(m_at + 1, end - m_at - 1));
    m_at = end + 1;
    skipBlanks();
    return value;
}

std::string_view CalicoSelectorParser::keyHere() const
{
    std::size_t end = m_at;
    while (end < m_text.size() && isKeyChar(m_text[end]))
        ++end;
    return m_text.substr(m_at, end - m_at);
}

void CalicoSelectorParser::skipBlanks()
{
    while (!atEnd() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
        ++m_at;
}

bool CalicoSelectorParser::take(std::string_view token)
{
    if (!m_text.substr(m_at).starts_with(token))
        return false;
    // "a != 'b'" is one token, not a negation of "= 'b'".
    if (token == "!" && m_text.substr(m_at).starts_with("!="))
        return false;
    m_at += token.size();
    skipBlanks();
    return true;
}

bool CalicoSelectorParser::takeWords(std::string_view first, std::string_view second, bool wholeWord)
{
    std::size_t at = m_at;
    if (!m_text.substr(at).starts_with(first))
        return false;
    at += first.size();
    if (!second.empty()) {
        at = afterSpaces(m_text, at);
        if (!m_text.substr(at).starts_with(second))
            return false;
        at += second.size();
    }
    if (wholeWord && at < m_text.size() && isWordChar(m_text[at]))
        return false;
    m_at = at;
    skipBlanks();
    return true;
}

Error CalicoSelectorParser::fail(std::string_view what) const
{
    return Error{
        ErrorCode::InvalidInput, "column " + std::to_string(m_at + 1) + ": " + std::string(what), {}};
}

} // namespace portolan::policy
