#include "model/layout/card_metrics.h"
#include "model/layout/edge_router.h"
#include "model/layout/group_packer.h"
#include "model/layout/layout_engine.h"
#include "model/layout/piece.h"

#include <algorithm>

namespace portolan {

namespace {

using namespace layout;

class NamespaceLayout final : public LayoutEngine
{
public:
    explicit NamespaceLayout(LayoutOptions options) : m_options(std::move(options)) {}

    Result<LayoutResult> layout(const LayoutRequest &request, const CancelToken &cancel) override
    {
        LayoutResult result;
        const std::vector<Piece> pieces = makePieces(*request.graph, request.fonts);
        std::vector<PackItem> items;
        std::vector<PieceLayout> layouts;
        for (const Piece &piece : pieces) {
            layouts.push_back(packPlain(piece));
            items.push_back({boxSize(piece, layouts.back()), piece.group.value});
        }
        if (cancel.isCancelled())
            return Error{ErrorCode::Cancelled, "the layout was cancelled", "layout"};
        const std::vector<Point> places = packGroups(items, {}, request.aspect);
        for (std::size_t i = 0; i < pieces.size(); ++i)
            place(pieces[i], layouts[i], places[i], items[i].size, result);
        routeEdges(*request.graph, request.fonts, result);
        setBounds(result);
        return result;
    }

private:
    static Size boxSize(const Piece &piece, const PieceLayout &layout)
    {
        if (!piece.group.isValid())
            return layout.size;
        if (piece.blocks.empty())
            return piece.minSize;
        return {std::max(piece.minSize.width, layout.size.width + 2 * card::groupPadding),
                card::groupHeader + layout.size.height + card::groupPadding};
    }

    static void place(const Piece &piece, const PieceLayout &layout, Point at, Size size,
                      LayoutResult &result)
    {
        Point origin = at;
        if (piece.group.isValid()) {
            result.groups[piece.group] = {at.x, at.y, size.width, size.height};
            origin = {at.x + card::groupPadding, at.y + card::groupHeader};
        }
        for (std::size_t i = 0; i < piece.blocks.size(); ++i) {
            for (const Block::Member &member : piece.blocks[i].members) {
                result.nodes[member.node] = {origin.x + layout.blocks[i].x + member.place.x,
                                             origin.y + layout.blocks[i].y + member.place.y,
                                             member.place.width, member.place.height};
            }
        }
    }

    static void setBounds(LayoutResult &result)
    {
        bool first = true;
        const auto include = [&](const Rect &rect) {
            Rect &all = result.bounds;
            const double right = first ? rect.right() : std::max(all.right(), rect.right());
            const double bottom = first ? rect.bottom() : std::max(all.bottom(), rect.bottom());
            all.x = first ? rect.x : std::min(all.x, rect.x);
            all.y = first ? rect.y : std::min(all.y, rect.y);
            all.width = right - all.x;
            all.height = bottom - all.y;
            first = false;
        };
        for (const auto &[id, rect] : result.groups)
            include(rect);
        for (const auto &[id, rect] : result.nodes)
            include(rect);
    }

    LayoutOptions m_options;
};

} // namespace

std::unique_ptr<LayoutEngine> makeNamespaceLayout(LayoutOptions options)
{
    return std::make_unique<NamespaceLayout>(std::move(options));
}

} // namespace portolan
