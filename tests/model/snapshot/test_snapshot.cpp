#include "test_snapshot.h"

#include "every_member.h"
#include "model/snapshot/gzip.h"
#include "model/snapshot/redact.h"
#include "model/snapshot/snapshot.h"
#include "model/snapshot/snapshot_reader.h"
#include "model/snapshot/snapshot_writer.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace portolan;
using namespace portolan::snapshot_tests;

namespace {

const WallTime recorded = *parseRfc3339("2026-11-22T14:32:07Z");

template<class T>
ObjectTable<T> filledTable(int seed)
{
    std::vector<std::shared_ptr<const T>> objects;
    for (int i = 0; i < 3; ++i) {
        auto object = std::make_shared<T>();
        Filler(seed + 1000 * i).fill(*object);
        objects.push_back(std::move(object));
    }
    return ObjectTable<T>(std::move(objects));
}

ClusterState filledState()
{
    ClusterState state;
    state.info = {SourceKind::Live, "prod", "v1.34.4", "https://192.0.2.1:6443/base", recorded};
    state.namespaces = filledTable<Namespace>(1);
    state.nodes = filledTable<Node>(2);
    state.pods = filledTable<Pod>(3);
    state.services = filledTable<Service>(4);
    state.endpointSlices = filledTable<EndpointSlice>(5);
    state.networkPolicies = filledTable<NetworkPolicy>(6);
    state.ingresses = filledTable<Ingress>(7);
    state.workloads = filledTable<Workload>(8);
    state.events = filledTable<ClusterEvent>(9);
    state.others = filledTable<ApiObject>(10);
    Filler(11).fill(state.gaps);
    Filler(12).fill(state.probes);
    FlowLog log;
    log.teller = "Hubble";
    log.readAt = recorded;
    Filler(13).fill(log.parts);
    log.leftOut = 3;
    std::vector<ObservedFlow> flows;
    Filler(14).fill(flows);
    FlowSum sum;
    for (const ObservedFlow &flow : flows)
        sum.add(flow);
    sum.moveInto(log);
    state.flows = std::make_shared<const FlowLog>(std::move(log));
    return state;
}

std::string packed(const ClusterState &state)
{
    std::string bytes;
    const auto written = snapshot::write(state, recorded, [&](std::string_view piece) {
        bytes += piece;
        return Result<void>();
    });
    return written ? bytes : std::string();
}

std::string unpacked(const std::string &bytes)
{
    std::string text;
    const auto done = snapshot::gunzip(bytes, 1 << 30, [&](std::string_view piece) {
        text += piece;
        return Result<void>();
    });
    return done ? text : std::string();
}

std::string gzipped(std::string_view text)
{
    std::string bytes;
    snapshot::GzipWriter writer([&](std::string_view piece) {
        bytes += piece;
        return Result<void>();
    });
    return writer.append(text) && writer.finish() ? bytes : std::string();
}

/// A recording with lines of the test's own and a checksum that is right.
std::string sealed(const std::string &lines)
{
    const QByteArray digest =
        QCryptographicHash::hash(QByteArray::fromStdString(lines), QCryptographicHash::Sha256).toHex();
    const auto count = std::count(lines.begin(), lines.end(), '\n');
    return gzipped(lines + R"({"end":{"lines":)" + std::to_string(count) + R"(,"sha256":")" +
                   digest.toStdString() + "\"}}\n");
}

const std::string header = R"({"portolan-snapshot":{"version":1,"context":"c"}})"
                           "\n";

template<class T>
bool sameTables(const ObjectTable<T> &a, const ObjectTable<T> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto &x, const auto &y) { return same(*x, *y); });
}

void compareAll(const ClusterState &a, const ClusterState &b)
{
    QVERIFY(sameTables(a.namespaces, b.namespaces));
    QVERIFY(sameTables(a.nodes, b.nodes));
    QVERIFY(sameTables(a.pods, b.pods));
    QVERIFY(sameTables(a.services, b.services));
    QVERIFY(sameTables(a.endpointSlices, b.endpointSlices));
    QVERIFY(sameTables(a.networkPolicies, b.networkPolicies));
    QVERIFY(sameTables(a.ingresses, b.ingresses));
    QVERIFY(sameTables(a.workloads, b.workloads));
    QVERIFY(sameTables(a.events, b.events));
    QVERIFY(sameTables(a.others, b.others));
    QVERIFY(same(a.gaps, b.gaps));
    QVERIFY(same(a.probes, b.probes));
    QCOMPARE(bool(a.flows), bool(b.flows));
    QVERIFY(!a.flows || *a.flows == *b.flows);
}

std::string detailOf(const std::string &bytes)
{
    const auto state = readSnapshot(bytes, "a.portolan", SourceKind::Snapshot);
    return state ? std::string("read") : state.error().detail;
}

#define VERIFY_SAYS(bytes, words)                                                                            \
    do {                                                                                                     \
        const std::string detail = detailOf(bytes);                                                          \
        QVERIFY2(detail.find(words) != std::string::npos, detail.c_str());                                   \
    } while (false)

} // namespace

void TestSnapshot::everyMemberComesBack()
{
    const ClusterState state = filledState();
    const auto back = readSnapshot(packed(state), "a.portolan", SourceKind::Demo);
    QVERIFY2(back.has_value(), back ? "" : back.error().oneLine().c_str());
    QCOMPARE((*back)->pods.size(), 3u);
    QVERIFY((*back)->flows && !(*back)->flows->flows.empty());
    compareAll(state, **back);
}

void TestSnapshot::defaultsComeBackToo()
{
    // Only names are set, without which nothing is an object.
    const auto named = []<class T>(T object) {
        object.meta.name = "n";
        return ObjectTable<T>({std::make_shared<const T>(std::move(object))});
    };
    ClusterState state;
    state.namespaces = named(Namespace());
    state.nodes = named(Node());
    state.pods = named(Pod());
    state.services = named(Service());
    state.endpointSlices = named(EndpointSlice());
    state.networkPolicies = named(NetworkPolicy());
    state.ingresses = named(Ingress());
    state.workloads = named(Workload());
    state.events = named(ClusterEvent());
    state.others = named(ApiObject());
    state.gaps.resize(1);
    state.probes.resize(1);
    FlowLog log;
    log.flows.resize(1);
    state.flows = std::make_shared<const FlowLog>(std::move(log));
    const auto back = readSnapshot(packed(state), "a.portolan", SourceKind::Snapshot);
    QVERIFY2(back.has_value(), back ? "" : back.error().oneLine().c_str());
    compareAll(state, **back);

    EndpointSlice slice;
    slice.meta.name = "s";
    slice.endpoints.resize(1);
    slice.endpoints[0].ready = false;
    state.endpointSlices = named(slice);
    const auto again = readSnapshot(packed(state), "a.portolan", SourceKind::Snapshot);
    QVERIFY(again.has_value());
    compareAll(state, **again);
}

void TestSnapshot::theHeaderTellsWhatItIs()
{
    const auto back = readSnapshot(packed(filledState()), "a.portolan", SourceKind::Demo);
    QVERIFY(back.has_value());
    const ClusterInfo &info = (*back)->info;
    QVERIFY(info.source == SourceKind::Demo);
    QCOMPARE(info.contextName, std::string("prod"));
    QCOMPARE(info.serverVersion, std::string("v1.34.4"));
    QCOMPARE(info.serverUrl, std::string("https://192.0.2.1:6443/base"));
    QVERIFY(info.recordedAt == recorded);
    const std::string text = unpacked(packed(filledState()));
    QVERIFY(text.starts_with(R"({"portolan-snapshot":{)"));
}

void TestSnapshot::aRecordingKeepsItsTime()
{
    const QTemporaryDir dir;
    const std::filesystem::path file = dir.filePath(QStringLiteral("a.portolan")).toStdString();
    ClusterState state = filledState();
    QVERIFY(saveSnapshot(state, file).has_value());
    auto back = loadSnapshot(file);
    QVERIFY(back.has_value());
    QVERIFY((*back)->info.recordedAt == recorded);

    state.info.recordedAt = {};
    QVERIFY(saveSnapshot(state, file).has_value());
    back = loadSnapshot(file);
    QVERIFY(back.has_value());
    QVERIFY((*back)->info.recordedAt > recorded);
}

void TestSnapshot::secretsStayOut()
{
    ClusterState state;
    state.info.serverUrl = "https://admin:hunter2@192.0.2.1:6443?token=hunter2";
    ApiObject object;
    object.kind = "BGPPeer";
    object.meta.name = "peer";
    object.json = std::make_shared<const std::string>(
        R"({"metadata":{"name":"peer","annotations":{"vault":"hunter2","projectcalico.org/as":"64512"}},)"
        R"("spec":{"password":"hunter2","nested":[{"api_key":"hunter2","accessToken":"hunter2"}],)"
        R"("passwordFrom":{"secretKeyRef":{"name":"bgp","key":"pw"}},"secretName":"tls","tokenTtl":60}})");
    state.others = ObjectTable<ApiObject>({std::make_shared<const ApiObject>(object)});
    const std::string text = unpacked(packed(state));
    QVERIFY(text.find("peer") != std::string::npos);
    QVERIFY2(text.find("hunter2") == std::string::npos, text.c_str());
    for (const char *kept : {"64512", "bgp", "pw", R"(secretName\":\"tls)", R"(tokenTtl\":60)"})
        QVERIFY2(text.find(kept) != std::string::npos, kept);
}

void TestSnapshot::urls_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("plain");
    QTest::newRow("plain") << QByteArray("https://h:6443") << QByteArray("https://h:6443");
    QTest::newRow("path") << QByteArray("https://h/k8s/c-1") << QByteArray("https://h/k8s/c-1");
    QTest::newRow("user") << QByteArray("https://u:p@h/x@y") << QByteArray("https://h/x@y");
    QTest::newRow("two ats") << QByteArray("https://u:p@q@h") << QByteArray("https://h");
    QTest::newRow("query") << QByteArray("https://h/?t=1#f") << QByteArray("https://h/");
    QTest::newRow("no scheme") << QByteArray("u:p@h:1") << QByteArray("h:1");
    QTest::newRow("empty") << QByteArray("") << QByteArray("");
}

void TestSnapshot::urls()
{
    QFETCH(QByteArray, url);
    QTEST(QByteArray::fromStdString(snapshot::redactedUrl(url.toStdString())), "plain");
}

void TestSnapshot::bytesThatAreNoTextDoNotBreakIt()
{
    ClusterState state;
    state.probes.resize(1);
    state.probes[0].steps.resize(1);
    state.probes[0].steps[0].output = std::string("\xff\xfe\0raw", 6);
    const auto back = readSnapshot(packed(state), "a.portolan", SourceKind::Snapshot);
    QVERIFY(back.has_value());
    QCOMPARE((*back)->probes[0].steps[0].output, std::string("\xef\xbf\xbd\xef\xbf\xbd\0raw", 10));
}

void TestSnapshot::filesAreOfTheirOwnerAlone()
{
    const QTemporaryDir dir;
    const QString name = dir.filePath(QStringLiteral("a.portolan"));
    QVERIFY(saveSnapshot(filledState(), name.toStdString()).has_value());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(name) & others));
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    const auto back = loadSnapshot(name.toStdString());
    QVERIFY(back.has_value());
    QVERIFY((*back)->info.source == SourceKind::Snapshot);
    compareAll(filledState(), **back);
}

void TestSnapshot::anOldRecordingSurvivesAFailure()
{
    const QTemporaryDir dir;
    const QString name = dir.filePath(QStringLiteral("taken"));
    QVERIFY(QDir().mkpath(name + QStringLiteral("/full")));
    const auto saved = saveSnapshot(filledState(), name.toStdString());
    QVERIFY(!saved);
    QCOMPARE(saved.error().where, name.toStdString());
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 0);

    const auto nowhere = saveSnapshot(filledState(), dir.filePath(QStringLiteral("no/such/a")).toStdString());
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().code == ErrorCode::Io); // not NotFound, which is for what is read
}

void TestSnapshot::whatIsNoFileIsRefused()
{
    const QTemporaryDir dir;
    const auto missing = loadSnapshot(dir.filePath(QStringLiteral("missing")).toStdString());
    QVERIFY(!missing);
    QVERIFY(missing.error().code == ErrorCode::NotFound);
    QVERIFY(missing.error().where.ends_with("/missing"));

    const auto directory = loadSnapshot(dir.path().toStdString());
    QVERIFY(!directory);
    QCOMPARE(directory.error().detail, std::string("is a directory"));

    if (::geteuid() != 0) { // root reads everything
        const QString name = dir.filePath(QStringLiteral("locked"));
        QVERIFY(saveSnapshot(filledState(), name.toStdString()).has_value());
        QVERIFY(QFile::setPermissions(name, {}));
        const auto locked = loadSnapshot(name.toStdString());
        QVERIFY(!locked);
        QVERIFY(locked.error().code == ErrorCode::PermissionDenied);
    }
    VERIFY_SAYS("", "cut short");
    VERIFY_SAYS("{\"apiVersion\":\"v1\"}", "is not gzip");
    VERIFY_SAYS(gzipped("hello\n"), "is not a Portolan snapshot");
    VERIFY_SAYS(gzipped(""), "is not a Portolan snapshot");
    VERIFY_SAYS(gzipped("no line end"), "is not a Portolan snapshot");
}

void TestSnapshot::whatIsNoGzipIsNotReadToItsEnd()
{
    const QTemporaryDir dir;
    const std::string name = dir.filePath(QStringLiteral("endless")).toStdString();
    QCOMPARE(::mkfifo(name.c_str(), 0600), 0);
    QSemaphore refused;
    bool wasRefused = false;
    std::thread writer([&] {
        const int fd = ::open(name.c_str(), O_WRONLY);
        const bool written = ::write(fd, "text", 4) == 4;
        wasRefused = refused.tryAcquire(1, 30'000) && written; // more may follow until then
        ::close(fd);
    });
    const auto loaded = loadSnapshot(name);
    refused.release();
    writer.join();
    QVERIFY(wasRefused);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().detail, std::string("is not gzip"));
}

void TestSnapshot::everyCutIsRefused()
{
    const std::string bytes = packed(filledState());
    // Every cut near both ends, every 37th in between.
    for (std::size_t size = 0; size < bytes.size();
         size += size < 64 || size + 64 > bytes.size() ? std::size_t{1} : std::size_t{37})
        QVERIFY2(!readSnapshot(bytes.substr(0, size), "a", SourceKind::Snapshot),
                 qPrintable(QString::number(size)));
    const std::string text = unpacked(bytes);
    // Cut inside, but a whole gzip again.
    VERIFY_SAYS(gzipped(text.substr(0, text.size() / 2)), "cut short");
    VERIFY_SAYS(gzipped(text.substr(0, text.rfind('\n', text.size() - 2) + 1)), "cut short");
    VERIFY_SAYS(bytes + "x", "after its end");
}

void TestSnapshot::everyFlippedByteIsRefused()
{
    ClusterState state;
    Filler(12).fill(state.gaps);
    const std::string bytes = packed(state);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        // gzip's header holds a time, flags for file names and the system: bytes that mean nothing here.
        if (at >= 3 && at < 10)
            continue;
        std::string flipped = bytes;
        flipped[at] = char(flipped[at] ^ 0x10);
        QVERIFY2(!readSnapshot(flipped, "a", SourceKind::Snapshot), qPrintable(QString::number(at)));
    }
}

void TestSnapshot::editedTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *name, const std::string &bytes, const char *says) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(says);
    };
    const std::string good = header + R"({"Namespace":{"meta":{"name":"shop"}}})" + "\n";
    std::string renamed = unpacked(sealed(good));
    renamed.replace(renamed.find("shop"), 4, "shed");
    row("renamed", gzipped(renamed), "edited or damaged");
    std::string dropped = unpacked(sealed(good));
    dropped.erase(header.size(), good.size() - header.size());
    row("line dropped", gzipped(dropped), "lines are missing");
    row("line after the end", gzipped(unpacked(sealed(good)) + "{}\n"), "after the end");
    row("newer", sealed("{\"portolan-snapshot\":{\"version\":2}}\n"), "format version 2");
    row("no version", sealed("{\"portolan-snapshot\":{}}\n"), "format version 0");
    row("no object", sealed(header + "17\n"), "line 2: is no object");
    row("two values", sealed(header + "{}{}\n"), "line 2: ");
    row("odd field", sealed(header + "{\"Pod\":{\"meta\":{\"name\":7}}}\n"),
        "line 2: Pod.meta.name is not text");
    row("odd word", sealed(header + "{\"Pod\":{\"phase\":\"Dancing\"}}\n"),
        "Pod.phase \"Dancing\" is not known");
    row("no name", sealed(header + "{\"Pod\":{}}\n"), "Pod has no name");
    row("deep", sealed(header + std::string(100'000, '{') + "\n"), "line 2: ");
}

void TestSnapshot::editedTextIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, says);
    VERIFY_SAYS(bytes.toStdString(), says.toStdString());
    QVERIFY(!detailOf(bytes.toStdString()).starts_with("read"));
}

void TestSnapshot::bombsAreRefused()
{
    const std::string bomb = gzipped(header + std::string(std::size_t{8} << 20, ' '));
    QVERIFY(bomb.size() < 20'000);
    const auto byTotal = snapshot::read(bomb, {std::uint64_t{1} << 20, std::size_t{64} << 20});
    QVERIFY(!byTotal);
    QVERIFY(byTotal.error().code == ErrorCode::TooLarge);
    const auto byLine = snapshot::read(bomb, {std::uint64_t{1} << 30, std::size_t{1} << 20});
    QVERIFY(!byLine);
    QVERIFY(byLine.error().code == ErrorCode::TooLarge);
    QVERIFY(byLine.error().detail.starts_with("line 2 "));
}

void TestSnapshot::unknownKeysAndLinesAreSkipped()
{
    const auto state = readSnapshot(sealed(header + "{\"Hologram\":{\"meta\":{\"name\":\"x\"}}}\n" +
                                           "{\"Namespace\":{\"future\":[1,{\"a\":null}],\"meta\":{\"name\":"
                                           "\"shop\",\"colour\":\"blue\"}}}\n"),
                                    "a", SourceKind::Snapshot);
    QVERIFY2(state.has_value(), state ? "" : state.error().oneLine().c_str());
    QCOMPARE((*state)->namespaces.size(), 1u);
    QVERIFY((*state)->namespaces.find("", "shop") != nullptr);
}

QTEST_GUILESS_MAIN(TestSnapshot)
