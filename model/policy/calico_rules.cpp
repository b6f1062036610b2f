#include "model/policy/calico_rules.h"

#include <algorithm>
#include <array>

namespace portolan::policy {

namespace {

/// One end of a rule: Calico's EntityRule.
struct EntityMatch
{
    Predicate endpoint = Predicate::always();
    /// A Service's endpoints with their ports: any one of them, besides `endpoint`. Empty: no Service.
    std::vector<std::pair<Predicate, TrafficMatch>> servicePorts;
};

/// Felix writes a rule for those families alone of which the list has a network.
Predicate outside(std::vector<IpRange> nets)
{
    std::vector<IpRange> families;
    for (const IpRange &net : nets)
        families.push_back(*IpRange::parse(net.isV6() ? "::/0" : "0.0.0.0/0"));
    return Predicate::inBlocks(std::move(families)) && !Predicate::inBlocks(std::move(nets));
}

bool names(const SpecField &field)
{
    return !field.isAbsent() && !(field.isText() && field.text().empty());
}

CalicoSelector orAll(std::optional<CalicoSelector> selector)
{
    return selector ? std::move(*selector) : CalicoSelector();
}

/// ServiceAccountMatch: names AND selector.
std::optional<CalicoSelector> serviceAccounts(const SpecField &field)
{
    if (field.isAbsent())
        return std::nullopt;
    field.onlyKnows({"names", "selector"});
    std::vector<CalicoSelector> parts;
    if (const auto selector = calicoSelector(field.at("selector")))
        parts.push_back(selector->withKeyPrefix(calico::serviceAccountPrefix));
    if (const auto list = field.at("names").texts(); !list.empty())
        parts.push_back(CalicoSelector::isIn(calico::serviceAccountKey, list));
    if (parts.empty())
        return std::nullopt;
    return CalicoSelector::allOf(std::move(parts));
}

/// The endpoints that selector, namespaceSelector and serviceAccounts mean together; nothing where the rule
/// has none of them. In a namespaced policy each of them, notSelector too, keeps to the namespace.
std::optional<CalicoSelector> positiveSelector(const SpecField &entity, const CalicoRuleScope &scope)
{
    const SpecField namespaces = entity.at("namespaceSelector");
    std::vector<CalicoSelector> parts;
    const auto accounts = serviceAccounts(entity.at("serviceAccounts"));
    const auto own = calicoSelector(entity.at("selector"));
    const bool hasNegative = names(entity.at("notSelector"));
    if (names(namespaces))
        parts.push_back(orAll(calicoSelector(namespaces, true))
                            .withKeyPrefix(calico::namespacePrefix)
                            .withAllMeaning(calico::namespaceKey));
    else if (!scope.ns.empty() && (accounts || own || hasNegative))
        parts.push_back(CalicoSelector::equals(calico::namespaceKey, scope.ns));
    const bool any = !parts.empty() || accounts || own;
    if (accounts)
        parts.push_back(*accounts);
    if (own)
        parts.push_back(*own);
    return any ? std::optional(CalicoSelector::allOf(std::move(parts))) : std::nullopt;
}

std::vector<IpRange> addressesOf(const EndpointSlice &slice)
{
    std::vector<IpRange> addresses;
    for (const portolan::Endpoint &endpoint : slice.endpoints) {
        for (const std::string &text : endpoint.addresses) {
            if (const auto address = IpRange::parse(text))
                addresses.push_back(*address);
        }
    }
    return addresses;
}

/// Calico takes every endpoint of the slices, ready or not; a port without a number counts for nothing.
void readService(const SpecField &field, bool withPorts, const CalicoRuleScope &scope, EntityMatch &out)
{
    if (field.isAbsent())
        return;
    field.onlyKnows({"name", "namespace"});
    const std::string name = field.at("name").text();
    const std::string ns = field.at("namespace").text(scope.ns);
    if (name.empty() || ns.empty())
        field.fault(name.empty() ? "names no service" : "needs a namespace in a global policy");
    std::vector<IpRange> all;
    for (const auto &slice : scope.context.state.endpointSlices.inNamespace(ns)) {
        if (slice->serviceName != name || slice->legacyEndpoints)
            continue;
        std::vector<IpRange> addresses = addressesOf(*slice);
        all.insert(all.end(), addresses.begin(), addresses.end());
        TrafficMatch ports;
        for (const EndpointPort &port : slice->ports) {
            if (port.number != 0)
                ports.ports.push_back({ipProtocol(port.protocol), port.number, port.number});
        }
        if (withPorts && !ports.ports.empty())
            out.servicePorts.emplace_back(Predicate::inBlocks(std::move(addresses)), std::move(ports));
    }
    const auto &gaps = scope.context.state.gaps;
    const bool unread = std::any_of(gaps.begin(), gaps.end(), [&](const ReadGap &gap) {
        return gap.resource.kind == "EndpointSlice" && (gap.ns.empty() || gap.ns == ns);
    });
    if (unread)
        out.endpoint = Predicate::maybe("the endpoints of service " + ns + "/" + name + " could not be read");
    else if (withPorts && out.servicePorts.empty())
        out.endpoint = Predicate::never();
    else if (!withPorts)
        out.endpoint = Predicate::inBlocks(std::move(all));
}

/// Calico's reference, ServiceMatch: in the source of ingress and the destination of egress rules, alone.
void checkServices(const SpecField &entity, bool isPeer, bool standsAlone)
{
    const SpecField services = entity.at("services");
    if (services.isAbsent())
        return;
    if (!isPeer)
        services.fault("stands for the policy's own end");
    if (!standsAlone)
        services.fault("stands beside another selector or network");
    if (!entity.at("ports").elements().empty() || !entity.at("notPorts").elements().empty())
        services.fault("stands beside ports");
}

EntityMatch readEntity(const SpecField &entity, bool isDestination, bool isPeer, const CalicoRuleScope &scope)
{
    EntityMatch match;
    if (entity.isAbsent())
        return match;
    entity.onlyKnows({"nets", "notNets", "selector", "notSelector", "namespaceSelector", "ports", "notPorts",
                      "serviceAccounts", "services"});
    readService(entity.at("services"), isDestination, scope, match);
    std::vector<Predicate> parts{match.endpoint};
    if (!entity.at("nets").elements().empty())
        parts.push_back(Predicate::inBlocks(networksOf(entity.at("nets"))));
    if (const auto selector = positiveSelector(entity, scope))
        parts.push_back(scope.endpoints.addressed(*selector));
    if (!entity.at("notNets").elements().empty())
        parts.push_back(outside(networksOf(entity.at("notNets"))));
    if (const auto negative = calicoSelector(entity.at("notSelector")))
        parts.push_back(!scope.endpoints.addressed(*negative));
    checkServices(entity, isPeer, parts.size() == 1);
    match.endpoint = Predicate::allOf(std::move(parts));
    return match;
}

std::optional<std::int64_t> ipVersion(const SpecField &version)
{
    const auto number = version ? version.number(4, 6) : std::nullopt;
    if (number == 5)
        version.fault("is neither 4 nor 6");
    return number;
}

Predicate familyOf(std::optional<std::int64_t> version)
{
    return version ? Predicate::inBlocks({*IpRange::parse(*version == 6 ? "::/0" : "0.0.0.0/0")})
                   : Predicate::always();
}

/// Calico's validator takes networks with their length, without bits beyond it. Nothing where it is none.
std::optional<IpRange> plainNetwork(const SpecField &net)
{
    const std::string text = net.isText() ? net.text() : std::string();
    const std::size_t slash = text.find('/');
    const auto range = IpRange::parse(text), address = IpRange::parse(text.substr(0, slash));
    if (range && slash == std::string::npos)
        net.fault("is an address, and no network");
    else if (range && address && address->first() != range->first())
        net.fault("has bits beyond its length");
    return range;
}

/// And of one family in a rule: that of ipVersion, and of ICMP or ICMPv6.
void checkFamilies(const SpecField &rule, std::optional<std::int64_t> version)
{
    std::array<bool, 2> families{version == 4, version == 6};
    for (const char *name : {"protocol", "notProtocol"}) {
        const auto protocol = rule.at(name).protocol(true);
        if (version && (protocol == protocol::icmp || protocol == protocol::icmp6))
            families[protocol == protocol::icmp6] = true;
    }
    for (const char *end : {"source", "destination"}) {
        for (const char *list : {"nets", "notNets"}) {
            for (const SpecField &net : rule.at(end).at(list).elements()) {
                if (const auto range = plainNetwork(net))
                    families[range->isV6()] = true;
            }
        }
    }
    if (families[0] && families[1])
        rule.fault("combines IPv4 and IPv6");
}

std::optional<RuleEffect> effectOf(const SpecField &action)
{
    static const std::pair<const char *, RuleEffect> words[] = {{"Allow", RuleEffect::Allow},
                                                                {"Deny", RuleEffect::Deny},
                                                                {"Pass", RuleEffect::Pass},
                                                                {"Log", RuleEffect::Log}};
    const std::string word = action.text();
    for (const auto &[name, effect] : words) {
        if (word == name)
            return effect;
    }
    action.fault("is none of Allow, Deny, Pass, Log");
    return std::nullopt;
}

/// "HTTP GET /api": what the request has to be, where an application layer policy is switched on.
std::string httpCondition(const SpecField &http)
{
    if (http.isAbsent())
        return {};
    http.onlyKnows({"methods", "paths"});
    std::string text = "HTTP";
    for (const std::string &method : http.at("methods").texts())
        text += " " + withoutControlCharacters(method);
    for (const SpecField &path : http.at("paths").elements()) {
        path.onlyKnows({"exact", "prefix"});
        if (bool(path.at("exact")) == bool(path.at("prefix")))
            path.fault("needs one of exact and prefix");
        text += " " + withoutControlCharacters(path.at("exact").text()) +
                withoutControlCharacters(path.at("prefix").text()) + (path.at("prefix") ? "*" : "");
    }
    return text;
}

/// One rule, as one compiled rule or as several where a Service's ports differ by endpoint.
class RuleReader
{
public:
    RuleReader(const SpecField &field, std::size_t index, Direction direction, const CalicoRuleScope &scope)
        : m_field(field),
          m_direction(direction),
          m_scope(scope)
    {
        m_rule.index = std::int32_t(index);
        m_rule.path = field.path();
    }

    void readInto(std::vector<Rule> &out)
    {
        const auto mark = m_field.faultCount();
        m_field.onlyKnows({"action", "protocol", "notProtocol", "icmp", "notICMP", "ipVersion", "source",
                           "destination", "http", "metadata"});
        const std::optional<RuleEffect> effect = effectOf(m_field.at("action"));
        const bool in = m_direction == Direction::Ingress;
        EntityMatch source = readEntity(m_field.at("source"), false, in, m_scope);
        EntityMatch destination = readEntity(m_field.at("destination"), true, !in, m_scope);
        const auto version = ipVersion(m_field.at("ipVersion"));
        m_rule.peer = (in ? source : destination).endpoint && familyOf(version);
        m_rule.subject = (in ? destination : source).endpoint;
        m_rule.traffic = calicoTraffic(m_field, m_scope.endpoints.world());
        checkFamilies(m_field, version);
        checkHttp(effect);
        if (m_field.faultCount() != mark) {
            addUnknown(out);
            return;
        }
        m_rule.effect = *effect;
        addRules(destination, out);
    }

private:
    void checkHttp(std::optional<RuleEffect> effect)
    {
        const SpecField http = m_field.at("http"), protocol = m_field.at("protocol");
        m_rule.condition = httpCondition(http);
        if (m_rule.condition.empty())
            return;
        if (m_direction == Direction::Egress || (effect && *effect != RuleEffect::Allow))
            http.fault("goes with Allow in ingress alone");
        if (protocol && protocol.protocol(true) != protocol::tcp)
            http.fault("goes with TCP alone");
    }

    void addUnknown(std::vector<Rule> &out)
    {
        Rule open;
        open.index = m_rule.index;
        open.path = m_rule.path;
        open.peer =
            Predicate::maybe(m_field.path() + " of " + m_field.object().toString() + " is not understood");
        for (const RuleEffect effect : {RuleEffect::Allow, RuleEffect::Deny}) {
            open.effect = effect;
            out.push_back(open);
        }
    }

    void addRules(const EntityMatch &destination, std::vector<Rule> &out)
    {
        if (destination.servicePorts.empty()) {
            out.push_back(std::move(m_rule));
            return;
        }
        for (const auto &[endpoints, ports] : destination.servicePorts) {
            Rule rule = m_rule;
            Predicate &end = m_direction == Direction::Ingress ? rule.subject : rule.peer;
            end = end && endpoints;
            rule.traffic.push_back(ports);
            out.push_back(std::move(rule));
        }
    }

    const SpecField &m_field;
    Direction m_direction;
    const CalicoRuleScope &m_scope;
    Rule m_rule;
};

} // namespace

std::optional<CalicoSelector> calicoSelector(const SpecField &field, bool mayUseGlobal)
{
    if (!names(field))
        return std::nullopt;
    Result<CalicoSelector> selector = CalicoSelector::parse(field.text());
    if (!selector) {
        field.fault("is no selector: " + selector.error().detail);
        return CalicoSelector();
    }
    if (selector->usesGlobal() && !(mayUseGlobal && selector->root().op == CalicoSelector::Op::Global))
        field.fault("uses global(), which means something alone, and in a rule's namespaceSelector");
    return std::move(selector).value();
}

std::vector<Rule> calicoRules(const SpecField &list, Direction direction, const CalicoRuleScope &scope)
{
    std::vector<Rule> rules;
    const std::vector<SpecField> elements = list.elements();
    for (std::size_t i = 0; i < elements.size(); ++i)
        RuleReader(elements[i], i, direction, scope).readInto(rules);
    return rules;
}

} // namespace portolan::policy
