#pragma once

#include "tests/fakes/cluster_maker.h"
#include "tests/fakes/random_source.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace portolan::checks {

/// Kinds of clusters that layouts have had trouble with.
enum class ClusterShape {
    Tiny,
    Small,
    Middle,
    Hubs,
    LongNames,
    ManyNamespaces,
    HugeNamespace,
    MostlyEmpty,
    Dense,
    Outside
};
inline constexpr std::size_t clusterShapes = 10;

/// A cluster of one shape, at random: the same seed gives the same one. ClusterMaker is returned, so that
/// tests can go on with it.
class RandomCluster
{
public:
    RandomCluster(ClusterShape shape, std::uint64_t seed) : m_shape(shape), m_random(seed) { make(); }

    const fakes::ClusterMaker &maker() const { return m_maker; }
    ClusterStatePtr state() const { return m_maker.state(); }

private:
    struct Numbers
    {
        std::size_t namespaces, workloads, empty, calls, hubs, outside;
    };

    /// Namespaces and workloads in each: 1 to that many; the rest in all.
    Numbers numbers() const
    {
        switch (m_shape) {
        case ClusterShape::Tiny:
            return {2, 3, 0, 2, 0, 1};
        case ClusterShape::Small:
            return {6, 5, 1, 12, 0, 1};
        case ClusterShape::Middle:
            return {12, 9, 2, 45, 1, 2};
        case ClusterShape::Hubs:
            return {8, 8, 0, 20, 3, 0};
        case ClusterShape::LongNames:
            return {7, 6, 2, 20, 0, 1};
        case ClusterShape::ManyNamespaces:
            return {60, 2, 5, 50, 1, 1};
        case ClusterShape::HugeNamespace:
            return {4, 3, 0, 60, 1, 0};
        case ClusterShape::MostlyEmpty:
            return {3, 3, 30, 4, 0, 0};
        case ClusterShape::Dense:
            return {5, 7, 0, 90, 1, 0};
        case ClusterShape::Outside:
            return {6, 5, 1, 12, 0, 9};
        }
        return {};
    }

    void make()
    {
        m_maker.node("node-a");
        m_maker.node("node-b");
        const Numbers numbers = this->numbers();
        const std::size_t namespaces = 1 + m_random.below(numbers.namespaces);
        for (std::size_t i = 0; i < namespaces; ++i)
            fill(name("team"), 1 + m_random.below(numbers.workloads));
        if (m_shape == ClusterShape::HugeNamespace)
            fill("everything", 60 + m_random.below(60));
        for (std::size_t i = 0; i < numbers.empty; ++i)
            m_maker.ns(name("empty"));
        for (std::size_t i = 0; i < numbers.calls; ++i)
            call();
        for (std::size_t i = 0; i < numbers.hubs; ++i)
            makeHub(m_apps[m_random.below(m_apps.size())]);
        for (std::size_t i = 0; i < numbers.outside; ++i)
            openOutside();
    }

    using App = std::pair<std::string, std::string>; ///< namespace and name

    std::string name(const char *word)
    {
        std::string made = word + std::string("-") + std::to_string(m_count++);
        if (m_shape == ClusterShape::LongNames && m_random.below(3) != 0)
            made += "-with-a-name-as-long-as-kubernetes-lets-it-be";
        return made;
    }

    void fill(const std::string &ns, std::size_t workloads)
    {
        static constexpr std::array kinds{"Deployment", "Deployment", "StatefulSet", "DaemonSet", "CronJob"};
        m_maker.ns(ns, {{"team", ns}});
        for (std::size_t i = 0; i < workloads; ++i) {
            const std::string app = name(m_random.below(6) == 0 ? "a-longer-name-than-most" : "app");
            const std::size_t pods = m_random.below(10) == 0 ? 40 : m_random.below(5);
            m_maker.workload(kinds[m_random.below(kinds.size())], ns, app, int(pods), {{"app", app}},
                             {{"main", 8080, Protocol::Tcp}});
            for (std::size_t services = m_random.below(10) / 4; services > 0; --services)
                m_maker.service(ns, name("svc"), {{"app", app}}, {fakes::servicePort(80, 8080)});
            m_apps.emplace_back(ns, app);
        }
        if (m_random.below(3) == 0)
            m_maker.service(ns, name("lost"), {{"app", "nobody"}}, {fakes::servicePort(80)});
        if (m_random.below(2) == 0)
            m_maker.policy(ns, "default-deny", fakes::everything()).isolatesIngress = true;
    }

    /// Half of what is said stays in the namespace.
    void call()
    {
        const App &from = m_apps[m_random.below(m_apps.size())];
        const App *to = &m_apps[m_random.below(m_apps.size())];
        for (int tries = 0; tries < 20 && m_random.below(2) == 0 && to->first != from.first; ++tries)
            to = &m_apps[m_random.below(m_apps.size())];
        call(from, *to);
    }

    void call(const App &from, const App &to)
    {
        fakes::admit(m_maker.policy(to.first, name("policy"), fakes::withLabels({{"app", to.second}})),
                     {fakes::podsIn(from.first, {{"app", from.second}})},
                     {fakes::onPort(std::uint16_t(8000 + m_random.below(1000)))});
    }

    void makeHub(const App &hub)
    {
        for (const App &app : m_apps) {
            if (m_random.below(3) == 0)
                call(app, hub);
        }
        if (m_random.below(2) == 0)
            fakes::release(m_maker.policy(hub.first, name("policy"), fakes::everything()),
                           {fakes::namespacesLike({})}, {fakes::onPort(53, Protocol::Udp)});
    }

    void openOutside()
    {
        const App &app = m_apps[m_random.below(m_apps.size())];
        NetworkPolicy &policy =
            m_maker.policy(app.first, name("policy"), fakes::withLabels({{"app", app.second}}));
        const std::string cidr = "10." + std::to_string(m_random.below(200)) + ".0.0/16";
        switch (m_random.below(3)) {
        case 0:
            fakes::admit(policy, {fakes::block(cidr)}, {fakes::onPort(443)});
            break;
        case 1:
            fakes::release(policy, {fakes::block(cidr)}, {fakes::onPort(443)});
            break;
        default:
            const std::string service = name("svc");
            m_maker.service(app.first, service, {{"app", app.second}}, {fakes::servicePort(443, 8080)});
            m_maker.ingress(app.first, name("way-in"), "www.example.com", service, 443);
        }
    }

    ClusterShape m_shape;
    fakes::RandomSource m_random;
    fakes::ClusterMaker m_maker;
    std::vector<App> m_apps;
    int m_count = 0;
};

} // namespace portolan::checks
