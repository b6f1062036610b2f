#include "model/flows/hubble_line.h"

#include "model/base/ip_range.h"
#include "model/base/json_depth.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>
#include <utility>

namespace portolan {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 16;
constexpr std::size_t longestName = 253; // RFC 1123 subdomain

struct OddFlow
{
    std::string what;
};

const Json &member(const Json &object, const char *name)
{
    static const Json nothing;
    const auto at = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && at != object.end() ? *at : nothing;
}

std::string text(const Json &value)
{
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// A number as protobuf's JSON writes it: 64-bit ones are strings.
std::uint64_t number(const Json &value)
{
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>();
    const std::string digits = text(value);
    std::uint64_t parsed = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
    return parsed;
}

bool isName(const std::string &name)
{
    return name.size() <= longestName && std::all_of(name.begin(), name.end(), [](unsigned char c) {
               return std::islower(c) || std::isdigit(c) || c == '-' || c == '.';
           });
}

/// Whether the log takes the end for the world outside of the cluster.
bool isOutside(const Json &end)
{
    const Json &labels = member(end, "labels");
    return std::any_of(labels.begin(), labels.end(), [](const Json &label) {
        const std::string name = text(label);
        return name == "reserved:world" || name.starts_with("reserved:world-") || name.starts_with("cidr:");
    });
}

/// The pod where the log names one, else the address; not valid where it tells neither.
ObjectRef endOf(const Json &flow, const char *name)
{
    const Json &end = member(flow, name);
    const std::string ns = text(member(end, "namespace"));
    const std::string pod = text(member(end, "pod_name"));
    if (!isName(ns) || !isName(pod))
        throw OddFlow{std::string(name) + ": no pod can have that name"};
    if (!pod.empty() && !ns.empty())
        return {ObjectKind::Pod, "Pod", ns, pod};
    const std::string address = text(member(member(flow, "IP"), name));
    if (address.empty())
        return {};
    const auto parsed = IpRange::parse(address);
    if (!parsed || !parsed->isSingle())
        throw OddFlow{std::string(name) + ": not an address"};
    return {ObjectKind::Other, isOutside(end) ? "Address" : "ClusterAddress", {}, parsed->toString()};
}

/// Sets protocol and port; false where the flow has none, or is of a protocol without.
bool setPort(const Json &flow, ObservedFlow &record)
{
    for (const auto &[name, protocol] : {std::pair("TCP", Protocol::Tcp), std::pair("UDP", Protocol::Udp),
                                         std::pair("SCTP", Protocol::Sctp)}) {
        const Json &layer = member(member(flow, "l4"), name);
        const std::uint64_t port = number(member(layer, "destination_port"));
        if (!layer.is_object() || port == 0 || port > 65535)
            continue;
        record.protocol = protocol;
        record.port = std::uint16_t(port);
        return true;
    }
    return false;
}

/// True where the packet goes the way of the connection. What was dropped before anything was established
/// does not always say so: TCP's first packet is known by its flags, of other protocols the sender is taken
/// to be the one who asks.
bool isRequest(const Json &flow)
{
    const Json &isReply = member(flow, "is_reply");
    if (isReply.is_boolean())
        return !isReply.get<bool>();
    if (member(flow, "reply") == Json(true))
        return false;
    const Json &tcp = member(member(flow, "l4"), "TCP");
    if (!tcp.is_object())
        return true;
    const Json &flags = member(tcp, "flags");
    return member(flags, "SYN") == Json(true) && member(flags, "ACK") != Json(true);
}

enum class Sight { Nothing, Arrived, Dropped };

Sight sightOf(const Json &flow)
{
    const std::string type = text(member(flow, "Type"));
    const std::string verdict = text(member(flow, "verdict"));
    const std::uint64_t event = number(member(member(flow, "event_type"), "type"));
    constexpr std::uint64_t dropEvent = 1, traceEvent = 4; // pkg/monitor/api: MessageTypeDrop, -Trace
    if ((!type.empty() && type != "L3_L4") || !isRequest(flow))
        return Sight::Nothing;
    if (verdict == "DROPPED")
        return event == dropEvent ? Sight::Dropped : Sight::Nothing;
    if (verdict != "FORWARDED" || event != traceEvent)
        return Sight::Nothing;
    const std::string point = text(member(flow, "trace_observation_point"));
    const bool left = point == "TO_STACK" || point == "TO_NETWORK";
    return point == "TO_ENDPOINT" || (left && isOutside(member(flow, "destination"))) ? Sight::Arrived
                                                                                      : Sight::Nothing;
}

std::string reasonOf(const Json &flow)
{
    const std::string reason = text(member(flow, "drop_reason_desc"));
    const bool isCode = reason.size() <= 64 && std::all_of(reason.begin(), reason.end(), [](unsigned char c) {
                            return std::isupper(c) || std::isdigit(c) || c == '_';
                        });
    return isCode ? reason : std::string();
}

std::optional<ObservedFlow> recordOf(const Json &flow, WallTime at)
{
    ObservedFlow record;
    const Sight sight = sightOf(flow);
    if (sight == Sight::Nothing || !setPort(flow, record))
        return std::nullopt;
    record.source = endOf(flow, "source");
    record.destination = endOf(flow, "destination");
    if (!record.source.isValid() || !record.destination.isValid())
        return std::nullopt;
    if (sight == Sight::Dropped) {
        record.dropped = 1;
        record.droppedAt = at;
        record.dropReason = reasonOf(flow);
    } else {
        record.forwarded = 1;
        record.forwardedAt = at;
    }
    return record;
}

Error wrong(const std::string &what)
{
    return {ErrorCode::InvalidInput, "a line of the flow log makes no sense: " + what, {}};
}

} // namespace

Result<HubbleLine> readHubbleLine(std::string_view line)
{
    if (nestsDeeperThan(line, deepest))
        return wrong("nested too deep");
    const Json root = Json::parse(line, nullptr, false);
    if (!root.is_object())
        return wrong("no JSON object");
    try {
        HubbleLine told;
        const Json &flow = member(root, "flow");
        const Json &gap = member(root, "lost_events");
        // Whoever asks for more than the ring holds gets one such event for what was overwritten: that is no
        // gap in what the ring holds.
        const bool isGap = text(member(gap, "source")) != "HUBBLE_RING_BUFFER";
        const std::uint64_t lost = isGap ? number(member(gap, "num_events_lost")) : 0;
        told.lost = std::uint32_t(std::min<std::uint64_t>(lost, UINT32_MAX));
        told.at = parseRfc3339(text(member(flow, "time"))).value_or(WallTime{});
        if (flow.is_object())
            told.record = recordOf(flow, told.at);
        return told;
    } catch (const OddFlow &odd) {
        return wrong(odd.what);
    }
}

} // namespace portolan
