#include "app/ctl/verdict_json.h"

#include "model/base/error.h"

#include <nlohmann/json.hpp>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json decisionJson(const policy::Decision &by)
{
    Json json = {{"direction", by.direction == policy::Direction::Ingress ? "ingress" : "egress"},
                 {"kind", by.kind},
                 {"namespace", by.object.ns},
                 {"name", by.object.name},
                 {"rule", by.rule < 0 ? Json() : Json(by.rule)},
                 {"effect", policy::effectName(by.effect)}};
    if (!by.path.empty())
        json["path"] = by.path;
    if (!by.isCertain)
        json["certain"] = false;
    if (!by.condition.empty())
        json["condition"] = by.condition;
    return json;
}

} // namespace

std::string decisionText(const policy::Decision &decision)
{
    return dumped(decisionJson(decision));
}

void appendVerdict(const policy::Verdict &verdict, bool explain, std::string &out)
{
    out += ",\"verdict\":\"";
    out += policy::outcomeName(verdict.outcome);
    out += '"';
    if (verdict.outcome == policy::Outcome::Unknown)
        out += ",\"reason\":" + dumped(verdict.reason);
    if (!explain)
        return;
    Json by = Json::array();
    for (const policy::Decision &decision : verdict.by)
        by.push_back(decisionJson(decision));
    out += ",\"by\":" + dumped(by);
}

void appendError(std::string_view why, std::string &out)
{
    out += "{\"error\":" + dumped(withoutControlCharacters(why)) + "}\n";
}

std::string withoutAnswer(std::string_view line)
{
    Json json = Json::parse(line, nullptr, false);
    for (const char *key : {"verdict", "reason", "by"})
        json.erase(key);
    std::string text = dumped(json);
    text.pop_back();
    return text;
}

} // namespace portolan::ctl
