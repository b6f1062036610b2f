#pragma once

#include "model/layout/free_place.h"
#include "model/layout/piece.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace portolan::layout {

/// One box of an earlier layout and what happens inside of it: what stays keeps its place, what is new
/// takes free room, and the box grows where it may.
class BoxKeeper
{
public:
    static constexpr double boxGap = 12;  ///< that a grown box keeps from its neighbours at least
    static constexpr double cardGap = 14; ///< that a new card keeps from others

    /// `before`: places of an earlier layout, of this box and of others.
    BoxKeeper(const Piece &piece, const Rect &box, const std::unordered_map<NodeId, Rect> &before);

    /// Places what has no place yet. `mayGrowTo` tells whether the box may be that rectangle.
    void placeNew(const std::function<bool(const Rect &)> &mayGrowTo);

    /// True where the box had to grow to a size that it may not have where it stands.
    bool hasOutgrown() const { return m_hasOutgrown; }
    /// True where something had no place before.
    bool hasPlaced() const { return m_hasPlaced; }
    /// Moves the box with everything in it.
    void moveTo(Point corner);

    const Rect &box() const { return m_box; }
    const std::unordered_map<NodeId, Rect> &places() const { return m_places; }

private:
    Rect content() const;
    std::vector<Rect> taken() const;
    void keep(const std::unordered_map<NodeId, Rect> &before);
    bool placeUnder(const Rect &card, const Block::Member &pill);
    Rect place(Size size, const std::function<bool(const Rect &)> &mayGrowTo);
    Rect grow(Size size, const std::function<bool(const Rect &)> &mayGrowTo);

    const Piece &m_piece;
    Rect m_box;
    std::unordered_map<NodeId, Rect> m_places;
    bool m_hasOutgrown = false;
    bool m_hasPlaced = false;
};

} // namespace portolan::layout
