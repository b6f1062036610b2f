#include "tests/ctl/verdict_runs.h"

#include <QTest>

/// What "src" and "dst" of a check name, and what manifests stand for.
class TestPortolanctlEnds : public QObject, portolan::ctl_tests::VerdictRuns
{
    Q_OBJECT

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

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

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

    /// What a node passes on is not for the node: NodePorts, and a load balancer that stands on its address.
    /// And what leaves no pod no policy sees.
    void aNodesPortMayBeAServices()
    {
        const QString file = written("nodeports.yaml", R"(
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.168.1.1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: c}]}
status: {phase: Running, podIPs: [{ip: 10.0.1.1}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: NodePort, clusterIP: 10.96.0.1, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: lb, namespace: shop}
spec: {type: LoadBalancer, clusterIP: 10.96.0.2, selector: {app: web}, ports: [{port: 443}]}
status: {loadBalancer: {ingress: [{ip: 192.168.1.1}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shut, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
)");
        const Run done = run({QStringLiteral("verdict"), QStringLiteral("--cluster"), file},
                             check("8.8.8.8", "192.168.1.1", 30080) + check("8.8.8.8", "192.168.1.1", 443) +
                                 check("8.8.8.8", "192.168.1.1", 22) + check("shop/web", "127.0.0.1", 80));
        QCOMPARE(done.verdict(0), QStringLiteral("unknown"));
        QVERIFY(done.at(0)[u"reason"].toString().contains(u"Service shop/web"));
        QCOMPARE(done.verdict(1), QStringLiteral("unknown"));
        QCOMPARE(done.verdict(2), QStringLiteral("allow"));
        QCOMPARE(done.verdict(3), QStringLiteral("unknown"));
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
};

QTEST_GUILESS_MAIN(TestPortolanctlEnds)
#include "test_portolanctl_ends.moc"
