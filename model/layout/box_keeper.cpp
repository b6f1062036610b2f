#include "model/layout/box_keeper.h"

#include "model/layout/card_metrics.h"

#include <algorithm>

namespace portolan::layout {

BoxKeeper::BoxKeeper(const Piece &piece, const Rect &box, const std::unordered_map<NodeId, Rect> &before)
    : m_piece(piece),
      m_box(box)
{
    keep(before);
}

Rect BoxKeeper::content() const
{
    return contentOf(m_box);
}

std::vector<Rect> BoxKeeper::taken() const
{
    // In the order of the piece: a hash table's order must not decide where something goes.
    std::vector<Rect> rects;
    for (const Block &block : m_piece.blocks) {
        for (const Block::Member &member : block.members) {
            const auto place = m_places.find(member.node);
            if (place != m_places.end())
                rects.push_back(place->second);
        }
    }
    return rects;
}

void BoxKeeper::keep(const std::unordered_map<NodeId, Rect> &before)
{
    struct Resized
    {
        NodeId node;
        Rect wanted;
    };
    std::vector<Resized> resized;
    const Rect inside = content();
    for (const Block &block : m_piece.blocks) {
        for (const Block::Member &member : block.members) {
            const auto place = before.find(member.node);
            if (place == before.end() || !inside.contains(place->second))
                continue;
            const Rect wanted{place->second.x, place->second.y, member.place.width, member.place.height};
            if (wanted == place->second)
                m_places[member.node] = wanted;
            else
                resized.push_back({member.node, wanted});
        }
    }
    // Those that changed their size stay where nothing is in their way.
    for (const Resized &one : resized) {
        const bool free = std::none_of(m_places.begin(), m_places.end(), [&](const auto &entry) {
            return entry.second.intersects(one.wanted);
        });
        if (free && inside.contains(one.wanted))
            m_places[one.node] = one.wanted;
    }
}

void BoxKeeper::placeNew(const std::function<bool(const Rect &)> &mayGrowTo)
{
    for (const Block &block : m_piece.blocks) {
        const bool allNew =
            std::none_of(block.members.begin(), block.members.end(),
                         [this](const Block::Member &member) { return m_places.contains(member.node); });
        if (allNew) {
            m_hasPlaced = true;
            const Rect where = place(block.size, mayGrowTo);
            for (const Block::Member &member : block.members)
                m_places[member.node] = {where.x + member.place.x, where.y + member.place.y,
                                         member.place.width, member.place.height};
            continue;
        }
        for (const Block::Member &member : block.members) {
            if (m_places.contains(member.node))
                continue;
            m_hasPlaced = true;
            const auto card = m_places.find(block.members.front().node);
            if (card != m_places.end() && placeUnder(card->second, member))
                continue;
            m_places[member.node] = place({member.place.width, member.place.height}, mayGrowTo);
        }
    }
}

/// In one of the rows where a card's pills stand, first or after those that are there.
bool BoxKeeper::placeUnder(const Rect &card, const Block::Member &pill)
{
    const std::vector<Rect> others = taken();
    const FreePlace room(others, content(), card::pillGap);
    const double pitch = card::pillHeight + card::pillGap;
    for (int row = 0; row < 4; ++row) {
        const double y = card.bottom() + card::pillGap + row * pitch;
        std::vector<double> starts{card.x + card::pillIndent};
        for (const Rect &other : others) {
            const double after = other.right() + card::pillGap;
            if (other.y == y && other.x >= card.x && after < card.right())
                starts.push_back(after);
        }
        for (const double x : starts) {
            const Rect where{x, y, pill.place.width, pill.place.height};
            if (room.isFree(where)) {
                m_places[pill.node] = where;
                return true;
            }
        }
    }
    return false;
}

Rect BoxKeeper::place(Size size, const std::function<bool(const Rect &)> &mayGrowTo)
{
    if (const auto free = FreePlace(taken(), content(), cardGap).first(size))
        return *free;
    return grow(size, mayGrowTo);
}

/// Downwards or to the right, whichever makes the smaller box.
Rect BoxKeeper::grow(Size size, const std::function<bool(const Rect &)> &mayGrowTo)
{
    const Rect inside = content();
    const std::vector<Rect> rects = taken();
    double bottom = inside.y;
    double right = inside.x;
    for (const Rect &rect : rects) {
        bottom = std::max(bottom, rect.bottom() + cardGap);
        right = std::max(right, rect.right() + cardGap);
    }
    const Rect under{inside.x, bottom, size.width, size.height};
    const Rect beside{right, inside.y, size.width, size.height};
    const Rect tall = widened(m_box, under);
    const Rect broad = widened(m_box, beside);
    const bool tallFirst = tall.width * tall.height <= broad.width * broad.height;
    const Rect &one = tallFirst ? under : beside;
    const Rect &other = tallFirst ? beside : under;
    for (const Rect *where : {&one, &other}) {
        if (mayGrowTo(widened(m_box, *where))) {
            m_box = widened(m_box, *where);
            return *where;
        }
    }
    m_hasOutgrown = true;
    m_box = widened(m_box, one);
    return one;
}

void BoxKeeper::moveTo(Point corner)
{
    const double dx = corner.x - m_box.x;
    const double dy = corner.y - m_box.y;
    m_box.x = corner.x;
    m_box.y = corner.y;
    for (auto &[node, place] : m_places) {
        place.x += dx;
        place.y += dy;
    }
}

} // namespace portolan::layout
