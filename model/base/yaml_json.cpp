#include "model/base/yaml_json.h"

#include <nlohmann/json.hpp>

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace portolan {

namespace {

constexpr int deepest = 64;

/// Each document but the first begins with a line of its own.
class DocumentLimit final : public YAML::EventHandler
{
public:
    explicit DocumentLimit(const std::string &text)
        : m_left(1 + std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r'))
    {
    }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        if (m_left-- <= 0)
            throw YAML::ParserException(mark, "something that no document can begin with");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override {}
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
    }
    void OnMapEnd() override {}

private:
    std::ptrdiff_t m_left;
};

/// kubectl reads YAML 1.1 (sigs.k8s.io/yaml), and what it would send is what counts.
std::optional<bool> booleanOf(std::string_view text)
{
    static constexpr std::array<std::string_view, 11> yes{"y",    "Y",    "yes", "Yes", "YES", "true",
                                                          "True", "TRUE", "on",  "On",  "ON"};
    static constexpr std::array<std::string_view, 11> no{"n",     "N",     "no",  "No",  "NO", "false",
                                                         "False", "FALSE", "off", "Off", "OFF"};
    if (std::find(yes.begin(), yes.end(), text) != yes.end())
        return true;
    return std::find(no.begin(), no.end(), text) != no.end() ? std::optional(false) : std::nullopt;
}

/// "0x50", "0o120", "0120" and "8_0" are all the number 80.
std::optional<std::int64_t> integerOf(std::string_view text)
{
    if (text.empty() || text.find_first_of("+-0123456789") != 0)
        return std::nullopt;
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
    const bool isNegative = digits.front() == '-';
    if (isNegative || digits.front() == '+')
        digits.erase(0, 1);
    int base = 10;
    if (digits.size() > 1 && digits.front() == '0') {
        const char mark = char(digits[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
        digits.erase(0, mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    std::int64_t value = 0;
    const char *end = digits.data() + digits.size();
    const auto [stopped, problem] = std::from_chars(digits.data(), end, value, base);
    const bool isWhole = !digits.empty() && digits.front() != '-' && problem == std::errc() && stopped == end;
    return isWhole ? std::optional(isNegative ? -value : value) : std::nullopt;
}

class Writer
{
public:
    explicit Writer(std::size_t maxBytes) : m_left(maxBytes) {}

    bool write(const YAML::Node &node, int depth)
    {
        if (depth > deepest)
            return false;
        switch (node.Type()) {
        case YAML::NodeType::Map:
            return writeMap(node, depth);
        case YAML::NodeType::Sequence:
            return writeSequence(node, depth);
        case YAML::NodeType::Scalar:
            return add(scalar(node));
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            return add("null");
        }
        return false;
    }

    std::string take() { return std::move(m_text); }

private:
    bool add(std::string_view text)
    {
        if (text.size() > m_left)
            return false;
        m_left -= text.size();
        m_text += text;
        return true;
    }

    static std::string quoted(const std::string &text)
    {
        return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }

    static std::string scalar(const YAML::Node &node)
    {
        const std::string &text = node.Scalar();
        const bool plain = node.Tag() == "?" || node.Tag().empty();
        if (!plain)
            return quoted(text);
        if (const auto boolean = booleanOf(text))
            return *boolean ? "true" : "false";
        if (const auto integer = integerOf(text))
            return std::to_string(*integer);
        const auto number = nlohmann::json::parse(text, nullptr, false);
        return number.is_number() ? number.dump() : quoted(text);
    }

    bool writeMap(const YAML::Node &node, int depth)
    {
        bool first = true;
        if (!add("{"))
            return false;
        // What is merged in comes first, so that the map's own keys win.
        for (const auto &entry : node) {
            if (isMerge(entry.first) && !writeMerged(entry.second, depth + 1, first))
                return false;
        }
        return writeEntries(node, depth, first) && add("}");
    }

    static bool isMerge(const YAML::Node &key) { return key.IsScalar() && key.Scalar() == "<<"; }

    bool writeEntries(const YAML::Node &node, int depth, bool &first)
    {
        for (const auto &entry : node) {
            if (!entry.first.IsScalar())
                return false;
            if (isMerge(entry.first))
                continue;
            if (!add((first ? "" : ",") + quoted(entry.first.Scalar()) + ":") ||
                !write(entry.second, depth + 1))
                return false;
            first = false;
        }
        return true;
    }

    bool writeMerged(const YAML::Node &node, int depth, bool &first)
    {
        if (depth > deepest)
            return false;
        if (node.IsMap())
            return writeEntries(node, depth, first);
        // Of several, the earlier one wins.
        for (std::size_t i = node.IsSequence() ? node.size() : 0; i-- > 0;) {
            if (!node[i].IsMap() || !writeEntries(node[i], depth, first))
                return false;
        }
        return node.IsSequence();
    }

    bool writeSequence(const YAML::Node &node, int depth)
    {
        bool first = true;
        if (!add("["))
            return false;
        for (const auto &entry : node) {
            if (!add(first ? "" : ",") || !write(entry, depth + 1))
                return false;
            first = false;
        }
        return add("]");
    }

    std::string m_text;
    std::size_t m_left;
};

} // namespace

std::optional<std::string> yamlToJson(const YAML::Node &node, std::size_t maxBytes)
{
    Writer writer(maxBytes);
    if (!writer.write(node, 0))
        return std::nullopt;
    return writer.take();
}

std::vector<YAML::Node> yamlDocuments(const std::string &text)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentLimit limit(text);
    while (parser.HandleNextDocument(limit)) {
    }
    return YAML::LoadAll(text);
}

} // namespace portolan
