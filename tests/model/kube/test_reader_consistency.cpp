#include "tests/model/kube/reader_fixture.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

/// A cluster that changes while everything goes wrong that can, and a reader that must neither lose nor
/// invent an object.
class Storm
{
public:
    explicit Storm(std::uint64_t seed) : m_fixture(seed), m_random(seed)
    {
        m_fixture.options.watchList = chance(30);
        m_fixture.options.mostWatches = chance(30) ? 3 : 84;
        m_fixture.server.largestChunk = chance(50) ? 30 : 0;
        m_fixture.server.cacheIgnoresLimit = chance(70);
        m_fixture.server.knowsWatchList = chance(80);
        for (int i = 0; chance(50) && i < 1100; ++i)
            m_fixture.store.put(ReaderFixture::pods, "ns-1", "many-" + std::to_string(i));
        remember();
        m_fixture.server.fault = [this](const ApiCall &call) { return chosenFault(call); };
    }

    /// What is wrong, or "".
    std::string run(int steps)
    {
        m_fixture.start();
        for (int i = 0; i < steps; ++i) {
            step();
            if (const std::string wrong = whatIsWrong(); !wrong.empty())
                return "step " + std::to_string(i) + ": " + wrong;
        }
        return afterTheStorm();
    }

private:
    bool chance(unsigned percent) { return m_random() % 100 < percent; }

    void step()
    {
        const unsigned what = unsigned(m_random() % 100);
        SimulatedApiServer &server = m_fixture.server;
        if (what < 45)
            change();
        else if (what < 60)
            server.catchUp();
        else if (what < 64)
            server.sendBookmarks();
        else if (what < 68)
            m_fixture.store.compact();
        else if (what < 73)
            server.endWatches(chance(50));
        else if (what < 75)
            m_faultRate = chance(50) ? 0 : unsigned(m_random() % 100);
        else if (what < 76)
            server.expiresInStream = chance(50);
        else if (what < 77)
            m_forbidden = chance(50) ? m_random() % m_fixture.resources.size() : m_fixture.resources.size();
        else if (what < 78)
            m_fixture.server.discoveryStatus =
                chance(70) ? std::map<std::string, int>{} : std::map<std::string, int>{{"/apis", 503}};
        else if (what < 79)
            server.sendToWatches(m_fixture.resources[m_random() % m_fixture.resources.size()], "garbage\n");
        else
            m_fixture.transport.advance(
                std::chrono::milliseconds(m_random() % (chance(10) ? 400'000 : 4'000)));
    }

    void change()
    {
        const ResourceType resource = m_fixture.resources[1 + m_random() % (m_fixture.resources.size() - 1)];
        const std::string ns =
            resource.namespaced ? "ns-" + std::to_string(1 + m_random() % 3) : std::string();
        const std::string name = "pod-" + std::to_string(m_random() % 12);
        // Deleted and made again within one chunk, too.
        if (chance(45))
            m_fixture.store.remove(resource, ns, name);
        if (chance(60))
            m_fixture.store.put(resource, ns, name);
        remember();
    }

    void remember()
    {
        const auto now = m_fixture.stored();
        m_everStored.insert(now.begin(), now.end());
    }

    CallFault chosenFault(const ApiCall &call)
    {
        if (m_forbidden < m_fixture.resources.size() && call.resource == m_fixture.resources[m_forbidden])
            return ReaderFixture::status(chance(80) ? 403 : 401);
        if (!chance(m_faultRate))
            return {};
        using Kind = CallFault::Kind;
        constexpr std::array kinds{Kind::Status, Kind::Status, Kind::Status, Kind::Refuse,
                                   Kind::Hang,   Kind::Cut,    Kind::Garbage};
        constexpr std::array codes{410, 410, 429, 500, 503, 504};
        CallFault fault{kinds[m_random() % kinds.size()], codes[m_random() % codes.size()], {}, {}, 0};
        fault.cutAfter = m_random() % 3000;
        if (fault.kind == Kind::Garbage)
            fault.body = chance(50) ? "<html>" : "{\"kind\":\"List\",\"items\":[{\"metadata\":";
        if (chance(20))
            fault.headers = {{"retry-after", "3"}};
        return fault;
    }

    /// What must hold at every moment, faults or not.
    std::string whatIsWrong()
    {
        if (m_fixture.server.inconsistentTokenUsed())
            return "an inconsistent continue token was used";
        if (m_fixture.transport.open("watch=true").size() > m_fixture.options.mostWatches)
            return "too many watches";
        for (const std::string &object : m_fixture.known()) {
            if (!m_everStored.contains(object))
                return "invented: " + object;
            const std::size_t at = object.rfind('@');
            const std::uint64_t version = std::stoull(object.substr(at + 1));
            std::uint64_t &newest = m_newest[object.substr(0, object.find(" uid"))];
            if (version < newest)
                return "gone back in time: " + object;
            newest = version;
        }
        return {};
    }

    std::string afterTheStorm()
    {
        m_faultRate = 0;
        m_forbidden = m_fixture.resources.size();
        m_fixture.server.discoveryStatus.clear();
        for (int minute = 0; minute < 30; ++minute) {
            m_fixture.server.catchUp();
            m_fixture.transport.advance(1min);
        }
        if (m_fixture.known() != m_fixture.stored())
            return "at the end: " + difference();
        if (!m_fixture.state->gaps.empty())
            return "a gap is left: " + m_fixture.state->gaps.front().reason.oneLine();
        return m_fixture.synced == 1 ? "" : "not synced once but " + std::to_string(m_fixture.synced);
    }

    std::string difference() const
    {
        const auto known = m_fixture.known();
        const auto stored = m_fixture.stored();
        std::vector<std::string> only;
        std::set_symmetric_difference(known.begin(), known.end(), stored.begin(), stored.end(),
                                      std::back_inserter(only));
        return std::to_string(only.size()) + " objects, the first one " + only.front() +
               (known.contains(only.front()) ? " is not in the store" : " is not known");
    }

    ReaderFixture m_fixture;
    std::mt19937_64 m_random;
    unsigned m_faultRate = 20;
    std::size_t m_forbidden = 99;
    std::set<std::string> m_everStored;
    std::map<std::string, std::uint64_t> m_newest;
};

} // namespace

class TestReaderConsistency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// PORTOLAN_TEST_SEED repeats one run; with PORTOLAN_TEST_SEEDS so many more after it.
    void dataConsistency()
    {
        const QByteArray asked = qgetenv("PORTOLAN_TEST_SEED");
        const std::uint64_t first = asked.isEmpty() ? 1 : asked.toULongLong();
        const std::uint64_t last =
            asked.isEmpty() ? 20 : first + qEnvironmentVariableIntValue("PORTOLAN_TEST_SEEDS");
        for (std::uint64_t seed = first; seed <= last; ++seed) {
            const std::string wrong = Storm(seed).run(300);
            const std::string message = "PORTOLAN_TEST_SEED=" + std::to_string(seed) + ": " + wrong;
            QVERIFY2(wrong.empty(), message.c_str());
        }
    }

    void moreThanAHundredWatches()
    {
        // Forbidden cluster-wide, 60 namespaces, three kinds: 182 that would like to be watched.
        ReaderFixture f;
        for (int i = 0; i < 60; ++i) {
            const std::string ns = "many-" + std::to_string(i);
            f.store.put(ReaderFixture::namespaces, "", ns);
            for (const ResourceType &resource :
                 {ReaderFixture::pods, ReaderFixture::services, ReaderFixture::cilium})
                f.store.put(resource, ns, "one");
        }
        f.server.catchUp();
        f.server.fault = [](const ApiCall &call) {
            return call.resource.namespaced && call.ns.empty() ? ReaderFixture::status(403) : CallFault{};
        };
        std::size_t mostOpen = 0;
        std::size_t mostLists = 0;
        const auto serve = f.transport.onRequest;
        f.transport.onRequest = [&](RequestId id, const HttpRequest &request) {
            mostOpen = std::max(mostOpen, f.transport.open("watch=true").size());
            mostLists = std::max(mostLists, f.transport.open("limit=500").size());
            serve(id, request);
        };
        f.start();
        f.transport.advance(1s);
        QCOMPARE(f.synced, 1);
        QCOMPARE(f.known(), f.stored());
        QVERIFY(mostOpen <= 84);
        QCOMPARE(f.transport.open("watch=true").size(), std::size_t(84));
        QVERIFY(mostLists > 3 && mostLists <= f.options.mostLists);
        // The important ones are watched, the others listed every half minute.
        for (const WatchStatus &status : f.statuses) {
            if (status.resource == ReaderFixture::pods || status.resource == ReaderFixture::nodes)
                QVERIFY(!status.polled);
            if (status.resource == ReaderFixture::cilium)
                QVERIFY(status.polled);
        }
        f.store.remove(ReaderFixture::cilium, "many-7", "one");
        f.store.remove(ReaderFixture::pods, "many-7", "one");
        f.server.catchUp();
        QVERIFY(!f.state->pods.find("many-7", "one"));
        f.transport.advance(37s);
        QCOMPARE(f.known(), f.stored());
        QVERIFY(mostOpen <= 84);
        // Where namespaces go, their watches are given to others.
        for (int i = 0; i < 55; ++i) {
            f.store.remove(ReaderFixture::namespaces, "", "many-" + std::to_string(i));
            for (const ResourceType &resource :
                 {ReaderFixture::pods, ReaderFixture::services, ReaderFixture::cilium})
                f.store.remove(resource, "many-" + std::to_string(i), "one");
        }
        f.server.catchUp();
        f.transport.advance(1s);
        QCOMPARE(f.known(), f.stored());
        for (const WatchStatus &status : f.statuses)
            QVERIFY(!status.polled);
    }

    void aStoppedServerIsNoticedByTheHeartbeat()
    {
        ReaderFixture f;
        f.start();
        const auto serve = f.transport.onRequest;
        const std::size_t before = f.transport.paths().size();
        f.transport.onRequest = nullptr; // SIGSTOP: connections stay, nothing answers
        f.transport.advance(24s);
        QCOMPARE(f.transport.paths().size(), before + 1);
        QCOMPARE(f.transport.paths().back(), std::string("/version"));
        f.transport.advance(2s);
        for (const WatchStatus &status : f.statuses)
            QCOMPARE(status.phase, WatchPhase::BackingOff);
        f.store.remove(ReaderFixture::pods, "ns-1", "pod-0");
        f.transport.advance(5min);
        f.transport.onRequest = serve; // SIGCONT
        f.server.catchUp();
        f.transport.advance(3min);
        QCOMPARE(f.known(), f.stored());
        for (const WatchStatus &status : f.statuses)
            QCOMPARE(status.phase, WatchPhase::Watching);
        for (const ResourceType &resource : f.resources)
            QCOMPARE(f.server.callsOf(resource, false).size(), std::size_t(1)); // nothing was listed again
    }

    void aQuietClusterCostsOneSmallRequest()
    {
        ReaderFixture f;
        f.start();
        const std::size_t before = f.transport.paths().size();
        f.transport.advance(60s);
        const auto paths = f.transport.paths();
        QVERIFY(std::all_of(paths.begin() + std::ptrdiff_t(before), paths.end(),
                            [](const std::string &path) { return path == "/version"; }));
        QCOMPARE(paths.size(), before + 4);
        for (int i = 0; i < 30; ++i) {
            f.transport.advance(10s);
            f.server.sendBookmarks();
        }
        QCOMPARE(f.transport.pathsWith("/version").size(), std::size_t(5)); // what speaks is not asked
    }

    void aChunkIsOneDelta()
    {
        ReaderFixture f;
        f.start();
        const int before = f.deltas;
        for (int i = 0; i < 100; ++i) {
            f.store.put(ReaderFixture::pods, "ns-1", "burst-" + std::to_string(i % 10));
            f.store.remove(ReaderFixture::pods, "ns-1", "burst-" + std::to_string((i + 3) % 10));
        }
        f.server.catchUp();
        QCOMPARE(f.deltas, before + 1);
        QCOMPARE(f.known(), f.stored());
    }

    void destroyingCancelsEverything()
    {
        for (const int steps : {0, 1, 200, 30'000}) {
            ReaderFixture f;
            f.server.fault = [steps](const ApiCall &call) {
                return steps > 1000 && call.resource == ReaderFixture::services ? ReaderFixture::status(503)
                                                                                : CallFault{};
            };
            ReaderHandlers handlers;
            f.reader = std::make_unique<ClusterReader>(f.transport, ReadScope{}, handlers, f.options);
            f.reader->start();
            f.transport.advance(std::chrono::milliseconds(steps));
            f.reader.reset();
            QVERIFY(f.transport.open().empty());
            const std::size_t asked = f.transport.paths().size();
            f.transport.advance(20min);
            QCOMPARE(f.transport.paths().size(), asked);
        }
    }
};

QTEST_GUILESS_MAIN(TestReaderConsistency)
#include "test_reader_consistency.moc"
