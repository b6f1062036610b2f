#pragma once

#include "model/graph/topology_graph.h"
#include "model/layout/geometry.h"
#include "model/layout/text_metrics.h"

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan::layout {

/// A card with the pills of the services that belong under it: what is placed as one.
struct Block
{
    struct Member
    {
        NodeId node;
        Rect place; ///< relative to the block's top left corner
    };
    std::vector<Member> members; ///< the card first
    Size size;
};

/// One box of the map, or (group not valid) what stands outside of every box.
struct Piece
{
    GroupId group;
    Size minSize; ///< of the box, header included
    std::vector<Block> blocks;
    /// Between blocks, by place in `blocks`; each pair once, none to itself.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    std::size_t lines = 0; ///< all that begin or end in it, to other boxes too; without ties of pills
};

/// Where a piece's blocks stand, relative to the top left corner of its content.
struct PieceLayout
{
    std::vector<Point> blocks;
    Size size;
};

/// Gaps between the blocks of a box: wide where lines and their labels have to pass.
struct PieceGaps
{
    double column = 0;
    double row = 0;
};
PieceGaps gapsOf(const Piece &piece);

/// The graph cut into pieces, in the order of its groups; the outside comes last. Folded and empty groups:
/// folded ones are left out, empty ones are boxes without blocks.
std::vector<Piece> makePieces(const TopologyGraph &graph, const MapFonts &fonts);

/// For a drawing of all pieces at once: the box of each, counted from 1 over those that have something in
/// them; 0 for the others and for what stands outside.
std::vector<std::uint32_t> boxNumbers(const std::vector<Piece> &pieces);

/// The block of a card and its pills, as makePieces() makes it.
Block makeBlock(const GraphNode &main, const std::vector<const GraphNode *> &pills, const MapFonts &fonts);

} // namespace portolan::layout
