#include "model/snapshot/snapshot.h"
#include "tests/ctl/verdict_runs.h"
#include "tests/fakes/shop_cluster.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace portolan;

/// `portolanctl verdict`, `connectivity` and `diff` as a shell runs them.
class TestPortolanctlVerdict : public QObject, ctl_tests::VerdictRuns
{
    Q_OBJECT

    static constexpr auto policyForWeb = R"(apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{from: [{podSelector: {matchLabels: {app: cart}}}], ports: [{port: http}]}]
)";

    QString shopFolder(const char *name, bool withPolicy)
    {
        const QByteArray base(name);
        written((base + "/pods.yaml").constData(), shop);
        if (withPolicy)
            written((base + "/policy.yml").constData(), policyForWeb);
        return m_folder.filePath(QString::fromLatin1(name));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void checksAreAnsweredInOrder()
    {
        const QByteArray input =
            check("shop/cart", "shop/web", 8080) + check("shop/cart", "shop/web", 80) +
            check("default/loose", "shop/web", 8080) + check("10.0.0.9", "shop/web", 8080) +
            check("203.0.113.1", "shop/web", 8080) + check("shop/web", "8.8.8.8", 53, "UDP");
        const Run done =
            run({QStringLiteral("verdict"), QStringLiteral("--cluster"), shopFolder("a", true)}, input);
        QCOMPARE(done.code, 0);
        QCOMPARE(done.lines.size(), 6);
        const QStringList expected{QStringLiteral("allow"), QStringLiteral("deny"), QStringLiteral("deny"),
                                   QStringLiteral("allow"), QStringLiteral("deny"), QStringLiteral("allow")};
        for (int i = 0; i < expected.size(); ++i)
            QCOMPARE(done.verdict(i), expected[i]);
        QCOMPARE(done.lines[0], QByteArray("{\"src\":\"shop/cart\",\"dst\":\"shop/web\",\"proto\":\"TCP\","
                                           "\"port\":8080,\"verdict\":\"allow\"}"));
    }

    void explainNamesPolicyAndRule()
    {
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--explain"),
                              QStringLiteral("--cluster"), shopFolder("b", true)},
                             check("shop/cart", "shop/web", 8080) + check("shop/cart", "shop/web", 1));
        const QJsonArray by = done.at(0)[u"by"].toArray();
        QCOMPARE(by.size(), 2);
        const QJsonObject ingress = by[1].toObject();
        QCOMPARE(ingress[u"direction"].toString(), QStringLiteral("ingress"));
        QCOMPARE(ingress[u"kind"].toString(), QStringLiteral("NetworkPolicy"));
        QCOMPARE(ingress[u"namespace"].toString(), QStringLiteral("shop"));
        QCOMPARE(ingress[u"name"].toString(), QStringLiteral("web"));
        QCOMPARE(ingress[u"rule"].toInt(-1), 0);
        QCOMPARE(ingress[u"effect"].toString(), QStringLiteral("allows"));
        QCOMPARE(done.at(1)[u"by"].toArray()[1].toObject()[u"effect"].toString(), QStringLiteral("isolates"));
    }

    void aBadLineIsAnErrorInItsPlace()
    {
        const QByteArray good = check("shop/cart", "shop/web", 80);
        const QByteArray input = good + "nonsense\n" + good + "{\"src\":\"shop/cart\"}\n" +
                                 check("shop/nobody", "shop/web", 80) +
                                 check("shop/cart", "shop/web", 70000) +
                                 check("shop/cart", "shop/web", 80, "GRE") + "[]\n" + good.trimmed();
        const Run done =
            run({QStringLiteral("verdict"), QStringLiteral("--cluster"), shopFolder("c", true)}, input);
        QCOMPARE(done.code, 1);
        QCOMPARE(done.lines.size(), 9);
        for (const int line : {1, 3, 4, 5, 6, 7})
            QVERIFY2(done.at(line).contains(u"error"), done.lines[line].constData());
        for (const int line : {0, 2, 8})
            QCOMPARE(done.verdict(line), QStringLiteral("deny"));
        QVERIFY(done.at(4)[u"error"].toString().contains(u"shop/nobody"));
    }

    void whatIsNotAskedAboutHasToBeJsonToo()
    {
        QByteArray input;
        const QList<QByteArray> bad{"tru", "01", "[1,,2]", "\"\\q\"", "{\"a\"}", "\"a\tb\""};
        const QList<QByteArray> good{"true", "10", "[1,2]", "\"\\n\"", "{\"a\":null}"};
        for (const QByteArray &value : bad + good)
            input +=
                R"({"x":)" + value + R"(,"src":"shop/cart","dst":"shop/web","proto":"TCP","port":80})" + "\n";
        const Run done =
            run({QStringLiteral("verdict"), QStringLiteral("--cluster"), shopFolder("k", true)}, input);
        QCOMPARE(done.lines.size(), bad.size() + good.size());
        for (int i = 0; i < bad.size(); ++i)
            QVERIFY2(done.at(i)[u"error"].toString().contains(u"JSON"), done.lines[i].constData());
        for (int i = int(bad.size()); i < done.lines.size(); ++i)
            QVERIFY2(done.verdict(i) == QLatin1String("deny") && done.at(i).contains(u"x"),
                     done.lines[i].constData());
    }

    void answersThatAreThereAreReplaced()
    {
        const QByteArray line =
            R"({"note":"x","verdict":"allow","src":"shop/cart","dst":"shop/web","proto":"TCP","port":80,"by":[]})";
        const Run done =
            run({QStringLiteral("verdict"), QStringLiteral("--cluster"), shopFolder("d", true)}, line + "\n");
        QCOMPARE(done.verdict(0), QStringLiteral("deny"));
        QCOMPARE(done.lines[0].count("verdict"), 1);
        QCOMPARE(done.at(0)[u"note"].toString(), QStringLiteral("x"));
    }

    void checksComeFromAFileToo()
    {
        const QString checks = written("checks.jsonl", check("shop/cart", "shop/web", 80));
        const Run done =
            run({QStringLiteral("verdict"), QStringLiteral("--checks"), checks, QStringLiteral("--cluster"),
                 shopFolder("e", true), QStringLiteral("--enforcer"), QStringLiteral("none")});
        QCOMPARE(done.verdict(0), QStringLiteral("allow"));
    }

    void aSnapshotIsAClusterToo()
    {
        const QString path = m_folder.filePath(QStringLiteral("shop.portolan"));
        const auto state = fakes::shopCluster().state();
        QVERIFY(saveSnapshot(*state, path.toStdString()).has_value());
        const Pod &pod = **state->pods.begin();
        const QByteArray name = QByteArray::fromStdString(pod.meta.ns + "/" + pod.meta.name);
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), path},
                             check(name.constData(), name.constData(), 80));
        QCOMPARE(done.verdict(0), QStringLiteral("allow"));
    }

    void whoIsHiddenIsNotTakenForNobody()
    {
        auto state = std::make_shared<ClusterState>(*fakes::shopCluster().state());
        state->gaps.push_back(
            {{"", "v1", "Pod", "pods", true}, "vault", {ErrorCode::PermissionDenied, "no", "pods"}});
        const QString file = m_folder.filePath(QStringLiteral("partial.portolan"));
        QVERIFY(saveSnapshot(*state, file.toStdString()).has_value());
        const QByteArray web =
            "shop/" + QByteArray::fromStdString((*state->pods.inNamespace("shop").begin())->meta.name);
        const Run answers =
            run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                check(web.constData(), "vault/keeper", 80) + check(web.constData(), "shop/nobody", 80));
        QCOMPARE(answers.verdict(0), QStringLiteral("unknown"));
        QCOMPARE(answers.at(0)[u"reason"].toString(),
                 QStringLiteral("the pods of namespace vault could not be read"));
        QVERIFY(answers.at(1).contains(u"error"));
    }

    void whatIsWrongInFilesIsSaid()
    {
        const QString folder = shopFolder("f", false);
        written("f/bad.yaml",
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                "metadata: {name: bad, namespace: shop}\nspec: {podSelector: {}, ingres: []}\n");
        written("f/cut.json", "{\"kind\": ");
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), folder},
                             check("shop/cart", "shop/web", 80) + check("shop/cart", "default/loose", 80));
        QCOMPARE(done.code, 0);
        QVERIFY2(done.err.contains("bad.yaml: NetworkPolicy shop/bad: spec.ingres"), done.err.constData());
        QVERIFY2(done.err.contains("cut.json: is no JSON"), done.err.constData());
        QCOMPARE(done.verdict(0), QStringLiteral("unknown"));
        QVERIFY(done.at(0)[u"reason"].toString().contains(u"shop/bad"));
        // The file that was cut off may hold a policy, too.
        QCOMPARE(done.verdict(1), QStringLiteral("unknown"));
        QVERIFY(done.at(1)[u"reason"].toString().contains(u"cut.json"));
    }

    void messagesOfIcmpAreToldApart()
    {
        const QString file = written("icmp.yaml", QByteArray(shop) + R"(---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: ping}
spec:
  selector: app == 'web'
  types: [Ingress]
  ingress: [{action: Allow, protocol: ICMP, icmp: {type: 8}}]
)");
        const QByteArray ping = R"({"src":"shop/cart","dst":"shop/web","proto":"ICMP")";
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                             ping + ",\"icmpType\":8}\n" + ping + ",\"icmpType\":0,\"icmpCode\":0}\n" + ping +
                                 "}\n" + ping + ",\"icmpType\":300}\n");
        QCOMPARE(done.verdict(0), QStringLiteral("allow"));
        QCOMPARE(done.verdict(1), QStringLiteral("deny"));
        QCOMPARE(done.verdict(2), QStringLiteral("unknown"));
        QVERIFY(done.at(2)[u"reason"].toString().contains(u"icmpType"));
        QVERIFY(done.at(3).contains(u"error"));
    }

    void whoEnforcesIsNotGuessedOfTwo()
    {
        const QString file = written("two.yaml", QByteArray(shop) + R"(---
{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a, namespace: shop}, spec: {endpointSelector: {}, ingress: [{fromEntities: [all]}]}}
---
{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: b}, spec: {selector: all(), ingress: [{action: Deny}]}}
)");
        const auto verdictBy = [&](const QStringList &more) {
            return run(QStringList{QStringLiteral("verdict"), QStringLiteral("--cluster"), file} + more,
                       check("shop/cart", "shop/web", 80));
        };
        const Run done = verdictBy({});
        QCOMPARE(done.verdict(0), QStringLiteral("unknown"));
        QVERIFY(done.at(0)[u"reason"].toString().contains(u"Cilium"));
        QCOMPARE(verdictBy({QStringLiteral("--enforcer"), QStringLiteral("calico")}).verdict(0),
                 QStringLiteral("deny"));
        QCOMPARE(verdictBy({QStringLiteral("--enforcer"), QStringLiteral("cilium")}).verdict(0),
                 QStringLiteral("allow"));
    }

    void whatMakesNoSenseIsUsage()
    {
        QCOMPARE(run({QStringLiteral("verdict"), QStringLiteral("extra")}).code, 2);
        QCOMPARE(run({QStringLiteral("diff"), QStringLiteral("one")}).code, 2);
        QCOMPARE(
            run({QStringLiteral("verdict"), QStringLiteral("--cluster"), QStringLiteral("/nowhere.yaml")})
                .code,
            3);
        QCOMPARE(run({QStringLiteral("verdict"), QStringLiteral("--cluster"), shopFolder("g", true),
                      QStringLiteral("--enforcer"), QStringLiteral("weave")})
                     .code,
                 2);
        const Run folder = run({QStringLiteral("verdict"), QStringLiteral("--checks"), m_folder.path(),
                                QStringLiteral("--cluster"), shopFolder("g", true)});
        QCOMPARE(folder.code, 3);
        QVERIFY2(folder.err.contains("is a directory"), folder.err.constData());
        QVERIFY(folder.lines.isEmpty());
    }

    void connectivityListsPairsAndPorts()
    {
        const Run done =
            run({QStringLiteral("connectivity"), QStringLiteral("--cluster"), shopFolder("h", true)});
        QCOMPARE(done.code, 0);
        QVERIFY(done.lines.contains("shop/cart[Pod] => shop/web[Deployment]: TCP 8080"));
        QVERIFY(done.lines.contains("default/loose[Pod] => shop/web[Deployment]: none"));
        QVERIFY(done.lines.contains("shop/web[Deployment] => shop/cart[Pod]: all"));
        QVERIFY(done.lines.contains("0.0.0.0-255.255.255.255 => shop/web[Deployment]: none"));
        const Run json = run({QStringLiteral("connectivity"), QStringLiteral("--json"),
                              QStringLiteral("--cluster"), shopFolder("h", true)});
        QCOMPARE(json.lines.size(), done.lines.size());
        QVERIFY(json.at(0).contains(u"allowed"));
    }

    void whatIsTooMuchToListIsSaid()
    {
        QByteArray policy = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                            "metadata: {name: many, namespace: shop}\nspec:\n  podSelector: {}\n  ingress:\n";
        for (int port = 1; port <= 46'000; port += 2)
            policy += "  - {ports: [{port: " + QByteArray::number(port) + "}]}\n";
        const QString file = written("many.yaml", shop + policy);
        const Run done = run({QStringLiteral("connectivity"), QStringLiteral("--cluster"), file});
        QCOMPARE(done.code, 0);
        QVERIFY2(done.err.contains("NetworkPolicy shop/many: rules and ports are too many to list"),
                 done.err.constData());
        // It holds for all of shop; of the rest everything is told.
        QVERIFY2(done.lines.contains("default/loose[Pod] => shop/web[Deployment]: none; unknown all"),
                 done.lines.join('\n').constData());
        QVERIFY(done.lines.contains("shop/web[Deployment] => default/loose[Pod]: all"));
        const Run diff = run({QStringLiteral("diff"), written("few.yaml", shop), file});
        QCOMPARE(diff.code, 0);
        QVERIFY2(diff.err.contains("shop/many"), diff.err.constData());
        QCOMPARE(run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                     check("shop/cart", "shop/web", 7))
                     .verdict(0),
                 QStringLiteral("allow"));
    }

    void diffComparesAddressesOutsideToo()
    {
        const auto cluster = [this](const char *name, const char *block) {
            return written(name, QByteArray(R"(
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: c}]}
status: {phase: Running, podIPs: [{ip: 172.16.0.1}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: shop}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: )") +
                                     block + "}}]}]}\n");
        };
        const Run done = run({QStringLiteral("diff"), cluster("narrow.yaml", "10.0.0.0/8"),
                              cluster("wide.yaml", "10.0.0.0/7")});
        QVERIFY2(done.lines.value(0).contains("=> 11.0.0.0-11.255.255.255: now allowed all"),
                 done.lines.join('\n').constData());
        QVERIFY(done.lines.join().contains("after, egress: NetworkPolicy shop/out spec.egress[0] allows"));
        QVERIFY(!done.lines.join().contains("10.0.0.0"));
    }

    void diffNamesPairsAndPolicies()
    {
        const Run done = run({QStringLiteral("diff"), shopFolder("i", false), shopFolder("j", true)});
        QCOMPARE(done.code, 0);
        const QByteArray text = done.lines.join('\n');
        QVERIFY2(text.contains("default/loose[Pod] => shop/web[Deployment]: now denied all"),
                 text.constData());
        QVERIFY2(text.contains(
                     "shop/cart[Pod] => shop/web[Deployment]: now denied TCP 1-8079, 8081-65535; UDP all"),
                 text.constData());
        QVERIFY2(text.contains("after, ingress: NetworkPolicy shop/web isolates"), text.constData());
        QVERIFY2(!text.contains("shop/web[Deployment] => shop/cart[Pod]"), text.constData());
        const Run same = run({QStringLiteral("diff"), shopFolder("j", true), shopFolder("j", true)});
        QVERIFY(same.code == 0 && same.lines.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPortolanctlVerdict)
#include "test_portolanctl_verdict.moc"
