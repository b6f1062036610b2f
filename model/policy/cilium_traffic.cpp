#include "model/policy/cilium_world.h"

#include <algorithm>
#include <charconv>

namespace portolan::policy {

namespace {

constexpr std::size_t mostPorts = 40; ///< of one toPorts element, by Cilium's CRD

/// ANY, or nothing: TCP, UDP and SCTP.
std::vector<IpProtocol> protocolsOf(const SpecField &field)
{
    std::string word = field.text("ANY");
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return char(std::toupper(c)); });
    if (word.empty() || word == "ANY")
        return {protocol::tcp, protocol::udp, protocol::sctp};
    const auto one = field.protocol(true);
    if (one && *one != protocol::tcp && *one != protocol::udp && *one != protocol::sctp)
        field.fault("has no ports");
    return one ? std::vector<IpProtocol>{*one} : std::vector<IpProtocol>{};
}

void readPort(const SpecField &field, bool hasRanges, TrafficMatch &match)
{
    field.onlyKnows({"port", "endPort", "protocol"});
    const std::string text = field.at("port").text();
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = error == std::errc() && end == text.data() + text.size() && !text.empty();
    const bool looksNumeric = text.find_first_not_of("0123456789") == std::string::npos;
    if (!isNumber && looksNumeric) {
        field.at("port").fault(text.empty() ? "is missing" : "is no port: \"" + text + "\"");
        return;
    }
    const auto last = field.at("endPort").number(0, 65535).value_or(0);
    if (last != 0 && (!isNumber || last < number))
        field.at("endPort").fault("does not go with port \"" + withoutControlCharacters(text) + "\"");
    for (const IpProtocol protocol : protocolsOf(field.at("protocol"))) {
        if (!isNumber) {
            std::string name = text; // Cilium compares names of ports in lower case
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return char(std::tolower(c)); });
            match.named.push_back({protocol, name});
        } else if (number == 0) {
            match.ports.push_back({protocol, 0, 65535});
        } else {
            match.ports.push_back({protocol, number, std::uint16_t(last && hasRanges ? last : number)});
        }
    }
}

void append(std::string &text, const std::string &part)
{
    if (!part.empty())
        text += (text.empty() ? "" : " or ") + part;
}

/// The requests that an L7 rule lets pass, in words.
std::string conditionOf(const SpecField &element)
{
    std::string text;
    const SpecField rules = element.at("rules");
    for (const SpecField &http : rules.at("http").elements()) {
        std::string one = "HTTP";
        for (const char *part : {"method", "host", "path"}) {
            if (const std::string value = http.at(part).text(); !value.empty())
                one += " " + withoutControlCharacters(value);
        }
        append(text, one + (http.at("headers") || http.at("headerMatches") ? " with headers" : ""));
    }
    for (const SpecField &dns : rules.at("dns").elements())
        append(text,
               "DNS " + withoutControlCharacters(dns.at("matchName").text() + dns.at("matchPattern").text()));
    for (const char *other : {"kafka", "l7"}) {
        if (!rules.at(other).elements().empty())
            append(text, std::string("its ") + other + " rules");
    }
    for (const SpecField &name : element.at("serverNames").elements())
        append(text, "TLS server name " + withoutControlCharacters(name.text()));
    if (element.at("listener"))
        append(text, "the listener lets it pass");
    return text;
}

/// Cilium refuses L7 rules of several protocols, on port 0, and, but for those of DNS, without protocol TCP.
void checkRules(const SpecField &element, const std::vector<SpecField> &ports)
{
    const SpecField rules = element.at("rules");
    const bool isDns = !rules.at("dns").elements().empty();
    const int kinds = (isDns ? 1 : 0) + (rules.at("http").elements().empty() ? 0 : 1) +
                      (rules.at("kafka").elements().empty() ? 0 : 1) + (rules.at("l7proto") ? 1 : 0);
    if (kinds > 1)
        rules.fault("are of several protocols");
    for (const SpecField &port : ports) {
        std::string protocol = port.at("protocol").text();
        std::transform(protocol.begin(), protocol.end(), protocol.begin(),
                       [](unsigned char c) { return char(std::toupper(c)); });
        if (kinds > 0 && !isDns && protocol != "TCP")
            port.at("protocol").fault("has to be TCP for L7 rules");
        if (kinds > 0 && port.at("port").text() == "0")
            port.at("port").fault("is 0, which does not go with L7 rules");
    }
}

CiliumTraffic portRule(const SpecField &element, bool hasRanges)
{
    element.onlyKnows({"ports", "rules", "serverNames", "listener", "terminatingTLS", "originatingTLS"});
    element.at("rules").onlyKnows({"http", "dns", "kafka", "l7", "l7proto"});
    CiliumTraffic traffic;
    const auto ports = element.at("ports").elements();
    if (ports.size() > mostPorts)
        element.at("ports").fault("has more than 40 ports");
    for (const SpecField &port : ports)
        readPort(port, hasRanges, traffic.match);
    checkRules(element, ports);
    traffic.condition = conditionOf(element);
    return traffic;
}

/// Names of ICMP types as Cilium's policies take them (IANA, "ICMP Parameters").
std::optional<std::int16_t> icmpType(const std::string &name, bool isV6)
{
    static const std::pair<const char *, std::int16_t> v4[] = {{"EchoReply", 0},
                                                               {"DestinationUnreachable", 3},
                                                               {"Redirect", 5},
                                                               {"Echo", 8},
                                                               {"EchoRequest", 8},
                                                               {"RouterAdvertisement", 9},
                                                               {"RouterSelection", 10},
                                                               {"TimeExceeded", 11},
                                                               {"ParameterProblem", 12},
                                                               {"Timestamp", 13},
                                                               {"TimestampReply", 14},
                                                               {"Photuris", 40},
                                                               {"ExtendedEchoRequest", 42},
                                                               {"ExtendedEchoReply", 43}};
    static const std::pair<const char *, std::int16_t> v6[] = {{"DestinationUnreachable", 1},
                                                               {"PacketTooBig", 2},
                                                               {"TimeExceeded", 3},
                                                               {"ParameterProblem", 4},
                                                               {"EchoRequest", 128},
                                                               {"EchoReply", 129},
                                                               {"MulticastListenerQuery", 130},
                                                               {"MulticastListenerReport", 131},
                                                               {"MulticastListenerDone", 132},
                                                               {"RouterSolicitation", 133},
                                                               {"RouterAdvertisement", 134},
                                                               {"NeighborSolicitation", 135},
                                                               {"NeighborAdvertisement", 136},
                                                               {"RedirectMessage", 137},
                                                               {"RouterRenumbering", 138}};
    const auto find = [&](const auto &table) -> std::optional<std::int16_t> {
        for (const auto &[known, type] : table) {
            if (name == known)
                return type;
        }
        return std::nullopt;
    };
    return isV6 ? find(v6) : find(v4);
}

CiliumTraffic icmpRule(const SpecField &element)
{
    element.onlyKnows({"fields"});
    CiliumTraffic traffic;
    for (const SpecField &field : element.at("fields").elements()) {
        field.onlyKnows({"family", "type"});
        const std::string family = field.at("family").text("IPv4");
        if (family != "IPv4" && family != "IPv6")
            field.at("family").fault("is neither IPv4 nor IPv6");
        const bool isV6 = family == "IPv6";
        std::optional<std::int16_t> type;
        if (const std::string name = field.at("type").isText() ? field.at("type").text() : std::string();
            !name.empty() && name.find_first_not_of("0123456789") != std::string::npos) {
            type = icmpType(name, isV6);
        } else if (!name.empty()) {
            type = name.size() <= 3 && std::stoi(name) <= 255 ? std::optional(std::int16_t(std::stoi(name)))
                                                              : std::nullopt;
        } else if (const auto number = field.at("type").number(0, 255)) {
            type = std::int16_t(*number);
        }
        if (type)
            traffic.match.icmp.push_back({isV6 ? protocol::icmp6 : protocol::icmp, *type, -1});
        else
            field.at("type").fault("is no ICMP type");
    }
    return traffic;
}

std::vector<std::string> rangeWarnings(const SpecField &rule)
{
    std::vector<std::string> warnings;
    for (const SpecField &element : rule.at("toPorts").elements()) {
        for (const SpecField &port : element.at("ports").elements()) {
            if (const SpecField end = port.at("endPort"))
                warnings.push_back(end.path() +
                                   "\nis not read by this version of Cilium: the first port alone is meant");
        }
    }
    return warnings;
}

} // namespace

CiliumTraffics ciliumTraffic(const SpecField &rule, const CiliumWorld &world)
{
    const bool hasRanges = !world.version || *world.version >= firstWithPortRanges;
    CiliumTraffics traffics;
    for (const SpecField &element : rule.at("toPorts").elements())
        traffics.any.push_back(portRule(element, hasRanges));
    const bool hasPorts = !traffics.any.empty();
    for (const SpecField &element : rule.at("icmps").elements())
        traffics.any.push_back(icmpRule(element));
    if (hasPorts && !rule.at("icmps").elements().empty())
        rule.at("icmps").fault("stands beside toPorts");
    traffics.isNamed = !traffics.any.empty();
    if (!hasRanges)
        traffics.warnings = rangeWarnings(rule);
    return traffics;
}

} // namespace portolan::policy
