#include "model/graph/graph_builder.h"
#include "model/layout/edge_router.h"
#include "model/layout/graphviz/dot_layout.h"
#include "model/layout/graphviz/piece_protocol.h"
#include "model/layout/page_layout.h"
#include "model/layout/path_shape.h"
#include "model/layout/rect_index.h"
#include "model/layout/whole_drawing.h"
#include "model/layout/whole_map.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/model/layout/layout_checks.h"

#include <QTest>

#include <cmath>
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
        const auto drawing = dot.draw(whole->question);
        QVERIFY(drawing.has_value());
        auto placed = placeWhole(m_graph, m_pieces, *whole, drawing->places, windowAspect);
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

    /// More boxes than cards: those with nothing in them are not numbered.
    void emptyNamespacesLeaveTheQuestionInBounds()
    {
        TopologyGraph graph;
        std::vector<Piece> pieces;
        for (std::uint64_t i = 1; i <= 9; ++i) {
            pieces.emplace_back();
            pieces.back().group = GroupId{i};
        }
        for (const std::uint64_t id : {1, 2}) {
            GraphNode node;
            node.kind = NodeKind::Workload;
            node.id = NodeId{id};
            graph.nodes.push_back(node);
            pieces[6 + id].blocks.push_back(makeBlock(node, {}, m_fonts));
        }
        GraphEdge edge;
        edge.from = NodeId{1};
        edge.to = NodeId{2};
        edge.id = edgeIdOf(edge.kind, edge.from, edge.to);
        graph.edges.push_back(edge);
        const auto whole = wholeMapOf(graph, pieces);
        const auto drawing = wholeDrawingOf(graph, pieces, m_fonts);
        QVERIFY(whole && drawing);
        for (const DotPiece &question : {whole->question, drawing->question}) {
            QCOMPARE(question.boxes, std::vector<std::uint32_t>({1, 2}));
            QVERIFY(isWithinBounds(question));
            QVERIFY(decodePiece(std::string_view(encodePiece(1, question)).substr(4)).has_value());
        }
        DotPiece tooMany = whole->question;
        tooMany.boxes.back() = 3;
        QVERIFY(!isWithinBounds(tooMany));
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

    void aDrawingKeepsDotsLines()
    {
        const auto whole = wholeDrawingOf(m_graph, m_pieces, m_fonts);
        QVERIFY(whole.has_value());
        QCOMPARE(whole->nodes.size(), m_graph.nodes.size());
        DotLayout dot;
        const auto drawing = dot.draw(whole->question);
        QVERIFY(drawing.has_value());
        auto map = placeDrawing(m_request, m_pieces, *whole, *drawing);
        QVERIFY(map.has_value());
        map->bounds = boundsOf(m_graph, *map);
        QCOMPARE(breachOf(m_graph, *map), QString());
        QCOMPARE(map->groups.size(), m_graph.groups.size());
        QCOMPARE(map->edges.size(), m_graph.edges.size());
        for (std::size_t i = 0; i < whole->lines.size(); ++i) {
            const std::vector<Point> &line = map->edges.at(whole->lines[i]).points;
            const std::vector<Point> &dots = drawing->lines[i];
            QCOMPARE(line.size(), dots.size());
            for (std::size_t p = 0; p < line.size(); ++p) // moved as one, if at all
                QVERIFY(std::hypot(line[p].x - line[0].x - (dots[p].x - dots[0].x),
                                   line[p].y - line[0].y - (dots[p].y - dots[0].y)) < 0.01);
            QVERIFY(
                layout::grown(map->nodes.at(m_graph.edge(whole->lines[i])->from), 2).contains(line.front()));
            QVERIFY(layout::grown(map->nodes.at(m_graph.edge(whole->lines[i])->to), 2).contains(line.back()));
        }

        DotDrawing cut = *drawing;
        cut.lines.pop_back();
        QVERIFY(!placeDrawing(m_request, m_pieces, *whole, cut));
        // All in one place: boxes overlap.
        QVERIFY(
            !placeDrawing(m_request, m_pieces, *whole, {DotPlaces(drawing->places.size()), drawing->lines}));
    }

    /// dot has them one under the other.
    void partsWithoutALineBetweenThemStandSideBySide()
    {
        const auto graph = std::make_shared<TopologyGraph>();
        std::vector<Piece> pieces(1); // all outside of boxes
        for (std::uint64_t i = 1; i <= 16; ++i) {
            GraphNode node;
            node.kind = NodeKind::Workload;
            node.id = NodeId{i};
            graph->nodes.push_back(node);
            pieces.back().blocks.push_back(makeBlock(node, {}, m_fonts));
            if (i % 2 == 1)
                continue;
            GraphEdge edge;
            edge.from = NodeId{i - 1};
            edge.to = NodeId{i};
            edge.id = edgeIdOf(edge.kind, edge.from, edge.to);
            graph->edges.push_back(edge);
        }
        const auto whole = wholeDrawingOf(*graph, pieces, m_fonts);
        DotLayout dot;
        const auto drawing = dot.draw(whole->question);
        const auto map = placeDrawing({graph, m_fonts, {}}, pieces, *whole, *drawing);
        QVERIFY(map.has_value());
        const Rect page = boundsOf(*graph, *map);
        QVERIFY(page.height < page.width);
        for (const GraphNode &a : graph->nodes) {
            for (const GraphNode &b : graph->nodes)
                QVERIFY(a.id == b.id || !map->nodes.at(a.id).intersects(map->nodes.at(b.id)));
        }
    }

    /// Its line goes round other cards then, as any does.
    void aPillThatStandsElsewhereIsNotTied()
    {
        const auto pill = std::find_if(m_graph.nodes.begin(), m_graph.nodes.end(),
                                       [](const GraphNode &one) { return one.attachedTo.isValid(); });
        QVERIFY(pill != m_graph.nodes.end());
        TopologyGraph graph;
        GraphNode between = *pill;
        between.id = NodeId{1};
        between.attachedTo = {};
        graph.nodes = {*pill, between, *m_graph.node(pill->attachedTo)};
        for (GraphNode &node : graph.nodes)
            node.group = {};
        std::sort(graph.nodes.begin(), graph.nodes.end(),
                  [](const GraphNode &a, const GraphNode &b) { return a.id < b.id; });
        GraphEdge tie;
        tie.kind = EdgeKind::ServiceEndpoint;
        tie.from = pill->id;
        tie.to = pill->attachedTo;
        tie.id = edgeIdOf(tie.kind, tie.from, tie.to);
        graph.edges = {tie};
        LayoutResult map;
        map.nodes[pill->id] = {0, 0, 100, 24};
        map.nodes[between.id] = {200, -30, 100, 84};
        map.nodes[pill->attachedTo] = {400, -16, 158, 56};
        routeEdges(graph, m_fonts, nullptr, {}, map);
        const std::vector<Point> way = sampled(map.edges.at(tie.id).points);
        QVERIFY(!way.empty());
        for (const Point point : way)
            QVERIFY(!map.nodes.at(between.id).contains(point));
    }

private:
    const MapFonts m_fonts{};
    const TopologyGraph m_graph = buildGraph(*fakes::shopCluster().state(), {GraphView::Services, {}});
    const std::vector<Piece> m_pieces = makePieces(m_graph, m_fonts);
    LayoutRequest m_request{std::make_shared<TopologyGraph>(m_graph), m_fonts, {}};
};

QTEST_GUILESS_MAIN(TestWholeMap)
#include "test_whole_map.moc"
