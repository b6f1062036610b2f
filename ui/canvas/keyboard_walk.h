#pragma once

#include "ui/canvas/map_scene.h"

#include <vector>

namespace portolan::ui {

enum class WalkDirection { Left, Right, Up, Down };

/// Where the keyboard goes next in `order` (MapScene::readingOrder()). Nothing where it ends, and the first
/// or last where `from` is nothing.
MapItem nextInOrder(const std::vector<MapItem> &order, MapItem from, bool forward);

/// Where an arrow key leads: from a card to the nearest card that way, from a line to one of its ends.
/// Nothing where there is nothing that way.
MapItem neighbour(const MapScene &scene, MapItem from, WalkDirection direction);

} // namespace portolan::ui
