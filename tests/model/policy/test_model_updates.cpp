#include "model/manifest/manifest.h"
#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"
#include "tests/fakes/random_changes.h"
#include "tests/fakes/random_policies.h"
#include "tests/model/policy/policy_cluster.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::policy;
using fakes::PolicyMix;

/// A model that is updated change by change answers as one that is made anew.
class TestModelUpdates : public QObject
{
    Q_OBJECT

    static std::vector<PolicyFault> sorted(std::vector<PolicyFault> faults)
    {
        std::sort(faults.begin(), faults.end());
        return faults;
    }

    /// What is written about the cluster, besides verdicts.
    static bool sayTheSame(const PolicyModel &a, const PolicyModel &b)
    {
        const auto &one = a.policies();
        const auto &other = b.policies();
        return a.enforcer().enforcer == b.enforcer().enforcer && one.tierList == other.tierList &&
               sorted(one.faults) == sorted(other.faults) &&
               std::equal(one.policies.begin(), one.policies.end(), other.policies.begin(),
                          other.policies.end(), [](const Policy &p, const Policy &q) {
                              return p.object == q.object && p.tier == q.tier && p.order == q.order &&
                                     p.subject == q.subject && p.isolates == q.isolates;
                          });
    }

    static bool haveTheSameEnds(const EndpointTable &a, const EndpointTable &b)
    {
        if (a.size() != b.size() || a.podCount() != b.podCount())
            return false;
        for (EndpointId id = 0; id < a.size(); ++id) {
            const policy::Endpoint one = a.endpoint(id);
            const policy::Endpoint other = b.endpoint(id);
            if (one.ref != other.ref || one.labels != other.labels || one.addresses != other.addresses ||
                a.family(id) != b.family(id) || a.find(one.ns, one.ref.name) != b.find(one.ns, one.ref.name))
                return false;
        }
        return true;
    }

    /// How many answers differ between all ends, to and from the outside, on several kinds of traffic.
    static int differences(const PolicyModel &a, const PolicyModel &b)
    {
        static const std::vector<Traffic> traffics{{protocol::tcp, 80, 0, 0},
                                                   {protocol::tcp, 81, 0, 0},
                                                   {protocol::udp, 85, 0, 0},
                                                   {protocol::icmp, 0, 8, 0}};
        PairVerdicts one(a);
        PairVerdicts other(b);
        int count = 0;
        for (const Traffic &traffic : traffics) {
            count += a.countPairs(traffic) == b.countPairs(traffic) ? 0 : 1;
            for (EndpointId from = 0; from < a.endpoints().size(); ++from) {
                for (EndpointId to = 0; to < a.endpoints().size(); ++to)
                    count += one.outcome(from, to, traffic) == other.outcome(from, to, traffic) ? 0 : 1;
                for (const char *text : {"203.0.113.7", "10.0.0.77", "fd00:1::1"}) {
                    const auto out = IpRange::parse(text)->first();
                    count += one.outcomeTo(from, out, traffic) == other.outcomeTo(from, out, traffic) ? 0 : 1;
                    count +=
                        one.outcomeFrom(out, from, traffic) == other.outcomeFrom(out, from, traffic) ? 0 : 1;
                }
            }
        }
        return count;
    }

private Q_SLOTS:
    void changeAfterChange_data()
    {
        QTest::addColumn<int>("mix");
        QTest::addColumn<int>("enforcer");
        QTest::addColumn<int>("keptAtLeast"); // of a hundred changes
        const auto row = [](const char *name, PolicyMix mix, Enforcer enforcer, int keptAtLeast) {
            QTest::newRow(name) << int(mix) << int(enforcer) << keptAtLeast;
        };
        row("NetworkPolicy", PolicyMix::NetworkPolicies, Enforcer::Generic, 40);
        row("AdminNetworkPolicy", PolicyMix::Admin, Enforcer::Generic, 30);
        row("ClusterNetworkPolicy", PolicyMix::Cluster, Enforcer::Generic, 30);
        row("Cilium", PolicyMix::Cilium, Enforcer::Cilium, 40);
        row("Calico", PolicyMix::Calico, Enforcer::Calico, 30);
        row("all on Calico", PolicyMix::All, Enforcer::Calico, 30);
        row("all on Cilium", PolicyMix::All, Enforcer::Cilium, 30);
        row("all, generic", PolicyMix::All, Enforcer::Generic, 30);
        row("all, not enforced", PolicyMix::All, Enforcer::None, 50);
    }

    void changeAfterChange()
    {
        QFETCH(int, mix);
        QFETCH(int, enforcer);
        QFETCH(int, keptAtLeast);
#ifdef NDEBUG
        constexpr int changes = 200;
#else
        constexpr int changes = 40; // the same in slow motion
#endif
        fakes::Random random(unsigned(mix * 100 + enforcer));
        const ModelOptions options{Enforcer(enforcer), random() % 2 == 0};
        const auto cluster = [&] {
            return readManifests({{"random.json", fakes::randomManifests(random, PolicyMix(mix))}}).state;
        };
        ClusterStatePtr state = cluster();
        auto model = PolicyModel::make(state, options);
        int kept = 0;
        for (int i = 0; i < changes; ++i) {
            state = applied(state, fakes::randomChange(*state, *cluster(), random));
            model = model->updated(state);
            kept += model->history().keptClasses ? 1 : 0;
            const auto anew = PolicyModel::make(state, options);
            const auto where = QStringLiteral("change %1").arg(i);
            QVERIFY2(&model->endpoints().state() == state.get(), qPrintable(where));
            QVERIFY2(haveTheSameEnds(model->endpoints(), anew->endpoints()), qPrintable(where));
            QVERIFY2(sayTheSame(*model, *anew), qPrintable(where));
            QCOMPARE(differences(*model, *anew), 0);
        }
        qInfo("%d of %d changes kept the classes", kept, changes);
        QVERIFY(kept * 100 >= keptAtLeast * changes);
    }

    /// Nothing but the image of its agents changes.
    void anotherVersionOfCiliumReadsPoliciesAnew()
    {
        const auto clusterWith = [](const std::string &tag) {
            return readManifests({{"cilium.yaml", R"(
{apiVersion: apps/v1, kind: DaemonSet, metadata: {namespace: kube-system, name: cilium}, spec: {template: {
  metadata: {labels: {k8s-app: cilium}}, spec: {containers: [{name: cilium-agent, image: "cilium:)" +
                                                      tag + R"("}]}}}}
---
{apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: db, labels: {app: db}},
  spec: {containers: [{name: main}]}, status: {phase: Running, podIPs: [{ip: 10.244.1.10}]}}
---
{apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: web, labels: {app: web}},
  spec: {containers: [{name: main}]}, status: {phase: Running, podIPs: [{ip: 10.244.1.11}]}}
---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {namespace: shop, name: range}, spec: {
  podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{ports: [{port: 80, endPort: 90}]}]}}
)"}}).state;
        };
        const auto within = [](const PolicyModel &model) {
            const auto &ends = model.endpoints();
            return PairVerdicts(model).outcome(ends.find("shop", "web"), ends.find("shop", "db"),
                                               {protocol::tcp, 85, 0, 0});
        };
        const ClusterStatePtr state = clusterWith("v1.15.19");
        auto model = PolicyModel::make(state);
        QCOMPARE(within(*model), Outcome::Deny);
        auto next = std::make_shared<ClusterState>(*state);
        next->pods = clusterWith("v1.20.1")->pods;
        model = model->updated(next);
        QCOMPARE(within(*model), Outcome::Allow);
    }

    void settingsOfCiliumChange()
    {
        const auto clusterWith = [](const std::string &setting) {
            const std::string cilium =
                "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: web, namespace: "
                "shop}\n"
                "spec: {endpointSelector: {matchLabels: {app: web}}, ingress: [{fromEntities: [cluster]}]}\n"
                "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cilium-config, namespace: "
                "kube-system}\n"
                "data: {" +
                setting + "}\n";
            return readManifests({{"cluster.yaml", policytest::shop() + policytest::closedApi + cilium}})
                .state;
        };
        ClusterStatePtr state = clusterWith("");
        auto model = PolicyModel::make(state);
        const Traffic web{protocol::tcp, 80, 0, 0};
        const Traffic sctp{protocol::sctp, 80, 0, 0};
        std::set<std::uint64_t> answers, answersOfSctp;
        for (const char *setting :
             {"enable-policy: always", "enable-policy: never", "enable-policy: never, enable-sctp: 'true'",
              "enable-sctp: 'true'", "enable-k8s-networkpolicy: 'false'", "policy-audit-mode: 'true'",
              "enable-policy: odd", ""}) {
            ClusterDelta delta;
            const ClusterStatePtr next = clusterWith(setting);
            for (const auto &object : next->others) {
                if (object->kind == "ConfigMap")
                    delta.upserts.emplace_back(object);
            }
            state = applied(state, delta);
            model = model->updated(state);
            const auto anew = PolicyModel::make(state);
            QCOMPARE(int(model->enforcer().enforcer), int(anew->enforcer().enforcer));
            QVERIFY2(sayTheSame(*model, *anew), setting);
            QCOMPARE(differences(*model, *anew), 0);
            QCOMPARE(model->countPairs(sctp), anew->countPairs(sctp));
            answers.insert(model->countPairs(web).allowed);
            answersOfSctp.insert(model->countPairs(sctp).allowed);
        }
        QCOMPARE(answers.size(), std::size_t(3));       // nothing, everything, and in between
        QCOMPARE(answersOfSctp.size(), std::size_t(3)); // the same
    }

    void networksOfCiliumChange()
    {
        const auto clusterWith = [](const std::string &network) {
            const std::string cilium =
                "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: web, namespace: "
                "shop}\n"
                "spec: {endpointSelector: {matchLabels: {app: web}}, ingress: [{fromEntities: [world]}]}\n"
                "---\napiVersion: cilium.io/v2\nkind: CiliumNode\nmetadata: {name: n1}\n"
                "spec: {ipam: {podCIDRs: [" +
                network + "]}}\n";
            return readManifests({{"cluster.yaml", policytest::shop() + cilium}}).state;
        };
        const Traffic web{protocol::tcp, 80, 0, 0};
        ClusterStatePtr state = clusterWith("");
        auto model = PolicyModel::make(state, {Enforcer::Cilium, false});
        for (const auto &[network, says] :
             {std::pair("203.0.113.0/24", Outcome::Unknown), std::pair("", Outcome::Allow)}) {
            ClusterDelta delta;
            const ClusterStatePtr next = clusterWith(network);
            for (const auto &object : next->others) {
                if (object->kind == "CiliumNode")
                    delta.upserts.emplace_back(object);
            }
            state = applied(state, delta);
            model = model->updated(state);
            PairVerdicts verdicts(*model);
            QCOMPARE(verdicts.outcomeFrom(IpRange::parse("203.0.113.9")->first(),
                                          model->endpoints().find("shop", "web"), web),
                     says);
        }
    }
};

QTEST_GUILESS_MAIN(TestModelUpdates)
#include "test_model_updates.moc"
