#include "model/graph/graph_builder.h"
#include "model/layout/graphviz/worker_pool.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/fakes/synthetic_cluster.h"
#include "tests/model/layout/layout_checks.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <thread>

using namespace portolan;
using namespace portolan::fakes;
using namespace portolan::layout;
using namespace std::chrono_literals;

namespace {

const std::string dotWorker = PORTOLAN_LAYOUT_PROGRAM;
const std::string faultyWorker = PORTOLAN_FAULTY_WORKER;

DotPiece chain(std::size_t count)
{
    DotPiece piece;
    for (std::size_t i = 0; i < count; ++i) {
        piece.nodes.push_back({158, 56});
        if (i > 0)
            piece.edges.emplace_back(std::uint32_t(i - 1), std::uint32_t(i));
    }
    return piece;
}

bool isAlive(int pid)
{
    return kill(pid, 0) == 0;
}

TopologyGraphPtr graphOf(const ClusterStatePtr &state)
{
    return std::make_shared<TopologyGraph>(buildGraph(*state, {}));
}

} // namespace

class TestLayoutWorkers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        qunsetenv("PORTOLAN_FAULT");
        qunsetenv("PORTOLAN_FAULT_ON");
    }

    void dotSetsAChainFromLeftToRight()
    {
        WorkerPool pool(dotWorker, 5s, 1);
        const auto answers = pool.layout({chain(4)}, {});
        QVERIFY(answers && answers->front());
        const DotPlaces &places = answers->front()->places;
        QCOMPARE(places.size(), std::size_t(4));
        for (std::size_t i = 1; i < places.size(); ++i)
            QVERIFY(places[i].x >= places[i - 1].x + 158);
    }

    void manyPiecesKeepTheirOrder()
    {
        WorkerPool pool(dotWorker, 5s, 2);
        std::vector<DotPiece> pieces;
        for (std::size_t i = 0; i < 60; ++i)
            pieces.push_back(chain(1 + i % 7));
        const auto answers = pool.layout(pieces, {});
        QVERIFY(answers.has_value());
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            QVERIFY((*answers)[i].has_value());
            QCOMPARE((*answers)[i]->places.size(), pieces[i].nodes.size());
        }
        QCOMPARE(pool.workerPids().size(), std::size_t(2));
    }

    void workersStayForTheNextTimeAndGoWithThePool()
    {
        std::vector<int> pids;
        {
            WorkerPool pool(dotWorker, 5s, 1);
            QVERIFY(pool.workerPids().empty()); // started on first need
            QVERIFY(pool.layout({chain(3)}, {}).has_value());
            pids = pool.workerPids();
            QVERIFY(pool.layout({chain(5)}, {}).has_value());
            QCOMPARE(pool.workerPids(), pids);
        }
        QCOMPARE(pids.size(), std::size_t(1));
        QVERIFY(!isAlive(pids.front()));
    }

    void aWorkerKilledBetweenTwoMapsIsReplaced()
    {
        WorkerPool pool(dotWorker, 5s, 1);
        QVERIFY(pool.layout({chain(3)}, {}).has_value());
        QCOMPARE(kill(pool.workerPids().front(), SIGKILL), 0);
        const auto lost = pool.layout({chain(3), chain(4)}, {});
        QVERIFY(lost.has_value());
        QVERIFY((*lost)[1].has_value()); // at most the first piece was lost with it
        const auto again = pool.layout({chain(3)}, {});
        QVERIFY(again && again->front());
    }

    void aFaultCostsItsPieceAlone_data()
    {
        QTest::addColumn<QByteArray>("fault");
        for (const char *fault : {"hang", "crash", "exit", "garbage", "flood", "wrong id", "wrong count",
                                  "cut", "twice", "not finite"})
            QTest::newRow(fault) << QByteArray(fault);
    }

    void aFaultCostsItsPieceAlone()
    {
        QFETCH(QByteArray, fault);
        qputenv("PORTOLAN_FAULT", fault);
        qputenv("PORTOLAN_FAULT_ON", "three");
        WorkerPool pool(faultyWorker, 300ms, 1);
        const auto answers = pool.layout({chain(2), chain(3), chain(4), chain(5)}, {});
        QVERIFY(answers.has_value());
        QVERIFY((*answers)[0].has_value());
        QVERIFY(!(*answers)[1].has_value());
        QVERIFY((*answers)[2].has_value());
        QVERIFY((*answers)[3].has_value());
    }

    void aWorkerThatAlwaysFailsIsGivenUp()
    {
        qputenv("PORTOLAN_FAULT", "crash");
        WorkerPool pool(faultyWorker, 5s, 1);
        const auto answers = pool.layout(std::vector<DotPiece>(200, chain(3)), {});
        QVERIFY(answers.has_value());
        QVERIFY(std::none_of(answers->begin(), answers->end(),
                             [](const auto &answer) { return answer.has_value(); }));
        QVERIFY(pool.workerPids().empty());
        // The next map tries again: what was wrong may be right by then.
        qunsetenv("PORTOLAN_FAULT");
        const auto later = pool.layout({chain(3)}, {});
        QVERIFY(later && later->front());
    }

    void piecesOutOfBoundsAreNotTried()
    {
        WorkerPool pool(dotWorker, 5s, 1);
        const auto answers = pool.layout({chain(maxPieceNodes + 1), chain(2)}, {});
        QVERIFY(answers.has_value());
        QVERIFY(!(*answers)[0].has_value());
        QVERIFY((*answers)[1].has_value());
    }

    void cancelEndsAHangingWorker()
    {
        qputenv("PORTOLAN_FAULT", "hang");
        WorkerPool pool(faultyWorker, 60s, 1);
        CancelSource source;
        // The other thread cancels as soon as there is a worker to wait for.
        std::thread other([&source] {
            std::this_thread::yield();
            source.cancel();
        });
        const auto answers = pool.layout({chain(3)}, source.token());
        other.join();
        QVERIFY(!answers.has_value());
        QCOMPARE(answers.error().code, ErrorCode::Cancelled);
        QVERIFY(pool.workerPids().empty());
    }

    void aProgramThatIsNotThereCostsNothingButDot()
    {
        const TopologyGraphPtr graph = graphOf(shopCluster().state());
        const auto layout = makeNamespaceLayout({"/nonexistent/portolan-layout"})
                                ->layout({graph, defaultMapFonts(), {}, 1.6}, {});
        QVERIFY(layout.has_value());
        QCOMPARE(checks::breachOf(*graph, *layout), QString());
        QVERIFY(!layout->packed.empty());
    }

    void whatAWorkerLostIsPackedAndSaidSo()
    {
        const TopologyGraphPtr graph = graphOf(shopCluster().state());
        qputenv("PORTOLAN_FAULT", "crash");
        const auto engine = makeNamespaceLayout({faultyWorker, 5s, 1});
        auto layout = engine->layout({graph, defaultMapFonts(), {}, 1.6}, {});
        QVERIFY(layout.has_value());
        QCOMPARE(checks::breachOf(*graph, *layout), QString());
        const auto isPacked = [&](const LayoutResult &result, const char *name) {
            const GroupId id = groupIdOf({ObjectKind::Namespace, "Namespace", {}, name});
            return std::find(result.packed.begin(), result.packed.end(), id) != result.packed.end();
        };
        QVERIFY(isPacked(*layout, "shop"));
        QVERIFY(!isPacked(*layout, "default")); // there was nothing to ask dot about
        // It stays packed, and said to be, for as long as it keeps its places.
        qunsetenv("PORTOLAN_FAULT");
        const auto previous = std::make_shared<LayoutResult>(std::move(*layout));
        const auto kept = engine->layout({graph, defaultMapFonts(), previous, 1.6}, {});
        QVERIFY(kept && isPacked(*kept, "shop"));
        const auto tidied = engine->layout({graph, defaultMapFonts(), {}, 1.6}, {});
        QVERIFY(tidied && tidied->packed.empty());
    }

    void theSamePictureInEveryProcess()
    {
        SyntheticOptions options;
        options.pods = 600;
        const TopologyGraphPtr graph = graphOf(syntheticCluster(options));
        const auto a =
            makeNamespaceLayout({dotWorker, 20s, 1})->layout({graph, defaultMapFonts(), {}, 1.6}, {});
        const auto b =
            makeNamespaceLayout({dotWorker, 20s, 3})->layout({graph, defaultMapFonts(), {}, 1.6}, {});
        QVERIFY(a && b);
        QVERIFY(a->packed.empty());
        QVERIFY(a->nodes == b->nodes);
        QVERIFY(a->edges == b->edges);
        QCOMPARE(checks::breachOf(*graph, *a), QString());
        QCOMPARE(checks::labelBreachOf(*graph, *a, defaultMapFonts()), QString());
    }

    void theWorkerProgramEndsOnNonsense()
    {
        QProcess worker;
        worker.start(QString::fromStdString(dotWorker), QStringList());
        QVERIFY(worker.waitForStarted());
        worker.write("\xff\xff\xff\xff no message");
        QVERIFY(worker.waitForFinished());
        QCOMPARE(worker.exitCode(), 1);
        QVERIFY(worker.readAllStandardOutput().isEmpty());
    }

    void theWorkerProgramEndsWithItsInput()
    {
        QProcess worker;
        worker.start(QString::fromStdString(dotWorker), QStringList());
        QVERIFY(worker.waitForStarted());
        worker.closeWriteChannel();
        QVERIFY(worker.waitForFinished());
        QCOMPARE(worker.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestLayoutWorkers)
#include "test_layout_workers.moc"
