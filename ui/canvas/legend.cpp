#include "ui/canvas/legend.h"

#include "ui/canvas/glyphs.h"
#include "ui/canvas/map_scene.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <optional>
#include <set>

namespace portolan::ui {

namespace {

struct Legend
{
    Q_DECLARE_TR_FUNCTIONS(Legend)
};

QString textOf(LegendSample sample)
{
    switch (sample) {
    case LegendSample::Allowed:
        return Legend::tr("allowed by policy");
    case LegendSample::Denied:
        return Legend::tr("denied by policy");
    case LegendSample::Mixed:
        return Legend::tr("allowed for some pods");
    case LegendSample::UnknownVerdict:
        return Legend::tr("policy unknown");
    case LegendSample::NotEnforced:
        return Legend::tr("policy, not enforced");
    case LegendSample::Observed:
        return Legend::tr("named by no policy");
    case LegendSample::FlowForwarded:
        return Legend::tr("observed flow (width: rate)");
    case LegendSample::FlowDropped:
        return Legend::tr("observed, dropped");
    case LegendSample::ServiceEndpoint:
        return Legend::tr("service → endpoint");
    case LegendSample::IngressService:
        return Legend::tr("from outside → service");
    case LegendSample::ProbeReached:
        return Legend::tr("probe reached");
    case LegendSample::ProbeFailed:
        return Legend::tr("probe failed");
    case LegendSample::ProbeUnclear:
        return Legend::tr("probe without a clear answer");
    case LegendSample::Disagrees:
        return Legend::tr("policy and probe disagree");
    case LegendSample::PodReady:
        return Legend::tr("pod ready");
    case LegendSample::PodNotReady:
        return Legend::tr("pod not ready");
    case LegendSample::PodFailed:
        return Legend::tr("pod failed");
    case LegendSample::PodPending:
        return Legend::tr("pod pending");
    case LegendSample::PodDone:
        return Legend::tr("pod finished");
    case LegendSample::IsolatedIngress:
        return Legend::tr("isolated, incoming");
    case LegendSample::IsolatedEgress:
        return Legend::tr("isolated, outgoing");
    case LegendSample::IsolatedBoth:
        return Legend::tr("isolated, both directions");
    case LegendSample::NoEndpoints:
        return Legend::tr("service without endpoints");
    case LegendSample::PodSet:
        return Legend::tr("pods chosen by labels");
    case LegendSample::LinkFine:
        return Legend::tr("machines joined");
    case LegendSample::LinkWarning:
        return Legend::tr("joined, one has a warning");
    case LegendSample::LinkProblem:
        return Legend::tr("joined, one has a problem");
    case LegendSample::LinkUnknown:
        return Legend::tr("joined, how is not known");
    case LegendSample::Unreadable:
        return Legend::tr("could not be read");
    }
    return {};
}

void drawLine(QPainter &painter, const Theme &theme, const EdgeStyle &style, bool isFaint,
              const QRectF &place)
{
    const double y = place.center().y();
    const QPointF from(place.left() + 1, y), to(place.right() - 1, y);
    QColor color = style.color;
    if (isFaint)
        color.setAlphaF(0.5F);
    QPen pen(color, style.width, Qt::SolidLine, Qt::FlatCap);
    if (!style.dashes.isEmpty())
        pen.setDashPattern(style.dashes);
    painter.setPen(pen);
    const QPointF end = to - QPointF(style.head == ArrowHead::None ? 0 : 6, 0);
    if (style.question) { // Two halves with room for the sign between them.
        painter.drawLine(from, place.center() - QPointF(9, 0));
        painter.drawLine(place.center() + QPointF(4, 0), end);
    } else {
        painter.drawLine(from, end);
    }
    const bool hollow = style.head == ArrowHead::Hollow;
    if (style.head != ArrowHead::None)
        drawArrowHead(painter, style.color, to, {1, 0}, style.head == ArrowHead::Small ? 6 : 8,
                      hollow ? theme.card : style.color);
    if (style.bar)
        drawBar(painter, style.color, place.center() - QPointF(3, 0), {1, 0}, 6);
    if (style.question) {
        painter.setFont(theme.strong);
        painter.setPen(style.color);
        painter.drawText(QRectF(place.center() - QPointF(11, 8), QSizeF(16, 16)), Qt::AlignCenter,
                         QStringLiteral("?"));
    }
}

void drawPill(QPainter &painter, const Theme &theme, const QRectF &place, bool dashed, bool stacked)
{
    const QRectF pill(place.left() + 6, place.center().y() - 6, place.width() - 12, 12);
    QPen pen(dashed ? theme.denied : theme.service, 1.1);
    if (dashed)
        pen.setDashPattern({3.6, 2.7});
    painter.setPen(pen);
    painter.setBrush(dashed ? theme.group : theme.card);
    if (stacked)
        painter.drawRoundedRect(pill.translated(2.5, -2.5), 6, 6);
    painter.drawRoundedRect(pill, 6, 6);
}

void drawUnreadable(QPainter &painter, const Theme &theme, const QRectF &place)
{
    const QRectF box(place.left() + 6, place.center().y() - 8, place.width() - 12, 16);
    painter.setPen(QPen(theme.line, 1.2));
    painter.setBrush(theme.group);
    painter.drawRoundedRect(box, 4, 4);
    QColor lines = theme.muted;
    lines.setAlpha(120);
    painter.setPen(QPen(lines, 1));
    painter.drawLines(hatching(box.adjusted(2, 2, -2, -2), 6));
}

std::optional<PodHealth> healthOf(LegendSample sample)
{
    switch (sample) {
    case LegendSample::PodReady:
        return PodHealth::Ready;
    case LegendSample::PodNotReady:
        return PodHealth::NotReady;
    case LegendSample::PodFailed:
        return PodHealth::Failed;
    case LegendSample::PodPending:
        return PodHealth::Pending;
    case LegendSample::PodDone:
        return PodHealth::Done;
    default:
        return {};
    }
}

std::optional<BadgeSign> badgeOf(LegendSample sample)
{
    switch (sample) {
    case LegendSample::ProbeReached:
        return BadgeSign::Reached;
    case LegendSample::ProbeFailed:
        return BadgeSign::Failed;
    case LegendSample::ProbeUnclear:
        return BadgeSign::Unclear;
    case LegendSample::Disagrees:
        return BadgeSign::Disagrees;
    default:
        return {};
    }
}

std::optional<std::pair<EdgeKind, EdgeVerdict>> lineOf(LegendSample sample)
{
    using enum EdgeVerdict;
    switch (sample) {
    case LegendSample::Allowed:
        return {{EdgeKind::PolicyPeer, Allowed}};
    case LegendSample::Denied:
        return {{EdgeKind::PolicyPeer, Denied}};
    case LegendSample::Mixed:
        return {{EdgeKind::PolicyPeer, Mixed}};
    case LegendSample::UnknownVerdict:
        return {{EdgeKind::PolicyPeer, Unknown}};
    case LegendSample::NotEnforced:
        return {{EdgeKind::PolicyPeer, NotApplicable}};
    case LegendSample::Observed:
        return {{EdgeKind::Observed, NotApplicable}};
    case LegendSample::ServiceEndpoint:
        return {{EdgeKind::ServiceEndpoint, NotApplicable}};
    case LegendSample::IngressService:
        return {{EdgeKind::IngressService, NotApplicable}};
    default:
        return {};
    }
}

std::optional<EdgeStyle> linkOf(LegendSample sample, const Theme &theme)
{
    switch (sample) {
    case LegendSample::LinkFine:
        return linkStyleOf(true, {}, theme);
    case LegendSample::LinkWarning:
        return linkStyleOf(true, Severity::Warning, theme);
    case LegendSample::LinkProblem:
        return linkStyleOf(true, Severity::Problem, theme);
    case LegendSample::LinkUnknown:
        return linkStyleOf(false, {}, theme);
    default:
        return {};
    }
}

} // namespace

std::vector<LegendEntry> legendEntries(GraphView view)
{
    using enum LegendSample;
    static constexpr LegendSample services[] = {
        Allowed,         Denied,         Mixed,           UnknownVerdict, NotEnforced,  Observed,
        FlowForwarded,   FlowDropped,    ServiceEndpoint, IngressService, ProbeReached, ProbeFailed,
        ProbeUnclear,    Disagrees,      PodReady,        PodNotReady,    PodFailed,    PodPending,
        IsolatedIngress, IsolatedEgress, IsolatedBoth,    NoEndpoints,    PodSet,       Unreadable};
    static constexpr LegendSample machines[] = {LinkFine, LinkWarning, LinkProblem, LinkUnknown,
                                                PodReady, PodNotReady, PodFailed,   PodPending,
                                                PodDone,  Unreadable};
    std::vector<LegendEntry> entries;
    const auto add = [&entries](const auto &samples) {
        for (const LegendSample sample : samples)
            entries.push_back({sample, textOf(sample)});
    };
    if (view == GraphView::Nodes)
        add(machines);
    else
        add(services);
    return entries;
}

namespace {

LegendSample sampleOfLink(const MapEdge &link)
{
    if (link.finding == Severity::Problem)
        return LegendSample::LinkProblem;
    if (link.finding == Severity::Warning)
        return LegendSample::LinkWarning;
    return link.join == NodeJoin::Unknown ? LegendSample::LinkUnknown : LegendSample::LinkFine;
}

void addLineSample(std::set<LegendSample> &samples, const MapEdge &edge)
{
    using enum EdgeVerdict;
    if (edge.kind == EdgeKind::MachineLink) {
        samples.insert(sampleOfLink(edge));
        return;
    }
    switch (edge.verdict) {
    case Allowed:
        samples.insert(LegendSample::Allowed);
        return;
    case Denied:
        samples.insert(LegendSample::Denied);
        return;
    case Mixed:
        samples.insert(LegendSample::Mixed);
        return;
    case Unknown:
        samples.insert(LegendSample::UnknownVerdict);
        return;
    case NotApplicable:
        break;
    }
    samples.insert(edge.kind == EdgeKind::ServiceEndpoint  ? LegendSample::ServiceEndpoint
                   : edge.kind == EdgeKind::IngressService ? LegendSample::IngressService
                   : edge.kind == EdgeKind::Observed       ? LegendSample::Observed
                                                           : LegendSample::UnknownVerdict);
}

LegendSample sampleOf(const MapBadge &badge)
{
    switch (badgeSignOf(badge.outcome, badge.disagrees)) {
    case BadgeSign::Reached:
        return LegendSample::ProbeReached;
    case BadgeSign::Failed:
        return LegendSample::ProbeFailed;
    case BadgeSign::Disagrees:
        return LegendSample::Disagrees;
    default:
        return LegendSample::ProbeUnclear;
    }
}

LegendSample sampleOf(PodHealth health)
{
    switch (health) {
    case PodHealth::Ready:
        return LegendSample::PodReady;
    case PodHealth::NotReady:
        return LegendSample::PodNotReady;
    case PodHealth::Failed:
        return LegendSample::PodFailed;
    case PodHealth::Pending:
        return LegendSample::PodPending;
    case PodHealth::Done:
        break;
    }
    return LegendSample::PodDone;
}

void addCardSamples(std::set<LegendSample> &samples, const MapNode &node)
{
    if (node.ingressIsolated || node.egressIsolated)
        samples.insert(!node.egressIsolated    ? LegendSample::IsolatedIngress
                       : !node.ingressIsolated ? LegendSample::IsolatedEgress
                                               : LegendSample::IsolatedBoth);
    if (node.withoutEndpoints)
        samples.insert(LegendSample::NoEndpoints);
    if (node.kind == NodeKind::PodSet)
        samples.insert(LegendSample::PodSet);
}

} // namespace

std::vector<LegendEntry> legendEntries(const MapScene &scene)
{
    if (!scene.frame)
        return {};
    std::set<LegendSample> samples;
    for (const MapEdge &edge : scene.edges) {
        addLineSample(samples, edge);
        if (edge.badge)
            samples.insert(sampleOf(*edge.badge));
        if (edge.traffic && edge.traffic->counts.forwarded > 0)
            samples.insert(LegendSample::FlowForwarded);
        if (edge.traffic && edge.traffic->counts.dropped > 0)
            samples.insert(LegendSample::FlowDropped);
    }
    for (const PodHealth health : scene.dots)
        samples.insert(sampleOf(health));
    for (const MapNode &node : scene.nodes)
        addCardSamples(samples, node);
    for (const MapGroup &group : scene.groups) {
        if (group.unread)
            samples.insert(LegendSample::Unreadable);
    }
    std::vector<LegendEntry> entries = legendEntries(scene.frame->graph->view);
    std::erase_if(entries, [&samples](const LegendEntry &entry) { return !samples.contains(entry.sample); });
    return entries;
}

void drawLegendSample(QPainter &painter, const Theme &theme, LegendSample sample, const QRectF &place)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre = place.center();
    if (const auto line = lineOf(sample)) {
        drawLine(painter, theme, edgeStyleOf(line->first, line->second, theme),
                 line->first == EdgeKind::Observed, place);
    } else if (const auto link = linkOf(sample, theme)) {
        drawLine(painter, theme, *link, false, place);
    } else if (sample == LegendSample::FlowForwarded || sample == LegendSample::FlowDropped) {
        painter.setPen(trafficPen(theme, 1, sample == LegendSample::FlowDropped));
        painter.drawLine(QPointF(place.left() + 1, centre.y()), QPointF(place.right() - 1, centre.y()));
    } else if (const auto health = healthOf(sample)) {
        drawPodDot(painter, theme, *health, centre, 10);
    } else if (const auto badge = badgeOf(sample)) {
        drawBadge(painter, theme, *badge, centre, 16);
    } else if (sample == LegendSample::NoEndpoints || sample == LegendSample::PodSet) {
        drawPill(painter, theme, place, sample == LegendSample::NoEndpoints, sample == LegendSample::PodSet);
    } else if (sample == LegendSample::Unreadable) {
        drawUnreadable(painter, theme, place);
    } else {
        drawShield(painter, theme, QRectF(centre - QPointF(8, 9), QSizeF(16, 18)),
                   sample != LegendSample::IsolatedEgress, sample != LegendSample::IsolatedIngress);
    }
    painter.restore();
}

} // namespace portolan::ui
