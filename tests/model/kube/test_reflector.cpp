#include "tests/model/kube/reflector_fixture.h"

#include <QTest>

#include <set>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

/// The failures that client-go's reflector is tested with, by their names.
class TestReflector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listAndWatch()
    {
        ReflectorFixture f;
        f.start();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.phase(), WatchPhase::Watching);
        QVERIFY(f.reflector->isSynced());
        f.store.put(podResource, "shop", "d");
        f.store.put(podResource, "shop", "a");
        f.store.remove(podResource, "shop", "b");
        f.server.catchUp();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.changes, 1); // one chunk, one report
        QCOMPARE(f.replacements, 1);
        QCOMPARE(f.listCalls().front().param("resourceVersion"), std::string("0"));
        QCOMPARE(f.listCalls().front().param("limit"), std::string("500"));
        QCOMPARE(f.watchCalls().front().param("resourceVersion"), std::string("4"));
        QCOMPARE(f.watchCalls().front().param("allowWatchBookmarks"), std::string("true"));
    }

    void listAndWatchWithErrors_data()
    {
        QTest::addColumn<bool>("watch");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("status");
        using Kind = CallFault::Kind;
        for (const bool watch : {false, true}) {
            const auto row = [watch](const char *name, Kind kind, int status) {
                const std::string title = std::string(watch ? "watch " : "list ") + name;
                QTest::newRow(title.c_str()) << watch << int(kind) << status;
            };
            row("refused", Kind::Refuse, 0);
            row("hangs", Kind::Hang, 0);
            row("cut", Kind::Cut, 0);
            row("garbage", Kind::Garbage, 0);
            for (const int status : {400, 409, 410, 429, 500, 502, 503, 504})
                row(std::to_string(status).c_str(), Kind::Status, status);
        }
    }

    void listAndWatchWithErrors()
    {
        QFETCH(bool, watch);
        QFETCH(int, kind);
        QFETCH(int, status);
        ReflectorFixture f;
        f.failFirst(
            3, watch,
            {CallFault::Kind(kind), status, kind == int(CallFault::Kind::Garbage) ? "<html>" : "", {}, 15});
        f.start();
        f.store.put(podResource, "shop", "d");
        f.store.remove(podResource, "shop", "a");
        f.server.catchUp();
        f.transport.advance(6min);
        f.server.catchUp();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.phase(), WatchPhase::Watching);
        QVERIFY(!f.reflector->status().problem);
    }

    void initBackoff()
    {
        ReflectorFixture f;
        std::vector<std::chrono::steady_clock::time_point> tries;
        f.server.fault = [&](const ApiCall &) {
            tries.push_back(f.transport.now());
            return ReflectorFixture::refuse();
        };
        f.start();
        f.transport.advance(10min);
        QVERIFY(tries.size() > 8);
        std::chrono::milliseconds length = 800ms;
        for (std::size_t i = 1; i < tries.size(); ++i) {
            const auto wait = tries[i] - tries[i - 1];
            QVERIFY(wait >= length && wait <= 2 * length);
            length = std::min<std::chrono::milliseconds>(length * 2, 30s);
        }
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        QVERIFY(!f.reflector->isSynced());
        QVERIFY(f.reflector->failures() > 8);
        QCOMPARE(f.reflector->status().problem->detail, std::string("connection refused"));
        QCOMPARE(f.replacements, 0); // unknown is not empty
    }

    void backoffOn429()
    {
        ReflectorFixture f;
        f.failFirst(1, true, ReflectorFixture::status(429, "busy", {{"retry-after", "25"}}));
        f.start();
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        f.transport.advance(24s);
        QCOMPARE(f.watchCalls().size(), std::size_t(1));
        f.transport.advance(2s);
        QCOMPARE(f.watchCalls().size(), std::size_t(2));
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void noRelistOn429_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("refused") << 0;
        QTest::newRow("429") << 429;
        QTest::newRow("500") << 500;
        QTest::newRow("503") << 503;
    }

    void noRelistOn429()
    {
        QFETCH(int, status);
        ReflectorFixture f;
        f.failFirst(4, true, status == 0 ? ReflectorFixture::refuse() : ReflectorFixture::status(status));
        f.start();
        f.transport.advance(2min);
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.watchCalls().size(), std::size_t(5));
        for (const ApiCall &call : f.watchCalls())
            QCOMPARE(call.param("resourceVersion"), std::string("4"));
    }

    void retryOn500()
    {
        ReflectorFixture f;
        f.failFirst(2, false, ReflectorFixture::status(500));
        f.start();
        f.transport.advance(10s);
        QCOMPARE(f.listCalls().size(), std::size_t(3));
        QCOMPARE(f.mirror, f.stored());
    }

    void expiredExactResourceVersion()
    {
        // The relist at the last version is told that it is too old: "" once, and never that version again.
        ReflectorFixture f;
        f.start();
        f.server.fault = [](const ApiCall &call) {
            return call.watch || call.param("resourceVersion") == "4" ? ReflectorFixture::status(410)
                                                                      : CallFault{};
        };
        f.server.endWatches(true);
        f.transport.advance(10s);
        QCOMPARE(f.listCalls()[1].param("resourceVersion"), std::string("4"));
        QCOMPARE(f.listCalls()[1].param("limit"), std::string());
        QCOMPARE(f.listCalls()[2].param("resourceVersion"), std::string());
        QCOMPARE(f.listCalls()[2].param("limit"), std::string("500"));
        QCOMPARE(f.mirror, f.stored());
    }

    void fullListIfTooLarge()
    {
        // An etcd restored from a backup: the server has never heard of our version.
        ReflectorFixture f;
        for (int i = 0; i < 100; ++i)
            f.store.put(podResource, "shop", "a");
        f.server.catchUp();
        f.start();
        f.store.remove(podResource, "shop", "b");
        f.store.restoreAt(50);
        f.server.catchUp();
        f.failFirst(1, true, ReflectorFixture::status(410));
        f.transport.advance(20s);
        f.server.endWatches(true);
        f.transport.advance(10s);
        QCOMPARE(f.listCalls()[1].param("resourceVersion"), std::string("104"));
        QCOMPARE(f.listCalls()[2].param("resourceVersion"), std::string());
        QCOMPARE(f.replacements, 2);
        QVERIFY(!f.mirror.contains("b"));
        QCOMPARE(f.watchCalls().back().param("resourceVersion"), std::string("50"));
    }

    void fullListIfContinueExpires()
    {
        ReflectorFixture f;
        for (int i = 0; i < 1200; ++i)
            f.store.put(podResource, "shop", "pod-" + std::to_string(i));
        f.server.catchUp();
        f.server.cacheIgnoresLimit = false;
        f.server.fault = [&](const ApiCall &call) {
            if (!call.param("continue").empty()) {
                f.store.remove(podResource, "shop", "pod-1");
                f.store.compact();
            }
            return CallFault{};
        };
        f.start();
        QVERIFY(!f.server.inconsistentTokenUsed());
        QCOMPARE(f.listCalls().size(), std::size_t(3));
        QCOMPARE(f.listCalls()[1].param("resourceVersion"), std::string());
        QCOMPARE(f.listCalls()[2].param("limit"), std::string());
        QCOMPARE(f.listCalls()[2].param("continue"), std::string());
        QCOMPARE(f.replacements, 1);
        f.server.catchUp();
        f.transport.advance(30s);
        QCOMPARE(f.mirror, f.stored());
    }

    void aListThatIsTooMuchAtOnceIsTakenInPages()
    {
        ReflectorFixture f;
        for (int i = 0; i < 6000; ++i)
            f.store.put(podResource, "shop", "pod-" + std::to_string(i));
        f.server.catchUp();
        f.server.fault = [](const ApiCall &call) {
            // The server ends it after a minute.
            return call.param("resourceVersion") == "0" ? CallFault{CallFault::Kind::Cut, 0, {}, {}, 600'000}
                                                        : CallFault{};
        };
        f.start();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.replacements, 1);
        QCOMPARE(f.listCalls().size(), std::size_t(1 + 13));
        QCOMPARE(f.listCalls()[1].param("resourceVersion"), std::string());
        QCOMPARE(f.listCalls()[1].param("limit"), std::string("500"));
    }

    void aSmallListThatIsCutIsTakenAgainLater()
    {
        ReflectorFixture f;
        f.failFirst(1, false, {CallFault::Kind::Cut, 0, {}, {}, 200});
        f.start();
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        f.transport.advance(2s);
        QCOMPARE(f.mirror, f.stored());
    }

    void pagesAreFollowedToTheEnd()
    {
        ReflectorFixture f;
        for (int i = 0; i < 1700; ++i)
            f.store.put(podResource, "shop", "pod-" + std::to_string(i));
        f.server.catchUp();
        f.server.cacheIgnoresLimit = false;
        f.start();
        QCOMPARE(f.listCalls().size(), std::size_t(4));
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.reflector->status().listed, std::size_t(1703));
        QVERIFY(!f.reflector->status().remaining);
    }

    void watchTimeout()
    {
        ReflectorFixture f;
        f.start();
        std::set<std::string> timeouts;
        for (int i = 0; i < 60; ++i) {
            f.transport.advance(60s);
            f.server.sendBookmarks();
        }
        for (const ApiCall &call : f.watchCalls()) {
            timeouts.insert(call.param("timeoutSeconds"));
            const int seconds = std::stoi(call.param("timeoutSeconds"));
            QVERIFY(seconds >= 300 && seconds < 600);
        }
        QVERIFY(timeouts.size() > 3);
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void aStoppedServerIsNoticed()
    {
        // SIGSTOP: the connection stays, nothing comes any more, timeoutSeconds included.
        ReflectorFixture f;
        f.start();
        const auto hung = f.transport.open("watch=true");
        QCOMPARE(hung.size(), std::size_t(1));
        f.transport.advance(92s);
        QVERIFY(!f.transport.isOpen(hung.front().id));
        QCOMPARE(f.watchCalls().size(), std::size_t(2));
        QCOMPARE(f.watchCalls().back().param("resourceVersion"), std::string("4"));
        QCOMPARE(f.listCalls().size(), std::size_t(1));
    }

    void watchExpires_data()
    {
        QTest::addColumn<bool>("inStream");
        QTest::newRow("HTTP 410") << false;
        QTest::newRow("ERROR event") << true;
    }

    void watchExpires()
    {
        QFETCH(bool, inStream);
        ReflectorFixture f;
        f.start();
        f.server.expiresInStream = inStream;
        f.transport.advance(20s);
        // Changes that no watch will ever tell.
        f.store.remove(podResource, "shop", "a");
        f.store.put(podResource, "shop", "d");
        f.store.compact();
        f.server.endWatches(true);
        f.server.catchUp();
        f.transport.advance(5s);
        QCOMPARE(f.listCalls().size(), std::size_t(2));
        QCOMPARE(f.listCalls().back().param("resourceVersion"), std::string("4"));
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void bookmarksAdvanceTheVersion()
    {
        ReflectorFixture f;
        f.start();
        // Another resource moves the store's revision; a compaction there must not cost a list here.
        for (int i = 0; i < 10; ++i)
            f.store.put({"", "v1", "Node", "nodes", false}, "", "node");
        f.server.sendBookmarks();
        f.store.compact();
        f.transport.advance(5s);
        f.server.endWatches(true);
        f.transport.settle();
        QCOMPARE(f.watchCalls().back().param("resourceVersion"), std::string("14"));
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.changes, 0);
    }

    void aWatchThatEndsEmptyAtOnceIsAnError()
    {
        ReflectorFixture f;
        f.start();
        f.transport.advance(500ms);
        f.server.endWatches(true);
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        QVERIFY(f.reflector->status().problem->detail.find("without an event") != std::string::npos);
        f.transport.advance(2s);
        QCOMPARE(f.listCalls().size(), std::size_t(2));
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void aServerThatClosesAfterEveryEventIsNotAskedInACircle()
    {
        ReflectorFixture f;
        f.server.fault = [&](const ApiCall &call) {
            if (!call.watch)
                return CallFault{};
            f.transport.after(1ms, [&] {
                f.store.put(podResource, "shop", "a");
                f.server.catchUp();
                f.server.endWatches(true);
            });
            return CallFault{};
        };
        f.start();
        f.transport.advance(60s);
        QVERIFY(f.watchCalls().size() > 3);
        QVERIFY(f.watchCalls().size() < 12);
    }

    void unsafeDelete()
    {
        // Deleted and made again, and deleted alone, while there was no watch; then in one chunk.
        ReflectorFixture f;
        f.start();
        f.failFirst(2, true, ReflectorFixture::refuse());
        f.transport.advance(5s);
        f.server.endWatches(false);
        f.store.remove(podResource, "shop", "a");
        f.store.put(podResource, "shop", "a");
        f.store.remove(podResource, "shop", "b");
        f.store.put(podResource, "shop", "d");
        f.store.remove(podResource, "shop", "d");
        f.server.catchUp();
        f.transport.advance(20s);
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.changes, 1);
    }

    void aLineThatTheEndCutsIsNoObject()
    {
        ReflectorFixture f;
        f.start();
        f.transport.advance(5s);
        f.server.endWatches(false);
        f.transport.advance(5s);
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.watchCalls().size(), std::size_t(2));
    }

    void chunksMayCutAnywhere()
    {
        ReflectorFixture f;
        f.server.largestChunk = 9;
        f.start();
        for (int i = 0; i < 50; ++i)
            f.store.put(podResource, "shop", "p\\u00e9\xe2\x82\xac" + std::to_string(i % 7));
        f.server.catchUp();
        QCOMPARE(f.mirror.size(), f.stored().size());
        QVERIFY(f.changes > 10);
    }
};

QTEST_GUILESS_MAIN(TestReflector)
#include "test_reflector.moc"
