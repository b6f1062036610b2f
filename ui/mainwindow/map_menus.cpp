#include "ui/mainwindow/map_menus.h"

#include "model/policy/what_if.h"
#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_text.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QMenu>

#include <algorithm>

namespace portolan::ui {

namespace {
constexpr int mostName = 36;
constexpr int mostLineText = 90;
constexpr std::size_t mostLines = 24; // of a bundle
} // namespace

ObjectRef podOf(const GraphNode &node, const ClusterState &state)
{
    for (const PodDot &dot : node.pods) {
        const Pod *pod = state.pods.find(dot.pod.ns, dot.pod.name);
        if (pod && pod->phase == PodPhase::Running)
            return dot.pod;
    }
    return {};
}

MapMenus::MapMenus(MapCanvas *canvas, QWidget *parent) : QObject(parent), m_canvas(canvas), m_parent(parent)
{
    connect(canvas, &MapCanvas::nodeMenuRequested, this, &MapMenus::showNodeMenu);
    connect(canvas, &MapCanvas::edgeMenuRequested, this, &MapMenus::showEdgeMenu);
    connect(canvas, &MapCanvas::groupMenuRequested, this, &MapMenus::showGroupMenu);
    connect(canvas, &MapCanvas::bundleMenuRequested, this, &MapMenus::showBundleMenu);
    connect(canvas, &MapCanvas::mapMenuRequested, this, &MapMenus::showMapMenu);
}

QMenu *MapMenus::newMenu()
{
    auto *menu = new QMenu(m_parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

void MapMenus::addNamespaceEntries(QMenu &menu, const std::string &ns)
{
    if (ns.empty())
        return;
    const QString name = actionText(shortened(plainText(ns), mostName));
    menu.addSeparator();
    menu.addAction(tr("Show only %1").arg(name), this, [this, ns] { Q_EMIT namespaceOnlyWanted(ns); });
    menu.addAction(tr("Hide %1").arg(name), this, [this, ns] { Q_EMIT namespaceHiddenWanted(ns); });
}

void MapMenus::addObjectEntries(QMenu &menu, const ObjectRef &object)
{
    const QString name = shortened(words::refText(object), mostName);
    menu.addAction(tr("Inspect %1").arg(actionText(name)), this,
                   [this, subject = Subject::of(object)] { Q_EMIT subjectWanted(subject); });
    menu.addAction(tr("Copy name"), this, [this, text = words::refName(object)] { Q_EMIT copyWanted(text); });
    const std::size_t dot = object.type.find('.');
    const std::string group = dot == std::string_view::npos ? std::string() : object.type.substr(dot + 1);
    const bool isPolicy =
        object.kind == ObjectKind::NetworkPolicy || policy::isPolicyKind(group, object.type.substr(0, dot));
    if (isPolicy) {
        menu.addSeparator();
        menu.addAction(tr("What if…"), this, [this, object] { Q_EMIT whatIfWanted(object); });
        menu.addAction(tr("What if it were deleted…"), this,
                       [this, object] { Q_EMIT removalWanted(object); });
    } else if (object.kind == ObjectKind::Workload || object.kind == ObjectKind::Pod) {
        menu.addSeparator();
        menu.addAction(tr("Least-privilege policy…"), this,
                       [this, object] { Q_EMIT leastPrivilegeWanted(object); });
    }
}

void MapMenus::showSubjectMenu(const Subject &subject, const QPoint &at)
{
    if (!subject.object.isValid())
        return;
    QMenu *menu = newMenu();
    addObjectEntries(*menu, subject.object);
    menu->popup(at);
}

void MapMenus::showNodeMenu(NodeId id, const QPoint &at)
{
    const TopologyFramePtr frame = m_canvas->frame();
    const GraphNode *node = frame ? frame->graph->node(id) : nullptr;
    if (!node)
        return;
    QMenu *menu = newMenu();
    if (node->object.isValid())
        addObjectEntries(*menu, node->object);
    const ObjectRef pod = podOf(*node, *frame->state);
    const bool canBeAsked = node->kind == NodeKind::Service || pod.isValid();
    if (m_live && (canBeAsked || pod.isValid()))
        menu->addSeparator();
    if (m_live && pod.isValid()) {
        menu->addAction(tr("Probe from here to a card…"), this, [this, id] { m_canvas->beginPair(id); });
        menu->addAction(tr("Probe from here…"), this, [this, pod] { Q_EMIT pairWanted(pod, {}); });
    }
    if (m_live && canBeAsked) {
        const ObjectRef to = node->kind == NodeKind::Service ? node->object : pod;
        menu->addAction(tr("Probe it…"), this, [this, to] { Q_EMIT pairWanted({}, to); });
    }
    menu->addSeparator();
    const bool pinned = frame->layout->pinnedNodes.contains(id);
    menu->addAction(pinned ? tr("Unpin") : tr("Pin here"), this,
                    [this, id, pinned] { Q_EMIT nodePinWanted(id, !pinned); });
    addNamespaceEntries(*menu, node->object.ns);
    menu->popup(at);
}

void MapMenus::showEdgeMenu(EdgeId id, const QPoint &at)
{
    const TopologyFramePtr frame = m_canvas->frame();
    const GraphEdge *edge = frame ? frame->graph->edge(id) : nullptr;
    if (!edge)
        return;
    QMenu *menu = newMenu();
    menu->addAction(tr("Inspect this line"), this, [this, id] { Q_EMIT subjectWanted(Subject::of(id)); });
    if (m_live && edge->probe.source.isValid()) {
        const ProbeRequest request = edge->probe;
        const auto probe = [this, request](ProbeRepeat repeat) {
            return [this, request, repeat] { Q_EMIT probeWanted(request, repeat); };
        };
        menu->addSeparator();
        menu->addAction(tr("Probe"), this, probe(ProbeRepeat::Once));
        menu->addAction(tr("Repeat"), this, probe(ProbeRepeat::Every));
        menu->addAction(tr("Burst of %n", nullptr, burstSize), this, probe(ProbeRepeat::Burst));
        menu->addAction(tr("Probe between its ends…"), this,
                        [this, request] { Q_EMIT pairWanted(request.source, request.destination); });
    }
    const bool isAllowed =
        edge->verdict == EdgeVerdict::Allowed || edge->verdict == EdgeVerdict::NotApplicable;
    if (edge->probe.source.isValid() && !isAllowed)
        menu->addAction(tr("Suggest a policy…"), this,
                        [this, request = edge->probe] { Q_EMIT suggestionWanted(request); });
    for (const ProbeResult &probe : frame->state->probes) {
        if (!tellsAbout(*frame->graph, *edge, probe.request) || probe.steps.empty())
            continue;
        const QString command = plainText(probe.steps.front().kubectl);
        if (!command.isEmpty())
            menu->addAction(tr("Copy kubectl command"), this,
                            [this, command] { Q_EMIT copyWanted(command); });
        break;
    }
    menu->popup(at);
}

void MapMenus::showGroupMenu(GroupId id, const QPoint &at)
{
    const TopologyFramePtr frame = m_canvas->frame();
    const GraphGroup *group = frame ? frame->graph->group(id) : nullptr;
    if (!group)
        return;
    QMenu *menu = newMenu();
    if (group->object.isValid())
        menu->addAction(tr("Inspect %1").arg(actionText(shortened(words::refText(group->object), mostName))),
                        this,
                        [this, subject = Subject::of(group->object)] { Q_EMIT subjectWanted(subject); });
    menu->addSeparator();
    const bool pinned = frame->layout->pinnedGroups.contains(id);
    menu->addAction(pinned ? tr("Unpin") : tr("Pin here"), this,
                    [this, id, pinned] { Q_EMIT groupPinWanted(id, !pinned); });
    if (group->object.kind == ObjectKind::Namespace)
        addNamespaceEntries(*menu, group->object.name);
    menu->popup(at);
}

/// The lines under a bundle, what is denied or unknown first; each leads to its line.
void MapMenus::showBundleMenu(BundleId id, const QPoint &at)
{
    const MapItem bundle = m_canvas->itemOf(id);
    if (!bundle)
        return;
    const MapScene &scene = *m_canvas->scene();
    std::vector<MapItem> lines;
    for (const EdgeId edge : m_canvas->edgesOf(bundle))
        lines.push_back(m_canvas->itemOf(edge));
    const auto isCalm = [&scene](MapItem item) {
        const EdgeVerdict verdict = scene.edges[item.index].verdict;
        return verdict != EdgeVerdict::Denied && verdict != EdgeVerdict::Unknown;
    };
    std::stable_partition(lines.begin(), lines.end(), [&](MapItem item) { return !isCalm(item); });
    QMenu *menu = newMenu();
    for (std::size_t i = 0; i < lines.size() && i < mostLines; ++i) {
        const QStringList words = itemLines(scene, lines[i], m_canvas->now());
        const QString text = shortened(words.mid(0, 3).join(QStringLiteral(" · ")), mostLineText);
        menu->addAction(actionText(text), this, [this, edge = scene.edges[lines[i].index].id] {
            Q_EMIT subjectWanted(Subject::of(edge));
        });
    }
    if (lines.size() > mostLines)
        menu->addAction(tr("%n more: zoom in", nullptr, int(lines.size() - mostLines)), this,
                        [this, bundle] { m_canvas->fitItem(bundle); });
    menu->popup(at);
}

void MapMenus::showMapMenu(const QPoint &at)
{
    QMenu *menu = newMenu();
    menu->addAction(tr("Whole map"), m_canvas, &MapCanvas::fit);
    menu->addAction(tr("100 %"), m_canvas, &MapCanvas::resetZoom);
    menu->addSeparator();
    menu->addAction(tr("What if…"), this, [this] { Q_EMIT whatIfWanted({}); });
    if (m_live) {
        menu->addSeparator();
        menu->addAction(tr("Probe a pair…"), this, [this] { Q_EMIT pairWanted({}, {}); });
    }
    menu->popup(at);
}

} // namespace portolan::ui
