#include "model/flows/hubble_line.h"

#include <QTest>

using namespace portolan;

namespace {

// As Hubble of Cilium 1.15 writes it, abridged.
std::string flow(const std::string &fields, const std::string &verdict = "FORWARDED",
                 const std::string &l4 = R"({"TCP":{"source_port":40000,"destination_port":8080}})")
{
    return R"({"flow":{"time":"2026-11-22T14:32:07.250Z","verdict":")" + verdict +
           R"(","IP":{"source":"10.42.0.7","destination":"10.42.1.9"},"l4":)" + l4 +
           R"(,"source":{"namespace":"shop","pod_name":"web-1"},)"
           R"("destination":{"namespace":"payments","pod_name":"ledger-0"},"Type":"L3_L4",)" +
           fields + R"(},"node_name":"node-a"})";
}

const std::string trace = R"("event_type":{"type":4},)";
const std::string drop = R"("event_type":{"type":1,"sub_type":133},"drop_reason_desc":"POLICY_DENIED",)";

std::optional<ObservedFlow> recordOf(const std::string &line)
{
    const Result<HubbleLine> told = readHubbleLine(line);
    return told ? told->record : std::nullopt;
}

} // namespace

class TestHubbleLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatArrivedIsForwarded()
    {
        const auto told =
            readHubbleLine(flow(trace + R"("is_reply":false,"trace_observation_point":"TO_ENDPOINT")"));
        QVERIFY(told && told->record);
        const ObservedFlow &record = *told->record;
        QCOMPARE(record.source.toString(), std::string("Pod shop/web-1"));
        QCOMPARE(record.destination.toString(), std::string("Pod payments/ledger-0"));
        QCOMPARE(record.port, 8080);
        QCOMPARE(record.protocol, Protocol::Tcp);
        QCOMPARE(record.forwarded, 1U);
        QCOMPARE(record.dropped, 0U);
        QCOMPARE(formatRfc3339(record.forwardedAt), std::string("2026-11-22T14:32:07.250Z"));
        QVERIFY(told->at == record.forwardedAt);
    }

    void whatWasDroppedHasItsReason()
    {
        const auto record = recordOf(flow(drop + R"("is_reply":false)", "DROPPED"));
        QVERIFY(record);
        QCOMPARE(record->dropped, 1U);
        QCOMPARE(record->forwarded, 0U);
        QCOMPARE(record->dropReason, std::string("POLICY_DENIED"));
        QVERIFY(isPolicyDrop(record->dropReason));
        QVERIFY(!isPolicyDrop("CT_MAP_INSERTION_FAILED"));
        QCOMPARE(formatRfc3339(record->droppedAt), std::string("2026-11-22T14:32:07.250Z"));
    }

    void whatTellsNothingOfAConnection_data()
    {
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const std::string &line) {
            QTest::newRow(name) << QString::fromStdString(line);
        };
        const std::string request = R"("is_reply":false,)";
        row("a reply", flow(trace + R"("is_reply":true,"trace_observation_point":"TO_ENDPOINT")"));
        row("on its way", flow(trace + request + R"("trace_observation_point":"TO_OVERLAY")"));
        row("left its pod for another one",
            flow(trace + request + R"("trace_observation_point":"TO_STACK")"));
        row("the verdict of a policy", flow(request + R"("event_type":{"type":5})", "DROPPED"));
        row("audited", flow(trace + request + R"("trace_observation_point":"TO_ENDPOINT")", "AUDIT"));
        row("ping", flow(trace + request + R"("trace_observation_point":"TO_ENDPOINT")", "FORWARDED",
                         R"({"ICMPv4":{"type":8}})"));
        row("layer 7", flow(drop + request + R"("Type":"L7")", "DROPPED"));
        row("direction not known",
            flow(drop + R"("x":1)", "DROPPED", R"({"TCP":{"destination_port":40000,"flags":{"ACK":true}}})"));
        row("node status", R"({"node_status":{"state_change":"NODE_CONNECTED"}})");
    }
    void whatTellsNothingOfAConnection()
    {
        QFETCH(QString, line);
        const auto told = readHubbleLine(line.toStdString());
        QVERIFY(told);
        QVERIFY(!told->record);
    }

    void aFirstPacketThatWasDroppedIsARequest()
    {
        QVERIFY(recordOf(
            flow(drop + R"("x":1)", "DROPPED", R"({"TCP":{"destination_port":80,"flags":{"SYN":true}}})")));
        QVERIFY(recordOf(flow(drop + R"("x":1)", "DROPPED", R"({"UDP":{"destination_port":53}})")));
    }

    void whatLeavesForTheWorldIsForwarded()
    {
        const auto record = recordOf(
            R"({"flow":{"time":"2026-11-22T14:32:07Z","verdict":"FORWARDED",)"
            R"("IP":{"source":"10.42.0.7","destination":"203.0.113.9"},)"
            R"("l4":{"UDP":{"destination_port":53}},"source":{"namespace":"shop","pod_name":"web-1"},)"
            R"("destination":{"identity":2,"labels":["reserved:world"]},"Type":"L3_L4",)"
            R"("event_type":{"type":4,"sub_type":3},"is_reply":false,"trace_observation_point":"TO_STACK"}})");
        QVERIFY(record);
        QCOMPARE(record->destination.type, std::string("Address"));
        QCOMPARE(record->destination.name, std::string("203.0.113.9"));
        QCOMPARE(record->protocol, Protocol::Udp);
    }

    void anAddressOfTheClusterIsNotTheWorld()
    {
        const auto record = recordOf(
            R"({"flow":{"time":"2026-11-22T14:32:07Z","verdict":"FORWARDED",)"
            R"("IP":{"source":"10.42.0.1","destination":"10.42.0.7"},"l4":{"TCP":{"destination_port":80}},)"
            R"("source":{"identity":1,"labels":["reserved:host"]},)"
            R"("destination":{"namespace":"shop","pod_name":"web-1"},"Type":"L3_L4","event_type":{"type":4},)"
            R"("is_reply":false,"trace_observation_point":"TO_ENDPOINT"}})");
        QVERIFY(record);
        QCOMPARE(record->source.type, std::string("ClusterAddress"));
        QCOMPARE(record->source.name, std::string("10.42.0.1"));
    }

    void lostEventsAreCounted()
    {
        const auto told =
            readHubbleLine(R"({"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":"12"}})");
        QVERIFY(told);
        QCOMPARE(told->lost, 12U);
        QVERIFY(!told->record);
        // The end of the ring, which every reader comes to that asks for all of it.
        const auto end =
            readHubbleLine(R"({"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"1"}})");
        QVERIFY(end);
        QCOMPARE(end->lost, 0U);
    }

    void hostileLinesAreRefused_data()
    {
        QTest::addColumn<QString>("line");
        const std::string arrived = trace + R"("is_reply":false,"trace_observation_point":"TO_ENDPOINT")";
        std::string markup = flow(arrived);
        markup.replace(markup.find("web-1"), 5, "<b>web");
        QTest::newRow("not JSON") << QStringLiteral("hubble: command not found");
        QTest::newRow("a list") << QStringLiteral("[]");
        QTest::newRow("markup") << QString::fromStdString(markup);
        QTest::newRow("long name") << QString::fromStdString(
            R"({"flow":{"verdict":"FORWARDED","l4":{"TCP":{"destination_port":1}},"source":{"namespace":"a","pod_name":")" +
            std::string(300, 'a') + R"("},)" + arrived + "}}");
        QTest::newRow("deep") << QString::fromStdString(R"({"flow":)" + std::string(100'000, '['));
        QTest::newRow("no address") << QStringLiteral(
            R"({"flow":{"verdict":"DROPPED","IP":{"source":"10.0.0.0/8","destination":"10.0.0.1"},)"
            R"("l4":{"UDP":{"destination_port":53}},"event_type":{"type":1}}})");
    }
    void hostileLinesAreRefused()
    {
        QFETCH(QString, line);
        const auto told = readHubbleLine(line.toStdString());
        QVERIFY(!told);
        QCOMPARE(told.error().code, ErrorCode::InvalidInput);
    }

    void whatIsNoReasonIsNotTold()
    {
        const auto record = recordOf(
            flow(R"("event_type":{"type":1},"drop_reason_desc":"<img src=x>","is_reply":false)", "DROPPED"));
        QVERIFY(record);
        QCOMPARE(record->dropReason, std::string());
    }
};

QTEST_APPLESS_MAIN(TestHubbleLine)
#include "test_hubble_line.moc"
