#include "model/session/session.h"

#include "model/snapshot/snapshot.h"
#include "tests/fakes/shop_cluster.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace portolan;

class TestSession : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    const ClusterStatePtr m_shop = fakes::shopCluster().state();

    std::filesystem::path file(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }

    std::unique_ptr<Session> opened(SessionSource source) const
    {
        SessionOptions options;
        options.source = std::move(source);
        options.fonts = defaultMapFonts();
        return std::make_unique<Session>(std::move(options));
    }

    std::unique_ptr<Session> openedShop() const
    {
        auto session = opened(SnapshotSource{file("shop.portolan")});
        QSignalSpy frames(session.get(), &Session::frameChanged);
        return frames.wait(20'000) ? std::move(session) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(saveSnapshot(*m_shop, file("shop.portolan")).has_value()); }

    void aSnapshotBecomesAFrame()
    {
        const auto session = openedShop();
        QVERIFY(session);
        const TopologyFramePtr frame = session->frame();
        QCOMPARE(frame->state->pods.size(), m_shop->pods.size());
        QCOMPARE(frame->state->info.source, SourceKind::Snapshot);
        QVERIFY(!frame->graph->nodes.empty());
        QCOMPARE(frame->layout->nodes.size(), frame->graph->nodes.size());
        QVERIFY(!frame->findings->empty());
        QTRY_COMPARE(session->status().phase, SessionPhase::Offline);
    }

    void whatIsNoSnapshotFailsWithItsName()
    {
        const auto session = opened(SnapshotSource{file("missing.portolan")});
        QTRY_COMPARE(session->status().phase, SessionPhase::Failed);
        QVERIFY(session->status().problem->where.find("missing.portolan") != std::string::npos);
        QVERIFY(!session->frame());
    }

    void aDemoIsReadFromMemory()
    {
        QFile recording(QString::fromStdString(file("shop.portolan").string()));
        QVERIFY(recording.open(QIODevice::ReadOnly));
        const auto session = opened(DemoSource{recording.readAll()});
        QSignalSpy frames(session.get(), &Session::frameChanged);
        QVERIFY(frames.wait(20'000));
        QCOMPARE(session->frame()->state->info.source, SourceKind::Demo);
    }

    void aRecordingIsNotProbed()
    {
        const auto session = openedShop();
        QVERIFY(session);
        QSignalSpy failed(session.get(), &Session::probeFailed);
        const ProbeId id = session->requestProbe({});
        QVERIFY(failed.wait(20'000));
        QVERIFY(failed.front().at(0).value<ProbeId>() == id);
        QCOMPARE(failed.front().at(1).value<Error>().code, ErrorCode::Unsupported);
    }

    void viewsAndNamespacesFollowTheOptions()
    {
        const auto session = openedShop();
        QVERIFY(session);
        const auto places = session->frame()->layout->nodes;
        session->setGraphOptions({GraphView::Nodes, {}});
        QTRY_COMPARE(session->frame()->graph->view, GraphView::Nodes);
        session->setGraphOptions({GraphView::Services, {"payments"}});
        QTRY_COMPARE(session->frame()->graph->omissions.hiddenNamespaces, 1u);
        session->setGraphOptions({GraphView::Services, {}});
        QTRY_COMPARE(session->frame()->graph->omissions.hiddenNamespaces, 0u);
        // Whatever was hidden in between, everything stands where it stood.
        for (const auto &[id, rect] : places)
            QVERIFY(session->frame()->layout->nodes.at(id) == rect);
    }

    void aSessionIsSavedWhole()
    {
        const auto session = openedShop();
        QVERIFY(session);
        QSignalSpy saved(session.get(), &Session::snapshotSaved);
        session->saveSnapshot(file("again.portolan"));
        QVERIFY(saved.wait(20'000));
        QVERIFY(!saved.front().at(1).value<std::optional<Error>>().has_value());
        const auto again = loadSnapshot(file("again.portolan"));
        QVERIFY(again.has_value());
        QCOMPARE((*again)->pods.size(), m_shop->pods.size());
        session->saveSnapshot(file("no-such-folder/x.portolan"));
        QTRY_COMPARE(saved.size(), 2);
        QVERIFY(saved.back().at(1).value<std::optional<Error>>().has_value());
    }

    void aServerThatRefusesIsConnectingWithAReason()
    {
        kube::ClusterAccess access;
        access.contextName = "refused";
        access.cluster.server = "https://127.0.0.1:1"; // nobody listens there
        const auto session = opened(LiveSource{access, {}, false});
        QTRY_VERIFY_WITH_TIMEOUT(session->status().problem.has_value(), 20'000);
        QCOMPARE(session->status().phase, SessionPhase::Connecting);
        QVERIFY(session->status().problem->oneLine().find("127.0.0.1:1") != std::string::npos);
        session->stop();
        QTRY_COMPARE(session->status().phase, SessionPhase::Closed);
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "test_session.moc"
