#include "model/policy/calico_rules.h"

#include <charconv>

namespace portolan::policy {

namespace {

bool hasPorts(IpProtocol protocol)
{
    return protocol == protocol::tcp || protocol == protocol::udp || protocol == protocol::sctp;
}

std::optional<std::uint16_t> portNumber(std::string_view text)
{
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && number != 0 ? std::optional(number) : std::nullopt;
}

/// 80, "80", "8000:9000", or a port's name.
void readPort(const SpecField &field, IpProtocol protocol, const CalicoWorld &world, TrafficMatch &match)
{
    if (field.isNumber()) {
        if (const auto number = field.number(1, 65535))
            match.ports.push_back({protocol, std::uint16_t(*number), std::uint16_t(*number)});
        return;
    }
    const std::string text = field.text();
    if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
        const auto first = portNumber(std::string_view(text).substr(0, colon));
        const auto last = portNumber(std::string_view(text).substr(colon + 1));
        if (first && last && *first <= *last)
            match.ports.push_back({protocol, *first, *last});
        else
            field.fault("is no range of ports: \"" + withoutControlCharacters(text) + "\"");
    } else if (const auto number = portNumber(text)) {
        match.ports.push_back({protocol, *number, *number});
    } else if (text.empty() || text.find_first_not_of("0123456789") == std::string::npos) {
        field.fault("is no port: \"" + text + "\"");
    } else {
        match.named.push_back({protocol, text});
        if (world.hostPortNames.count(text))
            match.unknown = "a host endpoint names a port " + text;
    }
}

void readDestinationPorts(const SpecField &field, bool negated, std::optional<IpProtocol> protocol,
                          const CalicoWorld &world, std::vector<TrafficMatch> &out)
{
    if (field.elements().empty())
        return;
    if (!protocol || !hasPorts(*protocol)) {
        field.fault("needs protocol TCP, UDP or SCTP in the same rule");
        return;
    }
    TrafficMatch match;
    match.negated = negated;
    for (const SpecField &port : field.elements())
        readPort(port, *protocol, world, match);
    out.push_back(std::move(match));
}

void readSourcePorts(const SpecField &source, std::vector<TrafficMatch> &out)
{
    for (const char *name : {"ports", "notPorts"}) {
        if (source.at(name).elements().empty())
            continue;
        TrafficMatch match;
        match.unknown = "a rule asks for the port that the client sends from";
        out.push_back(std::move(match));
    }
}

void readIcmp(const SpecField &field, bool negated, std::optional<IpProtocol> protocol,
              std::vector<TrafficMatch> &out)
{
    if (field.isAbsent())
        return;
    field.onlyKnows({"type", "code"});
    if (protocol != protocol::icmp && protocol != protocol::icmp6) {
        field.fault("needs protocol ICMP or ICMPv6 in the same rule");
        return;
    }
    const auto type = field.at("type").number(0, 254);
    const auto code = field.at("code").number(0, 255);
    if (code && !type)
        field.fault("has a code without a type");
    TrafficMatch match;
    match.negated = negated;
    match.icmp.push_back({*protocol, std::int16_t(type.value_or(-1)), std::int16_t(code.value_or(-1))});
    out.push_back(std::move(match));
}

} // namespace

std::vector<TrafficMatch> calicoTraffic(const SpecField &rule, const CalicoWorld &world)
{
    std::vector<TrafficMatch> out;
    const std::optional<IpProtocol> protocol = rule.at("protocol").protocol(true);
    if (protocol)
        out.push_back({{*protocol}, {}, {}, {}, false, {}});
    if (const auto other = rule.at("notProtocol").protocol(true))
        out.push_back({{*other}, {}, {}, {}, true, {}});
    const SpecField destination = rule.at("destination");
    readDestinationPorts(destination.at("ports"), false, protocol, world, out);
    readDestinationPorts(destination.at("notPorts"), true, protocol, world, out);
    readSourcePorts(rule.at("source"), out);
    readIcmp(rule.at("icmp"), false, protocol, out);
    readIcmp(rule.at("notICMP"), true, protocol, out);
    return out;
}

} // namespace portolan::policy
