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
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace portolan {

namespace {

constexpr int deepest = 64;

/// Counts what each document holds, and refuses more documents than there can be: each but the first begins
/// with a line of its own.
class DocumentCounter final : public YAML::EventHandler
{
public:
    explicit DocumentCounter(const std::string &text)
        : m_left(1 + std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r'))
    {
    }

    const std::vector<std::size_t> &values() const { return m_values; }

    void OnDocumentStart(const YAML::Mark &mark) override
    {
        if (m_left-- <= 0)
            throw YAML::ParserException(mark, "something that no document can begin with");
        m_values.push_back(0);
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override { ++m_values.back(); }
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override { ++m_values.back(); }
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override
    {
        ++m_values.back();
    }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        ++m_values.back();
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
        ++m_values.back();
    }
    void OnMapEnd() override {}

private:
    std::ptrdiff_t m_left;
    std::vector<std::size_t> m_values;
};

/// Why a node cannot be written.
struct Refusal
{
    std::string why;
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
    Writer(std::size_t maxBytes, std::size_t &nodesLeft) : m_left(maxBytes), m_nodesLeft(nodesLeft) {}

    void write(const YAML::Node &node, int depth)
    {
        countNode();
        refuseDeeper(depth);
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
    }

    std::string take() { return std::move(m_text); }

private:
    void add(std::string_view text)
    {
        if (text.size() > m_left)
            throw Refusal{"is too large"};
        m_left -= text.size();
        m_text += text;
    }

    /// An alias costs its writer a few letters, and the reader all that it stands for.
    void countNode()
    {
        if (m_nodesLeft == 0)
            throw Refusal{"holds too many values, aliases written out"};
        --m_nodesLeft;
    }

    static void refuseDeeper(int depth)
    {
        if (depth > deepest)
            throw Refusal{"nests deeper than 64 levels or refers to itself"};
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

    void writeMap(const YAML::Node &node, int depth)
    {
        bool first = true;
        add("{");
        // What is merged in comes first, so that the map's own keys win.
        for (const auto &entry : node) {
            if (isMerge(entry.first))
                writeMerged(entry.second, depth + 1, first);
        }
        writeEntries(node, depth, first);
        add("}");
    }

    static bool isMerge(const YAML::Node &key) { return key.IsScalar() && key.Scalar() == "<<"; }

    /// Of a key that is there twice programs take the one or the other (YAML 1.2.2, 3.2.1.3 forbids it).
    void writeEntries(const YAML::Node &node, int depth, bool &first)
    {
        std::set<std::string> keys;
        for (const auto &entry : node) {
            countNode();
            if (!entry.first.IsScalar())
                throw Refusal{"has a key that is no text"};
            if (isMerge(entry.first))
                continue;
            if (!keys.insert(entry.first.Scalar()).second)
                throw Refusal{"has the key " + quoted(entry.first.Scalar()) + " twice in one map"};
            add((first ? "" : ",") + quoted(entry.first.Scalar()) + ":");
            write(entry.second, depth + 1);
            first = false;
        }
    }

    void writeMerged(const YAML::Node &node, int depth, bool &first)
    {
        refuseDeeper(depth);
        if (node.IsMap())
            return writeEntries(node, depth, first);
        if (!node.IsSequence())
            throw Refusal{"merges something that is no map"};
        // Of several, the earlier one wins.
        for (std::size_t i = node.size(); i-- > 0;) {
            countNode();
            if (!node[i].IsMap())
                throw Refusal{"merges something that is no map"};
            writeEntries(node[i], depth, first);
        }
    }

    void writeSequence(const YAML::Node &node, int depth)
    {
        bool first = true;
        add("[");
        for (const auto &entry : node) {
            add(first ? "" : ",");
            write(entry, depth + 1);
            first = false;
        }
        add("]");
    }

    std::string m_text;
    std::size_t m_left;
    std::size_t &m_nodesLeft;
};

} // namespace

Result<std::string> yamlToJson(const YAML::Node &node, std::size_t maxBytes, std::size_t &nodesLeft)
{
    Writer writer(maxBytes, nodesLeft);
    try {
        writer.write(node, 0);
    } catch (const Refusal &refusal) {
        return Error{ErrorCode::InvalidInput, refusal.why, {}};
    }
    return writer.take();
}

std::vector<YamlDocument> yamlDocuments(const std::string &text)
{
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    DocumentCounter counter(text);
    while (parser.HandleNextDocument(counter)) {
    }
    const std::vector<YAML::Node> nodes = YAML::LoadAll(text);
    std::vector<YamlDocument> documents;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        documents.push_back({nodes[i], i < counter.values().size() ? counter.values()[i] : 0});
    return documents;
}

} // namespace portolan
