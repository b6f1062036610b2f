#include "tests/fakes/synthetic_cluster.h"

#include "tests/fakes/cluster_maker.h"
#include "tests/fakes/random_source.h"

#include <algorithm>
#include <array>

namespace portolan::fakes {

namespace {

constexpr std::array<const char *, 12> words{"api",    "web",   "worker", "cache",  "queue", "store",
                                             "search", "login", "report", "mailer", "feed",  "sync"};
constexpr std::array<std::uint16_t, 5> ports{80, 8080, 9090, 5432, 6379};

class Synthesis
{
public:
    explicit Synthesis(const SyntheticOptions &options) : m_options(options), m_random(options.seed) {}

    ClusterStatePtr make()
    {
        const std::size_t nodes = m_options.nodes ? m_options.nodes : m_options.pods / 60 + 1;
        for (std::size_t i = 0; i < nodes; ++i)
            m_maker.node("node-" + std::to_string(i));
        m_maker.ns("kube-system");
        m_maker.workload("Deployment", "kube-system", "coredns", 2, {{"k8s-app", "kube-dns"}},
                         {{"dns", 53, Protocol::Udp}});
        m_maker.service("kube-system", "kube-dns", {{"k8s-app", "kube-dns"}},
                        {servicePort(53, 53, Protocol::Udp, "dns")});
        for (std::size_t left = m_options.pods; left > 0;)
            left -= addNamespace(left);
        for (std::size_t i = 0; i < m_spaces.size(); ++i)
            addPolicies(i);
        return m_maker.state();
    }

private:
    struct Space
    {
        std::string name;
        std::vector<std::string> apps;
        std::vector<std::uint16_t> appPorts;
    };

    std::size_t addNamespace(std::size_t podsLeft)
    {
        Space space;
        space.name = "team-" + std::to_string(m_spaces.size());
        m_maker.ns(space.name, {{"team", std::to_string(m_spaces.size() % 20)}});
        std::size_t used = 0;
        const std::size_t count = 1 + m_random.below(2 * m_options.workloadsPerNamespace - 1);
        for (std::size_t i = 0; i < count && used < podsLeft; ++i)
            used += addWorkload(space, i, podsLeft - used);
        m_spaces.push_back(std::move(space));
        return used;
    }

    std::size_t addWorkload(Space &space, std::size_t place, std::size_t podsLeft)
    {
        const std::string app = std::string(words[place % words.size()]) +
                                (place < words.size() ? "" : "-" + std::to_string(place / words.size()));
        const std::uint16_t port = ports[m_random.below(ports.size())];
        const std::size_t wanted = 1 + m_random.below(2 * m_options.podsPerWorkload - 1);
        const std::size_t replicas = std::min(podsLeft, wanted);
        const char *kind = m_random.below(5) == 0 ? "StatefulSet" : "Deployment";
        m_maker.workload(kind, space.name, app, int(replicas),
                         {{"app", app}, {"team", space.name}, {"tier", place % 3 == 0 ? "front" : "back"}},
                         {{"main", port, Protocol::Tcp}});
        for (const auto &pod : m_maker.podsOf(space.name, app)) {
            if (double(m_random.below(10'000)) < m_options.failing * 10'000) {
                pod->ready = false;
                pod->reason = m_random.below(2) ? "CrashLoopBackOff" : "";
            }
        }
        if (m_random.below(10) != 0)
            m_maker.service(space.name, app, {{"app", app}}, {servicePort(port)});
        space.apps.push_back(app);
        space.appPorts.push_back(port);
        return replicas;
    }

    void addPolicies(std::size_t index)
    {
        const Space &space = m_spaces[index];
        if (m_options.policiesPerNamespace == 0 || m_random.below(5) == 0)
            return;
        m_maker.policy(space.name, "default-deny", everything()).isolatesIngress = true;
        if (m_random.below(2) == 0)
            release(m_maker.policy(space.name, "allow-dns", everything()),
                    {podsIn("kube-system", {{"k8s-app", "kube-dns"}})}, {onPort(53, Protocol::Udp)});
        if (m_random.below(6) == 0)
            release(m_maker.policy(space.name, "allow-inside", everything()), {namespacesLike({})});
        for (std::size_t i = 1; i < m_options.policiesPerNamespace; ++i)
            addAdmission(index, i);
    }

    void addAdmission(std::size_t index, std::size_t number)
    {
        const Space &space = m_spaces[index];
        const std::size_t to = m_random.below(space.apps.size());
        NetworkPolicy &policy = m_maker.policy(space.name, "allow-" + std::to_string(number),
                                               withLabels({{"app", space.apps[to]}}));
        if (m_random.below(4) == 0) {
            const Space &other = m_spaces[m_random.below(m_spaces.size())];
            admit(policy, {podsIn(other.name, {{"app", other.apps[m_random.below(other.apps.size())]}})},
                  {onPort(space.appPorts[to])});
        } else {
            admit(policy, {podsLike({{"app", space.apps[m_random.below(space.apps.size())]}})},
                  {onPort(space.appPorts[to])});
        }
    }

    SyntheticOptions m_options;
    RandomSource m_random;
    ClusterMaker m_maker;
    std::vector<Space> m_spaces;
};

} // namespace

ClusterStatePtr syntheticCluster(const SyntheticOptions &options)
{
    return Synthesis(options).make();
}

} // namespace portolan::fakes
