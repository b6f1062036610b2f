// First: moc does not get through <compare> without what this defines.
#include <QTest>

#include "model/graph/edge_bundles.h"
#include "tests/model/graph/plain_graph.h"

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::checks;

namespace {

BundleCandidate candidate(std::uint32_t first, std::uint32_t second, std::uint32_t allowed,
                          std::uint32_t denied = 0, double length = 1)
{
    BundleCandidate made;
    made.first = first;
    made.second = second;
    made.counts.allowed = allowed;
    made.counts.denied = denied;
    made.length = length;
    return made;
}

} // namespace

class TestEdgeBundles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesBetweenTheSameBoxesAreOneBundle();
    void nothingIsLostOnTheWay();
    void whatStandsAloneIsAnEnd();
    void verdictsStayApart();
    void linesThatDoNotCountAreLeftOut();
    void identitiesStay();
    void strongestAreDrawn();
    void alarmsComeFirst();
    void placesThatAllGoToAreGathered();
    void fewBoxesGatherNothing();
};

void TestEdgeBundles::linesBetweenTheSameBoxesAreOneBundle()
{
    PlainGraph plain;
    const NodeId a1 = plain.card("a", "1"), a2 = plain.card("a", "2"), b1 = plain.card("b", "1"),
                 b2 = plain.card("b", "2");
    plain.line(a1, b1);
    plain.line(a2, b2);
    plain.line(b1, a2);
    plain.line(a1, a2);
    const BundledEdges bundled = bundleEdges(plain.done());
    QCOMPARE(bundled.bundles.size(), std::size_t(1));
    const EdgeBundle &bundle = bundled.bundles.front();
    const bool fromA = bundle.first.group == PlainGraph::group("a");
    QCOMPARE((fromA ? bundle.forward : bundle.backward).allowed, 2U);
    QCOMPARE((fromA ? bundle.backward : bundle.forward).allowed, 1U);
    QCOMPARE(bundle.sum().total(), 3U);
    QCOMPARE(bundled.inside.at(PlainGraph::group("a")).allowed, 1U);
    QVERIFY(!bundled.inside.contains(PlainGraph::group("b")));
}

void TestEdgeBundles::nothingIsLostOnTheWay()
{
    PlainGraph plain;
    std::vector<NodeId> cards;
    for (int i = 0; i < 30; ++i)
        cards.push_back(plain.card("ns" + std::to_string(i % 7), std::to_string(i)));
    std::uint32_t lines = 0;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        for (const std::size_t step : {1U, 4U, 7U}) {
            plain.line(cards[i], cards[(i + step) % cards.size()]);
            ++lines;
        }
    }
    const BundledEdges bundled = bundleEdges(plain.done());
    std::uint32_t counted = 0;
    for (const EdgeBundle &bundle : bundled.bundles)
        counted += bundle.sum().total();
    for (const auto &[group, counts] : bundled.inside)
        counted += counts.total();
    QCOMPARE(counted, lines);
}

void TestEdgeBundles::whatStandsAloneIsAnEnd()
{
    PlainGraph plain;
    const NodeId world = plain.card("", "world"), block = plain.card("", "block"), a = plain.card("a", "1");
    plain.line(world, a);
    plain.line(a, block);
    const BundledEdges bundled = bundleEdges(plain.done());
    QCOMPARE(bundled.bundles.size(), std::size_t(2));
    std::set<NodeId> alone;
    for (const EdgeBundle &bundle : bundled.bundles) {
        QVERIFY(bundle.first.group.isValid() != bundle.second.group.isValid());
        alone.insert({bundle.first.node, bundle.second.node});
    }
    QVERIFY(alone.contains(world) && alone.contains(block));
}

void TestEdgeBundles::verdictsStayApart()
{
    PlainGraph plain;
    const NodeId a = plain.card("a", "1"), b = plain.card("b", "1"), c = plain.card("b", "2");
    plain.line(a, b, EdgeVerdict::Allowed);
    plain.line(a, c, EdgeVerdict::Denied);
    plain.line(b, a, EdgeVerdict::Mixed);
    plain.line(c, a, EdgeVerdict::NotApplicable); // policies, and nothing that enforces them
    plain.line(a, b, EdgeVerdict::NotApplicable, EdgeKind::ServiceEndpoint);
    const VerdictCounts sum = bundleEdges(plain.done()).bundles.front().sum();
    QCOMPARE(sum.allowed, 1U);
    QCOMPARE(sum.denied, 1U);
    QCOMPARE(sum.mixed, 1U);
    QCOMPARE(sum.unknown, 1U);
    QCOMPARE(sum.plain, 1U);
}

void TestEdgeBundles::linesThatDoNotCountAreLeftOut()
{
    PlainGraph plain;
    const NodeId a = plain.card("a", "1"), b = plain.card("b", "1");
    plain.line(a, b);
    plain.line(a, NodeId{99}); // its end is not there
    const auto none = [](const GraphEdge &) { return false; };
    QVERIFY(bundleEdges(plain.done(), none).bundles.empty());
    QCOMPARE(bundleEdges(plain.done()).bundles.size(), std::size_t(1));
}

void TestEdgeBundles::identitiesStay()
{
    const BundleEnd a{PlainGraph::group("a"), {}}, b{PlainGraph::group("b"), {}}, c{{}, NodeId{5}};
    QCOMPARE(bundleIdOf(a, b), bundleIdOf(b, a));
    QVERIFY(bundleIdOf(a, b) != bundleIdOf(a, c));
    QVERIFY(bundleIdOf(a, b).isValid());
}

void TestEdgeBundles::strongestAreDrawn()
{
    const std::vector<BundleCandidate> all{candidate(0, 1, 1, 0, 5), candidate(1, 2, 9), candidate(2, 3, 1),
                                           candidate(3, 4, 4)};
    QCOMPARE(strongestBundles(all, 3), (std::vector<std::uint32_t>{1, 3, 2})); // of equals the shorter
    QCOMPARE(strongestBundles(all, 9).size(), all.size());
    QVERIFY(strongestBundles(all, 0).empty());
}

void TestEdgeBundles::alarmsComeFirst()
{
    std::vector<BundleCandidate> all{candidate(0, 1, 50), candidate(1, 2, 1, 1, 900), candidate(2, 3, 30)};
    QCOMPARE(strongestBundles(all, 1), (std::vector<std::uint32_t>{1}));
    all[2].counts.unknown = 1;
    QCOMPARE(strongestBundles(all, 2), (std::vector<std::uint32_t>{2, 1}));
}

void TestEdgeBundles::placesThatAllGoToAreGathered()
{
    std::vector<BundleCandidate> all;
    for (std::uint32_t end = 1; end < 40; ++end)
        all.push_back(candidate(0, end, 3));
    all.push_back(candidate(5, 6, 1));
    all[7].counts.denied = 1;
    const std::vector<bool> everywhere = endsEverywhere(all, 40, 40);
    QVERIFY(everywhere[0]);
    QCOMPARE(std::count(everywhere.begin(), everywhere.end(), true), std::ptrdiff_t(1));
    const auto gathered =
        std::count_if(all.begin(), all.end(), [&](const auto &c) { return isGathered(c, everywhere); });
    QCOMPARE(gathered, std::ptrdiff_t(38));
    QVERIFY(!isGathered(all[7], everywhere)); // what is denied is told by itself
    QVERIFY(!isGathered(all.back(), everywhere));
}

void TestEdgeBundles::fewBoxesGatherNothing()
{
    std::vector<BundleCandidate> all;
    for (std::uint32_t end = 1; end < 9; ++end)
        all.push_back(candidate(0, end, 1));
    const std::vector<bool> everywhere = endsEverywhere(all, 9, 9);
    QVERIFY(std::find(everywhere.begin(), everywhere.end(), true) == everywhere.end());
}

QTEST_APPLESS_MAIN(TestEdgeBundles)
#include "test_edge_bundles.moc"
