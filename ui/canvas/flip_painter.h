#pragma once

#include "model/policy/verdict.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"

#include <vector>

class QPainter;

namespace portolan::ui {

/// A connection whose verdict would not be the same any more. Where an end is not valid, or not drawn, the
/// other one carries the sign.
struct FlipLine
{
    ObjectRef from;
    ObjectRef to;
    policy::Outcome now = policy::Outcome::Allow;
    friend bool operator==(const FlipLine &, const FlipLine &) = default;
};

/// The cards at the ends of the lines.
std::vector<MapItem> flippedCards(const MapScene &scene, const std::vector<FlipLine> &flips);

/// Draws the lines over the map: solid with a plus where a connection opens, dashed with a minus where it is
/// cut off, dotted with a question mark where it is no longer known. No sign hangs on colour alone.
void paintFlips(QPainter &painter, const Theme &theme, const Viewport &viewport, const MapScene &scene,
                const std::vector<FlipLine> &flips);

} // namespace portolan::ui
