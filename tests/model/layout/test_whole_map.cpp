#include "model/graph/graph_builder.h"
#include "model/layout/edge_router.h"
#include "model/layout/graphviz/dot_layout.h"
#include "model/layout/page_layout.h"
#include "model/layout/whole_map.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/model/layout/layout_checks.h"

#include <QTest>

#include <set>

using namespace portolan;
using namespace portolan::checks;
using namespace portolan::layout;

/// A small map that dot places all at once.
class TestWholeMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBlockIsAskedAboutOnce()
    {
        const auto whole = wholeMapOf(m_graph, m_pieces);
        QVERIFY(whole.has_value());
        std::set<std::pair<std::uint32_t, std::uint32_t>> asked;
        std::size_t parts = 0;
        for (const WholeMap::Unit &unit : whole->units) {
            for (const WholeMap::Unit::Part &part : unit.parts)
                asked.emplace(part.piece, part.block);
            parts += unit.parts.size();
        }
        std::size_t blocks = 0;
        for (const Piece &piece : m_pieces)
            blocks += piece.blocks.size();
        QCOMPARE(parts, blocks);
        QCOMPARE(asked.size(), blocks);
        QCOMPARE(whole->question.nodes.size(), whole->units.size());
        QCOMPARE(whole->question.boxes.size(), whole->units.size());
        QVERIFY(isWithinBounds(whole->question));
    }

    void everythingStandsInItsBoxAndApart()
    {
        const auto whole = wholeMapOf(m_graph, m_pieces);
        DotLayout dot;
        const auto places = dot.layout(whole->question);
        QVERIFY(places.has_value());
        auto placed = placeWhole(m_graph, m_pieces, *whole, *places, windowAspect);
        QCOMPARE(placed.size(), std::size_t(2));
        for (LayoutResult &map : placed) {
            routeEdges(m_graph, m_fonts, nullptr, {}, map);
            map.bounds = boundsOf(m_graph, map);
            QCOMPARE(breachOf(m_graph, map), QString());
            QCOMPARE(map.nodes.size(), m_graph.nodes.size());
            QCOMPARE(map.groups.size(), m_graph.groups.size()); // the empty ones, too
        }
        QVERIFY(placed.back().bounds.width <= placed.front().bounds.width);
        QVERIFY(placed.back().bounds.height < placed.front().bounds.height);
    }

    void anAnswerOfAnotherMapIsNone()
    {
        const auto whole = wholeMapOf(m_graph, m_pieces);
        const DotPlaces others(whole->units.size() + 1);
        QVERIFY(placeWhole(m_graph, m_pieces, *whole, others, windowAspect).empty());
        QVERIFY(placeWhole(m_graph, m_pieces, *whole, {}, windowAspect).empty());
    }

    void aMapWithoutLinesIsNoQuestion()
    {
        TopologyGraph bare = m_graph;
        bare.edges.clear();
        QVERIFY(!wholeMapOf(bare, makePieces(bare, m_fonts)));
    }

private:
    const MapFonts m_fonts;
    const TopologyGraph m_graph = buildGraph(*fakes::shopCluster().state(), {GraphView::Services, {}});
    const std::vector<Piece> m_pieces = makePieces(m_graph, m_fonts);
};

QTEST_GUILESS_MAIN(TestWholeMap)
#include "test_whole_map.moc"
