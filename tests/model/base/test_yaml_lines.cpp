#include "model/base/yaml_lines.h"

#include <QTest>

using namespace portolan;

namespace {

constexpr std::string_view policy = R"(apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  labels:
    app.kubernetes.io/name: web
    app: x
  name: web
specs:
- description: |
    ingress:
    - no rule
  endpointSelector: {}
  ingress:
  - fromEndpoints:
    - matchLabels:
        "k8s:io.kubernetes.pod.namespace": shop
    toPorts:
    - ports:
      - port: "80"
        protocol: TCP
      - port: "443"

  # the second
  - fromEntities: [world, host]
  egressDeny:
  - toCIDR:
    - 10.0.0.0/8
- endpointSelector:
    matchLabels:
      'it''s': "a: b"
  ingress:
  -
    - 1
    -   - 2
        - 3
status: {}
)";

} // namespace

class TestYamlLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsHaveLines_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        const auto row = [](const char *path, int first, int last) {
            QTest::newRow(path) << QByteArray(path) << first << last;
        };
        row("apiVersion", 0, 0);
        row("metadata", 2, 6);
        row("metadata.labels", 3, 5);
        row("metadata.labels.app.kubernetes.io/name", 4, 4);
        row("metadata.labels.app", 5, 5);
        row("specs", 7, 34);
        row("specs[0]", 8, 26);
        row("specs[0].description", 8, 10);
        row("specs[0].endpointSelector", 11, 11);
        row("specs[0].endpointSelector.matchLabels", 11, 11);
        row("specs[0].ingress", 12, 23);
        row("specs[0].ingress[0]", 13, 20);
        row("specs[0].ingress[0].fromEndpoints[0].matchLabels.k8s:io.kubernetes.pod.namespace", 15, 15);
        row("specs[0].ingress[0].toPorts[0].ports[0]", 18, 19);
        row("specs[0].ingress[0].toPorts[0].ports[1].port", 20, 20);
        row("specs[0].ingress[1]", 23, 23);
        row("specs[0].ingress[1].fromEntities[1]", 23, 23);
        row("specs[0].egressDeny[0]", 25, 26);
        row("specs[1].endpointSelector.matchLabels.it's", 29, 29);
        row("specs[1].ingress[0]", 31, 34);
        row("specs[1].ingress[0][0]", 32, 32);
        row("specs[1].ingress[0][1]", 33, 34);
        row("specs[1].ingress[0][1][1]", 34, 34);
    }
    void pathsHaveLines()
    {
        QFETCH(QByteArray, path);
        const auto lines = linesOfYaml(policy, path.toStdString());
        QVERIFY(lines);
        QTEST(int(lines->first), "first");
        QTEST(int(lines->last), "last");
    }

    void whatIsNotThereHasNoLines()
    {
        for (const char *path :
             {"", "spec", "specs[2]", "specs[0].ingress[7]", "specs[0].ingres", "specs.ingress",
              "metadata[0]", "specs[", "specs[x]", "specs[-1]", "specs[0].description.ingress",
              "metadata.name.x", ".", "[0]", "specs[99999999999999999999]"})
            QVERIFY2(!linesOfYaml(policy, path), path);
        QVERIFY(!linesOfYaml("", "spec"));
        QVERIFY(!linesOfYaml("no yaml at all", "spec"));
    }

    void theListCanStandDeeperThanItsKey()
    {
        constexpr std::string_view deep =
            "spec:\n    ingress:\n        - from: []\n        - {}\n\n\n# end\n";
        QCOMPARE(*linesOfYaml(deep, "spec.ingress[1]"), (LineRange{3, 3}));
        QCOMPARE(*linesOfYaml(deep, "spec"), (LineRange{0, 3}));
    }

    void theFirstDocumentIsRead()
    {
        constexpr std::string_view two = "---\nspec: 1\n---\nother: 2\n";
        QCOMPARE(*linesOfYaml(two, "spec"), (LineRange{1, 1}));
        QVERIFY(!linesOfYaml(two, "other"));
    }

    void windowsLineEndsAndHostileTextDoNoHarm()
    {
        QCOMPARE(*linesOfYaml("a:\r\n  b: 1\r\nc: 2\r\n", "a.b"), (LineRange{1, 1}));
        QCOMPARE(*linesOfYaml("a:\r\n  b: 1\r\nc: 2\r\n", "a"), (LineRange{0, 1}));
        std::string dashes;
        for (int i = 0; i < 2000; ++i)
            dashes += "- ";
        std::string path;
        for (int i = 0; i < 2000; ++i)
            path += "[0]";
        QVERIFY(linesOfYaml(dashes + "x", path));
        QVERIFY(!linesOfYaml(std::string(200'000, '"'), "a"));
        QVERIFY(!linesOfYaml(": :\n\"\n'\n- -\n-\n:\n", "a[0]"));
        QVERIFY(!linesOfYaml(":", "a"));
    }
};

QTEST_GUILESS_MAIN(TestYamlLines)
#include "test_yaml_lines.moc"
