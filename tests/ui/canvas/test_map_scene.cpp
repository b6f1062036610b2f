#include "tests/fakes/cluster_maker.h"
#include "tests/fakes/sample_frame.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/canvas/bezier.h"
#include "ui/canvas/glyphs.h"
#include "ui/canvas/keyboard_walk.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/map_text.h"
#include "ui/canvas/probe_badges.h"
#include "ui/theme/theme.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace portolan;
using namespace portolan::ui;

class TestMapScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyNodeAndEdgeIsThere();
    void foldedAndUnplacedThingsAreLeftOut();
    void nothingMakesAnEmptyScene();
    void pointsFindCards();
    void pointsFindLinesWithinTolerance();
    void badgesAreFoundBeforeWhatIsBelow();
    void boxesAreFoundLast();
    void readingOrderHasEverythingOnce();
    void readingOrderKeepsBoxesTogether();
    void arrowsReachEveryCard();
    void arrowsLeadTheirWay();
    void probesBecomeBadges();
    void probesOfOtherPortsDoNot();
    void onlyCertaintyContradicts_data();
    void onlyCertaintyContradicts();
    void unreadableIsNeitherOpenNorEmpty();
    void findingsMarkTheirCards();
    void sameFramesDrawTheSame();
    void otherFramesDoNot();
    void hostileNamesArePlainLines();
    void toolTipsShowMarkupAsText();
    void footerSaysWhatIsLeftOut();
    void machinesTellOfTheirAgent();
    void linesBetweenMachinesSayWhatJoinsThem();
    void anEmptyMapSaysWhy();
    void aMachineWithAProblemIsBadlyJoined();
    void whatJoinsMachinesMayBeUnknown();
    void recordingsSaySo();
    void agesAreCoarse();
    void edgesAreDescribed();

private:
    const MapNode &node(const MapScene &scene, const QString &title) const;
    MapScenePtr scene(const fakes::SampleOptions &options = {}) const
    {
        return prepareScene(fakes::sampleFrame(m_fonts, options), m_theme, m_fonts);
    }

    Theme m_theme;
    MapFonts m_fonts;
};

void TestMapScene::initTestCase()
{
    m_theme = lightTheme();
    m_fonts = mapFontsFrom(m_theme);
}

const MapNode &TestMapScene::node(const MapScene &scene, const QString &title) const
{
    const auto found = std::find_if(scene.nodes.begin(), scene.nodes.end(),
                                    [&](const MapNode &n) { return n.title == title; });
    if (found == scene.nodes.end())
        qFatal("no node %s", qPrintable(title));
    return *found;
}

void TestMapScene::everyNodeAndEdgeIsThere()
{
    const TopologyFramePtr frame = fakes::sampleFrame(m_fonts);
    const MapScenePtr made = prepareScene(frame, m_theme, m_fonts);
    QCOMPARE(made->nodes.size(), frame->graph->nodes.size());
    QCOMPARE(made->edges.size(), frame->graph->edges.size());
    QCOMPARE(made->groups.size(), std::size_t(5));
    for (const GraphNode &graphNode : frame->graph->nodes) {
        const MapNode &drawn = made->nodes[made->nodeById.at(graphNode.id)];
        QCOMPARE(drawn.rect, toQt(frame->layout->nodes.at(graphNode.id)));
        QCOMPARE(&made->graphNode(made->nodeById.at(graphNode.id)), &graphNode);
        for (const PodDot &dot : graphNode.pods)
            QCOMPARE(made->nodes[made->nodeByObject.at(dot.pod)].id, graphNode.id);
    }
}

void TestMapScene::foldedAndUnplacedThingsAreLeftOut()
{
    auto frame = std::make_shared<TopologyFrame>(*fakes::sampleFrame(m_fonts));
    auto graph = std::make_shared<TopologyGraph>(*frame->graph);
    auto layout = std::make_shared<LayoutResult>(*frame->layout);
    graph->groups.front().folded = true;
    const NodeId gone = graph->nodes.front().id;
    layout->nodes.erase(gone);
    layout->edges[graph->edges.back().id].points.resize(2); // broken: no whole segment
    frame->graph = graph;
    frame->layout = layout;
    const MapScenePtr made = prepareScene(frame, m_theme, m_fonts);
    QCOMPARE(made->groups.size(), graph->groups.size() - 1);
    QCOMPARE(made->nodes.size(), graph->nodes.size() - 1);
    for (const MapEdge &edge : made->edges) {
        QVERIFY(edge.id != graph->edges.back().id);
        QVERIFY(made->nodes[edge.from].id != gone && made->nodes[edge.to].id != gone);
    }
}

void TestMapScene::nothingMakesAnEmptyScene()
{
    for (const TopologyFramePtr &frame : {TopologyFramePtr(), TopologyFramePtr(new TopologyFrame)}) {
        const MapScenePtr made = prepareScene(frame, m_theme, m_fonts);
        QVERIFY(made->nodes.empty() && made->readingOrder().empty());
        QVERIFY(!made->itemAt({0, 0}, 5));
        QVERIFY(footerText(*made, {}).isEmpty());
        QVERIFY(omissionPhrases(*made).isEmpty());
    }
}

void TestMapScene::pointsFindCards()
{
    const MapScenePtr made = scene();
    for (std::uint32_t i = 0; i < made->nodes.size(); ++i) {
        const MapItem item = made->itemAt(made->nodes[i].rect.topLeft() + QPointF(20, 12), 6);
        QCOMPARE(item, (MapItem{MapItem::Kind::Node, i}));
    }
}

void TestMapScene::pointsFindLinesWithinTolerance()
{
    const MapScenePtr made = scene();
    const MapEdge &edge = made->edges[made->edgeById.at(edgeIdOf(EdgeKind::PolicyPeer,
                                                                 node(*made, QStringLiteral("gateway")).id,
                                                                 node(*made, QStringLiteral("ledger")).id))];
    const QPointF on = spotAt(made->pathOf(edge), 0.5).at;
    const auto at = [&](double beside) { return made->itemAt(on + QPointF(beside, 0), 6); };
    QCOMPARE(at(0).kind, MapItem::Kind::Edge);
    QCOMPARE(made->edges[at(5.5).index].id, edge.id);
    QCOMPARE(at(6.5).kind, MapItem::Kind::Group);
    // Along a bend, where the straight line between its ends is far away.
    const MapEdge &bend = made->edges[made->edgeById.at(edgeIdOf(EdgeKind::PolicyPeer,
                                                                 node(*made, QStringLiteral("catalog")).id,
                                                                 node(*made, QStringLiteral("ledger")).id))];
    const MapItem found = made->itemAt(spotAt(made->pathOf(bend), 0.2).at, 2);
    QCOMPARE(found.kind, MapItem::Kind::Edge);
    QCOMPARE(made->edges[found.index].id, bend.id);
}

void TestMapScene::badgesAreFoundBeforeWhatIsBelow()
{
    const MapScenePtr made = scene();
    for (std::uint32_t i = 0; i < made->edges.size(); ++i) {
        if (made->edges[i].badge)
            QCOMPARE(made->itemAt(made->edges[i].badgeAt, 1), (MapItem{MapItem::Kind::Edge, i}));
    }
}

void TestMapScene::boxesAreFoundLast()
{
    const MapScenePtr made = scene();
    for (std::uint32_t i = 0; i < made->groups.size(); ++i) {
        const MapItem item = made->itemAt(made->groups[i].rect.topLeft() + QPointF(3, 3), 2);
        QCOMPARE(item, (MapItem{MapItem::Kind::Group, i}));
    }
    QVERIFY(!made->itemAt({-500, -500}, 6));
}

void TestMapScene::readingOrderHasEverythingOnce()
{
    const MapScenePtr made = scene();
    const std::vector<MapItem> order = made->readingOrder();
    QCOMPARE(order.size(), made->nodes.size() + made->edges.size());
    std::set<std::pair<int, std::uint32_t>> seen;
    for (const MapItem item : order)
        seen.insert({int(item.kind), item.index});
    QCOMPARE(seen.size(), order.size());
}

void TestMapScene::readingOrderKeepsBoxesTogether()
{
    const MapScenePtr made = scene();
    std::vector<std::uint32_t> blocks;
    std::uint32_t lastNode = noIndex;
    for (const MapItem item : made->readingOrder()) {
        if (item.kind == MapItem::Kind::Edge) {
            QCOMPARE(made->edges[item.index].from, lastNode); // a line follows the card it leaves
            continue;
        }
        lastNode = item.index;
        const std::uint32_t group = made->nodes[item.index].group;
        if (group != noIndex && (blocks.empty() || blocks.back() != group))
            blocks.push_back(group);
    }
    QCOMPARE(blocks.size(), made->groups.size());
    QCOMPARE(made->groups[blocks.front()].title, QStringLiteral("shop"));
}

void TestMapScene::arrowsReachEveryCard()
{
    const MapScenePtr made = scene();
    std::set<std::uint32_t> reached{0}, frontier{0};
    while (!frontier.empty()) {
        std::set<std::uint32_t> next;
        for (const std::uint32_t from : frontier) {
            for (const auto way :
                 {WalkDirection::Left, WalkDirection::Right, WalkDirection::Up, WalkDirection::Down}) {
                const MapItem to = neighbour(*made, {MapItem::Kind::Node, from}, way);
                if (to && reached.insert(to.index).second)
                    next.insert(to.index);
            }
        }
        frontier = next;
    }
    QCOMPARE(reached.size(), made->nodes.size());
}

void TestMapScene::arrowsLeadTheirWay()
{
    const MapScenePtr made = scene();
    const auto index = [&](const QString &title) { return made->nodeById.at(node(*made, title).id); };
    const MapItem web{MapItem::Kind::Node, index(QStringLiteral("web"))};
    QCOMPARE(neighbour(*made, web, WalkDirection::Right).index, index(QStringLiteral("checkout")));
    const MapItem line{MapItem::Kind::Edge,
                       made->edgeById.at(edgeIdOf(EdgeKind::PolicyPeer, made->nodes[web.index].id,
                                                  node(*made, QStringLiteral("checkout")).id))};
    QCOMPARE(neighbour(*made, line, WalkDirection::Left).index, web.index);
    QCOMPARE(neighbour(*made, line, WalkDirection::Right).index, index(QStringLiteral("checkout")));
    QVERIFY(!neighbour(*made, {}, WalkDirection::Right));
}

void TestMapScene::probesBecomeBadges()
{
    const MapScenePtr made = scene();
    std::vector<std::pair<ProbeOutcome, bool>> badges;
    for (const MapEdge &edge : made->edges) {
        if (edge.badge)
            badges.emplace_back(edge.badge->outcome, edge.badge->disagrees);
    }
    std::sort(badges.begin(), badges.end());
    QCOMPARE(badges, (std::vector<std::pair<ProbeOutcome, bool>>{{ProbeOutcome::Reached, false},
                                                                 {ProbeOutcome::Timeout, false},
                                                                 {ProbeOutcome::Timeout, true},
                                                                 {ProbeOutcome::Unknown, false}}));
}

void TestMapScene::probesOfOtherPortsDoNot()
{
    auto frame = std::make_shared<TopologyFrame>(*fakes::sampleFrame(m_fonts));
    auto state = std::make_shared<ClusterState>(*frame->state);
    state->probes.resize(1);
    state->probes[0].request.port = 9999;
    frame->state = state;
    const auto badges = [&] {
        const MapScenePtr made = prepareScene(frame, m_theme, m_fonts);
        return std::count_if(made->edges.begin(), made->edges.end(),
                             [](const MapEdge &e) { return e.badge.has_value(); });
    };
    QCOMPARE(badges(), 0);
    state->probes[0].request.port = 8080;
    // From another pod of the same workload: the card speaks for all of them.
    state->probes[0].request.source.name = "web-2";
    QCOMPARE(badges(), 1);
}

void TestMapScene::onlyCertaintyContradicts_data()
{
    QTest::addColumn<int>("verdict");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<bool>("udp");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, EdgeVerdict verdict, ProbeOutcome outcome, bool udp,
                        bool expected) {
        QTest::newRow(name) << int(verdict) << int(outcome) << udp << expected;
    };
    using enum EdgeVerdict;
    row("allowed, reached", Allowed, ProbeOutcome::Reached, false, false);
    row("allowed, timeout", Allowed, ProbeOutcome::Timeout, false, true);
    row("allowed, no route", Allowed, ProbeOutcome::NoRoute, false, true);
    row("allowed, refused", Allowed, ProbeOutcome::Refused, false, false);
    row("allowed, silent udp", Allowed, ProbeOutcome::Timeout, true, false);
    row("denied, timeout", Denied, ProbeOutcome::Timeout, false, false);
    row("denied, reached", Denied, ProbeOutcome::Reached, false, true);
    row("denied, refused", Denied, ProbeOutcome::Refused, false, false);
    row("unknown, timeout", Unknown, ProbeOutcome::Timeout, false, false);
    row("mixed, timeout", Mixed, ProbeOutcome::Timeout, false, false);
    row("allowed, unknown", Allowed, ProbeOutcome::Unknown, false, false);
}

void TestMapScene::onlyCertaintyContradicts()
{
    QFETCH(int, verdict);
    QFETCH(int, outcome);
    QFETCH(bool, udp);
    QFETCH(bool, expected);
    ProbeResult probe;
    probe.outcome = ProbeOutcome(outcome);
    probe.request.protocol = udp ? Protocol::Udp : Protocol::Tcp;
    QCOMPARE(contradicts(EdgeVerdict(verdict), probe), expected);
}

void TestMapScene::unreadableIsNeitherOpenNorEmpty()
{
    fakes::SampleOptions options;
    options.unreadablePolicies = true;
    const MapScenePtr made = scene(options);
    for (const MapGroup &group : made->groups) {
        QCOMPARE(group.unread, group.title == QStringLiteral("data"));
        if (group.unread)
            QVERIFY2(group.note.contains(QStringLiteral("not readable")), qPrintable(group.note));
    }
    GraphGroup open;
    open.object = {ObjectKind::Namespace, "Namespace", "", "x"};
    open.label = "x";
    open.openToAll = true;
    ClusterState state;
    state.gaps.push_back({{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true},
                          "",
                          {ErrorCode::PermissionDenied, "", ""}});
    QVERIFY(groupNote(open, &state).unread);
    QVERIFY(!groupNote(open, nullptr).unread);
    QVERIFY(groupNote(open, nullptr).warns);
    state.gaps[0].ns = "another";
    QVERIFY(!groupNote(open, &state).unread);
}

void TestMapScene::findingsMarkTheirCards()
{
    const MapScenePtr made = scene();
    for (const MapNode &n : made->nodes)
        QCOMPARE(n.finding.has_value(), n.withoutEndpoints);
    for (const MapGroup &group : made->groups) {
        if (group.title == QStringLiteral("kube-system"))
            QCOMPARE(group.worst(), std::optional(Severity::Warning));
        else if (group.title == QStringLiteral("shop"))
            QCOMPARE(group.worst(), std::optional(Severity::Problem));
        else
            QVERIFY(!group.worst());
    }
}

void TestMapScene::sameFramesDrawTheSame()
{
    QVERIFY(drawSame(*scene(), *scene()));
    auto later = std::make_shared<TopologyFrame>(*fakes::sampleFrame(m_fonts));
    later->generation = 99;
    QVERIFY(drawSame(*scene(), *prepareScene(later, m_theme, m_fonts)));
}

void TestMapScene::otherFramesDoNot()
{
    fakes::SampleOptions removed, unread;
    removed.withoutRedis = true;
    unread.unreadablePolicies = true;
    QVERIFY(!drawSame(*scene(), *scene(removed)));
    QVERIFY(!drawSame(*scene(), *scene(unread)));
    QVERIFY(!drawSame(*scene(), *prepareScene(nullptr, m_theme, m_fonts)));
    auto probed = std::make_shared<TopologyFrame>(*fakes::sampleFrame(m_fonts));
    auto state = std::make_shared<ClusterState>(*probed->state);
    state->probes.clear();
    probed->state = state;
    QVERIFY(!drawSame(*scene(), *prepareScene(probed, m_theme, m_fonts)));
}

void TestMapScene::hostileNamesArePlainLines()
{
    QCOMPARE(plainLine("a\nb\x1b[31mc"), QStringLiteral("a b [31mc"));
    QCOMPARE(plainLine("a\xe2\x80\xae"
                       "b"),
             QStringLiteral("a b")); // right-to-left override
    QCOMPARE(plainLine(std::string(10'000, 'x')).size(), qsizetype(300));
    QVERIFY(!plainLine("\xff\xfe").isNull());
}

void TestMapScene::toolTipsShowMarkupAsText()
{
    const QString tip = toolTipOf({QStringLiteral("<b>bold</b><img src='x'>"), QStringLiteral("a & b")});
    QVERIFY(!tip.contains(QStringLiteral("<b>")) && !tip.contains(QStringLiteral("<img")));
    QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;bold")));
    QVERIFY(tip.contains(QStringLiteral("a &amp; b")));
}

void TestMapScene::machinesTellOfTheirAgent()
{
    fakes::ClusterMaker maker;
    maker.node("node-a");
    maker.node("node-b");
    maker.ns("kube-system");
    maker.workload("DaemonSet", "kube-system", "calico-node", 2, {{"k8s-app", "calico-node"}});
    const auto pods = maker.podsOf("kube-system", "calico-node");
    pods[1]->ready = false;
    const MapScenePtr made = prepareScene(uitest::frameOf(maker.state(), GraphView::Nodes), m_theme, m_fonts);
    const auto card = [&](const std::string &name) { return node(*made, QString::fromStdString(name)); };
    QCOMPARE(card(pods[0]->nodeName).footer, QStringLiteral("1 pod · calico-node ready"));
    QCOMPARE(card(pods[1]->nodeName).footer, QStringLiteral("1 pod · calico-node not ready"));
    const auto index = std::uint32_t(&*std::find_if(made->nodes.begin(), made->nodes.end(), [&](auto &n) {
        return n.title.toStdString() == pods[1]->nodeName;
    }) - made->nodes.data());
    // A card may cut it; what is read aloud is whole.
    QVERIFY(itemName(*made, {MapItem::Kind::Node, index}, fakes::sampleNow())
                .contains(QLatin1String("calico-node not ready")));
}

namespace {

/// Three machines of Cilium; `config` is what its ConfigMap holds, nullptr: it was not read.
fakes::ClusterMaker ciliumMachines(const char *config)
{
    fakes::ClusterMaker maker;
    for (const char *name : {"node-a", "node-b", "node-c"})
        maker.node(name);
    maker.workload("DaemonSet", "kube-system", "cilium", 3, {{"k8s-app", "cilium"}});
    if (config)
        maker.other("", "ConfigMap", "kube-system", "cilium-config").json =
            std::make_shared<const std::string>(config);
    return maker;
}

std::set<LegendSample> samplesOf(const MapScene &scene)
{
    std::set<LegendSample> samples;
    for (const LegendEntry &entry : legendEntries(scene))
        samples.insert(entry.sample);
    return samples;
}

} // namespace

void TestMapScene::linesBetweenMachinesSayWhatJoinsThem()
{
    const auto maker = ciliumMachines(R"({"data": {"tunnel-protocol": "geneve", "mtu": "1400"}})");
    const MapScenePtr made = prepareScene(uitest::frameOf(maker.state(), GraphView::Nodes), m_theme, m_fonts);
    QCOMPARE(made->edges.size(), std::size_t(3));
    for (const MapEdge &edge : made->edges) {
        QCOMPARE(edge.label, QStringLiteral("Geneve"));
        QVERIFY(!edge.finding);
        for (const MapNode &node : made->nodes)
            QVERIFY(!edge.labelBox.intersects(node.rect));
    }
    QCOMPARE(node(*made, QStringLiteral("node-a")).kindWord, QStringLiteral("MTU 1400"));
    QVERIFY(samplesOf(*made).contains(LegendSample::LinkFine));
    QVERIFY(!samplesOf(*made).contains(LegendSample::LinkProblem));
    const QString words = itemName(*made, {MapItem::Kind::Edge, 0}, fakes::sampleNow());
    for (const char *part : {"node-a ↔ node-", "Geneve tunnel"})
        QVERIFY2(words.contains(QString::fromUtf8(part)), qPrintable(words));
    const QString footer = footerText(*made, fakes::sampleNow());
    QVERIFY2(footer.contains(QLatin1String("3 machines joined by Geneve (Cilium)")), qPrintable(footer));
}

void TestMapScene::anEmptyMapSaysWhy()
{
    const auto textOf = [this](const ClusterStatePtr &state, GraphView view, const std::string &filter) {
        auto frame = std::make_shared<TopologyFrame>(*uitest::frameOf(state, view));
        auto graph = std::make_shared<TopologyGraph>(*frame->graph);
        graph->filter = filter;
        frame->graph = graph;
        return emptyText(*prepareScene(frame, m_theme, m_fonts));
    };
    const auto nothing = std::make_shared<ClusterState>();
    QVERIFY(textOf(nothing, GraphView::Services, {}).contains(QLatin1String("no pods")));
    QVERIFY(textOf(nothing, GraphView::Nodes, {}).contains(QLatin1String("no nodes")));
    QVERIFY(textOf(nothing, GraphView::Services, "ns:none").contains(QLatin1String("filter")));
    QCOMPARE(textOf(uitest::shopState(), GraphView::Services, {}), QString());
    QCOMPARE(emptyText(MapScene()), QString());
}

void TestMapScene::aMachineWithAProblemIsBadlyJoined()
{
    const auto maker = ciliumMachines(R"({"data": {}})");
    const auto pods = maker.podsOf("kube-system", "cilium");
    pods[0]->ready = false;
    const MapScenePtr made = prepareScene(uitest::frameOf(maker.state(), GraphView::Nodes), m_theme, m_fonts);
    std::size_t bad = 0;
    for (const MapEdge &edge : made->edges) {
        const bool touches = made->nodes[edge.from].title.toStdString() == pods[0]->nodeName ||
                             made->nodes[edge.to].title.toStdString() == pods[0]->nodeName;
        QCOMPARE(edge.finding == Severity::Problem, touches);
        bad += touches ? 1 : 0;
    }
    QCOMPARE(bad, std::size_t(2));
    QVERIFY(samplesOf(*made).contains(LegendSample::LinkProblem));
    QVERIFY(samplesOf(*made).contains(LegendSample::LinkFine));
    // By shape and not by colour alone.
    const EdgeStyle problem = linkStyleOf(true, Severity::Problem, m_theme);
    const EdgeStyle fine = linkStyleOf(true, {}, m_theme), unknown = linkStyleOf(false, {}, m_theme);
    QVERIFY(problem.bar && !problem.dashes.isEmpty());
    QVERIFY(!fine.bar && fine.dashes.isEmpty() && fine.head == ArrowHead::None);
    QVERIFY(unknown.question && unknown.dashes != problem.dashes);
}

/// A pod that is not ready is no matter of the machines' lines.
void TestMapScene::whatJoinsMachinesMayBeUnknown()
{
    auto maker = ciliumMachines(nullptr);
    maker.barePod("shop", "sick").ready = false;
    const MapScenePtr made = prepareScene(uitest::frameOf(maker.state(), GraphView::Nodes), m_theme, m_fonts);
    QCOMPARE(made->edges.size(), std::size_t(3));
    for (const MapEdge &edge : made->edges) {
        QVERIFY(edge.label.isEmpty());
        QVERIFY(!edge.finding);
    }
    QVERIFY(samplesOf(*made).contains(LegendSample::LinkUnknown));
    const QString words = itemName(*made, {MapItem::Kind::Edge, 0}, fakes::sampleNow());
    QVERIFY2(words.contains(QLatin1String("cilium-config was not read")), qPrintable(words));
    const QString footer = footerText(*made, fakes::sampleNow());
    QVERIFY2(footer.contains(QLatin1String("not known (Cilium): cilium-config was not read")),
             qPrintable(footer));
}

void TestMapScene::footerSaysWhatIsLeftOut()
{
    const QString footer = footerText(*scene(), fakes::sampleNow());
    for (const char *part : {"prod-eu1", "2026-11-22 14:32:07 UTC", "5 of 6 namespaces", "3 finished pods"})
        QVERIFY2(footer.contains(QLatin1String(part)), qPrintable(footer));
    auto frame = std::make_shared<TopologyFrame>(*fakes::sampleFrame(m_fonts));
    auto graph = std::make_shared<TopologyGraph>(*frame->graph);
    graph->omissions.edgesToHidden = 1;
    graph->omissions.edgesOpenToAll = 12;
    graph->omissions.unreadResources = 2;
    auto layout = std::make_shared<LayoutResult>(*frame->layout);
    layout->packed = {graph->groups[0].id};
    frame->graph = graph;
    frame->layout = layout;
    const QString all = footerText(*prepareScene(frame, m_theme, m_fonts), fakes::sampleNow());
    for (const char *part :
         {"1 connection to hidden", "12 pairs", "2 resources", "1 namespace placed simply"})
        QVERIFY2(all.contains(QLatin1String(part)), qPrintable(all));
}

void TestMapScene::recordingsSaySo()
{
    QVERIFY(recordingText(scene()->frame->state->info).isEmpty());
    for (const SourceKind source : {SourceKind::Snapshot, SourceKind::Demo}) {
        fakes::SampleOptions options;
        options.source = source;
        const MapScenePtr made = scene(options);
        QVERIFY(recordingText(made->frame->state->info).contains(QStringLiteral("ecording")));
        QVERIFY(recordingText(made->frame->state->info).contains(QStringLiteral("2026-11-22")));
        // Its time is the recording's, whatever the clock says.
        QCOMPARE(stateTime(*made, WallTime{}), fakes::sampleNow());
    }
    QCOMPARE(stateTime(*scene(), fakes::sampleProbeTime()), fakes::sampleProbeTime());
}

void TestMapScene::agesAreCoarse()
{
    using namespace std::chrono_literals;
    const WallTime at = fakes::sampleProbeTime();
    QCOMPARE(ageText(at, at + 59s), QStringLiteral("<1 min"));
    QCOMPARE(ageText(at, at + 60s), QStringLiteral("1 min"));
    QCOMPARE(ageText(at, at + 3600s), QStringLiteral("1 h"));
    QCOMPARE(ageText(at, at + 49h), QStringLiteral("2 d"));
    QCOMPARE(ageText(at, at - 5s), QStringLiteral("<1 min")); // clocks differ
    QVERIFY(ageText({}, at).isEmpty());
}

void TestMapScene::edgesAreDescribed()
{
    const MapScenePtr made = scene();
    QStringList names;
    for (std::uint32_t i = 0; i < made->edges.size(); ++i)
        names << itemName(*made, {MapItem::Kind::Edge, i}, fakes::sampleNow());
    const QString all = names.join(QLatin1Char('\n'));
    for (const char *part :
         {"shop/web → shop/checkout", "allowed by policy", "denied by policy", "policy unknown", "port 5432",
          "probe: timed out, 2 min ago", "policy and probe disagree", "world → edge/ingress-nginx"})
        QVERIFY2(all.contains(QString::fromUtf8(part)), qPrintable(all));
    const MapItem promo{MapItem::Kind::Node,
                        made->nodeById.at(node(*made, QStringLiteral("promo:80 · no endpoints")).id)};
    QVERIFY(itemName(*made, promo, {}).contains(QStringLiteral("no endpoints")));
}

QTEST_MAIN(TestMapScene)
#include "test_map_scene.moc"
