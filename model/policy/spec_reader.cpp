#include "model/policy/spec_reader.h"

#include "model/base/ascii_case.h"
#include "model/base/json_depth.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace portolan::policy {

namespace {

using Json = nlohmann::json;

constexpr std::size_t largestSpec = std::size_t{16} << 20;
constexpr int deepest = 100;
constexpr std::size_t shownValue = 60;

const Json &absent()
{
    static const Json null;
    return null;
}

/// A value for a message: short, one line.
std::string shown(const Json &value)
{
    std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > shownValue)
        text = text.substr(0, shownValue) + "…";
    return withoutControlCharacters(text);
}

Predicate requirementPredicate(const LabelRequirement &requirement, TextOf what)
{
    using Operator = LabelRequirement::Operator;
    switch (requirement.op) {
    case Operator::In:
        return Predicate::text(what, requirement.key, TextTest::In, requirement.values);
    case Operator::NotIn:
        return !Predicate::text(what, requirement.key, TextTest::In, requirement.values);
    case Operator::Exists:
        return Predicate::hasLabel(what, requirement.key);
    case Operator::DoesNotExist:
        return !Predicate::hasLabel(what, requirement.key);
    case Operator::Unknown:
        break;
    }
    return Predicate::maybe("a selector has an operator that is not known");
}

} // namespace

Predicate selectorPredicate(const LabelSelector &selector, TextOf what)
{
    std::vector<Predicate> parts;
    for (const auto &[key, value] : selector.matchLabels)
        parts.push_back(Predicate::label(what, key, value));
    for (const LabelRequirement &requirement : selector.matchExpressions)
        parts.push_back(requirementPredicate(requirement, what));
    return Predicate::allOf(std::move(parts));
}

std::string notUnderstood(const ObjectRef &object, const OrderedPolicies &out, std::size_t mark)
{
    const std::string where = mark < out.faults.size() ? ": " + out.faults[mark].field : std::string();
    return object.toString() + " is not understood" + where;
}

SpecField::SpecField(const Json &value, std::string path, const ObjectRef &object, OrderedPolicies &out)
    : m_value(&value),
      m_path(std::move(path)),
      m_object(&object),
      m_out(&out)
{
}

void SpecField::fault(std::string text) const
{
    m_out->fault(*m_object, m_path, std::move(text));
}

bool SpecField::isAbsent() const
{
    return m_value->is_null();
}

bool SpecField::isObject() const
{
    return m_value->is_object();
}

bool SpecField::isText() const
{
    return m_value->is_string();
}

bool SpecField::isNumber() const
{
    return m_value->is_number();
}

SpecField SpecField::at(std::string_view key) const
{
    std::string path = m_path.empty() ? std::string(key) : m_path + "." + std::string(key);
    if (!m_value->is_object()) {
        if (!isAbsent())
            fault("is no object: " + shown(*m_value));
        return {absent(), std::move(path), *m_object, *m_out};
    }
    const auto member = m_value->find(key);
    return {member == m_value->end() ? absent() : *member, std::move(path), *m_object, *m_out};
}

void SpecField::onlyKnows(std::initializer_list<std::string_view> known) const
{
    if (!m_value->is_object()) {
        if (!isAbsent())
            fault("is no object: " + shown(*m_value));
        return;
    }
    for (const auto &[key, value] : m_value->items()) {
        if (std::find(known.begin(), known.end(), key) == known.end())
            at(key).fault("is a field that is not known");
    }
}

std::vector<SpecField> SpecField::elements() const
{
    std::vector<SpecField> fields;
    if (!m_value->is_array()) {
        if (!isAbsent())
            fault("is no list: " + shown(*m_value));
        return fields;
    }
    for (std::size_t i = 0; i < m_value->size(); ++i)
        fields.push_back({(*m_value)[i], m_path + "[" + std::to_string(i) + "]", *m_object, *m_out});
    return fields;
}

std::vector<std::pair<std::string, SpecField>> SpecField::members() const
{
    std::vector<std::pair<std::string, SpecField>> fields;
    if (!m_value->is_object()) {
        if (!isAbsent())
            fault("is no object: " + shown(*m_value));
        return fields;
    }
    for (const auto &[key, value] : m_value->items())
        fields.emplace_back(key, at(key));
    return fields;
}

std::string SpecField::text(std::string fallback) const
{
    if (m_value->is_string())
        return m_value->get<std::string>();
    if (!isAbsent())
        fault("is no text: " + shown(*m_value));
    return fallback;
}

std::vector<std::string> SpecField::texts() const
{
    std::vector<std::string> list;
    for (const SpecField &element : elements())
        list.push_back(element.text());
    return list;
}

bool SpecField::boolean(bool fallback) const
{
    if (m_value->is_boolean())
        return m_value->get<bool>();
    if (!isAbsent())
        fault("is neither true nor false: " + shown(*m_value));
    return fallback;
}

std::optional<std::int64_t> SpecField::number(std::int64_t least, std::int64_t most) const
{
    if (isAbsent())
        return std::nullopt;
    if (!m_value->is_number_integer()) {
        fault("is no whole number: " + shown(*m_value));
        return std::nullopt;
    }
    const bool fits =
        !m_value->is_number_unsigned() ||
        m_value->get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max());
    const std::int64_t value = fits ? m_value->get<std::int64_t>() : 0;
    if (!fits || value < least || value > most) {
        fault("is not between " + std::to_string(least) + " and " + std::to_string(most) + ": " +
              shown(*m_value));
        return std::nullopt;
    }
    return value;
}

std::optional<double> SpecField::real() const
{
    if (isAbsent())
        return std::nullopt;
    if (m_value->is_number() && std::isfinite(m_value->get<double>()))
        return m_value->get<double>();
    fault("is no number: " + shown(*m_value));
    return std::nullopt;
}

std::optional<IpRange> SpecField::network() const
{
    if (isAbsent())
        return std::nullopt;
    const std::optional<IpRange> range = m_value->is_string() ? IpRange::parse(text()) : std::nullopt;
    if (!range)
        fault("is no network: " + shown(*m_value));
    return range;
}

Predicate SpecField::labelSelector(TextOf what) const
{
    std::vector<Predicate> parts;
    onlyKnows({"matchLabels", "matchExpressions"});
    for (const auto &[key, value] : at("matchLabels").members())
        parts.push_back(Predicate::label(what, key, value.text()));
    for (const SpecField &expression : at("matchExpressions").elements()) {
        using Operator = LabelRequirement::Operator;
        static const std::pair<const char *, Operator> words[] = {{"In", Operator::In},
                                                                  {"NotIn", Operator::NotIn},
                                                                  {"Exists", Operator::Exists},
                                                                  {"DoesNotExist", Operator::DoesNotExist}};
        expression.onlyKnows({"key", "operator", "values"});
        LabelRequirement requirement{expression.at("key").text(), Operator::Unknown,
                                     expression.at("values").texts()};
        const std::string word = expression.at("operator").text();
        for (const auto &[name, op] : words)
            requirement.op = word == name ? op : requirement.op;
        const bool takesValues = requirement.op == Operator::In || requirement.op == Operator::NotIn;
        if (requirement.op == Operator::Unknown)
            expression.at("operator").fault("is an operator that is not known: \"" + word + "\"");
        else if (takesValues == requirement.values.empty()) {
            expression.at("values").fault(takesValues ? "is empty" : "has no meaning with " + word);
            requirement.op = takesValues ? Operator::Unknown : requirement.op;
        }
        parts.push_back(requirementPredicate(requirement, what));
    }
    return Predicate::allOf(std::move(parts));
}

std::optional<IpProtocol> SpecField::protocol(bool anyCase) const
{
    static const std::pair<const char *, IpProtocol> names[] = {
        {"TCP", protocol::tcp},   {"UDP", protocol::udp},      {"SCTP", protocol::sctp},
        {"ICMP", protocol::icmp}, {"ICMPv6", protocol::icmp6}, {"UDPLite", protocol::udpLite}};
    if (m_value->is_number()) {
        const auto value = number(1, 255);
        return value ? std::optional<IpProtocol>(IpProtocol(*value)) : std::nullopt;
    }
    if (isAbsent())
        return std::nullopt;
    const std::string word = text();
    for (const auto &[name, value] : names) {
        if (word == name || (anyCase && lowered(word) == lowered(name)))
            return value;
    }
    if (m_value->is_string())
        fault("is a protocol that is not known: " + shown(*m_value));
    return std::nullopt;
}

bool readSpec(const ObjectRef &object, const std::shared_ptr<const std::string> &json, OrderedPolicies &out,
              const std::function<void(const SpecField &)> &read)
{
    if (!json || json->size() > largestSpec) {
        out.fault(object, {}, json ? "is larger than 16 MiB" : "was not read");
        return false;
    }
    const bool tooDeep = nestsDeeperThan(*json, deepest);
    const Json parsed = tooDeep ? Json() : Json::parse(*json, nullptr, false);
    if (!parsed.is_object()) {
        out.fault(object, {}, tooDeep ? "is nested deeper than 100 levels" : "is no JSON object");
        return false;
    }
    read(SpecField(parsed, {}, object, out));
    return true;
}

bool readSpec(const ApiObject &object, OrderedPolicies &out,
              const std::function<void(const SpecField &)> &read)
{
    return readSpec(refOf(object), object.json, out, read);
}

std::vector<IpRange> networksOf(const SpecField &list)
{
    std::vector<IpRange> nets;
    for (const SpecField &element : list.elements()) {
        if (const auto net = element.network())
            nets.push_back(*net);
    }
    return nets;
}

} // namespace portolan::policy
