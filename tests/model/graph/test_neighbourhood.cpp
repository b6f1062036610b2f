// First: moc does not get through <compare> without what this defines.
#include <QTest>

#include "model/graph/neighbourhood.h"
#include "tests/fakes/random_source.h"
#include "tests/model/graph/plain_graph.h"

#include <map>
#include <set>

using namespace portolan;
using namespace portolan::checks;

namespace {

std::set<NodeId> nodesOf(const Neighbourhood &n)
{
    return {n.nodes.begin(), n.nodes.end()};
}

std::set<EdgeId> edgesOf(const Neighbourhood &n)
{
    return {n.edges.begin(), n.edges.end()};
}

} // namespace

class TestNeighbourhood : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void depthCountsLines();
    void directionsDoNotMix();
    void deniedLinesLeadNoFurther();
    void whatDoesNotCountIsNotThere();
    void unknownCentresAreLeftOut();
    void equalsDistancesOfRandomGraphs();
};

void TestNeighbourhood::depthCountsLines()
{
    PlainGraph plain;
    const NodeId a = plain.card("n", "a"), b = plain.card("n", "b"), c = plain.card("m", "c"),
                 d = plain.card("m", "d");
    const EdgeId ab = plain.line(a, b), bc = plain.line(b, c), cd = plain.line(c, d);
    const TopologyGraph graph = plain.done();
    using enum ReachDirection;
    QCOMPARE(nodesOf(neighbourhood(graph, {a}, 0, Onward)), (std::set{a}));
    QCOMPARE(nodesOf(neighbourhood(graph, {a}, 1, Onward)), (std::set{a, b}));
    QCOMPARE(edgesOf(neighbourhood(graph, {a}, 2, Onward)), (std::set{ab, bc}));
    QCOMPARE(nodesOf(neighbourhood(graph, {a}, 3, Onward)), (std::set{a, b, c, d}));
    QCOMPARE(nodesOf(neighbourhood(graph, {d}, 2, Backward)), (std::set{d, c, b}));
    QCOMPARE(nodesOf(neighbourhood(graph, {b}, 1)), (std::set{a, b, c}));
    QCOMPARE(edgesOf(neighbourhood(graph, {a, c}, 1)), (std::set{ab, bc, cd}));
}

void TestNeighbourhood::directionsDoNotMix()
{
    // a -> hub <- b: that b reaches the hub as well says nothing about a.
    PlainGraph plain;
    const NodeId a = plain.card("n", "a"), b = plain.card("n", "b"), hub = plain.card("m", "hub");
    plain.line(a, hub);
    plain.line(b, hub);
    QCOMPARE(nodesOf(neighbourhood(plain.done(), {a}, 3)), (std::set{a, hub}));
}

void TestNeighbourhood::deniedLinesLeadNoFurther()
{
    PlainGraph plain;
    const NodeId a = plain.card("n", "a"), b = plain.card("n", "b"), c = plain.card("n", "c");
    const EdgeId denied = plain.line(a, b, EdgeVerdict::Denied);
    plain.line(b, c);
    const Neighbourhood around = neighbourhood(plain.done(), {a}, 3);
    QCOMPARE(nodesOf(around), (std::set{a, b}));
    QCOMPARE(edgesOf(around), std::set{denied});
}

void TestNeighbourhood::whatDoesNotCountIsNotThere()
{
    PlainGraph plain;
    const NodeId a = plain.card("n", "a"), b = plain.card("n", "b");
    const EdgeId peer = plain.line(a, b);
    plain.line(a, b, EdgeVerdict::NotApplicable, EdgeKind::Observed);
    const auto onlyPeers = [](const GraphEdge &edge) { return edge.kind == EdgeKind::PolicyPeer; };
    QCOMPARE(edgesOf(neighbourhood(plain.done(), {a}, 1, ReachDirection::Both, onlyPeers)), std::set{peer});
    QVERIFY(neighbourhood(plain.done(), {a}, 1, ReachDirection::Both, [](const GraphEdge &) {
                return false;
            }).edges.empty());
}

void TestNeighbourhood::unknownCentresAreLeftOut()
{
    PlainGraph plain;
    plain.card("n", "a");
    QCOMPARE(neighbourhood(plain.done(), {NodeId{7}}, 2), Neighbourhood{});
    QCOMPARE(neighbourhood({}, {NodeId{7}}, 2), Neighbourhood{});
}

void TestNeighbourhood::equalsDistancesOfRandomGraphs()
{
    fakes::RandomSource random(11);
    for (int round = 0; round < 60; ++round) {
        PlainGraph plain;
        std::vector<NodeId> cards;
        for (int i = 0; i < 14; ++i)
            cards.push_back(plain.card("n", "c" + std::to_string(i)));
        std::set<std::pair<std::size_t, std::size_t>> lines;
        for (int i = 0; i < 20; ++i) {
            const std::pair ends(std::size_t(random.below(14)), std::size_t(random.below(14)));
            if (ends.first != ends.second && lines.insert(ends).second)
                plain.line(cards[ends.first], cards[ends.second]);
        }
        // Shortest ways by relaxing every line as often as there are cards.
        std::vector<int> distance(14, 99);
        distance[0] = 0;
        for (int again = 0; again < 14; ++again) {
            for (const auto &[from, to] : lines)
                distance[to] = std::min(distance[to], distance[from] + 1);
        }
        for (int depth = 0; depth < 4; ++depth) {
            std::set<NodeId> expected;
            for (std::size_t i = 0; i < cards.size(); ++i) {
                if (distance[i] <= depth)
                    expected.insert(cards[i]);
            }
            QCOMPARE(nodesOf(neighbourhood(plain.done(), {cards[0]}, depth, ReachDirection::Onward)),
                     expected);
        }
    }
}

QTEST_APPLESS_MAIN(TestNeighbourhood)
#include "test_neighbourhood.moc"
