#include "tests/benchmarks/policy_clusters.h"

#include <nlohmann/json.hpp>

#include <random>

namespace portolan::fakes {

namespace {

using Json = nlohmann::json;

class Maker
{
public:
    explicit Maker(const PolicyClusterOptions &options) : m_options(options), m_random(options.seed) {}

    ClusterStatePtr make()
    {
        auto state = std::make_shared<ClusterState>();
        std::vector<std::shared_ptr<const Namespace>> namespaces;
        for (std::size_t i = 0; i < m_options.namespaces; ++i) {
            auto ns = std::make_shared<Namespace>();
            ns->meta.name = nsName(i);
            ns->meta.labels = Labels({{"kubernetes.io/metadata.name", ns->meta.name},
                                      {"team", "team-" + std::to_string(i % 20)},
                                      {"stage", i % 3 ? "prod" : "test"}});
            namespaces.push_back(std::move(ns));
        }
        state->namespaces = ObjectTable<Namespace>(std::move(namespaces));
        state->pods = ObjectTable<Pod>(pods());
        std::vector<std::shared_ptr<const NetworkPolicy>> policies;
        std::vector<std::shared_ptr<const ApiObject>> others;
        for (std::size_t i = 0; i < m_options.policies; ++i) {
            if (!m_options.mixed || i % 5 == 0)
                policies.push_back(networkPolicy(i));
            else
                others.push_back(otherPolicy(i));
        }
        state->networkPolicies = ObjectTable<NetworkPolicy>(std::move(policies));
        state->others = ObjectTable<ApiObject>(std::move(others));
        return state;
    }

private:
    std::size_t upTo(std::size_t most) { return m_random() % (most + 1); }
    static std::string nsName(std::size_t i) { return "ns-" + std::to_string(1000 + i); }
    std::string appName(std::size_t workload) const { return "app-" + std::to_string(workload); }
    std::size_t workloadsPerNamespace() const
    {
        return std::max<std::size_t>(1, m_options.pods / m_options.podsPerWorkload / m_options.namespaces);
    }

    std::vector<std::shared_ptr<const Pod>> pods()
    {
        std::vector<std::shared_ptr<const Pod>> pods;
        pods.reserve(m_options.pods);
        static const char *tiers[] = {"front", "back", "store"};
        for (std::size_t workload = 0; pods.size() < m_options.pods; ++workload) {
            const std::string ns = nsName(workload % m_options.namespaces);
            const std::size_t number = workload / m_options.namespaces;
            const bool stateful = workload % 10 == 9;
            std::vector<Labels::Entry> entries{{"app", appName(number)},
                                               {"tier", tiers[workload % 3]},
                                               {"version", "v" + std::to_string(workload % 4)},
                                               {"pod-template-hash", std::to_string(workload)}};
            const Labels shared(entries);
            for (std::size_t i = 0; i < m_options.podsPerWorkload && pods.size() < m_options.pods; ++i) {
                auto pod = std::make_shared<Pod>();
                pod->meta.ns = ns;
                pod->meta.name = appName(number) + "-" + std::to_string(i);
                pod->phase = PodPhase::Running;
                pod->serviceAccount = "default";
                pod->nodeName = "node-" + std::to_string(pods.size() / 100);
                pod->meta.labels = shared;
                if (stateful) {
                    auto own = entries;
                    own.emplace_back("statefulset.kubernetes.io/pod-name", pod->meta.name);
                    pod->meta.labels = Labels(std::move(own));
                }
                const std::size_t n = pods.size();
                pod->ips = {"10." + std::to_string(n >> 16) + "." + std::to_string(n >> 8 & 255) + "." +
                            std::to_string(n & 255)};
                Container container;
                container.ports = {{"http", std::uint16_t(workload % 2 ? 8080 : 80), Protocol::Tcp},
                                   {"metrics", 9090, Protocol::Tcp}};
                pod->containers = {std::move(container)};
                pods.push_back(std::move(pod));
            }
        }
        return pods;
    }

    LabelSelector selector()
    {
        LabelSelector selector;
        switch (upTo(3)) {
        case 0:
            selector.matchLabels = {{"app", appName(upTo(workloadsPerNamespace()))}};
            break;
        case 1:
            selector.matchLabels = {{"tier", upTo(1) ? "front" : "back"}};
            break;
        case 2:
            selector.matchExpressions = {{"version", LabelRequirement::Operator::NotIn, {"v0", "v1"}}};
            break;
        default:
            selector.matchExpressions = {{"tier", LabelRequirement::Operator::Exists, {}}};
        }
        return selector;
    }

    PolicyPeer peer()
    {
        PolicyPeer peer;
        switch (upTo(3)) {
        case 0:
            peer.namespaceSelector = LabelSelector{{{"team", "team-" + std::to_string(upTo(19))}}, {}};
            peer.podSelector = selector();
            break;
        case 1:
            peer.ipBlock = block();
            break;
        default:
            peer.podSelector = selector();
        }
        return peer;
    }

    IpBlock block()
    {
        if (m_options.blocks == BlockStyle::Outside)
            return {"203.0." + std::to_string(upTo(50)) + ".0/24", {}};
        const std::size_t at = upTo(m_options.pods);
        const auto text = [](std::size_t n, int prefix) {
            return "10." + std::to_string(n >> 16) + "." + std::to_string(n >> 8 & 255) + "." +
                   std::to_string(n & 255) + "/" + std::to_string(prefix);
        };
        return {text(at & ~std::size_t{255}, int(16 + upTo(8))), {text(at, int(28 + upTo(4)))}};
    }

    std::vector<PolicyRule> rules()
    {
        std::vector<PolicyRule> rules(1 + upTo(1));
        for (PolicyRule &rule : rules) {
            rule.peers = {peer(), peer()};
            if (upTo(1))
                rule.ports = {{Protocol::Tcp, PortRef(std::string("http")), {}}};
            else
                rule.ports = {{Protocol::Tcp, PortRef(std::uint16_t(80)), {}},
                              {Protocol::Udp, PortRef(std::uint16_t(53)), {}}};
        }
        return rules;
    }

    std::shared_ptr<const NetworkPolicy> networkPolicy(std::size_t i)
    {
        auto policy = std::make_shared<NetworkPolicy>();
        policy->meta.ns = nsName(i % m_options.namespaces);
        policy->meta.name = "policy-" + std::to_string(i);
        policy->podSelector = i % 7 == 0 ? LabelSelector{} : selector();
        policy->isolatesIngress = true;
        policy->ingress = rules();
        policy->isolatesEgress = i % 3 == 0;
        if (policy->isolatesEgress)
            policy->egress = rules();
        return policy;
    }

    Json labels() { return {{"matchLabels", {{"tier", upTo(1) ? "front" : "back"}}}}; }
    Json team() { return {{"matchLabels", {{"team", "team-" + std::to_string(upTo(19))}}}}; }

    std::shared_ptr<const ApiObject> otherPolicy(std::size_t i)
    {
        auto object = std::make_shared<ApiObject>();
        object->meta.name = "policy-" + std::to_string(i);
        Json spec;
        const Json podsOfTeam = {{"pods", {{"namespaceSelector", team()}, {"podSelector", labels()}}}};
        switch (i % 5) {
        case 1:
        case 2: {
            const bool old = i % 5 == 1;
            object->group = "policy.networking.k8s.io";
            object->version = old ? "v1alpha1" : "v1alpha2";
            object->kind = old ? "AdminNetworkPolicy" : "ClusterNetworkPolicy";
            spec = {{"priority", i % 1000}, {"subject", podsOfTeam}};
            if (!old)
                spec["tier"] = i % 2 ? "Admin" : "Baseline";
            spec["ingress"] = Json::array({{{"action", i % 3 ? "Deny" : "Pass"}, {"from", {podsOfTeam}}},
                                           {{"action", old ? "Allow" : "Accept"}, {"from", {podsOfTeam}}}});
            break;
        }
        case 3:
            object->group = "cilium.io";
            object->version = "v2";
            object->kind = "CiliumNetworkPolicy";
            object->meta.ns = nsName(i % m_options.namespaces);
            spec = {{"endpointSelector", labels()},
                    {"ingress", Json::array({{{"fromEndpoints", {labels()}}}})},
                    {"ingressDeny", Json::array({{{"fromEntities", {"world"}}}})}};
            break;
        default:
            object->group = "projectcalico.org";
            object->version = "v3";
            object->kind = "NetworkPolicy";
            object->meta.ns = nsName(i % m_options.namespaces);
            object->meta.name = "default." + object->meta.name;
            spec = {
                {"order", i},
                {"selector", "tier == 'front'"},
                {"types", {"Ingress"}},
                {"ingress", Json::array({{{"action", "Allow"},
                                          {"protocol", "TCP"},
                                          {"source", {{"selector", "tier in {'back', 'store'}"}}},
                                          {"destination", {{"ports", {80}}}}},
                                         {{"action", "Deny"}, {"source", {{"nets", {"10.0.0.0/24"}}}}}})}};
        }
        Json meta = {{"name", object->meta.name}};
        if (!object->meta.ns.empty())
            meta["namespace"] = object->meta.ns;
        const Json whole = {{"apiVersion", object->group + "/" + object->version},
                            {"kind", object->kind},
                            {"metadata", meta},
                            {"spec", spec}};
        object->json = std::make_shared<const std::string>(whole.dump());
        return object;
    }

    const PolicyClusterOptions m_options;
    std::mt19937 m_random;
};

} // namespace

ClusterStatePtr policyCluster(const PolicyClusterOptions &options)
{
    return Maker(options).make();
}

} // namespace portolan::fakes
