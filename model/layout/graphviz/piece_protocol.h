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
    friend bool operator==(const DotPiece &, const DotPiece &) = default;
};

/// Centres of the rectangles, in the order of DotPiece::nodes.
using DotPlaces = std::vector<Point>;

/// Bounds of one piece: beyond them dot is too slow to be worth a try (a cliff at about 1,500 vertices).
inline constexpr std::size_t maxPieceNodes = 500;
inline constexpr std::size_t maxPieceEdges = 2'000;
inline constexpr std::size_t maxMessageBytes = 65'536;

bool isWithinBounds(const DotPiece &piece);

/// Precondition: isWithinBounds(piece).
std::string encodePiece(std::uint32_t id, const DotPiece &piece);
std::string encodePlaces(std::uint32_t id, const DotPlaces &places);

struct NumberedPiece
{
    std::uint32_t id = 0;
    DotPiece piece;
};
struct NumberedPlaces
{
    std::uint32_t id = 0;
    DotPlaces places; ///< finite
};

/// Bodies of messages. Errors: Protocol (cut, out of bounds, not finite, an edge to nowhere).
Result<NumberedPiece> decodePiece(std::string_view body);
Result<NumberedPlaces> decodePlaces(std::string_view body);

/// The body of the first message in `bytes`, or nothing where it is not whole yet.
/// Errors: TooLarge (a length past maxMessageBytes).
Result<std::optional<std::string_view>> firstBody(std::string_view bytes);
/// Bytes that a message of that body takes.
inline constexpr std::size_t messageBytes(std::string_view body)
{
    return body.size() + 4;
}

} // namespace portolan::layout
