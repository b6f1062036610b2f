#pragma once

#include <cstddef>
#include <vector>

namespace portolan::ui {

/// Rows [first, last], as item models count them.
struct RowRange
{
    int first = 0;
    int last = 0;
    friend bool operator==(const RowRange &, const RowRange &) = default;
};

/// How one sorted list of rows becomes another.
struct RowChanges
{
    std::vector<RowRange> removed;  ///< in the old list, ascending
    std::vector<RowRange> inserted; ///< in the new list, ascending
    std::vector<RowRange> changed;  ///< in the new list: same key, other content

    std::size_t ranges() const { return removed.size() + inserted.size(); }
};

namespace detail {
inline void append(std::vector<RowRange> &ranges, std::size_t row)
{
    if (!ranges.empty() && ranges.back().last + 1 == int(row))
        ranges.back().last = int(row);
    else
        ranges.push_back({int(row), int(row)});
}
} // namespace detail

/// Both lists ascend strictly by `less`; `same` tells whether rows of one key have the same content.
/// O(rows of both).
template<class Rows, class Less, class Same>
RowChanges changesBetween(const Rows &before, const Rows &after, Less less, Same same)
{
    RowChanges changes;
    std::size_t old = 0;
    std::size_t now = 0;
    while (old < before.size() || now < after.size()) {
        const bool gone = now == after.size() || (old < before.size() && less(before[old], after[now]));
        if (gone) {
            detail::append(changes.removed, old++);
        } else if (old == before.size() || less(after[now], before[old])) {
            detail::append(changes.inserted, now++);
        } else {
            if (!same(before[old], after[now]))
                detail::append(changes.changed, now);
            ++old;
            ++now;
        }
    }
    return changes;
}

} // namespace portolan::ui
