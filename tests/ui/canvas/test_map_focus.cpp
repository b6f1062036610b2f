#include "tests/ui/canvas/map_canvas_fixture.h"
#include "ui/canvas/far_view.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/map_text.h"

#include <QAccessible>
#include <QSignalSpy>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::ui;

/// What is in the foreground: layers, depth, "only this", and the far view under mouse and keyboard.
class TestMapFocus : public uitest::MapCanvasFixture
{
    Q_OBJECT

private Q_SLOTS:
    void layersLeaveLinesOutAndSaySo();
    void legendNamesOnlyWhatIsThere();
    void depthReachesFurther();
    void onlyThisShowsTheFocusAlone();
    void onlyThisEndsWithItsCards();
    void tilesAreChosenFromAfar();
    void bundlesSelectTheirLines();
    void keyboardReachesTilesAndBundles();
    void foldsAreToldInTheFooter();

private:
    void showFromAfar()
    {
        m_canvas->setFrame(fakes::largeFrame(mapFontsFrom(lightTheme()), 60, 16));
        m_canvas->setViewport(Viewport::fitting(m_canvas->scene()->bounds, m_canvas->size(), 20));
        QCOMPARE(detailFor(m_canvas->zoom()), MapDetail::Far);
    }
    QString footer() const { return footerText(*m_canvas->scene(), fakes::sampleNow(), m_canvas->folds()); }
    std::set<NodeId> spokenNodes() const
    {
        std::set<NodeId> nodes;
        for (const MapItem item : m_canvas->spokenOf()) {
            if (item.kind == MapItem::Kind::Node)
                nodes.insert(m_canvas->scene()->nodes[item.index].id);
        }
        return nodes;
    }
};

void TestMapFocus::layersLeaveLinesOutAndSaySo()
{
    const std::size_t all = m_canvas->scene()->edges.size();
    const auto badges = [this] {
        const auto &edges = m_canvas->scene()->edges;
        return std::count_if(edges.begin(), edges.end(),
                             [](const MapEdge &e) { return e.badge.has_value(); });
    };
    const auto probed = badges();
    QVERIFY(probed > 2);
    m_canvas->setLayer(MapLayer::Policy);
    QCOMPARE(badges(), std::ptrdiff_t(0));
    QVERIFY(footer().contains(layerText(MapLayer::Policy)));
    m_canvas->setLayer(MapLayer::Probed);
    QCOMPARE(badges(), probed);
    const std::size_t shown = m_canvas->scene()->edges.size();
    QVERIFY(shown >= std::size_t(probed) && shown < all);
    QCOMPARE(m_canvas->scene()->linesOfOtherLayers, std::uint32_t(all - shown));
    QVERIFY(footer().contains(QStringLiteral("%1 lines of other layers").arg(all - shown)));
    for (const MapEdge &edge : m_canvas->scene()->edges)
        QCOMPARE(m_canvas->scene()->edgeById.at(edge.id),
                 std::uint32_t(&edge - m_canvas->scene()->edges.data()));
    m_canvas->setLayer(MapLayer::All);
    QCOMPARE(m_canvas->scene()->edges.size(), all);
    QVERIFY(!footer().contains(QStringLiteral("other layers")));
}

void TestMapFocus::legendNamesOnlyWhatIsThere()
{
    const auto samples = [this] {
        std::set<LegendSample> all;
        for (const LegendEntry &entry : legendEntries(*m_canvas->scene()))
            all.insert(entry.sample);
        return all;
    };
    QVERIFY(samples().contains(LegendSample::ProbeReached));
    QVERIFY(samples().contains(LegendSample::Denied));
    QVERIFY(!samples().contains(LegendSample::Unreadable));
    m_canvas->setLayer(MapLayer::Policy);
    QVERIFY(!samples().contains(LegendSample::ProbeReached));
    QVERIFY(samples().contains(LegendSample::Denied));
    m_canvas->setFrame(nullptr);
    QVERIFY(samples().empty());
}

void TestMapFocus::depthReachesFurther()
{
    m_canvas->select({node("web")}, {});
    const std::set<NodeId> near = spokenNodes();
    QVERIFY(near.contains(node("web")) && near.size() > 1);
    QSignalSpy changed(m_canvas, &MapCanvas::focusDepthChanged);
    m_canvas->setFocus();
    QTest::keyClick(m_canvas, Qt::Key_3);
    QCOMPARE(m_canvas->focusDepth(), 3);
    QCOMPARE(changed.count(), 1);
    const std::set<NodeId> far = spokenNodes();
    QVERIFY(far.size() > near.size());
    QVERIFY(std::includes(far.begin(), far.end(), near.begin(), near.end()));
    const QImage three = m_canvas->grab().toImage();
    QTest::keyClick(m_canvas, Qt::Key_1);
    QCOMPARE(spokenNodes(), near);
    QVERIFY(m_canvas->grab().toImage() != three);
}

void TestMapFocus::onlyThisShowsTheFocusAlone()
{
    const Viewport before = m_canvas->viewport();
    const QRectF place = m_canvas->scene()->rectOf(m_canvas->itemOf(node("web")));
    const std::size_t all = m_canvas->scene()->nodes.size();
    m_canvas->showOnlyFocus(); // of nothing
    QVERIFY(!m_canvas->showsOnlyFocus());
    m_canvas->select({node("web")}, {});
    const std::set<NodeId> wanted = spokenNodes();
    m_canvas->showOnlyFocus();
    QVERIFY(m_canvas->showsOnlyFocus());
    QCOMPARE(m_canvas->scene()->nodes.size(), wanted.size());
    for (const MapNode &shown : m_canvas->scene()->nodes)
        QVERIFY(wanted.contains(shown.id));
    for (const MapGroup &group : m_canvas->scene()->groups)
        QVERIFY(group.workloads > 0);
    QCOMPARE(m_canvas->scene()->rectOf(m_canvas->itemOf(node("web"))), place);
    QVERIFY(footer().contains(QStringLiteral("%1 cards beside the focus").arg(all - wanted.size())));
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("web")});
    m_canvas->setFocus();
    QTest::keyClick(m_canvas, Qt::Key_Escape);
    QVERIFY(!m_canvas->showsOnlyFocus());
    QCOMPARE(m_canvas->scene()->nodes.size(), all);
    QCOMPARE(m_canvas->viewport(), before);
    QCOMPARE(m_canvas->selectedNodes(), std::vector<NodeId>{node("web")}); // taken back by the next Esc
}

void TestMapFocus::onlyThisEndsWithItsCards()
{
    m_canvas->select({node("web")}, {});
    m_canvas->showOnlyFocus();
    m_canvas->setFrame(sample());
    QVERIFY(m_canvas->showsOnlyFocus()); // a later frame of the same cluster
    m_canvas->setFrame(fakes::largeFrame(mapFontsFrom(lightTheme()), 6, 4));
    QVERIFY(!m_canvas->showsOnlyFocus()); // another cluster is not an empty map
    QVERIFY(!m_canvas->scene()->nodes.empty());
}

void TestMapFocus::tilesAreChosenFromAfar()
{
    showFromAfar();
    QSignalSpy changed(m_canvas, &MapCanvas::selectionChanged);
    const FarView far(*m_canvas->scene(), lightTheme(), m_canvas->viewport(), m_canvas->size());
    const FarTile &tile = far.tiles()[20];
    const QImage before = m_canvas->grab().toImage();
    click(tile.texts.center().toPoint());
    QCOMPARE(m_canvas->selectedGroup(), m_canvas->scene()->groups[tile.group].id);
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_canvas->grab().toImage() != before);
    m_canvas->showOnlyFocus();
    QCOMPARE(m_canvas->scene()->groups.size(), std::size_t(1));
    m_canvas->showAll();
    click({2, 2});
    QVERIFY(!m_canvas->selectedGroup().isValid());
}

void TestMapFocus::bundlesSelectTheirLines()
{
    showFromAfar();
    const auto &bundles = m_canvas->scene()->bundles;
    const MapItem bundle{MapItem::Kind::Bundle, 5};
    QSignalSpy menu(m_canvas, &MapCanvas::bundleMenuRequested);
    m_canvas->activate(bundle);
    QCOMPARE(menu.count(), 1);
    QCOMPARE(menu[0][0].value<BundleId>(), bundles[5].id);
    QCOMPARE(m_canvas->edgesOf(bundle).size(), std::size_t(bundles[5].sum().total()));
    QVERIFY(!m_canvas->isSelected(bundle));
    m_canvas->select({}, m_canvas->edgesOf(bundle));
    QVERIFY(m_canvas->isSelected(bundle));
    const QString name = itemName(*m_canvas->scene(), bundle, fakes::sampleNow());
    QVERIFY2(name.contains(QStringLiteral("team-")) && name.contains(QStringLiteral("denied")),
             qPrintable(name));
    m_canvas->setViewport(Viewport({0, 0}, 1)); // closer by, its lines are the ones that are selected
    QCOMPARE(m_canvas->selectedEdges().size(), std::size_t(bundles[5].sum().total()));
}

void TestMapFocus::keyboardReachesTilesAndBundles()
{
    showFromAfar();
    std::set<MapItem::Kind> kinds;
    for (const MapItem item : m_canvas->readingOrder())
        kinds.insert(item.kind);
    QCOMPARE(kinds, (std::set{MapItem::Kind::Group, MapItem::Kind::Bundle}));
    QCOMPARE(m_canvas->readingOrder().size(),
             m_canvas->scene()->groups.size() + m_canvas->scene()->bundles.size());
    m_canvas->setFocus();
    m_canvas->setFocusedItem(m_canvas->readingOrder()[1]);
    QCOMPARE(m_canvas->focusedItem().kind, MapItem::Kind::Bundle);
    const QImage before = m_canvas->grab().toImage();
    QTest::keyClick(m_canvas, Qt::Key_Space);
    QVERIFY(m_canvas->isSelected(m_canvas->focusedItem()));
    QVERIFY(m_canvas->grab().toImage() != before);
    QAccessibleInterface *map = QAccessible::queryAccessibleInterface(m_canvas);
    QCOMPARE(map->childCount(), int(m_canvas->readingOrder().size()));
    QVERIFY(map->child(1)->text(QAccessible::Name).contains(QStringLiteral("→")));
    QVERIFY(map->child(0)->text(QAccessible::Name).contains(QStringLiteral("pods")));
}

void TestMapFocus::foldsAreToldInTheFooter()
{
    showFromAfar();
    m_canvas->grab();
    QCOMPARE(m_canvas->folds().bundles,
             std::uint32_t(m_canvas->scene()->bundles.size() - FarView::bundleBudget));
    QAccessibleInterface *map = QAccessible::queryAccessibleInterface(m_canvas);
    QVERIFY(map->text(QAccessible::Description).contains(QStringLiteral("bundles folded")));
}

QTEST_MAIN(TestMapFocus)
#include "test_map_focus.moc"
