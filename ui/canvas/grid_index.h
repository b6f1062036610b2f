#pragma once

#include <QRectF>

#include <cstdint>
#include <vector>

namespace portolan::ui {

/// Finds which of many rectangles lie near a place: a uniform grid over their common bounds, whose cells
/// are flat arrays. Rectangles that would fill many cells are kept aside and looked at one by one, so that
/// building and memory stay linear in the number of rectangles, long lines included. Built once, then
/// read-only and safe from any thread.
class GridIndex
{
public:
    GridIndex() = default;
    /// Index i of a query's answer stands for boxes[i]. Empty rectangles at a place count as points.
    explicit GridIndex(const std::vector<QRectF> &boxes);

    /// Indices of the boxes that touch `area`, ascending, each once.
    std::vector<std::uint32_t> touching(const QRectF &area) const;

private:
    struct CellRange
    {
        int left, right, top, bottom;
    };
    CellRange cellsOf(const QRectF &area) const;
    bool isLarge(const CellRange &range) const;
    std::vector<std::uint32_t> scanned(const QRectF &area) const;

    std::vector<QRectF> m_boxes;
    QRectF m_bounds;
    double m_cell = 1;
    int m_columns = 0, m_rows = 0;
    std::vector<std::uint32_t> m_cellStart; ///< per cell the first place in m_entries; one more at the end
    std::vector<std::uint32_t> m_entries;
    std::vector<std::uint32_t> m_large; ///< boxes that are in no cell
};

} // namespace portolan::ui
