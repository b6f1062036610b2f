#include "model/graph/similar_order.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>

namespace portolan {

namespace {

/// Past that many, every one against every other takes too long.
constexpr std::size_t mostCompared = 200;

using Order = std::vector<std::uint32_t>;
/// Cells that differ, of two of those that are ordered.
using Distance = std::function<std::size_t(std::uint32_t, std::uint32_t)>;

/// Each next to the nearest of those that are left, from the first of `all` on.
Order chained(Order all, const Distance &distance, const CancelToken &cancel)
{
    for (std::size_t i = 0; i + 2 < all.size() && !cancel.isCancelled(); ++i) {
        std::size_t nearest = i + 1;
        std::size_t least = distance(all[i], all[nearest]);
        for (std::size_t j = i + 2; j < all.size() && least > 0; ++j) {
            if (const std::size_t own = distance(all[i], all[j]); own < least) {
                nearest = j;
                least = own;
            }
        }
        // Those that are passed over keep their order: equal matrices, equal orders.
        std::rotate(all.begin() + std::ptrdiff_t(i) + 1, all.begin() + std::ptrdiff_t(nearest),
                    all.begin() + std::ptrdiff_t(nearest) + 1);
    }
    return all;
}

class Sorter
{
public:
    Sorter(const ReachMatrix &matrix, const CancelToken &cancel)
        : m_matrix(matrix),
          m_count(std::uint32_t(matrix.ends().size())),
          m_cancel(cancel)
    {
        m_transposed.resize(std::size_t(m_count) * m_count);
        constexpr std::uint32_t tile = 64; // both sides of a tile stay in the cache
        for (std::uint32_t top = 0; top < m_count; top += tile) {
            for (std::uint32_t left = 0; left < m_count; left += tile) {
                for (std::uint32_t i = top; i < std::min(top + tile, m_count); ++i) {
                    for (std::uint32_t k = left; k < std::min(left + tile, m_count); ++k)
                        m_transposed[std::size_t(k) * m_count + i] = matrix.at(i, k);
                }
            }
        }
        m_rows = matrix.cells();
        m_columns = m_transposed;
    }

    Order order() const
    {
        std::vector<Order> spaces;
        for (std::uint32_t i = 0; i < m_count; ++i) {
            if (i == 0 || m_matrix.ends()[i].ns != m_matrix.ends()[i - 1].ns)
                spaces.emplace_back();
            spaces.back().push_back(i);
        }
        for (Order &space : spaces)
            space = ofNamespace(std::move(space));
        Order byNamespace(spaces.size());
        std::iota(byNamespace.begin(), byNamespace.end(), 0);
        const auto between = [&](std::uint32_t a, std::uint32_t b) {
            return difference(spaces[a].front(), spaces[b].front());
        };
        Order all;
        for (const std::uint32_t ns : chained(std::move(byNamespace), between, m_cancel))
            all.insert(all.end(), spaces[ns].begin(), spaces[ns].end());
        return all;
    }

private:
    Order ofNamespace(Order space) const
    {
        const auto most = std::max_element(space.begin(), space.end(), [&](std::uint32_t a, std::uint32_t b) {
            return allowedOf(a) < allowedOf(b);
        });
        std::rotate(space.begin(), most, most + 1);
        if (space.size() <= mostCompared)
            return chained(
                std::move(space), [&](auto a, auto b) { return difference(a, b); }, m_cancel);
        std::stable_sort(space.begin(), space.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return isLess(a, b); });
        return space;
    }

    std::size_t allowedOf(std::uint32_t end) const
    {
        std::size_t count = 0;
        for (std::uint32_t other = 0; other < m_count; ++other)
            count += m_matrix.at(end, other) == CellVerdict::Allowed ? 1 : 0;
        return count;
    }

    /// Of rows and columns; the cells of the two themselves tell nothing of their likeness.
    std::size_t difference(std::uint32_t a, std::uint32_t b) const
    {
        std::size_t count = 0;
        for (const auto &lines : {m_rows, m_columns}) {
            const std::span<const CellVerdict> one = lines.subspan(std::size_t(a) * m_count, m_count);
            const std::span<const CellVerdict> other = lines.subspan(std::size_t(b) * m_count, m_count);
            for (std::size_t i = 0; i < m_count; ++i) // one comparison a byte, many at once
                count += std::size_t(one[i] != other[i]);
            count -= std::size_t(one[a] != other[a]) + std::size_t(a != b && one[b] != other[b]);
        }
        return count;
    }

    bool isLess(std::uint32_t a, std::uint32_t b) const
    {
        for (std::uint32_t other = 0; other < m_count; ++other) {
            if (m_matrix.at(a, other) != m_matrix.at(b, other))
                return m_matrix.at(a, other) < m_matrix.at(b, other);
        }
        return false;
    }

    const ReachMatrix &m_matrix;
    const std::uint32_t m_count;
    const CancelToken &m_cancel;
    std::vector<CellVerdict> m_transposed;
    std::span<const CellVerdict> m_rows, m_columns;
};

} // namespace

std::vector<std::uint32_t> similarOrder(const ReachMatrix &matrix, const CancelToken &cancel)
{
    return Sorter(matrix, cancel).order();
}

} // namespace portolan
