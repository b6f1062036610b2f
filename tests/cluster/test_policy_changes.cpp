#include "model/policy/policy_model.h"
#include "tests/cluster/live_cluster.h"
#include "tests/cluster/pod_network.h"

#include <QDir>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace portolan;
using namespace std::chrono_literals;
using fakes::LiveCluster;
using testing::PodNetwork;
using testing::SocketOutcome;
using testing::SocketTarget;

namespace {

constexpr auto firstLook = 1500ms;
constexpr auto secondLook = 5s; // a crowded machine may be that slow
constexpr int enforced = 90'000;
constexpr std::uint16_t closedPort = 4444; // where nothing listens, a refusal tells that the way is free

using SharedPod = std::shared_ptr<const Pod>;

struct Check
{
    std::size_t source = 0; ///< of the pods
    SharedPod destination;
    SocketTarget target;
};

using Says = policy::Outcome;

bool isOfJob(const Pod &pod)
{
    return std::any_of(pod.meta.owners.begin(), pod.meta.owners.end(),
                       [](const OwnerRef &owner) { return owner.kind == "Job"; });
}

policy::Traffic trafficTo(const SocketTarget &target)
{
    return {target.protocol == Protocol::Udp ? policy::protocol::udp : policy::protocol::tcp, target.port};
}

std::vector<SocketTarget> targetsAt(const Pod &pod)
{
    std::vector<SocketTarget> targets{{pod.ips.front(), closedPort, Protocol::Tcp}};
    for (const Container &container : pod.containers) {
        for (const ContainerPort &port : container.ports) {
            if (port.protocol != Protocol::Sctp)
                targets.push_back({pod.ips.front(), port.number, port.protocol});
        }
    }
    return targets;
}

} // namespace

/// What the evaluator predicts, held against the enforcer itself: sockets opened in the shop's pods,
/// from every one to every port of every other, before and after each change of a policy.
class TestPolicyChanges : public QObject
{
    Q_OBJECT

    std::optional<LiveCluster> m_cluster;
    QString m_enforcer;
    std::vector<SharedPod> m_pods;
    std::vector<PodNetwork> m_networks;
    std::vector<Check> m_checks;
    std::shared_ptr<const policy::PolicyModel> m_model; ///< of the cluster as it was read last
    std::vector<Says> m_base;
    QString m_applied;
    std::size_t m_allowed = 0;
    std::size_t m_denied = 0;
    std::size_t m_unknown = 0;

    std::string explain(std::size_t i) const
    {
        const Check &check = m_checks[i];
        const auto &ends = m_model->endpoints();
        const auto verdict =
            m_model->explain(ends.endpoint(endOf(*m_pods[check.source])),
                             ends.endpoint(endOf(*check.destination)), trafficTo(check.target));
        std::string text = m_pods[check.source]->meta.name + " -> " + check.destination->meta.name + " " +
                           std::string(protocolName(check.target.protocol)) + " " +
                           std::to_string(check.target.port) + ": " +
                           std::string(outcomeName(verdict.outcome)) + " " + verdict.reason;
        for (const policy::Decision &decision : verdict.by)
            text += "; " + decision.object.toString() + " " + decision.path + " " +
                    std::string(effectName(decision.effect));
        return text;
    }

    policy::EndpointId endOf(const Pod &pod) const
    {
        return m_model->endpoints().find(pod.meta.ns, pod.meta.name);
    }

    std::vector<std::size_t> everyCheck() const
    {
        std::vector<std::size_t> all(m_checks.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        return all;
    }

    /// What is to be expected of the cluster as it is now; empty where it cannot be read.
    std::vector<Says> predict()
    {
        const auto state = m_cluster->read({});
        if (!state)
            return {};
        m_model = policy::PolicyModel::make(*state);
        policy::PairVerdicts verdicts(*m_model);
        std::vector<Says> says;
        for (const Check &check : m_checks) {
            const auto from = endOf(*m_pods[check.source]);
            const auto to = endOf(*check.destination);
            const bool isThere = from != policy::noEndpoint && to != policy::noEndpoint;
            says.push_back(isThere ? verdicts.outcome(from, to, trafficTo(check.target)) : Says::Unknown);
        }
        return says;
    }

    /// Which of these the sockets tell otherwise than was said.
    std::vector<std::size_t> differing(const std::vector<std::size_t> &which, const std::vector<Says> &says,
                                       std::chrono::milliseconds wait) const
    {
        std::vector<std::vector<std::size_t>> bySource(m_pods.size());
        for (const std::size_t i : which)
            bySource[m_checks[i].source].push_back(i);
        std::vector<std::vector<std::size_t>> wrong(m_pods.size());
        std::vector<std::thread> threads;
        for (std::size_t source = 0; source < m_pods.size(); ++source) {
            threads.emplace_back([&, source] {
                std::vector<SocketTarget> targets;
                for (const std::size_t i : bySource[source])
                    targets.push_back(m_checks[i].target);
                const auto outcomes = m_networks[source].tryAll(targets, wait);
                for (std::size_t at = 0; at < outcomes.size(); ++at) {
                    const std::size_t i = bySource[source][at];
                    const bool got =
                        outcomes[at] == SocketOutcome::Answered || outcomes[at] == SocketOutcome::Refused;
                    if (says[i] != Says::Unknown && got != (says[i] == Says::Allow))
                        wrong[source].push_back(i);
                }
            });
        }
        std::vector<std::size_t> all;
        for (std::size_t source = 0; source < m_pods.size(); ++source) {
            threads[source].join();
            all.insert(all.end(), wrong[source].begin(), wrong[source].end());
        }
        return all;
    }

    void compareAll(const std::vector<Says> &says)
    {
        auto wrong = differing(everyCheck(), says, firstLook);
        if (!wrong.empty())
            wrong = differing(wrong, says, secondLook);
        for (const Says one : says)
            ++(one == Says::Allow ? m_allowed : one == Says::Deny ? m_denied : m_unknown);
        for (const std::size_t i : wrong)
            --(says[i] == Says::Allow ? m_allowed : m_denied);
        if (wrong.empty())
            return;
        const std::size_t count = wrong.size();
        wrong.resize(std::min<std::size_t>(count, 8));
        for (const std::size_t i : wrong)
            qWarning("the sockets say otherwise: %s", explain(i).c_str());
        QFAIL(qPrintable(QStringLiteral("%1 of %2 differ").arg(count).arg(says.size())));
    }

    bool kubectl(const char *verb, const QString &file) const
    {
        QStringList words{QLatin1String(verb), QStringLiteral("-f"), file};
        if (qstrcmp(verb, "delete") == 0)
            words << QStringLiteral("--ignore-not-found");
        return testing::Kubectl().run(words).isOk();
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto cluster = LiveCluster::open();
        QVERIFY2(cluster.has_value(), cluster ? "" : cluster.error().oneLine().c_str());
        m_cluster = std::move(*cluster);
        const auto state = m_cluster->read({"edge", "shop", "payments", "data", "monitoring", "kube-system"});
        QVERIFY2(state.has_value(), state ? "" : state.error().oneLine().c_str());
        for (const auto &pod : (*state)->pods) {
            if (pod->meta.ns == "kube-system" || isOfJob(*pod) || pod->phase != PodPhase::Running)
                continue;
            QVERIFY(!pod->ips.empty());
            m_pods.push_back(pod);
            m_networks.push_back(PodNetwork::of(*pod));
            QVERIFY2(m_networks.back().isValid(), pod->meta.name.c_str());
        }
        QVERIFY(m_pods.size() > 20);
        for (std::size_t source = 0; source < m_pods.size(); ++source) {
            for (const SharedPod &destination : m_pods) {
                if (destination == m_pods[source])
                    continue;
                for (const SocketTarget &target : targetsAt(*destination))
                    m_checks.push_back({source, destination, target});
            }
        }
        m_base = predict();
        QCOMPARE(m_base.size(), m_checks.size());
        m_enforcer = QString::fromUtf8(enforcerName(m_model->enforcer().enforcer).data());
        for (const auto &policy : m_model->endpoints().state().networkPolicies)
            QVERIFY2(!policy->meta.name.starts_with("change-"), "a change is left of an earlier run");
    }

    void cleanup()
    {
        if (!m_applied.isEmpty())
            kubectl("delete", std::exchange(m_applied, {}));
    }

    void cleanupTestCase()
    {
        qInfo("%s: %zu pods, %zu checks each time; identical: %zu allowed and got there, %zu denied and did "
              "not; "
              "%zu unknown",
              qPrintable(m_enforcer), m_pods.size(), m_checks.size(), m_allowed, m_denied, m_unknown);
        QVERIFY(m_unknown * 100 < m_allowed + m_denied);
    }

    void withoutAChange()
    {
        QTRY_VERIFY_WITH_TIMEOUT(differing(everyCheck(), m_base, firstLook).empty(), 30'000);
        compareAll(m_base);
        QVERIFY(m_allowed > 0);
        QCOMPARE(m_denied > 0, m_enforcer != QLatin1String("none"));
    }

    void aChange_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &folder : {QStringLiteral("both"), m_enforcer}) {
            const QDir dir(QStringLiteral(PORTOLAN_POLICY_CHANGES "/") + folder);
            for (const QString &file : dir.entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name))
                QTest::newRow(qPrintable(folder + QLatin1Char('/') + file)) << dir.filePath(file);
        }
    }

    void aChange()
    {
        QFETCH(QString, file);
        m_applied = file;
        QVERIFY(kubectl("apply", file));
        const std::vector<Says> says = predict();
        QCOMPARE(says.size(), m_checks.size());
        std::vector<std::size_t> flipped;
        for (std::size_t i = 0; i < says.size(); ++i) {
            if (says[i] != m_base[i])
                flipped.push_back(i);
        }
        // Only what flips tells when a change has arrived.
        QCOMPARE(!flipped.empty(), m_enforcer != QLatin1String("none"));
        QTRY_VERIFY_WITH_TIMEOUT(differing(flipped, says, firstLook).empty(), enforced);
        compareAll(says);
        qInfo("%zu flipped", flipped.size());
        QVERIFY(kubectl("delete", std::exchange(m_applied, {})));
        QTRY_VERIFY_WITH_TIMEOUT(differing(flipped, m_base, firstLook).empty(), enforced);
        compareAll(m_base);
    }
};

QTEST_GUILESS_MAIN(TestPolicyChanges)
#include "test_policy_changes.moc"
