#include "model/layout/piece_layout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace portolan::layout {

namespace {

constexpr double wantedAspect = 1.5;
constexpr PieceGaps tightGaps{20, 18};

struct Cell
{
    std::uint32_t block = 0;
    std::size_t column = 0;
    std::size_t row = 0;
};

/// Blocks in columns and rows; a column is as wide as its widest block, a row as high as its highest.
class Grid
{
public:
    Grid(const Piece &piece, std::vector<Cell> cells, PieceGaps gaps)
        : m_cells(std::move(cells)),
          m_gaps(gaps)
    {
        for (const Cell &cell : m_cells) {
            m_widths.resize(std::max(m_widths.size(), cell.column + 1));
            m_heights.resize(std::max(m_heights.size(), cell.row + 1));
            const Size size = piece.blocks[cell.block].size;
            m_widths[cell.column] = std::max(m_widths[cell.column], size.width);
            m_heights[cell.row] = std::max(m_heights[cell.row], size.height);
        }
    }

    Size size() const
    {
        if (m_cells.empty())
            return {};
        return {
            std::accumulate(m_widths.begin(), m_widths.end(), m_gaps.column * double(m_widths.size() - 1)),
            std::accumulate(m_heights.begin(), m_heights.end(), m_gaps.row * double(m_heights.size() - 1))};
    }

    void place(Point origin, PieceLayout &layout) const
    {
        const std::vector<double> lefts = starts(m_widths, m_gaps.column);
        const std::vector<double> tops = starts(m_heights, m_gaps.row);
        for (const Cell &cell : m_cells)
            layout.blocks[cell.block] = {origin.x + lefts[cell.column], origin.y + tops[cell.row]};
    }

private:
    static std::vector<double> starts(const std::vector<double> &extents, double gap)
    {
        std::vector<double> result;
        double at = 0;
        for (const double extent : extents) {
            result.push_back(at);
            at += extent + gap;
        }
        return result;
    }

    std::vector<Cell> m_cells;
    PieceGaps m_gaps;
    std::vector<double> m_widths;
    std::vector<double> m_heights;
};

/// The side of the smallest page of the wanted shape that holds `size`.
double pageOf(Size size)
{
    return std::max(size.width, size.height * wantedAspect);
}

/// Row by row, with the number of columns that gives the best shape.
Grid plainGrid(const Piece &piece, const std::vector<std::uint32_t> &blocks, PieceGaps gaps)
{
    const auto inColumns = [&](std::size_t columns) {
        std::vector<Cell> cells;
        for (std::size_t i = 0; i < blocks.size(); ++i)
            cells.push_back({blocks[i], i % columns, i / columns});
        return Grid(piece, std::move(cells), gaps);
    };
    std::size_t best = 1;
    double bestCost = 0;
    const auto likely = std::size_t(std::sqrt(double(blocks.size())));
    const std::size_t most = std::min<std::size_t>(blocks.size(), 2 * likely + 3);
    for (std::size_t columns = std::max<std::size_t>(1, likely / 3); columns <= most; ++columns) {
        const double cost = pageOf(inColumns(columns).size());
        if (bestCost == 0 || cost < bestCost) {
            best = columns;
            bestCost = cost;
        }
    }
    return inColumns(best);
}

/// Ranks of dot from left to right, each from top to bottom; long ones are folded into several columns,
/// and `places` says that these begin at the same height.
std::vector<std::vector<std::uint32_t>> columnsOf(DotPlaces &places)
{
    std::vector<std::uint32_t> order(places.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(std::round(places[a].x), places[a].y, a) <
               std::tuple(std::round(places[b].x), places[b].y, b);
    });
    const auto longest =
        std::max<std::size_t>(4, std::size_t(std::ceil(1.3 * std::sqrt(double(places.size())))));
    std::vector<std::vector<std::uint32_t>> columns;
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        while (end < order.size() && std::abs(places[order[end]].x - places[order[first]].x) < 2)
            ++end;
        const std::size_t count = end - first;
        const std::size_t folds = (count + longest - 1) / longest;
        for (std::size_t fold = 0; fold < folds; ++fold) {
            columns.emplace_back();
            const std::size_t begin = first + fold * count / folds;
            const double lift = places[order[begin]].y - places[order[first]].y;
            for (std::size_t i = begin; i < first + (fold + 1) * count / folds; ++i) {
                places[order[i]].y -= lift;
                columns.back().push_back(order[i]);
            }
        }
        first = end;
    }
    return columns;
}

/// Rows for blocks in columns: what dot sets at about the same height stands in line.
std::vector<std::size_t> rowsOf(const DotPlaces &places,
                                const std::vector<std::vector<std::uint32_t>> &columns, double rowHeight)
{
    std::vector<std::size_t> columnOf(places.size());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        for (const std::uint32_t i : columns[c])
            columnOf[i] = c;
    }
    double least = places.empty() ? 0 : places.front().y;
    for (const Point &place : places)
        least = std::min(least, place.y);

    std::vector<std::uint32_t> order(places.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tuple(places[a].y, columnOf[a], a) < std::tuple(places[b].y, columnOf[b], b);
    });
    std::vector<std::size_t> rows(places.size());
    std::vector<std::size_t> nextFree(columns.size());
    std::size_t row = 0;
    double base = least;
    for (const std::uint32_t i : order) {
        if (places[i].y - base > rowHeight * 0.55) {
            ++row;
            base = places[i].y;
        }
        const std::size_t column = columnOf[i];
        rows[i] = std::max(row, nextFree[column]);
        nextFree[column] = rows[i] + 1;
        row = std::max(row, rows[i]);
    }
    return rows;
}

/// Rows that nobody uses are closed up.
void closeRows(std::vector<Cell> &cells)
{
    std::set<std::size_t> used;
    for (const Cell &cell : cells)
        used.insert(cell.row);
    for (Cell &cell : cells)
        cell.row = std::size_t(std::distance(used.begin(), used.find(cell.row)));
}

std::vector<Cell> connectedCells(const Piece &piece, const DotQuestion &question, DotPlaces places)
{
    const auto columns = columnsOf(places);
    double heights = 0;
    for (const std::uint32_t block : question.blocks)
        heights += piece.blocks[block].size.height;
    const double average = heights / double(std::max<std::size_t>(1, question.blocks.size()));
    const std::vector<std::size_t> rows = rowsOf(places, columns, average + gapsOf(piece).row);
    std::vector<Cell> cells;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        for (const std::uint32_t i : columns[c])
            cells.push_back({question.blocks[i], c, rows[i]});
    }
    closeRows(cells);
    return cells;
}

/// The same in that many bands, as a long line of text is broken.
std::vector<Cell> inBands(const std::vector<Cell> &cells, std::size_t bands)
{
    std::size_t columns = 0;
    for (const Cell &cell : cells)
        columns = std::max(columns, cell.column + 1);
    const std::size_t perBand = (columns + bands - 1) / bands;
    std::vector<std::size_t> top(bands);
    std::vector<std::set<std::size_t>> rows(bands);
    for (const Cell &cell : cells)
        rows[cell.column / perBand].insert(cell.row);
    for (std::size_t band = 1; band < bands; ++band)
        top[band] = top[band - 1] + rows[band - 1].size();
    std::vector<Cell> broken;
    for (const Cell &cell : cells) {
        const std::size_t band = cell.column / perBand;
        const auto row = std::size_t(std::distance(rows[band].begin(), rows[band].find(cell.row)));
        broken.push_back({cell.block, cell.column % perBand, top[band] + row});
    }
    return broken;
}

std::vector<Cell> bestBands(const Piece &piece, const std::vector<Cell> &cells, std::size_t most)
{
    std::vector<Cell> best = cells;
    for (std::size_t bands = 2; bands <= most; ++bands) {
        std::vector<Cell> broken = inBands(cells, bands);
        if (pageOf(Grid(piece, broken, gapsOf(piece)).size()) <
            pageOf(Grid(piece, best, gapsOf(piece)).size()))
            best = std::move(broken);
    }
    return best;
}

std::vector<std::uint32_t> lonelyBlocks(const Piece &piece, const DotQuestion &question)
{
    std::vector<std::uint32_t> lonely;
    for (std::uint32_t i = 0; i < piece.blocks.size(); ++i) {
        if (!std::binary_search(question.blocks.begin(), question.blocks.end(), i))
            lonely.push_back(i);
    }
    return lonely;
}

/// Free cells of the grid that no line between columns runs over.
std::vector<Cell> quietHoles(const Piece &piece, const std::vector<Cell> &cells)
{
    std::size_t columns = 0;
    std::size_t rows = 0;
    std::map<std::uint32_t, Cell> cellOf;
    std::set<std::pair<std::size_t, std::size_t>> used;
    for (const Cell &cell : cells) {
        columns = std::max(columns, cell.column + 1);
        rows = std::max(rows, cell.row + 1);
        cellOf[cell.block] = cell;
        used.emplace(cell.column, cell.row);
    }
    for (const auto &[from, to] : piece.edges) {
        const Cell a = cellOf[from];
        const Cell b = cellOf[to];
        const auto [left, right] = std::minmax(a.column, b.column);
        const auto [top, bottom] = std::minmax(a.row, b.row);
        for (std::size_t column = left + 1; column < right; ++column) {
            for (std::size_t row = top; row <= bottom; ++row)
                used.emplace(column, row);
        }
    }
    std::vector<Cell> holes;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            if (!used.contains({column, row}))
                holes.push_back({0, column, row});
        }
    }
    return holes;
}

/// Blocks without lines go where the grid has room already; the rest is returned.
std::vector<std::uint32_t> fillHoles(const Piece &piece, std::vector<std::uint32_t> lonely,
                                     std::vector<Cell> &cells)
{
    std::map<std::size_t, double> widths;
    std::map<std::size_t, double> heights;
    for (const Cell &cell : cells) {
        widths[cell.column] = std::max(widths[cell.column], piece.blocks[cell.block].size.width);
        heights[cell.row] = std::max(heights[cell.row], piece.blocks[cell.block].size.height);
    }
    for (Cell hole : quietHoles(piece, cells)) {
        const auto fits = std::find_if(lonely.begin(), lonely.end(), [&](std::uint32_t block) {
            const Size size = piece.blocks[block].size;
            return size.width <= widths[hole.column] + 40 && size.height <= heights[hole.row];
        });
        if (fits == lonely.end())
            continue;
        hole.block = *fits;
        cells.push_back(hole);
        lonely.erase(fits);
    }
    return lonely;
}

} // namespace

PieceLayout packPlain(const Piece &piece)
{
    PieceLayout layout;
    layout.blocks.resize(piece.blocks.size());
    std::vector<std::uint32_t> all(piece.blocks.size());
    std::iota(all.begin(), all.end(), 0u);
    const Grid grid = plainGrid(piece, all, gapsOf(piece));
    layout.size = grid.size();
    grid.place({0, 0}, layout);
    return layout;
}

DotQuestion questionOf(const Piece &piece)
{
    DotQuestion question;
    std::map<std::uint32_t, std::uint32_t> placeOf;
    for (const auto &[from, to] : piece.edges) {
        placeOf[from] = 0;
        placeOf[to] = 0;
    }
    for (auto &[block, place] : placeOf) {
        place = std::uint32_t(question.blocks.size());
        question.blocks.push_back(block);
        question.piece.nodes.push_back(piece.blocks[block].size);
    }
    for (const auto &[from, to] : piece.edges)
        question.piece.edges.emplace_back(placeOf[from], placeOf[to]);
    return question;
}

PieceLayout snapToGrid(const Piece &piece, const DotQuestion &question, const DotPlaces &places,
                       std::size_t bands)
{
    PieceLayout layout;
    layout.blocks.resize(piece.blocks.size());
    std::vector<Cell> cells = bestBands(piece, connectedCells(piece, question, places), bands);
    const std::vector<std::uint32_t> lonely = fillHoles(piece, lonelyBlocks(piece, question), cells);
    const Grid connected(piece, std::move(cells), gapsOf(piece));
    connected.place({0, 0}, layout);
    layout.size = connected.size();
    if (lonely.empty())
        return layout;
    const Grid rest = plainGrid(piece, lonely, tightGaps);
    const Size own = rest.size();
    const double gap = gapsOf(piece).row;
    const Size beneath{std::max(layout.size.width, own.width), layout.size.height + gap + own.height};
    const Size beside{layout.size.width + gap + own.width, std::max(layout.size.height, own.height)};
    const bool below = pageOf(beneath) <= pageOf(beside);
    rest.place(below ? Point{0, layout.size.height + gap} : Point{layout.size.width + gap, 0}, layout);
    layout.size = below ? beneath : beside;
    return layout;
}

} // namespace portolan::layout
