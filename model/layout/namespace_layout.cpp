#include "model/layout/edge_router.h"
#include "model/layout/graphviz/worker_pool.h"
#include "model/layout/layout_engine.h"
#include "model/layout/page_layout.h"

#include <optional>

namespace portolan {

namespace {

using namespace layout;

Error cancelled()
{
    return {ErrorCode::Cancelled, "the layout was cancelled", "layout"};
}

class NamespaceLayout final : public LayoutEngine
{
public:
    explicit NamespaceLayout(LayoutOptions options)
    {
        if (!options.workerProgram.empty())
            m_pool.emplace(options.workerProgram, options.pieceDeadline, options.maxWorkers);
    }

    Result<LayoutResult> layout(const LayoutRequest &request, const CancelToken &cancel) override
    {
        if (cancel.isCancelled())
            return cancelled();
        const std::vector<Piece> pieces = makePieces(*request.graph, request.fonts);
        std::vector<GroupId> packed;
        const auto layouts = layOutPieces(pieces, cancel, packed);
        if (!layouts)
            return layouts.error();
        LayoutResult result = layOutPage(*request.graph, pieces, *layouts, request.aspect);
        result.packed = std::move(packed);
        if (cancel.isCancelled())
            return cancelled();
        routeEdges(*request.graph, request.fonts, nullptr, cancel, result);
        if (cancel.isCancelled())
            return cancelled();
        result.bounds = boundsOf(result);
        return result;
    }

private:
    /// Every piece by dot where it has edges and the workers answer, else by the plain packer.
    Result<std::vector<PieceLayout>> layOutPieces(const std::vector<Piece> &pieces, const CancelToken &cancel,
                                                  std::vector<GroupId> &packed)
    {
        std::vector<DotQuestion> questions;
        std::vector<DotPiece> asked;
        std::vector<std::size_t> pieceOf;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            questions.push_back(pieces[i].group.isValid() ? questionOf(pieces[i]) : DotQuestion{});
            if (!questions.back().blocks.empty()) {
                asked.push_back(questions.back().piece);
                pieceOf.push_back(i);
            }
        }
        std::vector<std::optional<DotPlaces>> answers(pieces.size());
        if (m_pool && !asked.empty()) {
            auto places = m_pool->layout(asked, cancel);
            if (!places)
                return places.error();
            for (std::size_t i = 0; i < asked.size(); ++i)
                answers[pieceOf[i]] = std::move((*places)[i]);
        }
        std::vector<PieceLayout> layouts;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const bool plain = questions[i].blocks.empty();
            if (!plain && answers[i]) {
                layouts.push_back(snapToGrid(pieces[i], questions[i], *answers[i]));
                continue;
            }
            layouts.push_back(packPlain(pieces[i]));
            if (!plain && m_pool)
                packed.push_back(pieces[i].group);
        }
        return layouts;
    }

    std::optional<WorkerPool> m_pool;
};

} // namespace

std::unique_ptr<LayoutEngine> makeNamespaceLayout(LayoutOptions options)
{
    return std::make_unique<NamespaceLayout>(std::move(options));
}

} // namespace portolan
