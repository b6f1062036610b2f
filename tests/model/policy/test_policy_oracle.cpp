#include "model/manifest/manifest.h"
#include "model/policy/policy_model.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace portolan;
using namespace portolan::policy;

/// NetworkPolicy verdicts that another project's test generator expects, pod by pod. Read from the folder
/// that PORTOLAN_ORACLES names.
class TestPolicyOracle : public QObject
{
    Q_OBJECT

    /// The step's objects as one List, as kubectl would write it.
    static QByteArray listOf(const QJsonObject &step)
    {
        QJsonArray items = step[u"policies"].toArray();
        const QJsonObject namespaces = step[u"namespaces"].toObject();
        for (auto ns = namespaces.begin(); ns != namespaces.end(); ++ns)
            items.append(QJsonObject{
                {QStringLiteral("apiVersion"), QStringLiteral("v1")},
                {QStringLiteral("kind"), QStringLiteral("Namespace")},
                {QStringLiteral("metadata"),
                 QJsonObject{{QStringLiteral("name"), ns.key()}, {QStringLiteral("labels"), ns.value()}}}});
        QJsonArray ports;
        for (const int number : {80, 81}) {
            for (const char *protocol : {"TCP", "UDP", "SCTP"})
                ports.append(QJsonObject{
                    {QStringLiteral("name"),
                     QStringLiteral("serve-%1-%2").arg(number).arg(QString::fromLatin1(protocol).toLower())},
                    {QStringLiteral("containerPort"), number},
                    {QStringLiteral("protocol"), QString::fromLatin1(protocol)}});
        }
        const QJsonArray containers{QJsonObject{{QStringLiteral("name"), QStringLiteral("server")},
                                                {QStringLiteral("ports"), ports}}};
        for (const auto &pod : step[u"pods"].toArray()) {
            const QJsonArray ips{QJsonObject{{QStringLiteral("ip"), pod[u"ip"]}}};
            items.append(QJsonObject{
                {QStringLiteral("apiVersion"), QStringLiteral("v1")},
                {QStringLiteral("kind"), QStringLiteral("Pod")},
                {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("name"), pod[u"name"]},
                                                         {QStringLiteral("namespace"), pod[u"namespace"]},
                                                         {QStringLiteral("labels"), pod[u"labels"]}}},
                {QStringLiteral("spec"), QJsonObject{{QStringLiteral("containers"), containers}}},
                {QStringLiteral("status"), QJsonObject{{QStringLiteral("phase"), QStringLiteral("Running")},
                                                       {QStringLiteral("podIP"), pod[u"ip"]},
                                                       {QStringLiteral("podIPs"), ips}}}});
        }
        return QJsonDocument(QJsonObject{{QStringLiteral("apiVersion"), QStringLiteral("v1")},
                                         {QStringLiteral("kind"), QStringLiteral("List")},
                                         {QStringLiteral("items"), items}})
            .toJson(QJsonDocument::Compact);
    }

    static EndpointId endOf(const PolicyModel &model, const QString &name)
    {
        const QStringList parts = name.split(u'/');
        return model.endpoints().find(parts[0].toStdString(), parts[1].toStdString());
    }

    static QString wordOf(Outcome outcome)
    {
        return QString::fromStdString(std::string(outcomeName(outcome)));
    }

    /// Names of the step's checks that come out differently.
    static QStringList differences(const QJsonObject &step, int &checked)
    {
        const ManifestCluster cluster = readManifests({{"step.json", listOf(step).toStdString()}});
        QStringList wrong;
        for (const ManifestFault &fault : cluster.faults)
            wrong += QString::fromStdString(fault.oneLine());
        const auto model = PolicyModel::make(cluster.state, {Enforcer::Generic, true});
        PairVerdicts pairs(*model);
        for (const auto &check : step[u"checks"].toArray()) {
            ++checked;
            Traffic traffic;
            traffic.protocol = ipProtocol(*protocolFromName(check[u"proto"].toString().toStdString()));
            traffic.port = std::uint16_t(check[u"port"].toInt());
            const EndpointId from = endOf(*model, check[u"src"].toString());
            const EndpointId to = endOf(*model, check[u"dst"].toString());
            const QString fast = wordOf(pairs.outcome(from, to, traffic));
            const Verdict plain =
                model->explain(model->endpoints().endpoint(from), model->endpoints().endpoint(to), traffic);
            const bool directions = (plain.ingress == Outcome::Allow) == check[u"ingress"].toBool() &&
                                    (plain.egress == Outcome::Allow) == check[u"egress"].toBool();
            if (fast == check[u"verdict"].toString() && wordOf(plain.outcome) == fast && directions)
                continue;
            wrong +=
                QStringLiteral("%1: %2, here %3 and %4")
                    .arg(QString::fromUtf8(QJsonDocument(check.toObject()).toJson(QJsonDocument::Compact)),
                         check[u"verdict"].toString(), fast, wordOf(plain.outcome));
        }
        return wrong;
    }

private Q_SLOTS:
    void everyCheckComesOutAsExpected()
    {
        const QString folder = qEnvironmentVariable("PORTOLAN_ORACLES");
        if (folder.isEmpty())
            QSKIP("PORTOLAN_ORACLES is not set");
        QProcess gzip;
        gzip.start(QStringLiteral("gzip"),
                   QStringList{QStringLiteral("-dc"), folder + QStringLiteral("/cyclonus_cases.jsonl.gz")});
        QVERIFY(gzip.waitForFinished(60'000));
        const QList<QByteArray> lines = gzip.readAllStandardOutput().split('\n');
        int steps = 0;
        int checked = 0;
        for (const QByteArray &line : lines) {
            if (line.isEmpty())
                continue;
            const QJsonObject step = QJsonDocument::fromJson(line).object();
            const QStringList wrong = differences(step, checked);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("case %1 (%2):\n")
                                                     .arg(step[u"case"].toInt())
                                                     .arg(step[u"description"].toString()) +
                                                 wrong.mid(0, 10).join(u'\n')));
            ++steps;
        }
        QVERIFY(steps > 0);
        qInfo("%d checks in %d steps", checked, steps);
    }
};

QTEST_GUILESS_MAIN(TestPolicyOracle)
#include "test_policy_oracle.moc"
