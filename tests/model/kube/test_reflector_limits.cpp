#include "tests/model/kube/reflector_fixture.h"

#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

/// Rights, odd data, WatchList, and resources that are listed again instead of watched.
class TestReflectorLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void watchList()
    {
        ReflectorFixture f;
        f.shared.options.watchList = true;
        f.server.largestChunk = 40;
        f.start();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.replacements, 1);
        QCOMPARE(f.changes, 0);
        QVERIFY(f.listCalls().empty());
        QCOMPARE(f.watchCalls().front().param("sendInitialEvents"), std::string("true"));
        QCOMPARE(f.watchCalls().front().param("resourceVersionMatch"), std::string("NotOlderThan"));
        QCOMPARE(f.phase(), WatchPhase::Watching);
        // The same stream goes on.
        f.store.put(podResource, "shop", "d");
        f.server.catchUp();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.watchCalls().size(), std::size_t(1));
        // And is taken up again at the last version, without the objects.
        f.transport.advance(5s);
        f.server.endWatches(true);
        f.transport.settle();
        QCOMPARE(f.watchCalls().back().param("resourceVersion"), std::string("5"));
        QCOMPARE(f.watchCalls().back().param("sendInitialEvents"), std::string());
    }

    void watchListFallsBackWhereItIsUnknown()
    {
        ReflectorFixture f;
        f.shared.options.watchList = true;
        f.server.knowsWatchList = false;
        f.start();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.phase(), WatchPhase::Watching);
        f.store.compact();
        f.transport.advance(20s);
        f.server.endWatches(true);
        f.store.put(podResource, "shop", "d");
        f.transport.advance(20s);
        for (std::size_t i = 1; i < f.watchCalls().size(); ++i)
            QVERIFY(f.watchCalls()[i].param("sendInitialEvents").empty()); // asked once, not again
    }

    void watchListFallsBackWhereTheEndNeverComes()
    {
        ReflectorFixture f;
        f.shared.options.watchList = true;
        f.server.ignoresInitialEvents = true;
        f.start();
        QVERIFY(f.mirror.empty());
        QVERIFY(!f.reflector->isSynced());
        f.transport.advance(92s);
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.listCalls().size(), std::size_t(1));
    }

    void watchListWithErrors()
    {
        ReflectorFixture f;
        f.shared.options.watchList = true;
        f.failFirst(2, true, ReflectorFixture::status(429));
        f.start();
        f.transport.advance(20s);
        QVERIFY(f.listCalls().empty()); // busy is not unknown
        QCOMPARE(f.mirror, f.stored());
    }

    void forbiddenIsNotAskedForEver()
    {
        ReflectorFixture f;
        f.server.fault = [](const ApiCall &) { return ReflectorFixture::status(403); };
        f.start();
        QCOMPARE(f.phase(), WatchPhase::Forbidden);
        QCOMPARE(f.reflector->status().problem->code, ErrorCode::PermissionDenied);
        f.transport.advance(9min);
        QCOMPARE(f.listCalls().size(), std::size_t(1));
        QCOMPARE(f.replacements, 0);
        // Asked again after a while, and said to be forbidden all the time.
        f.phases.clear();
        f.transport.advance(6min);
        QCOMPARE(f.listCalls().size(), std::size_t(2));
        QVERIFY(f.phases.empty());
        f.server.fault = nullptr;
        f.transport.advance(13min);
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void rightsThatAreTakenAway()
    {
        ReflectorFixture f;
        f.start();
        f.server.fault = [](const ApiCall &) { return ReflectorFixture::status(403); };
        f.transport.advance(5s);
        f.server.endWatches(true);
        f.transport.settle();
        // In doubt: the authorizer may be down for a moment.
        QCOMPARE(f.phase(), WatchPhase::Forbidden);
        QCOMPARE(f.mirror.size(), std::size_t(3));
        f.transport.advance(31s);
        QVERIFY(f.mirror.empty());
        QVERIFY(!f.reflector->isSynced());
        QCOMPARE(f.listCalls().size(), std::size_t(3));
        f.transport.advance(9min);
        QCOMPARE(f.listCalls().size(), std::size_t(3));
    }

    void whoIsNotKnownLosesNothing()
    {
        // 401: a token has expired. What was read stays, and is said to be out of date.
        ReflectorFixture f;
        f.start();
        f.server.fault = [](const ApiCall &) { return ReflectorFixture::status(401); };
        f.transport.advance(5s);
        f.server.endWatches(true);
        f.transport.advance(9min);
        QCOMPARE(f.phase(), WatchPhase::Forbidden);
        QCOMPARE(f.reflector->status().problem->code, ErrorCode::Unauthorized);
        QCOMPARE(f.mirror.size(), std::size_t(3));
        QCOMPARE(f.listCalls().size(), std::size_t(3));
    }

    void aMomentWithoutRights()
    {
        ReflectorFixture f;
        f.start();
        f.transport.advance(5s);
        int left = 2;
        f.server.fault = [&left](const ApiCall &) {
            return left-- > 0 ? ReflectorFixture::status(401) : CallFault{};
        };
        f.server.endWatches(true);
        f.transport.advance(32s);
        QCOMPARE(f.phase(), WatchPhase::Watching);
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.replacements, 2);
    }

    void listAllowedAndWatchForbidden()
    {
        ReflectorFixture f;
        f.server.fault = [](const ApiCall &call) {
            return call.watch ? ReflectorFixture::status(403) : CallFault{};
        };
        f.start();
        f.store.put(podResource, "shop", "d");
        f.server.catchUp();
        f.transport.advance(40s);
        QCOMPARE(f.mirror, f.stored());
        QVERIFY(f.reflector->status().polled);
        QCOMPARE(f.phase(), WatchPhase::Watching);
        QCOMPARE(f.watchCalls().size(), std::size_t(1));
        f.transport.advance(11min);
        QCOMPARE(f.watchCalls().size(), std::size_t(2));
    }

    void whatCannotBeWatchedIsListedAgain()
    {
        ReflectorFixture f;
        f.start(false);
        QVERIFY(f.watchCalls().empty());
        f.store.remove(podResource, "shop", "a");
        f.server.catchUp();
        f.transport.advance(37s);
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.listCalls().size(), std::size_t(2));
        QVERIFY(f.reflector->status().polled);
    }

    void aWatchIsGivenAndTakenAway()
    {
        ReflectorFixture f;
        f.start();
        f.reflector->setMayWatch(false);
        QVERIFY(f.transport.open("watch=true").empty());
        QVERIFY(f.reflector->status().polled);
        f.store.put(podResource, "shop", "d");
        f.server.catchUp();
        f.transport.advance(37s);
        QCOMPARE(f.mirror, f.stored());
        f.reflector->setMayWatch(true);
        f.transport.settle();
        QCOMPARE(f.transport.open("watch=true").size(), std::size_t(1));
        QVERIFY(!f.reflector->status().polled);
        f.store.put(podResource, "shop", "e");
        f.server.catchUp();
        QCOMPARE(f.mirror, f.stored());
    }

    void aKindThatIsNotServedAnyMore()
    {
        ReflectorFixture f;
        f.start();
        f.server.unserve(podResource);
        f.transport.advance(5s);
        f.server.endWatches(true);
        f.transport.advance(5s);
        QCOMPARE(f.phase(), WatchPhase::Failed);
        QCOMPARE(f.reflector->status().problem->code, ErrorCode::NotFound);
        QVERIFY(f.mirror.empty());
        f.server.serve(podResource);
        f.transport.advance(13min);
        QCOMPARE(f.mirror, f.stored());
    }

    void garbageInAWatchMeansANewList_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("html") << QByteArray("<html>\n");
        QTest::newRow("type") << QByteArray("{\"type\":\"STRANGE\",\"object\":{}}\n");
        QTest::newRow("number") << QByteArray("7\n");
        QTest::newRow("binary") << QByteArray("\x80\xff\x01\n");
    }

    void garbageInAWatchMeansANewList()
    {
        QFETCH(QByteArray, line);
        ReflectorFixture f;
        f.start();
        f.server.sendToWatches(podResource, line.toStdString());
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        QCOMPARE(f.reflector->status().problem->code, ErrorCode::Protocol);
        f.transport.advance(2s);
        QCOMPARE(f.replacements, 2);
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void anOddObjectIsSkippedAndTold()
    {
        ReflectorFixture f;
        f.start();
        f.server.sendToWatches(podResource, "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"odd\"},"
                                            "\"spec\":{\"nodeName\":7}}}\n");
        QCOMPARE(f.phase(), WatchPhase::Watching);
        QCOMPARE(f.reflector->status().problem->code, ErrorCode::InvalidInput);
        QCOMPARE(f.mirror, f.stored());
        f.store.put(podResource, "shop", "d");
        f.server.catchUp();
        QCOMPARE(f.mirror, f.stored());
        QCOMPARE(f.reflector->faults().size(), std::size_t(1));
    }

    void anOddObjectIsForgottenWhenItIsReadableAgainOrGone()
    {
        ReflectorFixture f;
        f.start();
        const auto send = [&f](const char *type, const char *spec) {
            f.server.sendToWatches(podResource,
                                   std::string("{\"type\":\"") + type +
                                       "\",\"object\":{\"metadata\":{\"name\":\"a\",\"namespace\":\"shop\"},"
                                       "\"spec\":" +
                                       spec + "}}\n");
        };
        send("MODIFIED", "{\"nodeName\":7}");
        QCOMPARE(f.reflector->faults().size(), std::size_t(1));
        QVERIFY(f.mirror.contains("a"));
        send("MODIFIED", "{}");
        QVERIFY(f.reflector->faults().empty());
        QVERIFY(!f.reflector->status().problem);
        send("MODIFIED", "{\"nodeName\":7}");
        send("DELETED", "{\"nodeName\":7}");
        QVERIFY(f.reflector->faults().empty());
        QVERIFY(!f.mirror.contains("a"));
    }

    void anErrorEventWithAnotherCode()
    {
        ReflectorFixture f;
        f.start();
        f.server.sendToWatches(podResource, "{\"type\":\"ERROR\",\"object\":" +
                                                statusJson(500, "InternalError", "etcd") + "}\n");
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        QCOMPARE(f.reflector->status().problem->detail, std::string("etcd"));
        f.transport.advance(2s);
        QCOMPARE(f.phase(), WatchPhase::Watching);
    }

    void aSuspectedConnectionIsGivenUp()
    {
        ReflectorFixture f;
        f.start();
        const auto before = f.transport.open("watch=true").front().id;
        f.reflector->suspect({ErrorCode::Timeout, "no answer", "/version"});
        QVERIFY(!f.transport.isOpen(before));
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        f.transport.advance(2s);
        QCOMPARE(f.phase(), WatchPhase::Watching);
        QCOMPARE(f.listCalls().size(), std::size_t(1));
    }

    void aListOfGarbageIsNotEmpty()
    {
        ReflectorFixture f;
        f.server.fault = [](const ApiCall &) {
            return CallFault{CallFault::Kind::Garbage, 0, "{\"kind\":\"PodList\",\"items\":[{", {}, 0};
        };
        f.start();
        QCOMPARE(f.phase(), WatchPhase::BackingOff);
        QCOMPARE(f.replacements, 0);
    }

    void destroyingCancelsEverything()
    {
        for (int steps = 0; steps < 4; ++steps) {
            ReflectorFixture f;
            f.failFirst(steps == 2, true, ReflectorFixture::refuse());
            f.start(steps != 3);
            if (steps == 0)
                f.server.endWatches(true);
            f.reflector.reset();
            QVERIFY(f.transport.open().empty());
            f.transport.advance(11min);
            QVERIFY(f.transport.open().empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestReflectorLimits)
#include "test_reflector_limits.moc"
