#include "model/graph/graph_builder.h"
#include "model/layout/graphviz/dot_layout.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/model/layout/edge_checks.h"
#include "tests/model/layout/layout_checks.h"
#include "tests/model/layout/random_clusters.h"

#include <QTest>

using namespace portolan;
using namespace portolan::checks;

namespace {

constexpr std::size_t clusters = 200;
constexpr std::size_t mostNodes = 300;

TopologyGraphPtr graphOf(const ClusterState &state, GraphView view = GraphView::Services)
{
    return std::make_shared<TopologyGraph>(buildGraph(state, {view, {}}));
}

/// Of dot itself, with its own lines, for the same vertices and edges in the same boxes.
std::size_t dotsCrossings(const TopologyGraph &graph, const MapFonts &fonts)
{
    layout::DotPiece piece;
    piece.wantsLines = true;
    std::unordered_map<NodeId, std::uint32_t> placeOf;
    for (const GraphNode &node : graph.nodes) {
        placeOf[node.id] = std::uint32_t(piece.nodes.size());
        piece.nodes.push_back(nodeSize(node, fonts));
    }
    std::vector<const GraphEdge *> edges;
    for (const GraphEdge &edge : graph.edges) {
        if (edge.from == edge.to)
            continue;
        edges.push_back(&edge);
        piece.edges.emplace_back(placeOf.at(edge.from), placeOf.at(edge.to));
    }
    static layout::DotLayout dot;
    for (const GraphNode &node : graph.nodes) {
        const auto group = std::find_if(graph.groups.begin(), graph.groups.end(),
                                        [&](const GraphGroup &one) { return one.id == node.group; });
        piece.boxes.push_back(group == graph.groups.end() ? 0
                                                          : std::uint32_t(group - graph.groups.begin()) + 1);
    }
    const auto drawing = dot.draw(piece);
    if (!drawing)
        qFatal("dot gave no drawing");
    std::vector<DrawnLine> lines;
    for (std::size_t i = 0; i < edges.size(); ++i)
        lines.push_back(drawnLine(*edges[i], drawing->lines[i]));
    return crossingsOf(lines);
}

/// The cluster of the sample application, and 200 at random.
struct Sample
{
    ClusterStatePtr state;
    QString name;
};

Sample sample(std::size_t number)
{
    if (number == 0)
        return {fakes::shopCluster().state(), QStringLiteral("shop")};
    const auto shape = ClusterShape(number % clusterShapes);
    return {RandomCluster(shape, number).state(), QStringLiteral("random %1").arg(number)};
}

QString aspectBreachOf(const LayoutResult &layout)
{
    const double aspect = layout.bounds.width / layout.bounds.height;
    if (aspect >= 0.499 && aspect <= 2.001)
        return {};
    return QStringLiteral("the page is %1 : 1").arg(aspect);
}

/// A label that is not shown although a place on its line is free; "" where there is none.
QString droppedLabelOf(const TopologyGraph &graph, const LayoutResult &layout, const MapFonts &fonts)
{
    std::vector<Rect> taken;
    for (const GraphNode &node : graph.nodes)
        taken.push_back(layout::grown(layout.nodes.at(node.id), 3));
    for (const GraphGroup &group : graph.groups) {
        const GroupParts parts = groupParts(group, layout.groups.at(group.id), fonts);
        taken.push_back(parts.title);
        taken.push_back(parts.note);
    }
    const auto around = [](Point at, Size size) {
        return Rect{at.x - size.width / 2, at.y - size.height / 2, size.width, size.height};
    };
    for (const GraphEdge &edge : graph.edges) {
        const EdgePath &path = layout.edges.at(edge.id);
        const Size size = edgeMarkSize(edge, fonts);
        // Where a label has no room, the badge of a probe may have some.
        taken.push_back(around(path.labelAt, path.labelShown ? size : Size{badgeDiameter, badgeDiameter}));
    }
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const EdgePath &path = layout.edges.at(graph.edges[i].id);
        const Size size = edgeMarkSize(graph.edges[i], fonts);
        if (path.labelShown || size.width == 0)
            continue;
        const auto line = layout::sampled(path.points);
        for (double share = 0.1; share < 0.9; share += 0.05) {
            const Rect wanted = around(layout::pointAt(line, share), size);
            const auto own = taken.end() - std::ptrdiff_t(graph.edges.size()) + std::ptrdiff_t(i);
            bool free = true;
            for (auto rect = taken.begin(); rect != taken.end(); ++rect)
                free = free && (rect == own || !rect->intersects(wanted));
            if (free)
                return QStringLiteral("room for ") + QString::fromStdString(edgeLabel(graph.edges[i]));
        }
    }
    return {};
}

} // namespace

/// The rules that every map keeps, on clusters of all shapes.
class TestLayoutRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        auto engine = makeNamespaceLayout({PORTOLAN_LAYOUT_PROGRAM});
        for (std::size_t number = 0; number <= clusters; ++number) {
            const Sample one = sample(number);
            m_graphs.push_back(graphOf(*one.state));
            const auto layout = engine->layout({m_graphs.back(), m_fonts, {}}, {});
            QVERIFY2(layout && layout->packed.empty(), qPrintable(one.name));
            m_layouts.push_back(*layout);
        }
    }

    void nothingOverlapsOrLeavesItsBox()
    {
        for (std::size_t i = 0; i < m_graphs.size(); ++i)
            QCOMPARE(named(i, breachOf(*m_graphs[i], m_layouts[i])), QString());
    }

    void labelsCoverNothing()
    {
        for (std::size_t i = 0; i < m_graphs.size(); ++i)
            QCOMPARE(named(i, labelBreachOf(*m_graphs[i], m_layouts[i], m_fonts)), QString());
    }

    void noLabelIsLeftOutWhereThereIsRoom()
    {
        for (std::size_t i = 0; i < m_graphs.size(); ++i)
            QCOMPARE(named(i, droppedLabelOf(*m_graphs[i], m_layouts[i], m_fonts)), QString());
    }

    void thePageHasAShape()
    {
        for (std::size_t i = 0; i < m_graphs.size(); ++i)
            QCOMPARE(named(i, aspectBreachOf(m_layouts[i])), QString());
    }

    void linesCrossNoCardOrSayThatTheyRunBehindIt()
    {
        std::size_t lines = 0;
        std::size_t behind = 0;
        for (std::size_t i = 0; i < m_graphs.size(); ++i) {
            QCOMPARE(named(i, lineBreachOf(*m_graphs[i], m_layouts[i])), QString());
            for (const auto &[edge, path] : m_layouts[i].edges) {
                ++lines;
                behind += path.behind ? 1 : 0;
            }
        }
        QVERIFY2(behind * 200 < lines, qPrintable(QString::number(behind))); // the exception that it is
    }

    void theSameClusterGivesTheSamePicture()
    {
        auto another = makeNamespaceLayout({PORTOLAN_LAYOUT_PROGRAM});
        for (std::size_t i = 0; i < m_graphs.size(); i += 9) {
            const auto again = another->layout({graphOf(*sample(i).state), m_fonts, {}}, {});
            QVERIFY(again.has_value());
            QVERIFY(again->nodes == m_layouts[i].nodes);
            QVERIFY(again->groups == m_layouts[i].groups);
            QVERIFY(again->edges == m_layouts[i].edges);
            QCOMPARE(again->bounds, m_layouts[i].bounds);
        }
    }

    /// On no map, and half as often on all together.
    void linesCrossNoMoreThanDots()
    {
        std::size_t ours = 0;
        std::size_t dots = 0;
        std::size_t maps = 0;
        for (std::size_t i = 0; i < m_graphs.size(); ++i) {
            if (m_graphs[i]->nodes.size() > mostNodes)
                continue;
            const std::size_t own = crossingsOf(drawnLines(*m_graphs[i], m_layouts[i]));
            const std::size_t dot = dotsCrossings(*m_graphs[i], m_fonts);
            QVERIFY2(own <= dot, qPrintable(QStringLiteral("%1: %2 nodes, %3 lines, %4 crossings, dot %5")
                                                .arg(sample(i).name)
                                                .arg(m_graphs[i]->nodes.size())
                                                .arg(m_graphs[i]->edges.size())
                                                .arg(own)
                                                .arg(dot)));
            ++maps;
            ours += own;
            dots += dot;
        }
        qInfo("%zu maps: %zu crossings, dot %zu", maps, ours, dots);
        QVERIFY(maps > 190);
        QVERIFY(ours * 2 <= dots);
    }

private:
    static QString named(std::size_t number, const QString &breach)
    {
        return breach.isEmpty() ? breach : sample(number).name + QStringLiteral(": ") + breach;
    }

    const MapFonts m_fonts = defaultMapFonts();
    std::vector<TopologyGraphPtr> m_graphs;
    std::vector<LayoutResult> m_layouts;
};

QTEST_GUILESS_MAIN(TestLayoutRules)
#include "test_layout_rules.moc"
