#pragma once

#include "model/diagnosis/finding.h"
#include "model/graph/topology_graph.h"

#include <QColor>
#include <QFont>
#include <QLineF>
#include <QPen>
#include <QPointF>
#include <QRectF>
#include <QVector>

#include <optional>

class QPainter;

/// The signs of the map, each drawn the same by canvas, legend and export. They differ by shape and not by
/// colour alone. They leave the painter's pen and brush changed, its transform as it was.
namespace portolan::ui {

struct Theme;

/// Ready: a full disc. Not ready: a disc half full. Failed: a disc with a cross. Pending: a ring.
/// Done: a small dot.
void drawPodDot(QPainter &painter, const Theme &theme, PodHealth health, QPointF centre, double diameter);

/// A shield with an arrow down (incoming is isolated), up (outgoing), or both.
void drawShield(QPainter &painter, const Theme &theme, const QRectF &place, bool ingress, bool egress);

enum class BadgeSign { Reached, Failed, Unclear, Disagrees, Running };
BadgeSign badgeSignOf(ProbeOutcome outcome, bool disagrees);
/// `faded`: the result is old. `turn`: 0 to 1, how far a running probe's sign has turned.
void drawBadge(QPainter &painter, const Theme &theme, BadgeSign sign, QPointF centre, double diameter,
               bool faded = false, double turn = 0);

/// Square: a problem. Triangle: a warning. Disc: a note.
void drawFindingMark(QPainter &painter, const Theme &theme, Severity severity, QPointF centre, double size);

/// A drawing pin: what it sticks in stays where it is.
void drawPin(QPainter &painter, const Theme &theme, QPointF centre, double size);

void drawGlobe(QPainter &painter, const QColor &color, QPointF centre, double diameter);

/// An arrow head with its tip at `tip`; hollow heads are filled with `inside`.
void drawArrowHead(QPainter &painter, const QColor &color, QPointF tip, QPointF direction, double length,
                   const QColor &inside);
/// The bar across a denied line.
void drawBar(QPainter &painter, const QColor &color, QPointF at, QPointF direction, double halfLength);

/// Slanted lines that fill `area`: something here could not be read. Lines and no brush pattern, since SVG
/// and PDF have to show them too.
QVector<QLineF> hatching(const QRectF &area, double distance);

enum class ArrowHead { None, Small, Full, Hollow };

/// The font in another size.
QFont sized(const QFont &font, int pixels);

/// How a line looks.
struct EdgeStyle
{
    QColor color;
    double width = 2;
    QVector<qreal> dashes; ///< in multiples of the width; empty: solid
    ArrowHead head = ArrowHead::Full;
    bool bar = false;      ///< crossed by a bar
    bool question = false; ///< carries a '?'
};
EdgeStyle edgeStyleOf(EdgeKind kind, EdgeVerdict verdict, const Theme &theme);
/// The band under a line that traffic was seen on: wider by each tenfold of the rate. What was dropped is
/// broken as well as of another colour.
QPen trafficPen(const Theme &theme, double perMinute, bool dropped);
/// Of a line between two machines. Calm where all is well; dashed, and crossed where it is a problem, by the
/// worst finding about either of them; dotted where it is not known what joins them.
EdgeStyle linkStyleOf(bool isKnown, std::optional<Severity> finding, const Theme &theme);

} // namespace portolan::ui
