#include "model/manifest/manifest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace portolan;

/// Folders and files of manifests, and what is wrong in them.
class TestManifest : public QObject
{
    Q_OBJECT

    static ManifestCluster read(const std::string &yaml) { return readManifests({{"a.yaml", yaml}}); }

    static QByteArray faultsOf(const ManifestCluster &cluster)
    {
        QByteArray lines;
        for (const ManifestFault &fault : cluster.faults)
            lines += QByteArray::fromStdString(fault.oneLine()) + '\n';
        return lines;
    }

private Q_SLOTS:
    void documentsAndListsAreTakenApart()
    {
        const auto cluster = read(R"(
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: red}}
---
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}}
  - apiVersion: v1
    kind: PodList
    items: [{metadata: {name: b, namespace: shop}}, {metadata: {name: c}}]
)");
        QVERIFY2(cluster.faults.empty(), faultsOf(cluster).constData());
        QCOMPARE(cluster.state->pods.size(), std::size_t(3));
        QVERIFY(cluster.state->pods.find("shop", "b"));
        QVERIFY(cluster.state->pods.find("default", "c"));
    }

    void namespacesThatAreOnlyNamedExist()
    {
        const auto cluster = read("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: far}}");
        const Namespace *ns = cluster.state->namespaces.find({}, "far");
        QVERIFY(ns);
        QCOMPARE(*ns->meta.labels.find("kubernetes.io/metadata.name"), std::string("far"));
    }

    void templatesBecomePods()
    {
        const auto cluster = read(R"(
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5, template: {metadata: {labels: {app: web}},
  spec: {serviceAccountName: robot, containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}}}}
---
{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: data}, spec: {replicas: 2, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}}
---
{apiVersion: batch/v1, kind: CronJob, metadata: {name: night}, spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: night}}, spec: {containers: []}}}}}}
)");
        QVERIFY2(cluster.faults.empty(), faultsOf(cluster).constData());
        const Pod *web = cluster.state->pods.find("default", "web");
        QVERIFY(web);
        QCOMPARE(*web->meta.labels.find("app"), std::string("web"));
        QCOMPARE(web->serviceAccount, std::string("robot"));
        QVERIFY(web->phase == PodPhase::Running && web->ips.empty());
        QCOMPARE(web->containers.at(0).ports.at(0).name, std::string("http"));
        QCOMPARE(topOwnerOf(*cluster.state, *web).type, std::string("Deployment"));
        QVERIFY(cluster.state->pods.find("data", "db-0") && cluster.state->pods.find("data", "db-1"));
        QVERIFY(cluster.state->pods.find("default", "night"));
        QCOMPARE(cluster.state->pods.size(), std::size_t(4));
    }

    void aWrittenPodCountsBeforeItsTemplate()
    {
        const auto cluster = read(R"(
{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: real}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {metadata: {labels: {app: made}}, spec: {containers: []}}}}
)");
        QCOMPARE(*cluster.state->pods.find("default", "web")->meta.labels.find("app"), std::string("real"));
        QVERIFY(cluster.faults.empty());
    }

    void policyDefaultsAreAppliedToFiles()
    {
        const auto cluster = read("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: "
                                  "p}, spec: {egress: [{}]}}");
        const NetworkPolicy *policy = cluster.state->networkPolicies.find("default", "p");
        QVERIFY(policy && policy->isolatesIngress && policy->isolatesEgress);
        QCOMPARE(cluster.fileOf(refOf(*policy)), std::string("a.yaml"));
    }

    void kindsWithoutANamespaceHaveNone()
    {
        const auto cluster =
            read("{apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {name: g, "
                 "namespace: x}}\n---\n"
                 "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: m}}");
        QVERIFY(cluster.state->others.find("", "g"));
        QVERIFY(cluster.state->others.find("default", "m"));
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("fault");
        const auto row = [](const char *name, const char *text, const char *fault) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(fault);
        };
        row("no YAML", "a: [", "a.yaml: is no YAML");
        row("a comma first", ",a", "a.yaml: is no YAML");
        row("a bracket after a document", "a: 1\n---\n]", "a.yaml: is no YAML");
        row("no object", "just text", "holds something that is no object");
        row("no kind", "{apiVersion: v1, metadata: {name: a}}", "kind: is missing");
        row("no apiVersion", "{kind: Pod, metadata: {name: a}}", "Pod: apiVersion: is missing");
        row("no name", "{apiVersion: v1, kind: Pod, metadata: {}}", "Pod: metadata.name: is missing");
        row("wrong type", "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: 5}}",
            "Pod default/a: metadata.labels");
        row("port out of range",
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {ingress: "
            "[{ports: [{port: 70000}]}]}}",
            "NetworkPolicy default/p: spec.ingress[0].ports[0].port");
        row("cyclic anchor", "a: &a [*a]", "refers to itself");
        row("laughs",
            "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c "
            "[*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
            "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\nkind: Pod\n",
            "apiVersion: is missing");
        QByteArray bomb = "a: &a0 [1,1,1,1,1,1,1,1,1,1]\n";
        for (int i = 1; i < 8; ++i)
            bomb += QStringLiteral("a%1: &a%1 [%2]\n")
                        .arg(i)
                        .arg(QStringList(10, QStringLiteral("*a%1").arg(i - 1)).join(u','))
                        .toUtf8();
        row("a hundred million numbers by aliases", bomb.constData(),
            "a.yaml: document 1 holds too many values, aliases written out");
        row("aliases in many documents",
            QByteArray("a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a]\n"
                       "c: &c [*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c]\n"
                       "e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n---\n")
                .repeated(20)
                .append("kind: Pod")
                .constData(),
            "holds too many values");
        row("as many values without aliases",
            ("kind: Pod\na: [" + QByteArray("1,").repeated(200'000) + "]\n").constData(),
            "apiVersion: is missing");
        row("a key that is no text", "{[a]: b}", "document 1 has a key that is no text");
        row("a key twice",
            "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: true, hostNetwork: false}}",
            "document 1 has the key \"hostNetwork\" twice in one map");
        row("a key of its own over a merged one", "a: &a {kind: Node}\nkind: Pod\n<<: *a\n",
            "apiVersion: is missing");
        row("twice",
            "{apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n{apiVersion: v1, kind: Pod, metadata: "
            "{name: a}}",
            "Pod default/a: stands in a.yaml already; the later one counts");
    }

    void whatIsWrongIsNamed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, fault);
        const auto cluster =
            read(text.toStdString() +
                 "\n---\n{apiVersion: v1, kind: Pod, metadata: {name: after, namespace: z}}\n");
        QVERIFY2(faultsOf(cluster).contains(fault), faultsOf(cluster).constData());
        // A file that is no YAML is no file; in any other the rest is used.
        QCOMPARE(cluster.state->pods.find("z", "after") != nullptr, !fault.contains("no YAML"));
    }

    void aPolicyThatDoesNotDecodeIsKept()
    {
        const auto cluster =
            read("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: "
                 "{podSelector: all}}");
        QVERIFY(cluster.state->networkPolicies.empty());
        const ApiObject *kept = cluster.state->others.find("default", "p");
        QVERIFY(kept && kept->kind == "NetworkPolicy");
    }

    void whatMayBeAPolicyIsNotTakenForNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("ns"); // of the gap; "-": there is none
        const auto row = [](const char *name, const char *text, const char *ns) {
            QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(ns);
        };
        row("no YAML", "a: [", "");
        row("cyclic anchor", "kind: NetworkPolicy\nspec: &a [*a]", "");
        row("no name", "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {namespace: shop}}",
            "shop");
        row("no metadata", "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy}", "");
        row("no apiVersion", "{kind: NetworkPolicy, metadata: {name: a}}", "default");
        row("an API of old",
            "{apiVersion: extensions/v1beta1, kind: NetworkPolicy, metadata: {name: a, namespace: b}}", "b");
        row("of the whole cluster",
            "{apiVersion: crd.antrea.io/v1, kind: ClusterNetworkPolicy, metadata: {name: a}}", "");
        row("a policy",
            "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {}}", "-");
        row("another kind", "{apiVersion: v1, kind: Pod, metadata: {}}", "-");
    }

    void whatMayBeAPolicyIsNotTakenForNone()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, ns);
        const auto gaps = read(text.toStdString()).state->gaps;
        QCOMPARE(gaps.empty(), ns == QLatin1String("-"));
        for (const ReadGap &gap : gaps) {
            QVERIFY(gap.resource.kind.ends_with("NetworkPolicy"));
            QCOMPARE(QString::fromStdString(gap.ns), gap.resource.namespaced ? ns : QString());
            QCOMPARE(gap.reason.where, std::string("a.yaml"));
        }
    }

    void whatIsNotEvenYamlMayBeAPolicyOfAnyApi()
    {
        std::set<std::string> groups;
        const std::vector<ReadGap> any = read("a: [1").state->gaps;
        for (const ReadGap &gap : any)
            groups.insert(gap.resource.group);
        QCOMPARE(groups.size(), std::size_t(5));
        const std::vector<ReadGap> one =
            read("{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy}").state->gaps;
        QVERIFY(!one.empty());
        for (const ReadGap &gap : one)
            QCOMPARE(gap.resource.kind, std::string("CiliumNetworkPolicy"));
    }

    void namesThatAServerWouldMake()
    {
        const auto cluster = read("{apiVersion: v1, kind: Pod, metadata: {generateName: job-}}\n---\n"
                                  "{apiVersion: v1, kind: Pod, metadata: {generateName: job-}}");
        QVERIFY2(cluster.faults.empty(), faultsOf(cluster).constData());
        QCOMPARE(cluster.state->pods.size(), std::size_t(2));
    }

    void scalarsAreThoseOfYaml11_data()
    {
        QTest::addColumn<QByteArray>("port");
        for (const char *port : {"80", "0x50", "0120", "0o120", "8_0", "+80", "0b1010000"})
            QTest::newRow(port) << QByteArray(port);
    }

    /// As kubectl reads them.
    void scalarsAreThoseOfYaml11()
    {
        QFETCH(QByteArray, port);
        const auto cluster =
            read("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, "
                 "spec: {ingress: [{ports: [{port: " +
                 port.toStdString() + "}]}]}}");
        QVERIFY2(cluster.faults.empty(), faultsOf(cluster).constData());
        const NetworkPolicy *policy = cluster.state->networkPolicies.find("default", "a");
        QVERIFY(policy);
        const std::variant<std::uint16_t, std::string> number = std::uint16_t(80);
        QVERIFY(policy->ingress.at(0).ports.at(0).port == number);
        // A label is a text: what YAML takes for something else, a server refuses.
        QVERIFY(!read("{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: yes}}}").faults.empty());
    }

    void mergeKeysAreResolved()
    {
        const auto cluster = read(R"(
apiVersion: v1
kind: Pod
metadata:
  name: a
  labels:
    <<: &base {app: web, tier: front}
    tier: back
)");
        const Labels &labels = cluster.state->pods.find("default", "a")->meta.labels;
        QCOMPARE(*labels.find("app"), std::string("web"));
        QCOMPARE(*labels.find("tier"), std::string("back"));
    }

    void foldersAreReadInOrder()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(QStringLiteral("deep"));
        const auto write = [&](const char *name, const QByteArray &text) {
            QFile file(folder.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("deep/b.yml", "{apiVersion: v1, kind: Pod, metadata: {name: b}}");
        write("a.json", R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}})");
        write("notes.txt", "not a manifest");
        write("cut.json", "{");
        const auto cluster = loadManifests(folder.path().toStdString());
        QVERIFY(cluster.has_value());
        QCOMPARE(cluster->state->pods.size(), std::size_t(2));
        QCOMPARE(faultsOf(*cluster), QByteArray("cut.json: is no JSON\n"));
        QVERIFY(looksLikeManifests(folder.path().toStdString()));
    }

    void whatCannotBeReadIsAnError()
    {
        QVERIFY(loadManifests("/nowhere/at/all").error().code == ErrorCode::NotFound);
        QTemporaryDir empty;
        QVERIFY(loadManifests(empty.path().toStdString()).error().code == ErrorCode::InvalidInput);
        QVERIFY(!looksLikeManifests("/tmp/a.portolan"));
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "test_manifest.moc"
