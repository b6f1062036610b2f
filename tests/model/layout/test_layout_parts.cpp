#include <QTest>

#include "model/layout/card_metrics.h"
#include "model/layout/free_place.h"
#include "model/layout/graphviz/piece_protocol.h"
#include "model/layout/group_packer.h"
#include "model/layout/label_placer.h"
#include "model/layout/layout_engine.h"
#include "model/layout/path_shape.h"
#include "model/layout/piece_layout.h"
#include "model/layout/rect_index.h"
#include "model/layout/shape_finder.h"
#include "tests/fakes/random_source.h"

#include <cmath>

using namespace portolan;
using namespace portolan::layout;
using portolan::fakes::RandomSource;

namespace {

GraphNode workload(const std::string &name, std::size_t pods)
{
    GraphNode node;
    node.kind = NodeKind::Workload;
    node.label = name;
    node.object = {ObjectKind::Workload, "Deployment", "ns", name};
    node.id = nodeIdOf(node.kind, node.object);
    node.pods.resize(pods);
    return node;
}

bool isInside(const Rect &inner, const Rect &outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
           inner.bottom() <= outer.bottom();
}

Piece pieceOf(std::size_t blocks, std::vector<std::pair<std::uint32_t, std::uint32_t>> edges = {})
{
    Piece piece;
    piece.group = GroupId{1};
    for (std::size_t i = 0; i < blocks; ++i) {
        Block block;
        block.size = {158, 56.0 + 32.0 * double(i % 3)};
        block.members.push_back({NodeId{i + 1}, {0, 0, block.size.width, block.size.height}});
        piece.blocks.push_back(block);
    }
    piece.edges = std::move(edges);
    return piece;
}

std::vector<Rect> rectsOf(const Piece &piece, const PieceLayout &layout)
{
    std::vector<Rect> rects;
    for (std::size_t i = 0; i < piece.blocks.size(); ++i)
        rects.push_back({layout.blocks[i].x, layout.blocks[i].y, piece.blocks[i].size.width,
                         piece.blocks[i].size.height});
    return rects;
}

bool anyOverlap(const std::vector<Rect> &rects)
{
    for (std::size_t i = 0; i < rects.size(); ++i) {
        for (std::size_t j = i + 1; j < rects.size(); ++j) {
            if (rects[i].intersects(rects[j]))
                return true;
        }
    }
    return false;
}

/// A map of cards without boxes, for routing.
struct Cards
{
    TopologyGraph graph;
    LayoutResult result;

    NodeId add(const Rect &place)
    {
        GraphNode node = workload("w" + std::to_string(graph.nodes.size()), 1);
        graph.nodes.push_back(node);
        result.nodes[node.id] = place;
        return node.id;
    }

    std::size_t crossed(const PathShape &shape, NodeId from, NodeId to) const
    {
        const Obstacles obstacles(graph, defaultMapFonts(), result);
        const std::array except{obstacles.cardOf.at(from), obstacles.cardOf.at(to)};
        const auto line = sampled(curveOf(shape, middleOf(result.nodes.at(from), shape.out),
                                          middleOf(result.nodes.at(to), shape.in)));
        return obstacles.cards.countMet(line, except);
    }

    PathShape shape(NodeId from, NodeId to) const
    {
        const Obstacles obstacles(graph, defaultMapFonts(), result);
        const auto end = [&](NodeId node) {
            return LineEnd{result.nodes.at(node), result.nodes.at(node), obstacles.cardOf.at(node)};
        };
        DetourBudget budget;
        return findShape(obstacles, end(from), end(to), budget);
    }
};

} // namespace

class TestLayoutParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartOfACardIsOnIt_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<int>("pods");
        for (int kind = int(NodeKind::Workload); kind <= int(NodeKind::PodSet); ++kind) {
            for (const char *label :
                 {"web", "a-name-of-sixty-three-characters-as-long-as-kubernetes-lets-it-be"}) {
                for (const int pods : {0, 1, 7, 8, 24, 25, 36, 37, 61, 121, 300})
                    QTest::addRow("%d %.3s %d", kind, label, pods) << kind << QByteArray(label) << pods;
            }
        }
    }

    void everyPartOfACardIsOnIt()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, label);
        QFETCH(int, pods);
        GraphNode node = workload(label.toStdString(), std::size_t(pods));
        node.kind = NodeKind(kind);
        node.detail = "10.42.0.0/24 · 192.0.2.10";
        const MapFonts fonts = defaultMapFonts();
        const Size size = nodeSize(node, fonts);
        const Rect place{100, 200, size.width, size.height};
        const CardParts parts = cardParts(node, place, fonts);
        QVERIFY(isInside(parts.title, place) && parts.title.width > 20);
        for (const Rect &part : {parts.kindWord, parts.detail, parts.shield, parts.more, parts.footer}) {
            if (part.width > 0)
                QVERIFY(isInside(part, place));
        }
        QVERIFY(!parts.title.intersects(parts.kindWord));
        for (std::size_t i = 0; i < parts.dots.shown; ++i) {
            const Rect dot = parts.dots.dot(i);
            QVERIFY(isInside(dot, place));
            QVERIFY(!dot.intersects(parts.shield) && !dot.intersects(parts.title) &&
                    !dot.intersects(parts.detail) && !dot.intersects(parts.more) &&
                    !dot.intersects(parts.footer));
        }
        const bool hasDots =
            kind == int(NodeKind::Workload) || kind == int(NodeKind::Pod) || kind == int(NodeKind::Machine);
        QCOMPARE(parts.dots.shown + parts.dots.hidden, hasDots ? std::size_t(pods) : 0);
        QCOMPARE(parts.more.width > 0, parts.dots.hidden > 0 && kind != int(NodeKind::Machine));
    }

    void shortNamesFitTheirCards()
    {
        const MapFonts fonts = defaultMapFonts();
        const GraphNode node = workload("checkout", 2);
        const Size size = nodeSize(node, fonts);
        QCOMPARE(size, (Size{158, 56}));
        const CardParts parts = cardParts(node, {0, 0, size.width, size.height}, fonts);
        QVERIFY(parts.title.width >= fonts.title.width(node.label));
    }

    void cardsDoNotGrowWithTheirPods()
    {
        const MapFonts fonts = defaultMapFonts();
        for (const std::size_t pods : {0, 7, 8, 24, 25, 1000})
            QCOMPARE(nodeSize(workload("checkout", pods), fonts), (Size{158, 56}));
        GraphNode machine = workload("node-a", 61);
        machine.kind = NodeKind::Machine;
        const Size size = nodeSize(machine, fonts);
        machine.pods.resize(120);
        QCOMPARE(nodeSize(machine, fonts), size);
    }

    void pillsSayWhatTheyServe()
    {
        GraphNode node;
        node.kind = NodeKind::Service;
        node.label = "web";
        MapFonts fonts = defaultMapFonts();
        const auto text = [&](const char *detail) {
            node.detail = detail;
            return pillText(node, fonts);
        };
        QCOMPARE(text("80"), std::string("web:80"));
        QCOMPARE(text("30080→80"), std::string("web 30080→80"));
        QCOMPARE(text("lb 443"), std::string("web lb 443"));
        QCOMPARE(text("→ db.example.com"), std::string("web → db.example.com"));
        QCOMPARE(text(""), std::string("web"));
        node.withoutEndpoints = true;
        fonts.noEndpoints = "엔드포인트 없음";
        QCOMPARE(text("80"), std::string("web:80 · 엔드포인트 없음"));
        QVERIFY(nodeSize(node, fonts).width > fonts.mono.width("web:80") + 20);
        node.kind = NodeKind::PodSet;
        node.label = "tier=web";
        QCOMPARE(pillText(node, fonts), std::string("tier=web"));
    }

    void edgeLabelsAreShort()
    {
        GraphEdge edge;
        QCOMPARE(edgeLabel(edge), std::string());
        QCOMPARE(edgeLabelSize(edge, defaultMapFonts()), Size{});
        edge.ports = {
            {8080, 0, Protocol::Tcp, {}}, {53, 0, Protocol::Udp, {}}, {8000, 8010, Protocol::Tcp, {}}};
        QCOMPARE(edgeLabel(edge), std::string("8080,53/UDP,8000-8010"));
        edge.ports.push_back({0, 0, Protocol::Sctp, {}});
        QCOMPARE(edgeLabel(edge), std::string("8080,53/UDP,8000-8010 +1"));
        edge.ports = {{9090, 0, Protocol::Tcp, "metrics"}, {0, 0, Protocol::Udp, {}}};
        QCOMPARE(edgeLabel(edge), std::string("metrics,UDP"));
    }

    void textIsAsWideAsItsCharacters()
    {
        TextMetrics metrics;
        metrics.advance.fill(7);
        metrics.otherAdvance = 13;
        QCOMPARE(metrics.width("abc"), 21.0);
        QCOMPARE(metrics.width("가나"), 26.0);
        QCOMPARE(metrics.width(""), 0.0);
    }

    void rectIndexAgreesWithLookingAtAll()
    {
        RandomSource random(3);
        const Rect area{-200, -200, 2'000, 1'500};
        RectIndex index(area);
        std::vector<Rect> rects;
        for (int i = 0; i < 120; ++i) {
            // Some are outside of the area that was announced.
            rects.push_back({double(random.below(2'600)) - 500, double(random.below(2'100)) - 500,
                             double(10 + random.below(200)), double(10 + random.below(120))});
            index.add(rects.back());
        }
        for (int round = 0; round < 400; ++round) {
            const Point a{double(random.below(2'600)) - 500, double(random.below(2'100)) - 500};
            const Point b{double(random.below(2'600)) - 500, double(random.below(2'100)) - 500};
            const std::array line{a, b};
            const std::array<std::uint32_t, 1> except{std::uint32_t(random.below(rects.size()))};
            std::size_t met = 0;
            for (std::size_t i = 0; i < rects.size(); ++i)
                met += i != except[0] && segmentMeets(rects[i], a, b) ? 1 : 0;
            QCOMPARE(index.countMet(line, except), met);
            QCOMPARE(index.countMet(line, except, 1), std::min<std::size_t>(met, 1));
            const Rect probe{a.x, a.y, 60, 30};
            const bool any =
                std::any_of(rects.begin(), rects.end(), [&](const Rect &r) { return r.intersects(probe); });
            QCOMPARE(index.meetsAny(probe), any);
        }
    }

    void segmentsMeetWhatTheyPass()
    {
        const Rect rect{10, 10, 20, 20};
        QVERIFY(segmentMeets(rect, {0, 20}, {40, 20}));
        QVERIFY(segmentMeets(rect, {15, 15}, {16, 16})); // inside
        QVERIFY(segmentMeets(rect, {20, 20}, {20, 20})); // a point
        QVERIFY(!segmentMeets(rect, {0, 0}, {9, 40}));
        QVERIFY(!segmentMeets(rect, {0, 30}, {40, 30})); // along the side
        QVERIFY(!segmentMeets(rect, {31, 0}, {40, 40}));
    }

    void curvesLeaveAndArriveAtRightAngles()
    {
        const PathShape curve{Side::Right, Side::Left, {}};
        const std::vector<Point> points = curveOf(curve, {0, 0}, {200, 100});
        QCOMPARE(points.size(), std::size_t(4));
        QCOMPARE(points[1].y, 0.0);
        QCOMPARE(points[2].y, 100.0);
        const PathShape lanes{Side::Right, Side::Left, {50, -40, 150}};
        const std::vector<Point> corners = cornersOf(lanes, {0, 0}, {200, 100});
        const std::vector<Point> expected{{0, 0}, {50, 0}, {50, -40}, {150, -40}, {150, 100}, {200, 100}};
        QVERIFY(corners == expected);
        const std::vector<Point> bezier = curveOf(lanes, {0, 0}, {200, 100});
        QCOMPARE(bezier.size() % 3, std::size_t(1));
        QCOMPARE(bezier.back(), (Point{200, 100}));
        // Round corners stay between the lanes.
        for (const Point &point : sampled(bezier))
            QVERIFY(point.y >= -40.001 && point.y <= 100.001);
    }

    void halfOfTheWayIsInTheMiddle()
    {
        const std::vector<Point> line{{0, 0}, {100, 0}, {100, 300}};
        QCOMPARE(lengthOf(line), 400.0);
        QCOMPARE(pointAt(line, 0.5), (Point{100, 100}));
        QCOMPARE(pointAt(line, 0), (Point{0, 0}));
        QCOMPARE(pointAt(line, 1), (Point{100, 300}));
    }

    void linesGoRoundCards()
    {
        Cards cards;
        const NodeId left = cards.add({0, 0, 158, 56});
        const NodeId right = cards.add({500, 0, 158, 56});
        QVERIFY(cards.shape(left, right).lanes.empty()); // nothing in the way: a free curve
        cards.add({250, -20, 158, 96});
        const PathShape round = cards.shape(left, right);
        QVERIFY(!round.lanes.empty());
        QCOMPARE(cards.crossed(round, left, right), std::size_t(0));
    }

    void aWallWithAGapIsPassedThroughTheGap()
    {
        Cards cards;
        const NodeId left = cards.add({0, 0, 158, 56});
        const NodeId right = cards.add({600, 0, 158, 56});
        for (int row = -4; row <= 4; ++row) {
            if (row != 2)
                cards.add({300, row * 70.0, 158, 56});
        }
        QCOMPARE(cards.crossed(cards.shape(left, right), left, right), std::size_t(0));
    }

    void freePlacesKeepTheirDistance()
    {
        const Rect area{0, 0, 600, 400};
        const std::vector<Rect> taken{{0, 0, 158, 56}, {200, 0, 158, 56}};
        const FreePlace room(taken, area, 14);
        const auto place = room.first({158, 56});
        QVERIFY(place.has_value());
        QCOMPARE(place->y, 0.0); // still in the first row
        for (const Rect &rect : taken)
            QVERIFY(!grown(rect, 13.9).intersects(*place));
        QVERIFY(isInside(*place, area));
        QVERIFY(!FreePlace(taken, {0, 0, 358, 60}, 14).first({158, 56}).has_value());
        QCOMPARE(room.nearest({50, 50}, {400, 300})->x >= 300, true);
    }

    void plainRowsDoNotOverlap()
    {
        for (const std::size_t count : {0, 1, 2, 7, 30, 400}) {
            const Piece piece = pieceOf(count);
            const PieceLayout layout = packPlain(piece);
            QVERIFY(!anyOverlap(rectsOf(piece, layout)));
            for (const Rect &rect : rectsOf(piece, layout))
                QVERIFY(isInside(rect, {0, 0, layout.size.width, layout.size.height}));
            if (count >= 30)
                QVERIFY(layout.size.width < 4 * layout.size.height &&
                        layout.size.height < 4 * layout.size.width);
        }
    }

    void ranksBecomeColumns()
    {
        // 0 -> 1 -> 2, 0 -> 3; 4 and 5 have no lines.
        const Piece piece = pieceOf(6, {{0, 1}, {1, 2}, {0, 3}});
        const DotQuestion question = questionOf(piece);
        QCOMPARE(question.blocks, (std::vector<std::uint32_t>{0, 1, 2, 3}));
        const DotPlaces places{{0, 0}, {250, 40}, {500, 40}, {250, -60}};
        const PieceLayout layout = snapToGrid(piece, question, places);
        const std::vector<Rect> rects = rectsOf(piece, layout);
        QVERIFY(!anyOverlap(rects));
        QVERIFY(rects[0].right() < rects[1].x && rects[1].right() < rects[2].x);
        QCOMPARE(rects[1].x, rects[3].x);
        QVERIFY(rects[3].bottom() < rects[1].y);
        QCOMPARE(rects[1].y, rects[2].y); // in one line
    }

    void aStarDoesNotBecomeATower()
    {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
        DotPlaces places{{0, 0}};
        for (std::uint32_t i = 1; i <= 60; ++i) {
            edges.emplace_back(0, i);
            places.push_back({250, double(i) * 80});
        }
        const Piece piece = pieceOf(61, edges);
        const PieceLayout layout = snapToGrid(piece, questionOf(piece), places);
        QVERIFY(!anyOverlap(rectsOf(piece, layout)));
        QVERIFY(layout.size.height < 2 * layout.size.width);
    }

    void boxesThatTalkStandNear()
    {
        RandomSource random(11);
        std::vector<PackItem> items(12);
        for (PackItem &item : items) {
            item.size = {double(200 + random.below(300)), double(150 + random.below(200))};
            item.stretch = 50;
        }
        const std::vector<Rect> boxes = packGroups(items, {{0, 11, 5}, {11, 3, 5}}, 1.6);
        QVERIFY(!anyOverlap(boxes));
        const auto distance = [&](std::size_t a, std::size_t b) {
            return std::hypot(boxes[a].center().x - boxes[b].center().x,
                              boxes[a].center().y - boxes[b].center().y);
        };
        double all = 0;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                all += distance(i, j);
        }
        const double average = all / (12.0 * 11 / 2);
        QVERIFY(distance(0, 11) < average && distance(11, 3) < average);
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            QCOMPARE(boxes[i].width, items[i].size.width);
            QVERIFY(boxes[i].height >= items[i].size.height && boxes[i].height <= items[i].size.height + 50);
        }
    }

    void packedPagesHaveTheirShape()
    {
        RandomSource random(5);
        for (const std::size_t count : {3, 20, 60, 450}) {
            std::vector<PackItem> items(count);
            for (PackItem &item : items)
                item.size = {double(180 + random.below(500)), double(120 + random.below(400))};
            const std::vector<Rect> boxes = packGroups(items, {}, 1.6);
            QVERIFY(!anyOverlap(boxes));
            double width = 0;
            double height = 0;
            for (const Rect &box : boxes) {
                width = std::max(width, box.right());
                height = std::max(height, box.bottom());
            }
            if (count >= 20)
                QVERIFY2(width / height > 1 && width / height < 2.5,
                         qPrintable(QString::number(width / height)));
        }
    }

    void piecesGoThereAndBack()
    {
        DotPiece piece;
        piece.nodes = {{158, 56}, {200.5, 88}};
        piece.boxes = {0, 2};
        piece.edges = {{0, 1}, {1, 0}};
        const std::string message = encodePiece(42, piece);
        const auto body = firstBody(message);
        QVERIFY(body && *body);
        QCOMPARE(messageBytes(**body), message.size());
        const auto decoded = decodePiece(**body);
        QVERIFY(decoded.has_value());
        QCOMPARE(decoded->id, 42u);
        QVERIFY(decoded->piece == piece);
        for (std::size_t length = 0; length < message.size(); ++length) {
            const auto cut = firstBody(std::string_view(message).substr(0, length));
            QVERIFY(cut && !*cut);
            QVERIFY(!decodePiece((*body)->substr(0, std::min(length, (*body)->size() - 1))));
        }
    }

    void drawingsGoThereAndBack()
    {
        const DotDrawing drawing{{{10, -5.5}, {200, 0}}, {{{0, 0}, {1, 2}, {3, 4}, {5, 6}}}};
        const std::string message = encodeDrawing(7, drawing);
        const auto body = firstBody(message);
        QVERIFY(body && *body);
        const auto decoded = decodeDrawing(**body);
        QVERIFY(decoded.has_value());
        QCOMPARE(decoded->id, 7u);
        QVERIFY(decoded->drawing.places == drawing.places);
        QVERIFY(decoded->drawing.lines == drawing.lines);
        for (std::size_t length = 0; length < (*body)->size(); ++length)
            QVERIFY(!decodeDrawing((*body)->substr(0, length)));
        DotPiece piece;
        piece.nodes = {{1, 1}, {1, 1}};
        piece.edges = {{0, 1}};
        piece.wantsLines = true;
        QVERIFY(answers(drawing, piece));
        piece.wantsLines = false;
        QVERIFY(!answers(drawing, piece));
        // No curve; and more than may be sent.
        QVERIFY(!decodeDrawing(**firstBody(encodeDrawing(7, {{}, {{{0, 0}, {1, 1}}}}))));
        const std::vector<Point> endless(maxLinePoints + 3);
        QVERIFY(decodeDrawing(**firstBody(encodeDrawing(7, {{}, {endless}})))->drawing.lines.empty());
    }

    void hostileMessagesAreRefused()
    {
        DotPiece piece;
        piece.nodes = {{158, 56}};
        piece.edges = {{0, 7}}; // to nowhere
        const std::string message = encodePiece(1, piece);
        QVERIFY(!decodePiece(**firstBody(message)));
        piece.edges.clear();
        piece.nodes = {{0, 56}};
        QVERIFY(!decodePiece(**firstBody(encodePiece(1, piece))));
        piece.nodes = {{158, 56}};
        QVERIFY(decodePiece(**firstBody(encodePiece(1, piece))).has_value());
        piece.boxes = {2}; // of at most as many boxes as there are nodes
        QVERIFY(!decodePiece(**firstBody(encodePiece(1, piece))));
        QVERIFY(!decodeDrawing(**firstBody(encodeDrawing(1, {{{std::nan(""), 0}}, {}}))));
        QVERIFY(!decodeDrawing(**firstBody(encodeDrawing(1, {{{1e30, 0}}, {}}))));
        QCOMPARE(firstBody(std::string_view("\xff\xff\xff\x7f", 4)).error().code, ErrorCode::TooLarge);
        RandomSource random(1);
        for (int round = 0; round < 2'000; ++round) {
            std::string noise(random.below(80), '\0');
            for (char &byte : noise)
                byte = char(random.below(round % 2 ? 256 : 3));
            const auto decoded = decodePiece(noise);
            if (decoded)
                QVERIFY(isWithinBounds(decoded->piece));
        }
    }
};

QTEST_GUILESS_MAIN(TestLayoutParts)
#include "test_layout_parts.moc"
