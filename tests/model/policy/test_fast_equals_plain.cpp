#include "model/manifest/manifest.h"
#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"
#include "tests/fakes/random_policies.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::policy;
using fakes::PolicyMix;

/// The fast evaluator answers as the plain one does, on clusters that nobody would write.
class TestFastEqualsPlain : public QObject
{
    Q_OBJECT

    /// Clusters per row; PORTOLAN_RANDOM_CLUSTERS sets another number.
    static int clusters()
    {
        const int wanted = qEnvironmentVariableIntValue("PORTOLAN_RANDOM_CLUSTERS");
#ifdef NDEBUG
        return wanted > 0 ? wanted : 1000;
#else
        return wanted > 0 ? wanted : 50; // the same in slow motion
#endif
    }

    static const std::vector<Traffic> &traffics()
    {
        static const std::vector<Traffic> all{{protocol::tcp, 80, 0, 0},  {protocol::tcp, 81, 0, 0},
                                              {protocol::udp, 85, 0, 0},  {protocol::udp, 5, 0, 0},
                                              {protocol::sctp, 80, 0, 0}, {protocol::icmp, 0, 8, 0}};
        return all;
    }

    /// How many pairs of a few are answered differently; the first of them is described.
    static int differences(const PolicyModel &model, fakes::Random &random, QString &first)
    {
        const EndpointTable &table = model.endpoints();
        PairVerdicts pairs(model);
        int count = 0;
        const auto compare = [&](const policy::Endpoint &a, const policy::Endpoint &b, const Traffic &traffic,
                                 Outcome fast) {
            const Verdict plain = model.explain(a, b, traffic);
            if (plain.outcome == fast)
                return;
            if (++count == 1)
                first = QStringLiteral("%1 -> %2 protocol %3 port %4: plain %5, fast %6")
                            .arg(QString::fromStdString(a.ref.toString()),
                                 QString::fromStdString(b.ref.toString()))
                            .arg(traffic.protocol)
                            .arg(traffic.port)
                            .arg(int(plain.outcome))
                            .arg(int(fast));
        };
        const auto some = [&] { return EndpointId(random() % table.size()); };
        for (int i = 0; i < 20; ++i) {
            const Traffic &traffic = traffics()[random() % traffics().size()];
            const EndpointId a = some();
            const EndpointId b = some();
            compare(table.endpoint(a), table.endpoint(b), traffic, pairs.outcome(a, b, traffic));
            const auto outside = IpRange::parse(i % 2 ? "203.0.113.7" : "fd00:1::1")->first();
            compare(EndpointTable::external(outside), table.endpoint(b), traffic,
                    pairs.outcomeFrom(outside, b, traffic));
            compare(table.endpoint(a), EndpointTable::external(outside), traffic,
                    pairs.outcomeTo(a, outside, traffic));
        }
        return count;
    }

    static PairCounts countedPlainly(const PolicyModel &model, const Traffic &traffic)
    {
        PairCounts counts;
        PairVerdicts pairs(model);
        const auto &table = model.endpoints();
        for (EndpointId a = 0; a < table.podCount(); ++a) {
            for (EndpointId b = 0; b < table.podCount(); ++b) {
                if (a == b)
                    continue;
                const Outcome one = pairs.outcome(a, b, traffic);
                ++(one == Outcome::Allow  ? counts.allowed
                   : one == Outcome::Deny ? counts.denied
                                          : counts.unknown);
            }
        }
        return counts;
    }

private Q_SLOTS:
    void onClustersOfEveryApi_data()
    {
        QTest::addColumn<int>("mix");
        QTest::addColumn<int>("enforcer");
        const auto row = [](const char *name, PolicyMix mix, Enforcer enforcer) {
            QTest::newRow(name) << int(mix) << int(enforcer);
        };
        row("NetworkPolicy", PolicyMix::NetworkPolicies, Enforcer::Generic);
        row("NetworkPolicy on Cilium", PolicyMix::NetworkPolicies, Enforcer::Cilium);
        row("AdminNetworkPolicy", PolicyMix::Admin, Enforcer::Generic);
        row("ClusterNetworkPolicy", PolicyMix::Cluster, Enforcer::Generic);
        row("Cilium", PolicyMix::Cilium, Enforcer::Cilium);
        row("Calico", PolicyMix::Calico, Enforcer::Calico);
        row("all on Calico", PolicyMix::All, Enforcer::Calico);
        row("all on Cilium", PolicyMix::All, Enforcer::Cilium);
        row("all, generic", PolicyMix::All, Enforcer::Generic);
    }

    void onClustersOfEveryApi()
    {
        QFETCH(int, mix);
        QFETCH(int, enforcer);
        fakes::Random random(unsigned(mix * 100 + enforcer));
        for (int i = 0; i < clusters(); ++i) {
            const std::string text = fakes::randomManifests(random, PolicyMix(mix));
            const ManifestCluster cluster = readManifests({{"random.json", text}});
            const auto model = PolicyModel::make(cluster.state, {Enforcer(enforcer), i % 2 == 0});
            QString first;
            QVERIFY2(differences(*model, random, first) == 0,
                     qPrintable(first + QStringLiteral("\n") + QString::fromStdString(text)));
        }
    }

    void onOrderedFormsOfAllSorts()
    {
        fakes::Random random(7);
        for (int i = 0; i < clusters(); ++i) {
            const ManifestCluster cluster =
                readManifests({{"random.json", fakes::randomManifests(random, PolicyMix::NetworkPolicies)}});
            const auto model =
                PolicyModel::of(cluster.state, fakes::randomOrderedPolicies(random), Enforcer::Generic);
            QString first;
            QVERIFY2(differences(*model, random, first) == 0, qPrintable(first));
        }
    }

    void aHundredThousandRulesAreRead()
    {
#ifdef NDEBUG
        constexpr int count = 100000;
#else
        constexpr int count = 20000;
#endif
        std::string text =
            "[{'apiVersion':'v1','kind':'Pod','metadata':{'name':'a'}},"
            "{'apiVersion':'networking.k8s.io/v1','kind':'NetworkPolicy','metadata':{'name':'big'},"
            "'spec':{'podSelector':{},'ingress':[";
        for (int i = 0; i < count; ++i)
            text += (i ? ",{'from':[{'ipBlock':{'cidr':'10." : "{'from':[{'ipBlock':{'cidr':'10.") +
                    std::to_string(i >> 8 & 255) + "." + std::to_string(i & 255) +
                    ".0/24'}}],'ports':[{'port':" + std::to_string(1 + i % 60000) + "}]}";
        text += "]}}]";
        std::replace(text.begin(), text.end(), char(39), '"');
        const ManifestCluster cluster = readManifests({{"big.json", text}});
        QVERIFY(cluster.faults.empty());
        const auto model = PolicyModel::make(cluster.state, {Enforcer::Generic, true});
        PairVerdicts pairs(*model);
        const auto from = IpRange::parse("10.5.9.1")->first();
        const int rule = 5 * 256 + 9;
        QVERIFY(pairs.outcomeFrom(from, 0, {protocol::tcp, std::uint16_t(rule + 1), 0, 0}) == Outcome::Allow);
        QVERIFY(pairs.outcomeFrom(from, 0, {protocol::tcp, std::uint16_t(rule + 2), 0, 0}) == Outcome::Deny);
    }

    void countingAllPairsIsCountingThem()
    {
        fakes::Random random(11);
        for (int i = 0; i < 200; ++i) {
            const ManifestCluster cluster =
                readManifests({{"random.json", fakes::randomManifests(random, PolicyMix::Admin)}});
            const auto model =
                PolicyModel::of(cluster.state, fakes::randomOrderedPolicies(random), Enforcer::Generic);
            const Traffic traffic = traffics()[std::size_t(i) % traffics().size()];
            if (model->classified().usesLocality || hasTwoFamilies(*model))
                continue;
            QVERIFY(model->countPairs(traffic) == countedPlainly(*model, traffic));
        }
    }

private:
    static bool hasTwoFamilies(const PolicyModel &model)
    {
        for (EndpointId id = 0; id < model.endpoints().podCount(); ++id) {
            const auto family = model.endpoints().family(id);
            if (family != EndpointTable::Family::V4 && family != EndpointTable::Family::Unknown)
                return true;
        }
        return false;
    }
};

QTEST_GUILESS_MAIN(TestFastEqualsPlain)
#include "test_fast_equals_plain.moc"
