#pragma once

#include "model/base/result.h"
#include "model/layout/geometry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What goes over the pipe between the program and its layout workers: one message a piece in, one out.
/// A message is its length (32 bits, little-endian, without itself) and its body of 32-bit words; numbers
/// only, so that no name of a cluster ever reaches Graphviz. Both sides take the other for hostile.
namespace portolan::layout {

/// Rectangles and the lines between them.
struct DotPiece
{
    std::vector<Size> nodes;
    /// For each node the number of the box that it stands in with others, from 1 on, or 0; empty where there
    /// are no boxes. Nothing but its own nodes stands in a box.
    std::vector<std::uint32_t> boxes;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    bool wantsLines = false; ///< takes several times as long
    friend bool operator==(const DotPiece &, const DotPiece &) = default;
};

/// Centres of the rectangles, in the order of DotPiece::nodes.
using DotPlaces = std::vector<Point>;

/// A piece as dot draws it.
struct DotDrawing
{
    DotPlaces places;
    /// Where they were asked for: in the order of DotPiece::edges, 1 + 3·n Bézier points each.
    std::vector<std::vector<Point>> lines;
};
/// Whether the drawing has everything that was asked for.
bool answers(const DotDrawing &drawing, const DotPiece &piece);

/// Bounds of one piece: beyond them dot is too slow to be worth a try (a cliff at about 1,500 vertices).
inline constexpr std::size_t maxPieceNodes = 500;
inline constexpr std::size_t maxPieceEdges = 2'000;
inline constexpr std::size_t maxLinePoints = 1'000;
inline constexpr std::size_t maxMessageBytes = std::size_t{1} << 20;

bool isWithinBounds(const DotPiece &piece);

/// Precondition: isWithinBounds(piece).
std::string encodePiece(std::uint32_t id, const DotPiece &piece);
/// A drawing past the bounds becomes one of nothing.
std::string encodeDrawing(std::uint32_t id, const DotDrawing &drawing);

struct NumberedPiece
{
    std::uint32_t id = 0;
    DotPiece piece;
};
struct NumberedDrawing
{
    std::uint32_t id = 0;
    DotDrawing drawing; ///< finite
};

/// Bodies of messages. Errors: Protocol (cut, out of bounds, not finite, an edge to nowhere).
Result<NumberedPiece> decodePiece(std::string_view body);
Result<NumberedDrawing> decodeDrawing(std::string_view body);

/// The body of the first message in `bytes`, or nothing where it is not whole yet.
/// Errors: TooLarge (a length past maxMessageBytes).
Result<std::optional<std::string_view>> firstBody(std::string_view bytes);
/// Bytes that a message of that body takes.
inline constexpr std::size_t messageBytes(std::string_view body)
{
    return body.size() + 4;
}

} // namespace portolan::layout
