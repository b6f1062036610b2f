#pragma once

#include "ui/canvas/map_painter.h"

/// The parts of MapPainter, one function a kind of thing; all in scene coordinates.
namespace portolan::ui {

/// The box of a namespace, and its header, which stands above lines.
void paintGroupBox(QPainter &painter, const Theme &theme, const MapGroup &group);
void paintGroupHeader(QPainter &painter, const Theme &theme, const MapGroup &group, MapDetail detail,
                      double zoom);
/// False where there was no room for its name.
bool paintNode(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node,
               MapDetail detail, double zoom);
/// A card in the near view: its pods with names and addresses.
void paintNearCard(QPainter &painter, const Theme &theme, const MapScene &scene, const MapNode &node);
/// How many pods are only a number on it.
std::size_t podsWithoutRow(const MapNode &node, std::size_t pods, double zoom);
void paintEdgeLine(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                   MapDetail detail);
/// A band under the line as wide as the traffic seen on it; broken where some of it was dropped.
void paintTraffic(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge);
/// A line among very many: thin, whole and without smoothing, which is most of a line's cost; faint where it
/// only passes through the view.
void paintCheapLine(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                    bool passesThrough);
/// Arrow head and bar, which stand above cards.
void paintEdgeSigns(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge);
/// Label, badge and the badge's age.
void paintEdgeLabel(QPainter &painter, const Theme &theme, const MapScene &scene, const MapEdge &edge,
                    WallTime now);
/// The badge alone, of the same size at every zoom: for the middle distance.
void paintSmallBadge(QPainter &painter, const Theme &theme, const MapEdge &edge, WallTime now, double zoom);

/// The outline of a card or pill.
double cornerRadiusOf(const MapNode &node);

} // namespace portolan::ui
