#include "tests/fakes/sample_frame.h"
#include "ui/canvas/far_view.h"
#include "ui/canvas/map_text.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

using namespace portolan;
using namespace portolan::ui;

namespace {

constexpr QSizeF viewSize(1280, 760);

MapScenePtr sceneOf(const TopologyFramePtr &frame, const Theme &theme)
{
    return prepareScene(frame, theme, mapFontsFrom(theme));
}

Viewport whole(const MapScene &scene)
{
    return Viewport::fitting(scene.bounds, viewSize, 20);
}

QImage drawn(const FarView &far, const Theme &theme)
{
    QImage image(viewSize.toSize(), QImage::Format_RGB32);
    image.fill(theme.canvas);
    QPainter painter(&image);
    far.paint(painter);
    return image;
}

/// Pixels of about that colour.
int pixelsOf(const QImage &image, const QRect &within, const QColor &color)
{
    int count = 0;
    const QRect area = within.intersected(image.rect());
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green()) +
                                 std::abs(pixel.blue() - color.blue()) <
                             36
                         ? 1
                         : 0;
        }
    }
    return count;
}

/// The large map with the lines that `change` leaves and alters.
TopologyFramePtr changed(const TopologyFramePtr &frame, const std::function<void(TopologyGraph &)> &change)
{
    auto graph = std::make_shared<TopologyGraph>(*frame->graph);
    change(*graph);
    indexGraph(*graph);
    auto next = std::make_shared<TopologyFrame>(*frame);
    next->graph = std::move(graph);
    return next;
}

} // namespace

class TestFarView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreWholeWhereTheyFit();
    void namesOfWhatStandsAloneCoverNothing();
    void linesStrikeNoText();
    void linesAreCounted();
    void budgetIsKeptAndTold();
    void onlyWhatIsInViewIsCounted();
    void deniedShowsInAnAllowedBundle();
    void podsAreSeenAsWeight();
    void findingsAreMarked();
    void placesThatAllGoToAreTold();
    void pointingFindsWhatIsDrawn();
    void partsAreTilesAndBundles();

private:
    const Theme m_theme = lightTheme();
    TopologyFramePtr large() const { return fakes::largeFrame(mapFontsFrom(m_theme), 60, 16); }
};

void TestFarView::namesAreWholeWhereTheyFit()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    const FarView far(*scene, m_theme, whole(*scene), viewSize);
    QCOMPARE(far.tiles().size(), scene->groups.size());
    for (const FarTile &tile : far.tiles()) {
        QCOMPARE(tile.name, scene->groups[tile.group].name);
        QFont font = m_theme.strong;
        font.setPixelSize(tile.nameSize);
        QVERIFY(tile.nameSize >= 8);
        QVERIFY(QFontMetricsF(font).horizontalAdvance(tile.name) <= tile.rect.width() - 6);
    }
    // Smaller and smaller: whole for as long as it can be read, then cut, then counted.
    std::set<int> sizes;
    for (const double zoom : {0.1, 0.06, 0.05}) {
        const FarView smaller(*scene, m_theme, Viewport({0, 0}, zoom), viewSize);
        sizes.insert(smaller.tiles().front().nameSize);
    }
    QVERIFY(sizes.size() > 1);
    const FarView smallest(*scene, m_theme, Viewport({0, 0}, 0.02), viewSize);
    QCOMPARE(smallest.folds().names, std::uint32_t(smallest.tiles().size()));
}

/// The same card again and again, each a little further: most names have no room.
void TestFarView::namesOfWhatStandsAloneCoverNothing()
{
    auto frame = std::make_shared<TopologyFrame>(*fakes::sampleFrame(mapFontsFrom(m_theme)));
    auto graph = std::make_shared<TopologyGraph>(*frame->graph);
    auto layout = std::make_shared<LayoutResult>(*frame->layout);
    const auto block = std::find_if(graph->nodes.begin(), graph->nodes.end(),
                                    [](const GraphNode &node) { return node.kind == NodeKind::IpBlock; });
    QVERIFY(block != graph->nodes.end());
    const GraphNode like = *block;
    const Rect first = layout->nodes.at(like.id);
    for (std::uint64_t i = 1; i <= 12; ++i) {
        GraphNode again = like;
        again.id = NodeId{i};
        graph->nodes.push_back(again);
        layout->nodes[again.id] = {first.x + double(i) * 20, first.y + double(i) * 20, first.width,
                                   first.height};
    }
    frame->graph = graph;
    frame->layout = layout;
    const MapScenePtr scene = sceneOf(frame, m_theme);
    const FarView far(*scene, m_theme, whole(*scene), viewSize);
    std::vector<QRectF> taken;
    for (const FarTile &tile : far.tiles())
        taken.push_back(tile.rect);
    for (const FarAlone &alone : far.alone())
        taken.push_back(far.aloneRect(alone.node));
    std::uint32_t folded = 0;
    for (const FarAlone &alone : far.alone()) {
        folded += alone.name.isEmpty() ? 1 : 0;
        for (const QRectF &other : taken)
            QVERIFY(!alone.text.intersects(other));
        taken.push_back(alone.text);
    }
    QVERIFY(folded > 0 && folded < far.alone().size());
    QVERIFY(far.folds().names >= folded);
}

void TestFarView::linesStrikeNoText()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    const FarView far(*scene, m_theme, whole(*scene), viewSize);
    const QImage image = drawn(far, m_theme);
    int lines = 0;
    for (const FarTile &tile : far.tiles()) {
        // Heads of arrows touch the border.
        const QRect texts = tile.texts.adjusted(8, 8, -8, -3).toRect();
        QCOMPARE(pixelsOf(image, texts, m_theme.allowed) + pixelsOf(image, texts, m_theme.denied), 0);
        lines += pixelsOf(image, tile.rect.adjusted(-12, -12, 12, 12).toRect(), m_theme.denied);
    }
    QVERIFY(lines > 500);
}

void TestFarView::linesAreCounted()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    std::uint32_t counted = 0;
    for (const MapBundle &bundle : scene->bundles)
        counted += bundle.sum().total();
    for (const MapGroup &group : scene->groups)
        counted += group.inside.total();
    QCOMPARE(counted, std::uint32_t(scene->edges.size()));
    for (const MapEdge &edge : scene->edges) {
        const bool inside = scene->nodes[edge.from].group == scene->nodes[edge.to].group;
        QCOMPARE(edge.bundle == noIndex, inside);
    }
}

void TestFarView::budgetIsKeptAndTold()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    const FarView far(*scene, m_theme, whole(*scene), viewSize, 20);
    QCOMPARE(far.drawnBundles().size(), std::size_t(20));
    QCOMPARE(far.folds().bundles, std::uint32_t(scene->bundles.size() - 20));
    QVERIFY(far.folds().alarmingBundles > 0); // nothing hides that there are denied ones among them
    const QString footer = footerText(*scene, fakes::sampleNow(), far.folds());
    QVERIFY2(footer.contains(QStringLiteral("+ %1 bundles folded").arg(far.folds().bundles)),
             qPrintable(footer));
    const FarView all(*scene, m_theme, whole(*scene), viewSize, 10'000);
    QCOMPARE(all.folds().bundles, 0U);
    QVERIFY(!footerText(*scene, fakes::sampleNow(), all.folds()).contains(QStringLiteral("folded")));
}

void TestFarView::onlyWhatIsInViewIsCounted()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    const FarView corner(*scene, m_theme, Viewport({-5000, -3000}, 0.19), viewSize, 0);
    const FarView all(*scene, m_theme, whole(*scene), viewSize, 0);
    QVERIFY(corner.folds().bundles < all.folds().bundles);
}

void TestFarView::deniedShowsInAnAllowedBundle()
{
    const TopologyFramePtr frame = changed(large(), [](TopologyGraph &graph) {
        bool first = true;
        for (GraphEdge &edge : graph.edges) {
            const GraphNode *from = graph.node(edge.from), *to = graph.node(edge.to);
            const bool between = from->group != to->group;
            edge.verdict = between && first ? EdgeVerdict::Denied : EdgeVerdict::Allowed;
            first = first && !between;
        }
    });
    const MapScenePtr scene = sceneOf(frame, m_theme);
    const auto alarming = std::count_if(scene->bundles.begin(), scene->bundles.end(),
                                        [](const MapBundle &b) { return b.sum().denied == 1; });
    QCOMPARE(alarming, std::ptrdiff_t(1));
    const FarView far(*scene, m_theme, whole(*scene), viewSize);
    QCOMPARE(scene->bundles[far.drawnBundles().front()].sum().denied, 1U);
    const QRect place = far.pathOf(far.drawnBundles().front()).boundingRect().toAlignedRect();
    QVERIFY(pixelsOf(drawn(far, m_theme), place.adjusted(-4, -4, 4, 4), m_theme.denied) > 10);
}

void TestFarView::podsAreSeenAsWeight()
{
    const TopologyFramePtr frame = changed(large(), [](TopologyGraph &graph) {
        graph.edges.clear();
        for (GraphNode &node : graph.nodes) {
            if (node.group == graph.groups.front().id)
                node.pods.resize(1);
        }
    });
    const MapScenePtr scene = sceneOf(frame, m_theme);
    const FarView far(*scene, m_theme, whole(*scene), viewSize);
    const QImage image = drawn(far, m_theme);
    const auto colorOf = [&](std::uint32_t group) {
        const auto tile = std::find_if(far.tiles().begin(), far.tiles().end(),
                                       [&](const FarTile &t) { return t.group == group; });
        return image.pixelColor((tile->rect.bottomRight() - QPointF(9, 16)).toPoint());
    };
    QVERIFY(scene->groups[0].pods < scene->groups[1].pods);
    QVERIFY(colorOf(0).blueF() - colorOf(0).redF() < colorOf(1).blueF() - colorOf(1).redF());
    QCOMPARE(colorOf(1), colorOf(2));
}

void TestFarView::findingsAreMarked()
{
    const TopologyFramePtr frame = changed(large(), [](TopologyGraph &graph) { graph.edges.clear(); });
    auto found = std::make_shared<TopologyFrame>(*frame);
    std::vector<Finding> findings(2);
    for (std::size_t i = 0; i < 2; ++i) {
        findings[i].severity = Severity::Warning;
        findings[i].object = frame->graph->nodes[i].object;
    }
    found->findings = std::make_shared<std::vector<Finding>>(findings);
    const MapScenePtr before = sceneOf(frame, m_theme), after = sceneOf(found, m_theme);
    const auto marked = std::find_if(after->groups.begin(), after->groups.end(),
                                     [](const MapGroup &g) { return g.worst().has_value(); });
    QVERIFY(marked != after->groups.end());
    QCOMPARE(marked->findingCounts[std::size_t(Severity::Warning)], 2U);
    const QRect place = whole(*after).toView(marked->rect).adjusted(-6, -6, 6, 6).toRect();
    const auto warnings = [&](const MapScene &scene) {
        return pixelsOf(drawn(FarView(scene, m_theme, whole(scene), viewSize), m_theme), place,
                        m_theme.warning);
    };
    QVERIFY(warnings(*after) > warnings(*before) + 12);
}

void TestFarView::placesThatAllGoToAreTold()
{
    const TopologyFramePtr frame = changed(large(), [](TopologyGraph &graph) {
        std::vector<GraphEdge> edges;
        const GraphNode hub = graph.nodes.front();
        for (const GraphNode &node : graph.nodes) {
            if (node.group == hub.group)
                continue;
            GraphEdge edge;
            edge.kind = EdgeKind::PolicyPeer;
            edge.verdict = EdgeVerdict::Allowed;
            edge.from = node.id;
            edge.to = hub.id;
            edge.id = edgeIdOf(edge.kind, edge.from, edge.to);
            edges.push_back(edge);
        }
        graph.edges = edges;
    });
    auto placed = std::make_shared<TopologyFrame>(*frame);
    auto layout = std::make_shared<LayoutResult>(*frame->layout);
    for (const GraphEdge &edge : frame->graph->edges)
        layout->edges[edge.id].points = {{0, 0}, {1, 0}, {2, 0}, {3, 0}};
    placed->layout = layout;
    const MapScenePtr scene = sceneOf(placed, m_theme);
    QCOMPARE(scene->hubs.size(), std::size_t(1));
    QCOMPARE(scene->hubs.front().from, 59U);
    QCOMPARE(scene->hubs.front().to, 0U);
    const FarView far(*scene, m_theme, whole(*scene), viewSize);
    QVERIFY(far.drawnBundles().empty());
    QCOMPARE(far.folds().gathered, 59U);
    // Asked for by its tile, they are drawn all the same.
    QImage image(viewSize.toSize(), QImage::Format_RGB32);
    image.fill(m_theme.canvas);
    QPainter painter(&image);
    far.paintParts(painter, farPartsOf(*scene, {{MapItem::Kind::Bundle, 7}}));
    painter.end();
    QVERIFY(pixelsOf(image, image.rect(), m_theme.allowed) > 20);
}

void TestFarView::pointingFindsWhatIsDrawn()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    const FarView far(*scene, m_theme, whole(*scene), viewSize, 3);
    for (const FarTile &tile : far.tiles())
        QCOMPARE(far.itemAt(tile.texts.center(), 6), (MapItem{MapItem::Kind::Group, tile.group}));
    QVERIFY(!far.itemAt({1, 1}, 6));
    int found = 0;
    for (std::uint32_t bundle = 0; bundle < scene->bundles.size(); ++bundle) {
        bool hit = false;
        for (double at = 0.02; at < 1; at += 0.02) {
            const MapItem item = far.itemAt(far.pathOf(bundle).pointAtPercent(at), 6);
            const auto &all = far.drawnBundles();
            if (item.kind == MapItem::Kind::Bundle)
                QVERIFY(std::find(all.begin(), all.end(), item.index) != all.end());
            hit = hit || item == MapItem{MapItem::Kind::Bundle, bundle};
        }
        found += hit ? 1 : 0;
    }
    QVERIFY(found >= 1 && found <= 3);
}

void TestFarView::partsAreTilesAndBundles()
{
    const MapScenePtr scene = sceneOf(large(), m_theme);
    const auto between = std::find_if(scene->edges.begin(), scene->edges.end(),
                                      [](const MapEdge &e) { return e.bundle != noIndex; });
    const auto index = std::uint32_t(between - scene->edges.begin());
    const FarParts parts = farPartsOf(*scene, {{MapItem::Kind::Edge, index}});
    QCOMPARE(parts.bundles, std::vector<std::uint32_t>{between->bundle});
    const std::set<std::uint32_t> ends{scene->nodes[between->from].group, scene->nodes[between->to].group};
    QCOMPARE((std::set<std::uint32_t>(parts.groups.begin(), parts.groups.end())), ends);
}

QTEST_MAIN(TestFarView)
#include "test_far_view.moc"
