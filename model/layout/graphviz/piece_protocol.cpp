#include "model/layout/graphviz/piece_protocol.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace portolan::layout {

namespace {

constexpr std::uint32_t version = 3;
constexpr float largest = 1e7f; // scene units; what is beyond is no place on a map

class Writer
{
public:
    void word(std::uint32_t value)
    {
        for (int shift = 0; shift < 32; shift += 8)
            m_bytes.push_back(char((value >> shift) & 0xff));
    }
    void number(double value) { word(std::bit_cast<std::uint32_t>(float(value))); }

    void points(const std::vector<Point> &points)
    {
        word(std::uint32_t(points.size()));
        for (const Point &point : points) {
            number(point.x);
            number(point.y);
        }
    }

    std::size_t size() const { return m_bytes.size(); }
    std::string message() const
    {
        Writer length;
        length.word(std::uint32_t(m_bytes.size()));
        return length.m_bytes + m_bytes;
    }

private:
    std::string m_bytes;
};

/// Reads words; after the end everything is 0 and ok() is false.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint32_t word()
    {
        if (m_bytes.size() < 4) {
            m_ok = false;
            return 0;
        }
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value |= std::uint32_t(static_cast<unsigned char>(m_bytes[i])) << (8 * i);
        m_bytes.remove_prefix(4);
        return value;
    }

    double number()
    {
        const float value = std::bit_cast<float>(word());
        if (!std::isfinite(value) || std::abs(value) > largest) {
            m_ok = false;
            return 0;
        }
        return value;
    }

    /// A count of things that take `words` words each; 0 and not ok where they cannot be there.
    std::size_t count(std::size_t most, std::size_t words)
    {
        const std::size_t value = word();
        if (value > most || value * words * 4 > m_bytes.size()) {
            m_ok = false;
            return 0;
        }
        return value;
    }

    std::vector<Point> points(std::size_t most)
    {
        std::vector<Point> points(count(most, 2));
        for (Point &point : points) {
            point.x = number();
            point.y = number();
        }
        return points;
    }

    bool ok() const { return m_ok; }
    bool atEnd() const { return m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_ok = true;
};

Error broken(const char *what)
{
    return {ErrorCode::Protocol, what, "layout worker message"};
}

} // namespace

bool answers(const DotDrawing &drawing, const DotPiece &piece)
{
    return drawing.places.size() == piece.nodes.size() &&
           drawing.lines.size() == (piece.wantsLines ? piece.edges.size() : 0);
}

bool isWithinBounds(const DotPiece &piece)
{
    return piece.nodes.size() <= maxPieceNodes && piece.edges.size() <= maxPieceEdges &&
           std::all_of(piece.boxes.begin(), piece.boxes.end(),
                       [&](std::uint32_t box) { return box <= piece.nodes.size(); });
}

std::string encodePiece(std::uint32_t id, const DotPiece &piece)
{
    Writer writer;
    writer.word(version);
    writer.word(id);
    writer.word(piece.wantsLines ? 1 : 0);
    writer.word(std::uint32_t(piece.nodes.size()));
    for (std::size_t i = 0; i < piece.nodes.size(); ++i) {
        writer.number(piece.nodes[i].width);
        writer.number(piece.nodes[i].height);
        writer.word(piece.boxes.empty() ? 0 : piece.boxes[i]);
    }
    writer.word(std::uint32_t(piece.edges.size()));
    for (const auto &[from, to] : piece.edges) {
        writer.word(from);
        writer.word(to);
    }
    return writer.message();
}

std::string encodeDrawing(std::uint32_t id, const DotDrawing &drawing)
{
    Writer writer;
    writer.word(version);
    writer.word(id);
    writer.points(drawing.places);
    writer.word(std::uint32_t(drawing.lines.size()));
    for (const std::vector<Point> &line : drawing.lines)
        writer.points(line);
    const bool isLarge = std::any_of(drawing.lines.begin(), drawing.lines.end(),
                                     [](const auto &line) { return line.size() > maxLinePoints; });
    return isLarge || writer.size() > maxMessageBytes ? encodeDrawing(id, {}) : writer.message();
}

Result<NumberedPiece> decodePiece(std::string_view body)
{
    Reader reader(body);
    if (reader.word() != version)
        return broken("another version");
    NumberedPiece result;
    result.id = reader.word();
    result.piece.wantsLines = reader.word() != 0;
    result.piece.nodes.resize(reader.count(maxPieceNodes, 3));
    for (Size &size : result.piece.nodes) {
        size.width = reader.number();
        size.height = reader.number();
        result.piece.boxes.push_back(reader.word());
        if (size.width <= 0 || size.height <= 0)
            return broken("a node without a size");
        if (result.piece.boxes.back() > result.piece.nodes.size())
            return broken("a box past the last");
    }
    if (std::all_of(result.piece.boxes.begin(), result.piece.boxes.end(), [](auto box) { return box == 0; }))
        result.piece.boxes.clear();
    result.piece.edges.resize(reader.count(maxPieceEdges, 2));
    for (auto &[from, to] : result.piece.edges) {
        from = reader.word();
        to = reader.word();
        if (from >= result.piece.nodes.size() || to >= result.piece.nodes.size())
            return broken("an edge to nowhere");
    }
    if (!reader.ok() || !reader.atEnd())
        return broken("a piece that is cut or too long");
    return result;
}

Result<NumberedDrawing> decodeDrawing(std::string_view body)
{
    Reader reader(body);
    if (reader.word() != version)
        return broken("another version");
    NumberedDrawing result;
    result.id = reader.word();
    result.drawing.places = reader.points(maxPieceNodes);
    result.drawing.lines.resize(reader.count(maxPieceEdges, 1));
    for (auto &line : result.drawing.lines) {
        line = reader.points(maxLinePoints);
        if (line.size() < 4 || line.size() % 3 != 1)
            return broken("a line that is no Bézier curve");
    }
    if (!reader.ok() || !reader.atEnd())
        return broken("a drawing that is cut or too long");
    return result;
}

Result<std::optional<std::string_view>> firstBody(std::string_view bytes)
{
    if (bytes.size() < 4)
        return std::optional<std::string_view>();
    const std::size_t length = Reader(bytes).word();
    if (length > maxMessageBytes)
        return Error{ErrorCode::TooLarge, "a message past its bound", "layout worker message"};
    if (bytes.size() < 4 + length)
        return std::optional<std::string_view>();
    return std::optional(bytes.substr(4, length));
}

} // namespace portolan::layout
