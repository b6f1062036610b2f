#include "model/manifest/manifest.h"
#include "model/policy/connectivity.h"
#include "model/policy/verdict_rows.h"
#include "model/policy/workload_parties.h"
#include "tests/fakes/random_policies.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::policy;
using fakes::PolicyMix;

namespace {

constexpr int clusters = 60; // of each mix

bool has(const PortSpans &spans, IpProtocol protocol, std::uint16_t port)
{
    return std::any_of(spans.begin(), spans.end(), [&](const PortSpan &span) {
        return span.protocol == protocol && span.first <= port && port <= span.last;
    });
}

/// Where any policy or pod of the cluster makes ports mean something else, and beside it.
std::vector<std::uint16_t> tellingPorts(const PolicyModel &model, IpProtocol protocol)
{
    std::vector<std::uint16_t> ports{1, 2, 65534, 65535};
    for (const std::uint16_t cut : model.classified().portCuts[protocol]) {
        ports.push_back(std::max<std::uint16_t>(cut, 1));
        ports.push_back(std::max<std::uint16_t>(std::uint16_t(cut - 1), 1));
    }
    return ports;
}

} // namespace

/// What is listed of pairs of workloads, over all ports.
class TestConnectivity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPortIsAsItsVerdictSays_data()
    {
        QTest::addColumn<int>("mix");
        for (int mix = 0; mix <= int(PolicyMix::All); ++mix)
            QTest::addRow("mix %d", mix) << mix;
    }
    void everyPortIsAsItsVerdictSays()
    {
        QFETCH(int, mix);
        std::size_t checked = 0, allowed = 0;
        for (unsigned seed = 0; seed < clusters; ++seed) {
            fakes::Random random(seed);
            const auto read = readManifests({{"a.json", fakes::randomManifests(random, PolicyMix(mix))}});
            const auto model = PolicyModel::make(read.state, {{}, true});
            PairVerdicts verdicts(*model);
            std::map<Party, PartyEnds> parties;
            for (PartyEnds &ends : workloadParties(*model))
                parties.emplace(ends.party, std::move(ends));
            for (const Connectivity &pair : connectivityOf(*model).pairs) {
                const auto from = parties.find(pair.from), to = parties.find(pair.to);
                QVERIFY(!pair.isLeftOut);
                if (from == parties.end() || to == parties.end())
                    continue; // an address outside
                for (const IpProtocol protocol : {protocol::tcp, protocol::udp, protocol::sctp}) {
                    for (const std::uint16_t port : tellingPorts(*model, protocol)) {
                        const auto outcome =
                            outcomeBetween(verdicts, from->second, to->second, {protocol, port, 0, 0});
                        QVERIFY(outcome);
                        const QByteArray what = QByteArray::fromStdString(
                            pair.from.text() + " => " + pair.to.text() + " " + std::to_string(port));
                        QVERIFY2(has(pair.allowed, protocol, port) == (*outcome == Outcome::Allow), what);
                        QVERIFY2(has(pair.unknown, protocol, port) == (*outcome == Outcome::Unknown), what);
                        ++checked;
                        allowed += *outcome == Outcome::Allow;
                    }
                }
            }
        }
        QVERIFY(checked > 10'000 && allowed > 100 && allowed < checked);
    }
};

QTEST_APPLESS_MAIN(TestConnectivity)
#include "test_connectivity.moc"
