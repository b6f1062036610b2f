#pragma once

#include "ui/canvas/map_painter.h"

/// The parts of MapPainter, one function a kind of thing; all in scene coordinates.
namespace portolan::ui {

void paintGroup(QPainter &painter, const Theme &theme, const MapGroup &group, MapDetail detail, double zoom);
void paintNode(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node,
               MapDetail detail, double zoom);
void paintEdgeLine(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                   MapDetail detail);
/// Arrow head and bar, which stand above cards.
void paintEdgeSigns(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge);
/// Label, badge and the badge's age.
void paintEdgeLabel(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                    WallTime now);

/// The outline of a card or pill.
double cornerRadiusOf(const MapNode &node);

} // namespace portolan::ui
