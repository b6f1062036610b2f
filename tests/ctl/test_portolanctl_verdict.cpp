#include "model/snapshot/snapshot.h"
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
class TestPortolanctlVerdict : public QObject
{
    Q_OBJECT

    struct Run
    {
        int code = -1;
        QList<QByteArray> lines;
        QByteArray err;

        QJsonObject at(int line) const { return QJsonDocument::fromJson(lines.value(line)).object(); }
        QString verdict(int line) const { return at(line)[u"verdict"].toString(); }
    };

    QTemporaryDir m_folder;

    Run run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl"), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(120'000))
            process.kill();
        Run result{process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                   process.readAllStandardOutput().split('\n'), process.readAllStandardError()};
        if (!result.lines.isEmpty() && result.lines.last().isEmpty())
            result.lines.removeLast();
        return result;
    }

    QString written(const char *name, const QByteArray &content)
    {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(content);
        return path;
    }

    static QByteArray check(const char *src, const char *dst, int port, const char *proto = "TCP")
    {
        return QStringLiteral("{\"src\":\"%1\",\"dst\":\"%2\",\"proto\":\"%3\",\"port\":%4}\n")
            .arg(QString::fromLatin1(src), QString::fromLatin1(dst), QString::fromLatin1(proto))
            .arg(port)
            .toUtf8();
    }

    /// A Deployment and a CronJob of one name, as charts have them.
    static constexpr auto namesakes = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {template: {metadata: {labels: {app: api}}, spec: {containers: [{name: c}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: api, namespace: shop}
spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: cj}}, spec: {containers: [{name: c}]}}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: c}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api, namespace: shop}
spec: {podSelector: {matchLabels: {app: api}}, policyTypes: [Ingress]}
)";

    static constexpr auto shop = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
status: {phase: Running, podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.9}]}
---
apiVersion: v1
kind: Pod
metadata: {name: loose}
)";
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

    /// Policies are asked after the translation: about the backend and its own port.
    void aServiceIsItsEndpoints()
    {
        const QString file = written("services.yaml", R"(
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c}]}
status: {phase: Running, podIPs: [{ip: 10.0.1.1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db-1, namespace: data, labels: {app: db, part: one}}
spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}
status: {phase: Running, podIPs: [{ip: 10.0.2.1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db-2, namespace: data, labels: {app: db}}
spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}
status: {phase: Running, podIPs: [{ip: 10.0.2.2}]}
---
apiVersion: v1
kind: Service
metadata: {name: both, namespace: data}
spec: {clusterIP: 10.96.0.1, selector: {app: db}, ports: [{port: 80, targetPort: sql}]}
---
apiVersion: v1
kind: Service
metadata: {name: one, namespace: data}
spec: {clusterIP: 10.96.0.2, externalIPs: [203.0.113.9], selector: {part: one}, ports: [{port: 80, targetPort: sql}, {port: 81}]}
---
apiVersion: v1
kind: Service
metadata: {name: by-hand, namespace: data}
spec: {clusterIP: 10.96.0.3, ports: [{name: a, port: 80}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: by-hand-1, namespace: data, labels: {kubernetes.io/service-name: by-hand}}
addressType: IPv4
ports: [{name: a, port: 5432}]
endpoints: [{addresses: [198.51.100.7]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: one, namespace: data}
spec:
  podSelector: {matchLabels: {part: one}}
  ingress: [{ports: [{port: 5432}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: two, namespace: data}
spec: {podSelector: {matchExpressions: [{key: part, operator: DoesNotExist}]}, policyTypes: [Ingress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: [{to: [{namespaceSelector: {}}, {ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 5432}]}]
)");
        const QByteArray input = check("shop/web", "10.96.0.2", 80) +    // its one pod
                                 check("shop/web", "203.0.113.9", 80) +  // the same
                                 check("shop/web", "10.96.0.1", 80) +    // two that differ
                                 check("shop/web", "10.96.0.2", 81) +    // a port that policies do not allow
                                 check("shop/web", "10.96.0.2", 82) +    // that there is none
                                 check("shop/web", "10.96.0.3", 80) +    // an endpoint outside
                                 check("data/db-2", "10.96.0.1", 80) +   // itself is one of them
                                 check("10.96.0.1", "shop/web", 80) +    // no source
                                 check("198.51.100.1", "10.96.0.2", 80); // from outside
        for (const char *how : {"plain", "--explain"}) {
            QStringList arguments{QStringLiteral("verdict"), QStringLiteral("--cluster"), file};
            if (how[0] == '-')
                arguments << QLatin1String(how);
            const Run done = run(arguments, input);
            QCOMPARE(done.lines.size(), 9);
            const QStringList wanted{
                QStringLiteral("allow"),   QStringLiteral("allow"),   QStringLiteral("unknown"),
                QStringLiteral("deny"),    QStringLiteral("unknown"), QStringLiteral("allow"),
                QStringLiteral("unknown"), QStringLiteral("unknown"), QStringLiteral("unknown")};
            for (int i = 0; i < wanted.size(); ++i)
                QCOMPARE(QStringLiteral("%1 %2").arg(i).arg(done.verdict(i)),
                         QStringLiteral("%1 %2").arg(i).arg(wanted[i]));
            QVERIFY(done.at(4)[u"reason"].toString().contains(u"has no such port"));
        }
    }

    /// A pod with two addresses is asked about by the one that was named.
    void anAddressNamesItsFamily()
    {
        const QString file = written("families.yaml", R"(
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec: {containers: [{name: c}]}
status: {phase: Running, podIPs: [{ip: 10.0.1.1}, {ip: "fd00::1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop, labels: {app: b}}
spec: {containers: [{name: c}]}
status: {phase: Running, podIPs: [{ip: 10.0.1.2}, {ip: "fd00::2"}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: b, namespace: shop}
spec: {podSelector: {matchLabels: {app: b}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
)");
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                             check("10.0.1.1", "10.0.1.2", 80) + check("fd00::1", "fd00::2", 80) +
                                 check("shop/a", "shop/b", 80) + check("::ffff:10.0.1.1", "10.0.1.2", 80));
        QCOMPARE(done.verdict(0), QStringLiteral("allow"));
        QCOMPARE(done.verdict(1), QStringLiteral("deny"));
        QCOMPARE(done.verdict(2), QStringLiteral("unknown"));
        QCOMPARE(done.verdict(3), QStringLiteral("allow")); // IPv4, however it is written
    }

    /// What could not be read may have been a policy of any API, and what it said comes first.
    void whatCouldNotBeReadMayBeAnyPolicy()
    {
        const QString folder = QFileInfo(written("any/pods.yaml", R"(
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec: {containers: [{name: c}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop}
spec: {containers: [{name: c}]}
---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: all}
spec:
  priority: 5
  subject: {namespaces: {}}
  ingress: [{action: Allow, from: [{namespaces: {}}]}]
  egress: [{action: Allow, to: [{namespaces: {}}]}]
)"))
                                   .path();
        const QStringList ask{QStringLiteral("verdict"), QStringLiteral("--cluster"), folder};
        QCOMPARE(run(ask, check("shop/a", "shop/b", 80)).verdict(0), QStringLiteral("allow"));
        for (const char *broken : {"a: [1", "apiVersion: networking.k8s.io/v1\nkind: AdminNetworkPolicy\n"
                                            "metadata: {name: x}\nspec: {priority: 1}\n"}) {
            written("any/broken.yaml", broken);
            const Run done = run(ask, check("shop/a", "shop/b", 80));
            QCOMPARE(done.verdict(0), QStringLiteral("unknown"));
            QVERIFY(!done.err.isEmpty());
        }
        written("any/broken.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
                                   "metadata: {name: x, namespace: 7}\nspec: {podSelector: {}}\n");
        QVERIFY(run(ask, check("shop/a", "shop/b", 80)).err.contains("metadata.namespace: is no text"));
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

    /// One pod stands for three, and these are not one another.
    void aWorkloadIsNotItself()
    {
        const QString file = written("own.yaml", QByteArray(shop) + R"(---
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: shut, namespace: shop}, spec: {podSelector: {}}}
)");
        for (const QStringList &more : {QStringList(), QStringList(QStringLiteral("--explain"))}) {
            const Run done =
                run(QStringList{QStringLiteral("verdict"), QStringLiteral("--cluster"), file} + more,
                    check("shop/web", "shop/web", 80) + check("shop/cart", "shop/cart", 80));
            QCOMPARE(done.verdict(0), QStringLiteral("deny"));
            QCOMPARE(done.verdict(1), QStringLiteral("allow"));
        }
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

    void workloadsOfOneNameAreSeveral()
    {
        const QString file = written("names.yaml", namesakes);
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                             check("shop/web", "shop/api", 80) + check("shop/api", "shop/web", 80));
        QCOMPARE(done.verdict(0), QStringLiteral("unknown"));
        QCOMPARE(done.verdict(1), QStringLiteral("allow"));
        QVERIFY2(done.err.isEmpty(), done.err.constData());
        // One of the same kind again is no second one.
        QFile names(file);
        QVERIFY(names.open(QIODevice::Append));
        names.write("---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\n"
                    "spec: {template: {metadata: {labels: {app: cj}}, spec: {containers: [{name: c}]}}}\n");
        names.close();
        const Run again = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                              check("shop/web", "shop/api", 80));
        QCOMPARE(again.verdict(0), QStringLiteral("allow"));
        QVERIFY(again.err.contains("the later one counts"));
    }

    void workloadsOfOneNameAreListed()
    {
        const QString file = written("listed.yaml", namesakes);
        const Run pairs = run({QStringLiteral("connectivity"), QStringLiteral("--cluster"), file});
        const QByteArray text = pairs.lines.join('\n');
        QVERIFY(text.contains("shop/web[Pod] => shop/api[Deployment]: none"));
        QVERIFY2(text.contains("shop/web[Pod] => shop/api[CronJob]: all"), text.constData());
    }

    void podsOfOneTemplateAreAPairToo()
    {
        const Run done =
            run({QStringLiteral("connectivity"), QStringLiteral("--cluster"), written("replicas.yaml", R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: two, namespace: shop}
spec: {replicas: 2, template: {metadata: {labels: {app: two}}, spec: {containers: [{name: c}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: single, namespace: shop}
spec: {template: {metadata: {labels: {app: single}}, spec: {containers: [{name: c}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: shop}
spec: {template: {spec: {hostNetwork: true, containers: [{name: c}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: two, namespace: shop}
spec: {podSelector: {matchLabels: {app: two}}, policyTypes: [Ingress]}
)")});
        const QByteArray text = done.lines.join('\n');
        QVERIFY2(text.contains("shop/two[Deployment] => shop/two[Deployment]: none"), text.constData());
        QVERIFY(!text.contains("shop/single[Deployment] => shop/single[Deployment]"));
        QVERIFY(done.err.contains("1 pods on the network of their node are left out"));
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
