#include "tests/fakes/random_policies.h"

#include <nlohmann/json.hpp>

namespace portolan::fakes {

namespace {

using Json = nlohmann::json;
using namespace policy;

class Maker
{
public:
    explicit Maker(Random &random) : m_random(random) {}

    int upTo(int most) { return int(m_random() % unsigned(most + 1)); }
    bool once(int in) { return upTo(in - 1) == 0; }
    template<class T>
    T oneOf(std::initializer_list<T> list)
    {
        return *(list.begin() + upTo(int(list.size()) - 1));
    }
    std::string key() { return oneOf<std::string>({"app", "tier", "zone"}); }
    std::string value() { return oneOf<std::string>({"a", "b", "c"}); }
    std::string ns() { return oneOf<std::string>({"one", "two", "three"}); }
    std::string cidr()
    {
        return oneOf<std::string>({"10.0.0.0/8", "10.0.0.0/30", "10.0.0.4/30", "10.0.0.2/32", "0.0.0.0/0",
                                   "192.168.0.0/24", "203.0.113.0/24", "fd00::/16", "fd00::2/127"});
    }

    Json labels()
    {
        Json labels = Json::object();
        for (int i = upTo(2); i > 0; --i)
            labels[key()] = value();
        return labels;
    }

    Json selector()
    {
        Json selector = Json::object();
        if (once(2))
            selector["matchLabels"][key()] = value();
        if (once(3)) {
            const bool valued = once(2);
            Json expression = {{"key", key()},
                               {"operator", valued ? oneOf<std::string>({"In", "NotIn"})
                                                   : oneOf<std::string>({"Exists", "DoesNotExist"})}};
            if (valued)
                expression["values"] = {value(), value()};
            selector["matchExpressions"] = Json::array({expression});
        }
        return selector;
    }

    Random &m_random;
};

class ClusterWriter : Maker
{
public:
    ClusterWriter(Random &random, PolicyMix mix) : Maker(random), m_mix(mix) {}

    std::string write()
    {
        for (const char *name : {"one", "two", "three"})
            m_items.push_back({{"apiVersion", "v1"},
                               {"kind", "Namespace"},
                               {"metadata", {{"name", name}, {"labels", labels()}}}});
        for (int i = 0; i < 2; ++i)
            m_items.push_back(
                {{"apiVersion", "v1"},
                 {"kind", "Node"},
                 {"metadata", {{"name", nodeName(i)}, {"labels", labels()}}},
                 {"status",
                  {{"addresses", Json::array({{{"type", "InternalIP"},
                                               {"address", "192.168.0." + std::to_string(i + 1)}}})}}}});
        for (int i = 0; i < 9; ++i)
            m_items.push_back(pod(i));
        for (int i = 1 + upTo(5); i > 0; --i)
            addPolicy(i);
        // In every other one; what is random goes on as it would.
        if ((m_mix == PolicyMix::Cilium || m_mix == PolicyMix::All) && m_items.size() % 2 == 0)
            m_items.push_back({{"apiVersion", "v1"},
                               {"kind", "ConfigMap"},
                               {"metadata", {{"name", "cilium-config"}, {"namespace", "kube-system"}}},
                               {"data", {{"enable-sctp", "true"}}}});
        return Json{{"apiVersion", "v1"}, {"kind", "List"}, {"items", m_items}}.dump();
    }

private:
    static std::string nodeName(int i) { return "node-" + std::to_string(i); }

    Json pod(int i)
    {
        Json ports = Json::array();
        if (once(2))
            ports.push_back({{"name", "web"},
                             {"containerPort", oneOf({80, 81})},
                             {"protocol", oneOf<std::string>({"TCP", "UDP"})}});
        Json ips = Json::array();
        if (!once(6))
            ips.push_back({{"ip", "10.0.0." + std::to_string(i)}});
        if (once(3))
            ips.push_back({{"ip", "fd00::" + std::to_string(i)}});
        Json pod = {
            {"apiVersion", "v1"},
            {"kind", "Pod"},
            {"metadata", {{"name", "pod-" + std::to_string(i)}, {"namespace", ns()}, {"labels", labels()}}},
            {"spec",
             {{"nodeName", nodeName(upTo(1))},
              {"serviceAccountName", oneOf<std::string>({"default", "robot"})},
              {"containers", Json::array({{{"name", "c"}, {"ports", ports}}})}}}};
        if (!ips.empty())
            pod["status"] = {{"phase", "Running"}, {"podIP", ips[0]["ip"]}, {"podIPs", ips}};
        return pod;
    }

    void addPolicy(int i)
    {
        PolicyMix kind = m_mix;
        if (kind == PolicyMix::All)
            kind = oneOf({PolicyMix::NetworkPolicies, PolicyMix::Admin, PolicyMix::Cluster, PolicyMix::Cilium,
                          PolicyMix::Calico});
        const std::string name = "p" + std::to_string(i);
        switch (kind) {
        case PolicyMix::NetworkPolicies:
            return add("networking.k8s.io/v1", "NetworkPolicy", name, true, networkPolicy());
        case PolicyMix::Admin:
            if (once(4))
                return add("policy.networking.k8s.io/v1alpha1", "BaselineAdminNetworkPolicy", "default",
                           false, wgPolicy(true, true));
            return add("policy.networking.k8s.io/v1alpha1", "AdminNetworkPolicy", name, false,
                       wgPolicy(true, false));
        case PolicyMix::Cluster:
            return add("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", name, false,
                       wgPolicy(false, false));
        case PolicyMix::Cilium:
            if (once(3))
                return add("cilium.io/v2", "CiliumClusterwideNetworkPolicy", name, false, ciliumPolicy());
            return add("cilium.io/v2", "CiliumNetworkPolicy", name, true, ciliumPolicy());
        case PolicyMix::Calico:
            return addCalico(name);
        case PolicyMix::All:
            return;
        }
    }

    void add(const char *version, const char *kind, const std::string &name, bool namespaced, Json spec)
    {
        Json meta = {{"name", name}};
        if (namespaced)
            meta["namespace"] = ns();
        m_items.push_back(
            {{"apiVersion", version}, {"kind", kind}, {"metadata", meta}, {"spec", std::move(spec)}});
    }

    Json ports()
    {
        Json ports = Json::array();
        for (int i = upTo(2); i > 0; --i) {
            Json port = {{"protocol", oneOf<std::string>({"TCP", "UDP"})}};
            if (once(3))
                port["port"] = "web";
            else if (once(2))
                port["port"] = 80;
            if (port.contains("port") && port["port"].is_number() && once(3))
                port["endPort"] = 90;
            ports.push_back(port);
        }
        return ports;
    }

    Json networkPolicy()
    {
        Json spec = {{"podSelector", selector()}};
        spec["policyTypes"] = oneOf<Json>({{"Ingress"}, {"Egress"}, {"Ingress", "Egress"}});
        for (const bool in : {true, false}) {
            for (int r = upTo(2); r > 0; --r) {
                Json rule = Json::object();
                for (int p = upTo(2); p > 0; --p) {
                    Json peer = Json::object();
                    if (once(3)) {
                        peer["ipBlock"]["cidr"] =
                            oneOf<std::string>({"10.0.0.0/8", "0.0.0.0/0", "fd00::/16"});
                        if (peer["ipBlock"]["cidr"] == "10.0.0.0/8" && once(2))
                            peer["ipBlock"]["except"] = {"10.0.0.4/30"};
                    } else {
                        peer["podSelector"] = selector();
                        if (once(2))
                            peer["namespaceSelector"] = selector();
                    }
                    rule[in ? "from" : "to"].push_back(peer);
                }
                if (once(2))
                    rule["ports"] = ports();
                spec[in ? "ingress" : "egress"].push_back(rule);
            }
        }
        return spec;
    }

    Json wgPolicy(bool old, bool baseline)
    {
        Json spec = {{"subject", once(2) ? Json{{"namespaces", selector()}} : podsPeer()}};
        if (!baseline)
            spec["priority"] = upTo(3);
        if (!old)
            spec["tier"] = oneOf<std::string>({"Admin", "Baseline"});
        for (const bool in : {true, false}) {
            for (int r = upTo(3); r > 0; --r) {
                Json rule = {{"action", oneOf<std::string>(
                                            {old ? "Allow" : "Accept", "Deny", baseline ? "Deny" : "Pass"})}};
                Json &peers = rule[in ? "from" : "to"];
                for (int p = 1 + upTo(1); p > 0; --p)
                    peers.push_back(wgPeer(in));
                if (once(2))
                    rule[old ? "ports" : "protocols"] = old ? oldPorts() : newPorts();
                spec[in ? "ingress" : "egress"].push_back(rule);
            }
        }
        return spec;
    }

    Json podsPeer() { return {{"pods", {{"namespaceSelector", selector()}, {"podSelector", selector()}}}}; }

    Json wgPeer(bool in)
    {
        if (!in && once(3))
            return once(2) ? Json{{"networks", {cidr()}}} : Json{{"nodes", selector()}};
        if (!in && once(6))
            return {{"domainNames", {"example.org"}}};
        return once(2) ? Json{{"namespaces", selector()}} : podsPeer();
    }

    Json oldPorts()
    {
        return Json::array(
            {oneOf<Json>({{{"namedPort", "web"}},
                          {{"portNumber", {{"protocol", "TCP"}, {"port", 80}}}},
                          {{"portRange", {{"protocol", "UDP"}, {"start", 80}, {"end", 90}}}}})});
    }

    Json newPorts()
    {
        return Json::array({oneOf<Json>({{{"destinationNamedPort", "web"}},
                                         {{"tcp", {{"destinationPort", {{"number", 80}}}}}},
                                         {{"udp", Json::object()}}})});
    }

    Json ciliumPolicy()
    {
        Json spec = {{"endpointSelector", selector()}};
        for (const bool in : {true, false}) {
            for (const bool deny : {true, false}) {
                for (int r = upTo(1); r > 0; --r)
                    spec[std::string(in ? "ingress" : "egress") + (deny ? "Deny" : "")].push_back(
                        ciliumRule(in));
            }
        }
        if (spec.size() == 1)
            spec["ingress"].push_back(ciliumRule(true));
        return spec;
    }

    Json ciliumRule(bool in)
    {
        const std::string side = in ? "from" : "to";
        Json rule = Json::object();
        switch (upTo(3)) {
        case 0:
            rule[side + "Endpoints"].push_back(selector());
            break;
        case 1:
            rule[side + "Entities"].push_back(
                oneOf<std::string>({"world", "cluster", "host", "remote-node", "all"}));
            break;
        case 2:
            rule[side + "CIDR"].push_back(cidr());
            break;
        default:
            break;
        }
        if (once(2) || rule.empty())
            rule["toPorts"].push_back(
                {{"ports",
                  Json::array({{{"port", "80"}, {"protocol", oneOf<std::string>({"TCP", "UDP", "ANY"})}}})}});
        return rule;
    }

    std::string calicoSelector()
    {
        return oneOf<std::string>({"all()", "app == 'a'", "app != 'b'", "has(tier)", "!has(zone)",
                                   "tier in {'a', 'b'} && app not in {'c'}",
                                   "app starts with 'a' || has(zone)"});
    }

    Json calicoSide()
    {
        Json side = Json::object();
        if (once(2))
            side["selector"] = calicoSelector();
        if (once(4))
            side["notSelector"] = calicoSelector();
        if (once(4))
            side["namespaceSelector"] = calicoSelector();
        if (once(3))
            side["nets"] = {oneOf<std::string>({"10.0.0.0/8", "203.0.113.0/24"})};
        if (once(4))
            side["notNets"] = {"10.0.0.4/30"};
        return side;
    }

    void addCalico(const std::string &name)
    {
        const bool global = once(2);
        const std::string tier = oneOf<std::string>({"default", "first"});
        if (tier == "first" && !m_hasTier) {
            m_hasTier = true;
            add("projectcalico.org/v3", "Tier", "first", false,
                {{"order", 100}, {"defaultAction", oneOf<std::string>({"Deny", "Pass"})}});
        }
        Json spec = {{"tier", tier}, {"selector", calicoSelector()}, {"types", {"Ingress", "Egress"}}};
        if (once(2))
            spec["order"] = upTo(2000);
        for (const char *direction : {"ingress", "egress"}) {
            for (int r = upTo(2); r > 0; --r) {
                Json rule = {{"action", oneOf<std::string>({"Allow", "Deny", "Pass", "Log"})}};
                if (once(2))
                    rule["source"] = calicoSide();
                Json destination = once(2) ? calicoSide() : Json::object();
                if (once(2)) {
                    rule["protocol"] = oneOf<std::string>({"TCP", "UDP"});
                    destination[once(3) ? "notPorts" : "ports"] = oneOf<Json>({{80}, {"80:90"}, {"web"}});
                }
                if (!destination.empty())
                    rule["destination"] = destination;
                spec[direction].push_back(rule);
            }
        }
        add("projectcalico.org/v3", global ? "GlobalNetworkPolicy" : "NetworkPolicy", tier + "." + name,
            !global, spec);
    }

    const PolicyMix m_mix;
    Json m_items = Json::array();
    bool m_hasTier = false;
};

class OrderedMaker : Maker
{
public:
    using Maker::Maker;

    OrderedPolicies make()
    {
        OrderedPolicies out;
        for (int t = 1 + upTo(2); t > 0; --t)
            out.tier({"tier-" + std::to_string(t), double(upTo(2)), once(3) ? TierEnd::Pass : TierEnd::Deny,
                      once(3), once(3)});
        for (int p = upTo(6); p > 0; --p) {
            Policy policy;
            policy.object = {ObjectKind::Other, "Policy", {}, "p" + std::to_string(p)};
            policy.kind = "Policy";
            policy.tier = std::uint32_t(upTo(int(out.tierList.size()) - 1));
            policy.order = upTo(2);
            policy.tieBreak = policy.object.name;
            policy.subject = predicate(2);
            policy.isPending = once(10);
            for (const Direction direction : bothDirections) {
                policy.isolates[std::size_t(direction)] = once(2);
                for (int r = upTo(3); r > 0; --r)
                    policy.rules[std::size_t(direction)].push_back(rule());
            }
            out.add(std::move(policy));
        }
        out.finish();
        if (once(4))
            out.sctpIsDropped = "it may be dropped";
        return out;
    }

private:
    Rule rule()
    {
        Rule rule;
        rule.effect = oneOf({RuleEffect::Allow, RuleEffect::Deny, RuleEffect::Pass, RuleEffect::Log});
        rule.peer = predicate(2);
        if (once(4))
            rule.subject = predicate(1);
        rule.locality = once(5) ? oneOf({Locality::SameNode, Locality::OtherNode}) : Locality::Any;
        for (int i = once(2) ? 1 + upTo(1) : 0; i > 0; --i)
            rule.traffic.push_back(traffic());
        return rule;
    }

    TrafficMatch traffic()
    {
        TrafficMatch match;
        match.negated = once(4);
        switch (upTo(4)) {
        case 0:
            match.protocols = {oneOf({protocol::tcp, protocol::udp})};
            break;
        case 1:
            match.named = {{oneOf({PortRange::anyProtocol, protocol::tcp}), "web"}};
            break;
        case 2:
            match.icmp = {{protocol::icmp, 8, -1}};
            break;
        default:
            match.ports = {{oneOf({PortRange::anyProtocol, protocol::tcp, protocol::udp}), 80,
                            oneOf<std::uint16_t>({80, 90})}};
        }
        if (once(10))
            match.unknown = "a source port";
        return match;
    }

    Predicate predicate(int depth)
    {
        if (depth > 0 && once(2)) {
            const Predicate a = predicate(depth - 1);
            const Predicate b = predicate(depth - 1);
            return once(3) ? !a : once(2) ? a && b : a || b;
        }
        switch (upTo(6)) {
        case 0:
            return Predicate::always();
        case 1:
            return once(3) ? Predicate::maybe("perhaps") : Predicate::never();
        case 2:
            return Predicate::kind(
                oneOf<EndpointKinds>({podsOnly, EndpointKind::Node | EndpointKind::HostEndpoint,
                                      kindBit(EndpointKind::External)}));
        case 3:
            return Predicate::inBlocks({*IpRange::parse(cidr()), *IpRange::parse(cidr())});
        case 4:
            return Predicate::namespaceIs(ns());
        default:
            break;
        }
        const TextOf what =
            oneOf({TextOf::OwnLabel, TextOf::OwnLabel, TextOf::NamespaceLabel, TextOf::NodeLabel,
                   TextOf::ServiceAccountName, TextOf::ServiceAccountLabel, TextOf::NodeName, TextOf::Name});
        const TextTest test = oneOf({TextTest::In, TextTest::In, TextTest::Exists, TextTest::StartsWith,
                                     TextTest::EndsWith, TextTest::Contains});
        const bool isLabel = what == TextOf::OwnLabel || what == TextOf::NamespaceLabel ||
                             what == TextOf::NodeLabel || what == TextOf::ServiceAccountLabel;
        return Predicate::text(what, isLabel ? key() : std::string(), test,
                               {isLabel ? value() : oneOf<std::string>({"robot", "node-0", "pod-1", "1"})});
    }
};

} // namespace

std::string randomManifests(Random &random, PolicyMix mix)
{
    return ClusterWriter(random, mix).write();
}

OrderedPolicies randomOrderedPolicies(Random &random)
{
    return OrderedMaker(random).make();
}

} // namespace portolan::fakes
