#include "model/manifest/manifest.h"
#include "model/policy/policy_model.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace portolan;
using namespace portolan::policy;

/// tests/data/policy/API/CASE/: one folder a case.
///
/// cluster.yaml   the objects; its first comment gives the reasoning from the API's documents
/// checks.jsonl   {"src", "dst", "proto", "port", "verdict"}, and where wanted "reason" and "by", each a part
///                that the verdict's reason, or one of its decisions ("ingress NetworkPolicy shop/web 0
///                allows"), has to contain. src and dst are namespace/pod or an address. "icmpType" for ICMP.
/// enforcer       generic (if it is not there), calico, cilium, none, or detected
/// faults         parts of lines that have to be among the faults; without the file there must be none
class TestGoldenVerdicts : public QObject
{
    Q_OBJECT

    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static policy::Endpoint endOf(const PolicyModel &model, const QString &name)
    {
        const EndpointTable &table = model.endpoints();
        const auto address = IpRange::parse(name.toStdString());
        if (address && !name.contains(u'/')) {
            const EndpointId id = table.withAddress(address->first());
            return id == noEndpoint ? EndpointTable::external(address->first()) : table.endpoint(id);
        }
        const QStringList parts = name.split(u'/');
        const EndpointId id = table.find(parts.value(0).toStdString(), parts.value(1).toStdString());
        if (id == noEndpoint)
            qFatal("there is no %s", qPrintable(name));
        return table.endpoint(id);
    }

    /// The fast answer to the same question.
    static Outcome fastOf(const PolicyModel &model, PairVerdicts &pairs, const policy::Endpoint &from,
                          const policy::Endpoint &to, const Traffic &traffic)
    {
        const EndpointTable &table = model.endpoints();
        const auto idOf = [&](const policy::Endpoint &end) {
            for (EndpointId id = 0; id < table.size(); ++id) {
                const policy::Endpoint one = table.endpoint(id);
                if (one.ref == end.ref && one.addresses == end.addresses && one.kind == end.kind)
                    return id;
            }
            return noEndpoint;
        };
        const EndpointId source = from.kind == EndpointKind::External ? noEndpoint : idOf(from);
        const EndpointId destination = to.kind == EndpointKind::External ? noEndpoint : idOf(to);
        if (source == noEndpoint && destination == noEndpoint)
            return model.explain(from, to, traffic).outcome;
        if (source == noEndpoint)
            return pairs.outcomeFrom(from.addresses[0], destination, traffic);
        if (destination == noEndpoint)
            return pairs.outcomeTo(source, to.addresses[0], traffic);
        return pairs.outcome(source, destination, traffic);
    }

    static Traffic trafficOf(const QJsonObject &check)
    {
        static const std::map<QString, IpProtocol> names{{QStringLiteral("TCP"), protocol::tcp},
                                                         {QStringLiteral("UDP"), protocol::udp},
                                                         {QStringLiteral("SCTP"), protocol::sctp},
                                                         {QStringLiteral("ICMP"), protocol::icmp},
                                                         {QStringLiteral("ICMPv6"), protocol::icmp6}};
        Traffic traffic;
        traffic.protocol = names.at(check[u"proto"].toString());
        traffic.port = std::uint16_t(check[u"port"].toInt());
        traffic.icmpType = std::uint8_t(check[u"icmpType"].toInt());
        traffic.icmpCode = std::uint8_t(check[u"icmpCode"].toInt());
        return traffic;
    }

    static QString lineOf(const Decision &by)
    {
        return QStringLiteral("%1 %2 %3/%4 %5 %6")
            .arg(by.direction == Direction::Ingress ? QStringLiteral("ingress") : QStringLiteral("egress"),
                 QString::fromStdString(by.kind), QString::fromStdString(by.object.ns),
                 QString::fromStdString(by.object.name))
            .arg(by.rule)
            .arg(QString::fromStdString(std::string(effectName(by.effect))));
    }

    static void verify(const PolicyModel &model, PairVerdicts &pairs, const QByteArray &line)
    {
        const QJsonObject check = QJsonDocument::fromJson(line).object();
        QVERIFY2(check.contains(u"verdict"), line.constData());
        const policy::Endpoint from = endOf(model, check[u"src"].toString());
        const policy::Endpoint to = endOf(model, check[u"dst"].toString());
        const Verdict verdict = model.explain(from, to, trafficOf(check));
        QStringList decisions;
        for (const Decision &by : verdict.by)
            decisions += lineOf(by);
        const auto report = [&](const char *what) {
            return qPrintable(QStringLiteral("%1: %2\nhere: %3 (%4)\n%5")
                                  .arg(QString::fromUtf8(line), QString::fromLatin1(what),
                                       QString::fromStdString(std::string(outcomeName(verdict.outcome))),
                                       QString::fromStdString(verdict.reason), decisions.join(u'\n')));
        };
        QVERIFY2(check[u"verdict"].toString().toStdString() == outcomeName(verdict.outcome),
                 report("verdict"));
        QVERIFY2(QString::fromStdString(verdict.reason).contains(check[u"reason"].toString()),
                 report("reason"));
        const QString by = check[u"by"].toString();
        QVERIFY2(by.isEmpty() || !decisions.filter(by).isEmpty(), report("by"));
        QVERIFY2(fastOf(model, pairs, from, to, trafficOf(check)) == verdict.outcome,
                 report("the fast evaluator differs"));
    }

    static void verifyFaults(const QString &folder, const ManifestCluster &cluster, const PolicyModel &model)
    {
        QStringList faults;
        for (const ManifestFault &fault : cluster.faults)
            faults += QString::fromStdString(fault.oneLine());
        for (const PolicyFault &fault : model.policies().faults)
            faults +=
                QString::fromStdString(fault.object.toString() + ": " + fault.field + ": " + fault.text);
        const QString path = folder + QStringLiteral("/faults");
        if (!QFile::exists(path)) {
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
            return;
        }
        for (const QByteArray &part : content(path).split('\n')) {
            QVERIFY2(
                part.isEmpty() || !faults.filter(QString::fromUtf8(part)).isEmpty(),
                qPrintable(QString::fromUtf8(part) + QStringLiteral(" is not among\n") + faults.join(u'\n')));
        }
    }

private Q_SLOTS:
    void verdicts_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir root(QStringLiteral(PORTOLAN_TEST_DATA "/policy"));
        for (const QString &api : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QDir cases(root.filePath(api));
            for (const QString &name : cases.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
                QTest::addRow("%s/%s", qPrintable(api), qPrintable(name)) << cases.filePath(name);
        }
    }

    void verdicts()
    {
        QFETCH(QString, folder);
        const QByteArray objects = content(folder + QStringLiteral("/cluster.yaml"));
        QVERIFY2(objects.startsWith("# "), "cluster.yaml does not begin with its reasoning");
        const ManifestCluster cluster = readManifests({{"cluster.yaml", objects.toStdString()}});
        const QByteArray word = content(folder + QStringLiteral("/enforcer")).trimmed();
        const auto enforcer = enforcerFromName(word.isEmpty() ? "generic" : word.toStdString());
        QVERIFY(enforcer || word == "detected");
        const auto model = PolicyModel::make(cluster.state, {enforcer, true});
        verifyFaults(folder, cluster, *model);
        PairVerdicts pairs(*model);
        int checks = 0;
        for (const QByteArray &line : content(folder + QStringLiteral("/checks.jsonl")).split('\n')) {
            if (line.trimmed().isEmpty())
                continue;
            verify(*model, pairs, line);
            if (QTest::currentTestFailed())
                return;
            ++checks;
        }
        QVERIFY(checks > 0);
    }
};

QTEST_GUILESS_MAIN(TestGoldenVerdicts)
#include "test_golden_verdicts.moc"
