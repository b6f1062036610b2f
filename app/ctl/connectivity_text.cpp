#include "app/ctl/connectivity_text.h"

#include "app/ctl/verdict_json.h"

#include <nlohmann/json.hpp>

namespace portolan::ctl {

namespace {

using Json = nlohmann::ordered_json;
using namespace policy;

std::string dumped(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

const char *protocolName(IpProtocol number)
{
    return number == protocol::tcp ? "TCP" : number == protocol::udp ? "UDP" : "SCTP";
}

Json spansJson(const PortSpans &spans)
{
    Json list = Json::array();
    for (const PortSpan &span : spans)
        list.push_back(
            {{"protocol", protocolName(span.protocol)}, {"first", span.first}, {"last", span.last}});
    return list;
}

Json partyJson(const Party &party)
{
    if (!party.range.empty())
        return {{"range", party.range}};
    return {{"namespace", party.workload.ns}, {"kind", party.workload.type}, {"name", party.workload.name}};
}

std::string pairText(const Party &from, const Party &to)
{
    return from.text() + " => " + to.text() + ": ";
}

std::string decisionsText(const char *when, const std::vector<Decision> &decisions)
{
    std::string text;
    for (const Decision &by : decisions) {
        text +=
            std::string("    ") + when + (by.direction == Direction::Ingress ? ", ingress: " : ", egress: ");
        if (!by.kind.empty())
            text += by.kind + " " + (by.object.ns.empty() ? "" : by.object.ns + "/") + by.object.name + " ";
        if (!by.path.empty())
            text += by.path + " ";
        text += std::string(effectName(by.effect)) + "\n";
    }
    return text;
}

Json decisionsJson(const std::vector<Decision> &decisions)
{
    Json list = Json::array();
    for (const Decision &by : decisions)
        list.push_back(Json::parse(decisionText(by)));
    return list;
}

void addList(std::string &text, const char *what, const std::vector<Party> &parties)
{
    for (const Party &party : parties)
        text += std::string(what) + party.text() + "\n";
}

} // namespace

std::string connectivityText(const ConnectivityReport &report)
{
    std::string text;
    for (const Connectivity &one : report.pairs) {
        text += pairText(one.from, one.to) + portSpansText(one.allowed);
        text += (one.unknown.empty() ? "" : "; unknown " + portSpansText(one.unknown)) + "\n";
    }
    return text;
}

std::string connectivityJson(const ConnectivityReport &report)
{
    std::string text;
    for (const Connectivity &one : report.pairs)
        text += dumped({{"src", partyJson(one.from)},
                        {"dst", partyJson(one.to)},
                        {"allowed", spansJson(one.allowed)},
                        {"unknown", spansJson(one.unknown)}});
    return text;
}

std::string connectivityDiffText(const ConnectivityDiff &diff)
{
    std::string text;
    addList(text, "only before: ", diff.onlyBefore);
    addList(text, "only after: ", diff.onlyAfter);
    for (const ConnectivityChange &one : diff.changes) {
        std::string what;
        for (const auto &[word, spans] :
             {std::pair("now allowed ", &one.nowAllowed), std::pair("now denied ", &one.nowDenied),
              std::pair("now unknown ", &one.nowUnknown)}) {
            if (!spans->empty())
                what += (what.empty() ? "" : "; ") + std::string(word) + portSpansText(*spans);
        }
        text += pairText(one.from, one.to) + what + "\n";
        text += decisionsText("before", one.before) + decisionsText("after", one.after);
    }
    return text;
}

std::string connectivityDiffJson(const ConnectivityDiff &diff)
{
    std::string text;
    for (const Party &party : diff.onlyBefore)
        text += dumped({{"onlyBefore", partyJson(party)}});
    for (const Party &party : diff.onlyAfter)
        text += dumped({{"onlyAfter", partyJson(party)}});
    for (const ConnectivityChange &one : diff.changes)
        text += dumped({{"src", partyJson(one.from)},
                        {"dst", partyJson(one.to)},
                        {"nowAllowed", spansJson(one.nowAllowed)},
                        {"nowDenied", spansJson(one.nowDenied)},
                        {"nowUnknown", spansJson(one.nowUnknown)},
                        {"before", decisionsJson(one.before)},
                        {"after", decisionsJson(one.after)}});
    return text;
}

} // namespace portolan::ctl
