#pragma once

#include "model/graph/topology_graph.h"

#include <QRectF>
#include <QSizeF>
#include <QString>

#include <vector>

class QPainter;

namespace portolan::ui {

struct MapScene;
struct Theme;

enum class LegendSample {
    Allowed,
    Denied,
    Mixed,
    UnknownVerdict,
    NotEnforced,
    Observed,
    FlowForwarded,
    FlowDropped,
    ServiceEndpoint,
    IngressService,
    ProbeReached,
    ProbeFailed,
    ProbeUnclear,
    Disagrees,
    PodReady,
    PodNotReady,
    PodFailed,
    PodPending,
    PodDone,
    IsolatedIngress,
    IsolatedEgress,
    IsolatedBoth,
    NoEndpoints,
    PodSet,
    LinkFine,
    LinkWarning,
    LinkProblem,
    LinkUnknown,
    Unreadable,
};

struct LegendEntry
{
    LegendSample sample;
    QString text; ///< translated
};

/// What the signs of a view mean, in the order in which they are listed.
std::vector<LegendEntry> legendEntries(GraphView view);

/// Of these only the signs that a scene has.
std::vector<LegendEntry> legendEntries(const MapScene &scene);

/// Room that a sample wants.
inline constexpr QSizeF legendSampleSize{44, 20};

/// Draws a sample into `place` with the very functions that draw the map.
void drawLegendSample(QPainter &painter, const Theme &theme, LegendSample sample, const QRectF &place);

} // namespace portolan::ui
