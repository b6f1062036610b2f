#include "tests/model/kube/reader_fixture.h"

#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

/// The way to the first list, partial rights, and what the reader says about itself.
class TestClusterReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAWholeCluster()
    {
        ReaderFixture f;
        f.start();
        QCOMPARE(f.synced, 1);
        QCOMPARE(f.state->info.serverVersion, std::string("v1.34.4"));
        QCOMPARE(f.known(), f.stored());
        QVERIFY(f.state->gaps.empty());
        QVERIFY(f.unreachable.empty());
        for (const WatchStatus &status : f.statuses) {
            QCOMPARE(status.phase, WatchPhase::Watching);
            QVERIFY(status.lastHeard != std::chrono::steady_clock::time_point{});
        }
        QCOMPARE(f.statuses.size(), f.resources.size());
        f.store.remove(ReaderFixture::pods, "ns-1", "pod-0");
        f.server.catchUp();
        QCOMPARE(f.known(), f.stored());
    }

    void theConnectionTestFails_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("again");
        QTest::newRow("401") << 401 << QByteArray("no") << int(ErrorCode::Unauthorized) << false;
        QTest::newRow("400") << 400 << QByteArray("HTTP to HTTPS") << int(ErrorCode::InvalidInput) << false;
        QTest::newRow("503") << 503 << QByteArray() << int(ErrorCode::Unavailable) << true;
        QTest::newRow("login page") << 200 << QByteArray("<html>") << int(ErrorCode::Protocol) << true;
        QTest::newRow("redirect") << 302 << QByteArray() << int(ErrorCode::Protocol) << true;
        QTest::newRow("refused") << 0 << QByteArray() << int(ErrorCode::Unavailable) << true;
    }

    void theConnectionTestFails()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        QFETCH(bool, again);
        ReaderFixture f;
        const auto good = f.transport.onRequest;
        f.transport.onRequest = [&](RequestId id, const HttpRequest &) {
            if (status == 0)
                f.transport.fail(id, {ErrorCode::Unavailable, "refused", "https://server"});
            else
                f.transport.answer(id, status, body.toStdString());
        };
        f.start();
        QCOMPARE(f.unreachable.size(), std::size_t(1));
        QCOMPARE(int(f.unreachable.front().code), code);
        QVERIFY(!f.unreachable.front().where.empty());
        f.transport.advance(10min);
        QCOMPARE(f.unreachable.size() > 5, again);
        QCOMPARE(f.transport.paths().size(), f.unreachable.size());
        QCOMPARE(f.synced, 0);
        f.transport.onRequest = good;
        f.transport.advance(2min);
        QCOMPARE(f.synced == 1, again);
    }

    void aServerThatHangsIsUnreachable()
    {
        ReaderFixture f;
        f.transport.onRequest = nullptr;
        f.start();
        f.transport.advance(31s);
        QCOMPARE(f.unreachable.front().code, ErrorCode::Timeout);
    }

    void aNearServerIsNotAskedToCompress_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<bool>("compressed");
        QTest::newRow("this machine") << 1 << false;
        QTest::newRow("far away") << 30 << true;
    }

    void aNearServerIsNotAskedToCompress()
    {
        QFETCH(int, milliseconds);
        QFETCH(bool, compressed);
        ReaderFixture f;
        const auto serve = f.transport.onRequest;
        int lists = 0;
        int identities = 0;
        f.transport.onRequest = [&](RequestId id, const HttpRequest &request) {
            if (request.path.find("limit=") != std::string::npos) {
                ++lists;
                for (const auto &[name, value] : request.headers)
                    identities += name == "accept-encoding" && value == "identity";
            }
            f.transport.after(std::chrono::milliseconds(milliseconds), [=, &serve] { serve(id, request); });
        };
        f.start();
        f.transport.advance(1s);
        QCOMPARE(f.known(), f.stored());
        QVERIFY(lists >= 5);
        QCOMPARE(identities, compressed ? 0 : lists);
    }

    void aServerThatHidesItsVersionIsReadAllTheSame()
    {
        ReaderFixture f;
        const auto good = f.transport.onRequest;
        f.transport.onRequest = [&](RequestId id, const HttpRequest &request) {
            if (request.path == "/version")
                f.transport.answer(id, 403, "no");
            else
                good(id, request);
        };
        f.start();
        QCOMPARE(f.known(), f.stored());
        QVERIFY(f.unreachable.empty());
    }

    void discoveryFallBack()
    {
        ReaderFixture f;
        f.server.discovery = SimulatedApiServer::DiscoveryStyle::Plain;
        f.start();
        QCOMPARE(f.known(), f.stored());
    }

    void aBrokenGroupIsAGap()
    {
        ReaderFixture f;
        f.server.staleGroups = {"cilium.io"};
        f.start();
        QCOMPARE(f.synced, 1);
        QCOMPARE(f.state->gaps.size(), std::size_t(1));
        QCOMPARE(f.state->gaps.front().resource.qualifiedName(), std::string("*.cilium.io"));
        QVERIFY(!f.state->pods.empty());
        // Mended: found by the next discovery.
        f.server.staleGroups.clear();
        f.transport.advance(6min);
        QVERIFY(f.state->gaps.empty());
        QCOMPARE(f.known(), f.stored());
    }

    void aBrokenGroupLosesNothingThatIsRead()
    {
        ReaderFixture f;
        f.start();
        f.server.staleGroups = {"cilium.io"};
        f.transport.advance(12min);
        QCOMPARE(f.known(), f.stored());
        QVERIFY(f.state->gaps.empty());
    }

    void discoveryForbidden()
    {
        ReaderFixture f;
        f.server.discoveryStatus = {{"/api", 403}, {"/apis", 403}};
        f.start();
        QVERIFY(!f.state->pods.empty());
        QVERIFY(f.gapOf("deployments.apps", "") != nullptr); // not served, and nobody told
        QCOMPARE(f.synced, 1);
    }

    void kindsThatComeAndGo()
    {
        ReaderFixture f;
        f.start();
        const ResourceType gateways{"gateway.networking.k8s.io", "v1", "Gateway", "gateways", true};
        f.server.serve(gateways);
        f.store.put(gateways, "ns-1", "gw");
        f.server.catchUp();
        f.transport.advance(6min);
        QCOMPARE(f.state->others.size(), std::size_t(2));
        f.server.unserve(gateways);
        f.server.endWatches(true);
        f.transport.advance(40s); // a 404 makes it look again soon
        QCOMPARE(f.state->others.size(), std::size_t(1));
        QVERIFY(f.state->gaps.empty());
    }

    void someKindsAreForbidden()
    {
        ReaderFixture f;
        f.server.fault = [](const ApiCall &call) {
            return call.resource == ReaderFixture::nodes || call.resource.group == "cilium.io"
                       ? ReaderFixture::status(403)
                       : CallFault{};
        };
        f.start();
        QCOMPARE(f.synced, 1);
        QVERIFY(f.state->nodes.empty());
        QVERIFY(!f.state->pods.empty());
        QCOMPARE(f.gapOf("nodes", "")->reason.code, ErrorCode::PermissionDenied);
        // Tried namespace by namespace before it is given up.
        for (const char *ns : {"ns-1", "ns-2", "ns-3"})
            QVERIFY(f.gapOf("ciliumnetworkpolicies.cilium.io", ns) != nullptr);
        QCOMPARE(f.state->gaps.size(), std::size_t(4));
        const std::size_t calls = f.server.calls().size();
        for (int minute = 0; minute < 8; ++minute) {
            f.transport.advance(1min);
            f.server.sendBookmarks();
        }
        QVERIFY(f.server.calls().size() < calls + 20);
    }

    void namespaceFanOut()
    {
        // Cluster-wide forbidden, two of three namespaces allowed.
        ReaderFixture f;
        f.server.fault = [](const ApiCall &call) {
            const bool allowed = !call.resource.namespaced || call.ns == "ns-1" || call.ns == "ns-2";
            return allowed ? CallFault{} : ReaderFixture::status(403);
        };
        f.start();
        QCOMPARE(f.synced, 1);
        std::set<std::string> read;
        for (const auto &pod : f.state->pods)
            read.insert(pod->meta.ns);
        QCOMPARE(read, (std::set<std::string>{"ns-1", "ns-2"}));
        QVERIFY(f.gapOf("pods", "ns-3") != nullptr);
        QVERIFY(f.gapOf("pods", "") == nullptr);
        // Each is watched for itself.
        f.store.remove(ReaderFixture::pods, "ns-1", "pod-0");
        f.server.catchUp();
        QVERIFY(!f.state->pods.find("ns-1", "pod-0"));
        // A namespace that comes is read, one that goes is let go.
        f.store.put(ReaderFixture::namespaces, "", "ns-9");
        f.store.remove(ReaderFixture::namespaces, "", "ns-3");
        f.server.catchUp();
        f.transport.advance(1s);
        QVERIFY(f.gapOf("pods", "ns-9") != nullptr);
        QVERIFY(f.gapOf("pods", "ns-3") == nullptr);
    }

    void namespaceFanOutEndsWhenRightsCome()
    {
        ReaderFixture f;
        f.server.fault = [](const ApiCall &call) {
            return call.resource == ReaderFixture::pods && call.ns != "ns-1" ? ReaderFixture::status(403)
                                                                             : CallFault{};
        };
        f.start();
        QCOMPARE(f.state->pods.inNamespace("ns-2").size(), std::size_t(0));
        f.server.fault = nullptr;
        f.transport.advance(13min);
        QCOMPARE(f.known(), f.stored());
        QVERIFY(f.state->gaps.empty());
        QCOMPARE(f.transport.open("/api/v1/pods?watch").size(), std::size_t(1));
        QVERIFY(f.transport.open("/namespaces/ns-1/pods").empty());
    }

    void aMomentOf500DoesNotEndAFanOut()
    {
        ReaderFixture f;
        int wholeStatus = 403;
        f.server.fault = [&](const ApiCall &call) {
            return call.resource == ReaderFixture::pods && call.ns.empty()
                       ? ReaderFixture::status(wholeStatus)
                       : CallFault{};
        };
        f.start();
        QCOMPARE(f.known(), f.stored());
        wholeStatus = 500;
        f.transport.advance(14min);
        QCOMPARE(f.known(), f.stored());
        QVERIFY(f.state->gaps.empty());
    }

    void withoutListableNamespacesTheContextsOwnIsRead()
    {
        ReaderFixture f;
        f.server.fault = [](const ApiCall &call) {
            return call.ns == "ns-2" ? CallFault{} : ReaderFixture::status(403);
        };
        f.start({{}, "ns-2"});
        QCOMPARE(f.synced, 1);
        for (const auto &pod : f.state->pods)
            QCOMPARE(pod->meta.ns, std::string("ns-2"));
        QVERIFY(!f.state->pods.empty());
        QVERIFY(f.gapOf("namespaces", "") != nullptr);
        QVERIFY(f.gapOf("nodes", "") != nullptr);
        QVERIFY(f.gapOf("pods", "ns-2") == nullptr);
    }

    void theScopeAloneIsRead()
    {
        ReaderFixture f;
        f.start({{"ns-1", "ns-3", "ns-1"}, "default"});
        QCOMPARE(f.synced, 1);
        std::set<std::string> read;
        for (const auto &pod : f.state->pods)
            read.insert(pod->meta.ns);
        QCOMPARE(read, (std::set<std::string>{"ns-1", "ns-3"}));
        QVERIFY(f.transport.pathsWith("/api/v1/pods").empty());
        QVERIFY(!f.state->nodes.empty());
    }

    void anEmptySelectionNeverGoesClusterWide()
    {
        ReaderFixture blank;
        blank.start({{""}, "default"});
        QVERIFY(blank.state->pods.empty());
        QVERIFY(blank.transport.pathsWith("pods").empty());
        QCOMPARE(blank.gapOf("pods", "")->reason.code, ErrorCode::InvalidInput);
        QCOMPARE(blank.synced, 1);
        blank.transport.advance(30min);
        QVERIFY(blank.transport.pathsWith("pods").empty());

        // No namespace at all, and the whole cluster forbidden: unknown, and not asked again and again.
        ReaderFixture none;
        for (const char *ns : {"ns-1", "ns-2", "ns-3"})
            none.store.remove(ReaderFixture::namespaces, "", ns);
        none.server.catchUp();
        none.server.fault = [](const ApiCall &call) {
            return call.resource.namespaced ? ReaderFixture::status(403) : CallFault{};
        };
        none.start();
        QCOMPARE(none.transport.pathsWith("/pods").size(), std::size_t(1));
        QVERIFY(none.gapOf("pods", "") != nullptr);
        QCOMPARE(none.synced, 1);
    }

    void whatFailsAgainAndAgainIsAGapUntilItWorks()
    {
        ReaderFixture f;
        f.server.fault = [](const ApiCall &call) {
            return call.resource == ReaderFixture::pods ? ReaderFixture::status(500) : CallFault{};
        };
        f.start();
        QCOMPARE(f.synced, 0);
        QVERIFY(f.state->gaps.empty());
        f.transport.advance(10s);
        QCOMPARE(f.gapOf("pods", "")->reason.code, ErrorCode::Unavailable);
        QCOMPARE(f.synced, 1);
        f.server.fault = nullptr;
        f.transport.advance(2min);
        QVERIFY(f.state->gaps.empty());
        QCOMPARE(f.known(), f.stored());
        QCOMPARE(f.synced, 1);
    }

    /// What cannot be decoded must not look absent: a policy that nobody can read may deny.
    void anObjectThatCannotBeDecodedIsAGapInItsNamespace()
    {
        ReaderFixture f;
        f.start();
        const auto send = [&f](const char *nodeName) {
            f.server.sendToWatches(
                ReaderFixture::pods,
                std::string(R"({"type":"ADDED","object":{"metadata":{"name":"odd","namespace":"ns-2"},)") +
                    R"("spec":{"nodeName":)" + nodeName + "}}}\n");
            f.transport.advance(1s);
        };
        send("7");
        QVERIFY(!f.gapOf("pods", ""));
        QCOMPARE(f.gapOf("pods", "ns-2")->reason.where, std::string("Pod ns-2/odd spec.nodeName"));
        send("\"node-a\"");
        QVERIFY(f.state->gaps.empty());
    }

    /// Calico runs, so its ConfigMap is asked for, by its name, and no other one.
    void theConfigMapOfTheAgentIsRead()
    {
        ReaderFixture f;
        f.serveAgents();
        f.store.put(ReaderFixture::daemonSets, "ns-1", "calico-node");
        f.store.put(ReaderFixture::configMaps, "ns-1", "calico-config");
        f.store.put(ReaderFixture::configMaps, "ns-1", "secrets-of-others");
        f.store.put(ReaderFixture::configMaps, "ns-2", "calico-config");
        f.server.catchUp();
        f.start();
        f.transport.advance(1s);
        QCOMPARE(f.synced, 1);
        QVERIFY(f.state->gaps.empty());
        QVERIFY(f.state->others.find("ns-1", "calico-config", "ConfigMap"));
        QVERIFY(!f.state->others.find("ns-1", "secrets-of-others", "ConfigMap"));
        QVERIFY(!f.state->others.find("ns-2", "calico-config", "ConfigMap"));
        for (const std::string &path : f.transport.paths()) {
            const bool isAskedByName =
                path.starts_with("/api/v1/namespaces/ns-1/configmaps?") &&
                path.find("fieldSelector=metadata.name%3Dcalico-config") != std::string::npos;
            QVERIFY2(path.find("configmaps") == std::string::npos || isAskedByName, path.c_str());
        }
        f.store.remove(ReaderFixture::configMaps, "ns-1", "calico-config");
        f.server.catchUp();
        QVERIFY(!f.state->others.find("ns-1", "calico-config", "ConfigMap"));
        QVERIFY(f.state->others.find("ns-1", "policy"));
    }

    void itGoesWithTheAgent()
    {
        ReaderFixture f;
        f.serveAgents();
        f.store.put(ReaderFixture::daemonSets, "ns-1", "cilium");
        f.store.put(ReaderFixture::configMaps, "ns-1", "cilium-config");
        f.server.catchUp();
        f.start();
        f.transport.advance(1s);
        QVERIFY(f.state->others.find("ns-1", "cilium-config"));
        f.store.remove(ReaderFixture::daemonSets, "ns-1", "cilium");
        f.server.catchUp();
        f.transport.advance(1s);
        QVERIFY(!f.state->others.find("ns-1", "cilium-config"));
        QVERIFY(f.state->others.find("ns-1", "policy"));
    }

    void whoMayNotReadItHasAGapAndAllTheRest()
    {
        ReaderFixture f;
        f.serveAgents();
        f.store.put(ReaderFixture::daemonSets, "ns-1", "cilium");
        f.server.fault = [](const ApiCall &call) {
            return call.resource == ReaderFixture::configMaps ? ReaderFixture::status(403) : CallFault{};
        };
        f.server.catchUp();
        f.start();
        f.transport.advance(1s);
        QCOMPARE(f.synced, 1);
        QVERIFY(f.gapOf("configmaps", "ns-1"));
        QCOMPARE(f.state->gaps.size(), std::size_t(1));
        QCOMPARE(f.state->pods.size(), std::size_t(6));
    }
};

QTEST_GUILESS_MAIN(TestClusterReader)
#include "test_cluster_reader.moc"
