#include "model/cluster/cni_config.h"
#include "model/kube/kubeconfig.h"
#include "tests/cluster/kubectl.h"
#include "tests/cluster/live_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;
using namespace std::chrono_literals;

namespace {

using Names = std::set<std::string>; ///< "namespace/name uid"

QByteArray checked(const portolan::testing::Kubectl::Finished &finished)
{
    if (!finished.isOk())
        QTest::qFail(finished.err.c_str(), __FILE__, __LINE__);
    return QByteArray::fromStdString(finished.out);
}

/// The output of kubectl; fails the test where it fails.
QByteArray kubectl(const QStringList &arguments)
{
    return checked(portolan::testing::Kubectl().run(arguments));
}

void breakCluster(const char *how)
{
    checked(portolan::testing::Kubectl().fault({QString::fromLatin1(how)}));
}

/// What kubectl lists of these resources, by kind and group.
std::map<std::string, Names> listedByKubectl(const std::set<ResourceType> &resources)
{
    QStringList names;
    QStringList arguments{QStringLiteral("get"), QString(), QStringLiteral("-A"), QStringLiteral("-o"),
                          QStringLiteral("json")};
    std::map<std::string, Names> listed;
    for (const ResourceType &resource : resources) {
        listed[resource.kind + "." + resource.group];
        if (resource.objectKind() != ObjectKind::Event)
            names << QString::fromStdString(resource.qualifiedName());
    }
    arguments[1] = names.join(QLatin1Char(','));
    for (const bool events : {false, true}) {
        if (events) {
            arguments[1] = QStringLiteral("events");
            arguments << QStringLiteral("--field-selector=type!=Normal");
        }
        const auto list = QJsonDocument::fromJson(kubectl(arguments)).object();
        for (const auto &item : list.value(QLatin1String("items")).toArray()) {
            const QJsonObject meta = item[QLatin1String("metadata")].toObject();
            const auto text = [&meta](const char *key) {
                return meta.value(QLatin1String(key)).toString().toStdString();
            };
            const QString version = item[QLatin1String("apiVersion")].toString();
            const QString group = version.section(QLatin1Char('/'), 0, -2);
            const QString kind = item[QLatin1String("kind")].toString() + QLatin1Char('.') + group;
            listed[kind.toStdString()].insert(text("namespace") + "/" + text("name") + " " + text("uid"));
        }
    }
    return listed;
}

/// What the state has of it.
Names known(const ClusterState &state, const ResourceType &resource)
{
    Names names;
    const auto take = [&](const auto &table) {
        for (const auto &object : table) {
            if (refOf(*object).type == resource.objectType())
                names.insert(object->meta.ns + "/" + object->meta.name + " " + object->meta.uid);
        }
    };
    switch (resource.objectKind()) {
    case ObjectKind::Namespace:
        take(state.namespaces);
        break;
    case ObjectKind::Node:
        take(state.nodes);
        break;
    case ObjectKind::Pod:
        take(state.pods);
        break;
    case ObjectKind::Service:
        take(state.services);
        break;
    case ObjectKind::EndpointSlice:
        take(state.endpointSlices);
        break;
    case ObjectKind::NetworkPolicy:
        take(state.networkPolicies);
        break;
    case ObjectKind::Ingress:
        take(state.ingresses);
        break;
    case ObjectKind::Workload:
        take(state.workloads);
        break;
    case ObjectKind::Event:
        take(state.events);
        break;
    case ObjectKind::Other:
        take(state.others);
        break;
    }
    return names;
}

/// Of ConfigMaps those alone that CNI agents are told by what to do: no other is asked for.
void keepAgentsConfigs(Names &configMaps, const ClusterState &state)
{
    Names wanted;
    for (const auto &workload : state.workloads) {
        if (const std::string name = cniConfigOf(*workload); !name.empty())
            wanted.insert(workload->meta.ns + "/" + name);
    }
    std::erase_if(configMaps,
                  [&](const std::string &one) { return !wanted.contains(one.substr(0, one.find(' '))); });
}

std::string difference(const Names &listed, const Names &read)
{
    std::string text;
    std::vector<std::string> only;
    std::set_difference(listed.begin(), listed.end(), read.begin(), read.end(), std::back_inserter(only));
    for (const std::string &name : only)
        text += " lost: " + name;
    only.clear();
    std::set_difference(read.begin(), read.end(), listed.begin(), listed.end(), std::back_inserter(only));
    for (const std::string &name : only)
        text += " invented: " + name;
    return text;
}

bool allWatching(const LiveReader::Picture &now)
{
    return !now.statuses.empty() && std::all_of(now.statuses.begin(), now.statuses.end(), [](const auto &s) {
        return s.phase == WatchPhase::Watching;
    });
}

bool allBroken(const LiveReader::Picture &now)
{
    return !now.statuses.empty() && std::all_of(now.statuses.begin(), now.statuses.end(), [](const auto &s) {
        return s.phase == WatchPhase::BackingOff || s.polled;
    });
}

} // namespace

/// The reader against the real API server of PORTOLAN_TEST_KUBECONFIG, whole and broken.
class TestReaderCluster : public QObject
{
    Q_OBJECT

private:
    ClusterAccess m_access;
    std::unique_ptr<LiveReader> m_reader;

    /// The cluster goes on while both are asked: equal in one of ten attempts is equal.
    void compareWithKubectl()
    {
        std::set<ResourceType> resources;
        for (const WatchStatus &status : m_reader->picture().statuses)
            resources.insert(status.resource);
        QVERIFY(resources.size() >= 15);
        QVERIFY(resources.contains(configMapType()));
        std::string wrong;
        for (int attempt = 0; attempt < 10; ++attempt) {
            auto listed = listedByKubectl(resources);
            keepAgentsConfigs(listed["ConfigMap."], *m_reader->picture().state);
            const auto isSame = [&](const LiveReader::Picture &now) {
                return std::all_of(resources.begin(), resources.end(), [&](const ResourceType &resource) {
                    return known(*now.state, resource) == listed.at(resource.kind + "." + resource.group);
                });
            };
            if (m_reader->waitUntil(isSame, 6s))
                return;
            wrong.clear();
            for (const ResourceType &resource : resources)
                wrong += difference(listed.at(resource.kind + "." + resource.group),
                                    known(*m_reader->picture().state, resource));
        }
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void makeChanges(const char *round)
    {
        const QString name = QStringLiteral("reader-test-") + QLatin1String(round);
        kubectl({QStringLiteral("create"), QStringLiteral("service"), QStringLiteral("clusterip"), name,
                 QStringLiteral("--tcp=80"), QStringLiteral("-n"), QStringLiteral("default")});
        kubectl({QStringLiteral("create"), QStringLiteral("namespace"), name});
        QVERIFY(m_reader->waitUntil(
            [&](const LiveReader::Picture &now) {
                return now.state->services.find("default", name.toStdString()) &&
                       now.state->namespaces.find("", name.toStdString());
            },
            60s));
    }

    void unmakeChanges(const char *round)
    {
        const QString name = QStringLiteral("reader-test-") + QLatin1String(round);
        kubectl({QStringLiteral("delete"), QStringLiteral("--ignore-not-found"), QStringLiteral("-n"),
                 QStringLiteral("default"), QStringLiteral("service"), name});
        kubectl({QStringLiteral("delete"), QStringLiteral("--ignore-not-found"),
                 QStringLiteral("--wait=false"), QStringLiteral("namespace"), name});
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray file = qgetenv("PORTOLAN_TEST_KUBECONFIG");
        if (file.isEmpty())
            QFAIL("PORTOLAN_TEST_KUBECONFIG names no cluster: see tests/cluster/README.md");
        const auto config = loadKubeconfig(std::filesystem::path(file.toStdString()));
        QVERIFY2(config.has_value(), config ? "" : config.error().oneLine().c_str());
        auto access = resolveContext(*config, {});
        QVERIFY2(access.has_value(), access ? "" : access.error().oneLine().c_str());
        m_access = std::move(*access);
        for (const char *round : {"live", "stopped", "killed", "compacted"})
            unmakeChanges(round);
        m_reader = std::make_unique<LiveReader>(m_access, ReadScope{{}, "default"});
        QVERIFY(m_reader->waitUntil([](const auto &now) { return now.synced && allWatching(now); }, 60s));
    }

    void cleanupTestCase()
    {
        m_reader.reset();
        if (m_access.cluster.server.empty())
            return;
        for (const char *round : {"live", "stopped", "killed", "compacted"})
            unmakeChanges(round);
    }

    void readsWhatKubectlLists()
    {
        const auto picture = m_reader->picture();
        QVERIFY(picture.state->gaps.empty());
        QVERIFY(!picture.state->nodes.empty());
        QVERIFY(!picture.state->others.empty());
        QVERIFY(picture.state->info.serverVersion.starts_with("v1."));
        compareWithKubectl();
    }

    void readsTheSameByWatchList()
    {
        ReaderOptions options;
        options.watchList = true;
        LiveReader other(m_access, {{}, "default"}, options);
        QVERIFY(other.waitUntil([](const auto &now) { return now.synced; }, 60s));
        const auto pods = [](const LiveReader::Picture &now) {
            return known(*now.state, {"", "v1", "Pod", "pods", true});
        };
        QVERIFY(
            other.waitUntil([&](const auto &now) { return pods(now) == pods(m_reader->picture()); }, 30s));
    }

    void oneNamespaceAlone()
    {
        LiveReader other(m_access, {{"kube-system"}, "default"});
        QVERIFY(other.waitUntil([](const auto &now) { return now.synced; }, 60s));
        const auto picture = other.picture();
        QVERIFY(!picture.state->pods.empty());
        for (const auto &pod : picture.state->pods)
            QCOMPARE(pod->meta.ns, std::string("kube-system"));
    }

    void followsChanges()
    {
        makeChanges("live");
        unmakeChanges("live");
        QVERIFY(m_reader->waitUntil(
            [](const auto &now) {
                return !now.state->services.find("default", "reader-test-live") &&
                       !now.state->namespaces.find("", "reader-test-live");
            },
            60s));
    }

    void theServerIsStopped()
    {
        breakCluster("stop-apiserver");
        const bool noticed = m_reader->waitUntil(allBroken, 60s);
        breakCluster("cont-apiserver");
        QVERIFY(noticed);
        makeChanges("stopped");
        QVERIFY(m_reader->waitUntil(allWatching, 120s));
        compareWithKubectl();
    }

    void theServerIsKilled()
    {
        breakCluster("kill-apiserver");
        const bool noticed = m_reader->waitUntil(allBroken, 30s);
        const std::size_t services = m_reader->picture().state->services.size();
        breakCluster("start-apiserver");
        QVERIFY(noticed);
        QVERIFY(services > 0); // what was read stays while the server is away
        makeChanges("killed");
        QVERIFY(m_reader->waitUntil(allWatching, 120s));
        compareWithKubectl();
    }

    void etcdIsCompacted()
    {
        // Expires every watch: the server that comes back knows no older revision.
        const std::size_t lists = m_reader->picture().replacements;
        breakCluster("kill-apiserver");
        breakCluster("compact-etcd");
        breakCluster("start-apiserver");
        makeChanges("compacted");
        QVERIFY(m_reader->waitUntil(allWatching, 120s));
        QVERIFY(m_reader->picture().replacements > lists);
        compareWithKubectl();
    }
};

QTEST_GUILESS_MAIN(TestReaderCluster)
#include "test_reader_cluster.moc"
