#include "app/ctl/check_lines.h"

#include "app/ctl/verdict_json.h"
#include "model/policy/icmp_kinds.h"
#include "model/policy/service_backends.h"
#include "model/policy/workload_parties.h"

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace portolan::ctl {

using namespace policy;
using policy::Endpoint;

namespace {

constexpr std::size_t mostEnds = 1'000'000; // remembered; past it the table starts anew

/// A line that makes no sense, and why.
struct BadLine
{
    std::string why;
};

/// What "src" or "dst" names.
struct End
{
    std::vector<EndpointId> ids; ///< several for a workload
    std::optional<IpRange::Address> outside;
    /// Of a pod with addresses of both families, the one by which it was named: that family is meant.
    std::optional<IpRange::Address> address;
    const Service *service = nullptr; ///< whose address `outside` is
    bool isNode = false;              ///< of the host's network: Services may listen there
    const Service *shared = nullptr;  ///< whose address a node's is, too (a load balancer on nodes)
    bool hasTwin = false;             ///< the one pod stands for several of a workload
    std::string problem;              ///< names nothing: the line is bad
    std::string takesNone;            ///< why it takes part in no connection: the verdict is unknown
};

struct TextHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept
    {
        return std::hash<std::string_view>{}(text);
    }
};

struct Check
{
    std::string_view source;
    std::string_view destination;
    Traffic traffic;
    std::optional<std::uint8_t> icmpType;
    std::optional<std::uint8_t> icmpCode;
    bool hasAnswerFields = false;
};

bool isWithPorts(IpProtocol p)
{
    return p == protocol::tcp || p == protocol::udp || p == protocol::sctp;
}

bool isIcmp(IpProtocol p)
{
    return p == protocol::icmp || p == protocol::icmp6;
}

IpProtocol protocolOf(std::string_view word)
{
    static constexpr std::pair<std::string_view, IpProtocol> names[] = {
        {"TCP", protocol::tcp},     {"UDP", protocol::udp},   {"SCTP", protocol::sctp},
        {"tcp", protocol::tcp},     {"udp", protocol::udp},   {"sctp", protocol::sctp},
        {"ICMP", protocol::icmp},   {"icmp", protocol::icmp}, {"ICMPv6", protocol::icmp6},
        {"icmpv6", protocol::icmp6}};
    for (const auto &[name, value] : names) {
        if (name == word)
            return value;
    }
    throw BadLine{"proto is TCP, UDP, SCTP, ICMP or ICMPv6"};
}

bool isLoopback(const IpRange &address)
{
    static const std::array own{*IpRange::parse("127.0.0.0/8"), *IpRange::parse("::1"),
                                *IpRange::parse("0.0.0.0"), *IpRange::parse("::")};
    return std::any_of(own.begin(), own.end(), [&](const IpRange &range) { return range.contains(address); });
}

/// Adds one more verdict about the same check. False where it is another one: then nobody can tell which.
bool agrees(std::optional<Verdict> &all, Verdict one, const char *why)
{
    if (!all) {
        all = std::move(one);
        return true;
    }
    if (all->outcome == one.outcome)
        return true;
    all->outcome = Outcome::Unknown;
    all->reason = why;
    all->by.insert(all->by.end(), one.by.begin(), one.by.end());
    return false;
}

} // namespace

struct CheckAnswerer::Private
{
    Private(const PolicyModel &m, bool e) : model(m), explain(e), verdicts(m), services(m.endpoints())
    {
        for (const auto &service : m.endpoints().state().services) {
            for (const ServicePort &port : service->ports) {
                if (port.nodePort != 0)
                    nodePorts.emplace(std::pair(ipProtocol(port.protocol), port.nodePort), service.get());
            }
        }
    }

    const PolicyModel &model;
    const bool explain;
    PairVerdicts verdicts;
    const ServiceAddresses services;
    std::map<std::pair<IpProtocol, std::uint16_t>, const Service *> nodePorts;
    simdjson::ondemand::parser parser;
    std::unordered_map<std::string, End, TextHash, std::equal_to<>> ends;
    using Icmp = std::tuple<IpProtocol, std::optional<std::uint8_t>, std::optional<std::uint8_t>>;
    std::map<Icmp, std::vector<Traffic>> icmp; ///< see icmpKinds()

    Check parse(std::string_view line);
    const End &endOf(std::string_view text);
    End findEnd(std::string_view text) const;
    const Service *serviceOnNode(const End &end, const Traffic &traffic) const;
    Outcome outcome(const End &from, const End &to, const Traffic &traffic);
    Outcome one(EndpointId from, EndpointId to, const Traffic &traffic)
    {
        return verdicts.outcome(from, to, traffic);
    }
    Verdict explained(const End &from, const End &to, const Traffic &traffic) const;
    Verdict ofIcmp(const End &from, const End &to, const Check &check);
    Verdict throughService(const End &from, const End &to, const Traffic &traffic) const;
    void answerCheck(std::string_view line, const Check &check, std::string &out);
};

CheckAnswerer::CheckAnswerer(const PolicyModel &model, bool explain)
    : d(std::make_unique<Private>(model, explain))
{
}

CheckAnswerer::~CheckAnswerer() = default;

Check CheckAnswerer::Private::parse(std::string_view line)
{
    const auto text = [](auto &&value, const char *what) {
        std::string_view view;
        if (value.get_string().get(view))
            throw BadLine{std::string(what) + " is no text"};
        return view;
    };
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    if (parser.iterate(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING).get(document) ||
        document.get_object().get(object))
        throw BadLine{"is no JSON object"};
    Check check;
    std::int64_t port = -1;
    bool hasProto = false;
    bool hasOthers = false;
    for (auto field : object) {
        std::string_view key;
        if (field.unescaped_key().get(key))
            throw BadLine{"is no valid JSON"};
        if (key == "src") {
            check.source = text(field.value(), "src");
        } else if (key == "dst") {
            check.destination = text(field.value(), "dst");
        } else if (key == "proto") {
            check.traffic.protocol = protocolOf(text(field.value(), "proto"));
            hasProto = true;
        } else if (key == "port") {
            if (field.value().get_int64().get(port) || port < 1 || port > 65535)
                throw BadLine{"port is a number from 1 to 65535"};
        } else if (key == "icmpType" || key == "icmpCode") {
            std::int64_t number = -1;
            if (field.value().get_int64().get(number) || number < 0 || number > 255)
                throw BadLine{std::string(key) + " is a number from 0 to 255"};
            (key == "icmpType" ? check.icmpType : check.icmpCode) = std::uint8_t(number);
        } else {
            hasOthers = true;
            check.hasAnswerFields |= key == "verdict" || key == "reason" || key == "by";
        }
    }
    // What is not looked at is skipped as it is, and would be echoed so.
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS ||
        (hasOthers && !nlohmann::json::accept(line)))
        throw BadLine{"is no valid JSON"};
    if (check.source.empty() || check.destination.empty())
        throw BadLine{check.source.empty() ? "src is missing" : "dst is missing"};
    if (!hasProto)
        throw BadLine{"proto is missing"};
    if (port < 0 && isWithPorts(check.traffic.protocol))
        throw BadLine{"port is missing"};
    check.traffic.port = isWithPorts(check.traffic.protocol) ? std::uint16_t(port) : 0;
    return check;
}

/// The Service that answers at a node's address and that port.
const Service *CheckAnswerer::Private::serviceOnNode(const End &end, const Traffic &traffic) const
{
    if (!end.isNode)
        return nullptr;
    const auto known = nodePorts.find({traffic.protocol, traffic.port});
    if (known != nodePorts.end())
        return known->second;
    const auto isAsked = [&](const ServicePort &port) {
        return ipProtocol(port.protocol) == traffic.protocol && port.port == traffic.port;
    };
    const bool isShared =
        end.shared && std::any_of(end.shared->ports.begin(), end.shared->ports.end(), isAsked);
    return isShared ? end.shared : nullptr;
}

const End &CheckAnswerer::Private::endOf(std::string_view text)
{
    const auto known = ends.find(text);
    if (known != ends.end())
        return known->second;
    return ends.emplace(std::string(text), findEnd(text)).first->second;
}

End CheckAnswerer::Private::findEnd(std::string_view text) const
{
    End end;
    const EndpointTable &table = model.endpoints();
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        const auto range = IpRange::parse(text);
        if (!range) {
            end.problem = "\"" + std::string(text) + "\" is neither namespace/name nor an IP address";
            return end;
        }
        if (isLoopback(*range)) {
            end.takesNone = range->toString() + " leaves no pod: no policy is asked";
            return end;
        }
        const EndpointId id = table.withAddress(range->first());
        if (id == noEndpoint)
            end.outside = range->first();
        else
            end.ids = {id};
        end.isNode = id != noEndpoint && id >= table.podCount();
        if (end.isNode)
            end.shared = services.find(range->first());
        if (id != noEndpoint && table.family(id) == EndpointTable::Family::Several)
            end.address = range->first();
        if (end.outside)
            end.service = services.find(*end.outside);
        if (end.outside && !end.service)
            end.takesNone = mayBeUnreadPod(table.state(), *end.outside);
        return end;
    }
    const std::string_view ns = text.substr(0, slash);
    const std::string_view name = text.substr(slash + 1);
    const Workload *workload = table.state().workloads.find(ns, name);
    const bool isSeveral = workload && (workload->desired > 1 || workload->kind == "DaemonSet");
    // The pod that a template stands for has the workload's name.
    if (const EndpointId id = table.find(ns, name); id != noEndpoint) {
        // Workloads of several kinds may have one name: then all of them are meant.
        end.ids = workload ? table.podsOfWorkload(ns, name) : std::vector<EndpointId>();
        const bool isTemplate = std::find(end.ids.begin(), end.ids.end(), id) != end.ids.end();
        if (!isTemplate)
            end.ids = {id};
        end.hasTwin = isTemplate && isSeveral && end.ids.size() == 1;
        return end;
    }
    if (table.state().pods.find(ns, name)) {
        end.takesNone = std::string(text) + " has finished or has no address yet";
        return end;
    }
    end.ids = table.podsOfWorkload(ns, name);
    end.hasTwin = end.ids.size() == 1 && isSeveral;
    if (!end.ids.empty())
        return end;
    const bool mayBeHidden =
        isUnread(table.state(), ObjectKind::Namespace) && !table.state().namespaces.find({}, ns);
    if (mayBeHidden || isUnread(table.state(), ObjectKind::Pod, ns))
        end.takesNone = "the pods of namespace " + std::string(ns) + " could not be read";
    else if (workload)
        end.takesNone = std::string(text) + " has no pods";
    else
        end.problem = "there is no pod or workload " + std::string(text);
    return end;
}

Outcome CheckAnswerer::Private::outcome(const End &from, const End &to, const Traffic &traffic)
{
    if (from.outside && to.outside)
        return Outcome::Allow;
    if (from.address || to.address)
        return explained(from, to, traffic).outcome;
    if (from.outside || to.outside) {
        const std::vector<EndpointId> &ids = from.outside ? to.ids : from.ids;
        std::optional<Outcome> all;
        for (const EndpointId id : ids) {
            const Outcome verdict = from.outside ? verdicts.outcomeFrom(*from.outside, id, traffic)
                                                 : verdicts.outcomeTo(id, *to.outside, traffic);
            all = all && *all != verdict ? Outcome::Unknown : verdict;
        }
        return all.value_or(Outcome::Unknown);
    }
    if (from.hasTwin && from.ids == to.ids)
        return explained(from, to, traffic).outcome;
    if (from.ids.size() == 1 && to.ids.size() == 1)
        return one(from.ids.front(), to.ids.front(), traffic);
    std::optional<Outcome> all;
    for (const EndpointId source : from.ids) {
        for (const EndpointId destination : to.ids) {
            // Of a workload's pods one does not stand for the connection with itself.
            if (source == destination && from.ids.size() * to.ids.size() > 1)
                continue;
            const Outcome verdict = one(source, destination, traffic);
            all = all && *all != verdict ? Outcome::Unknown : verdict;
        }
    }
    return all.value_or(Outcome::Allow);
}

Verdict CheckAnswerer::Private::explained(const End &from, const End &to, const Traffic &traffic) const
{
    const auto endpointsOf = [&](const End &end) {
        std::vector<Endpoint> endpoints;
        for (const EndpointId id : end.ids) {
            endpoints.push_back(model.endpoints().endpoint(id));
            if (end.address)
                endpoints.back().addresses = {*end.address};
        }
        if (end.outside)
            endpoints.push_back(EndpointTable::external(*end.outside));
        return endpoints;
    };
    const std::vector<Endpoint> sources = endpointsOf(from);
    std::vector<Endpoint> destinations = endpointsOf(to);
    if (from.hasTwin && from.ids == to.ids)
        destinations.front() = twinOf(std::move(destinations.front()));
    std::optional<Verdict> all;
    for (const Endpoint &source : sources) {
        for (const Endpoint &destination : destinations) {
            const bool self = source.ref.isValid() && source.ref == destination.ref;
            if (self && sources.size() * destinations.size() > 1)
                continue;
            if (!agrees(all, model.explain(source, destination, traffic), "pods of the workload differ"))
                return *all;
        }
    }
    return all.value_or(Verdict{});
}

/// Of messages of every type, where none is named: they may be told apart.
Verdict CheckAnswerer::Private::ofIcmp(const End &from, const End &to, const Check &check)
{
    std::optional<Verdict> all;
    auto &kinds = icmp[{check.traffic.protocol, check.icmpType, check.icmpCode}];
    if (kinds.empty())
        kinds = icmpKinds(model.policies(), check.traffic.protocol, check.icmpType, check.icmpCode);
    for (const Traffic &kind : kinds) {
        if (!agrees(all, explained(from, to, kind),
                    "rules tell ICMP messages apart: name icmpType and icmpCode"))
            break;
    }
    return *all;
}

/// What is dialled is translated before policies are asked.
Verdict CheckAnswerer::Private::throughService(const End &from, const End &to, const Traffic &traffic) const
{
    Verdict unknown;
    unknown.outcome = Outcome::Unknown;
    const std::string name = "Service " + to.service->meta.ns + "/" + to.service->meta.name;
    const ServiceTarget target = services.target(*to.service, to.outside->v6, traffic);
    unknown.reason =
        from.outside ? "a node may stand in for the source on its way to " + name : target.problem;
    if (!unknown.reason.empty())
        return unknown;
    std::optional<Verdict> all;
    for (const ServiceBackend &backend : target.backends) {
        End end;
        if (backend.id != noEndpoint)
            end.ids = {backend.id};
        else
            end.outside = backend.address;
        const bool isSelf = backend.id != noEndpoint && from.ids == end.ids;
        End source = from;
        source.hasTwin = isSelf; // whether a pod that comes back to itself that way is exempt, differs
        Verdict one = explained(source, end, {traffic.protocol, backend.port, 0, 0});
        if (isSelf && one.outcome == Outcome::Deny) {
            one.outcome = Outcome::Unknown;
            one.reason = "a pod reaches itself by way of " + name;
        }
        if (!agrees(all, std::move(one), "the endpoints of the Service differ"))
            break;
    }
    return *all;
}

void CheckAnswerer::Private::answerCheck(std::string_view line, const Check &check, std::string &out)
{
    const End &from = endOf(check.source);
    const End &to = endOf(check.destination);
    for (const End *end : {&from, &to}) {
        if (!end->problem.empty())
            throw BadLine{end->problem};
    }
    Verdict verdict;
    if (!from.takesNone.empty() || !to.takesNone.empty()) {
        verdict.outcome = Outcome::Unknown;
        verdict.reason = from.takesNone.empty() ? to.takesNone : from.takesNone;
    } else if (from.service) {
        verdict.outcome = Outcome::Unknown;
        verdict.reason = std::string(check.source) + " is an address of a Service: nothing comes from it";
    } else if (const Service *service = serviceOnNode(to, check.traffic)) {
        // Its policies are asked after the translation, and whose address the packet has by then is not
        // known.
        verdict.outcome = Outcome::Unknown;
        verdict.reason = std::string(check.destination) + " passes this on to Service " + service->meta.ns +
                         "/" + service->meta.name + ": its endpoints' policies are asked";
    } else if (to.service) {
        verdict = throughService(from, to, check.traffic);
    } else if (isIcmp(check.traffic.protocol)) {
        verdict = ofIcmp(from, to, check);
    } else if (explain) {
        verdict = explained(from, to, check.traffic);
    } else {
        verdict.outcome = outcome(from, to, check.traffic);
        if (verdict.outcome == Outcome::Unknown)
            verdict.reason = explained(from, to, check.traffic).reason;
    }
    if (check.hasAnswerFields) {
        out += withoutAnswer(line);
    } else {
        const std::size_t brace = line.rfind('}');
        out.append(line.data(), brace);
    }
    appendVerdict(verdict, explain, out);
    out += "}\n";
}

bool CheckAnswerer::answer(std::string_view line, std::string &out)
{
    const std::size_t before = out.size();
    if (d->ends.size() > mostEnds)
        d->ends.clear();
    try {
        d->answerCheck(line, d->parse(line), out);
        return true;
    } catch (const BadLine &bad) {
        out.resize(before);
        appendError(bad.why, out);
        return false;
    }
}

} // namespace portolan::ctl
