#include "model/layout/edge_router.h"
#include "model/layout/fresh_page.h"
#include "model/layout/graphviz/worker_pool.h"
#include "model/layout/layout_engine.h"
#include "model/layout/page_layout.h"
#include "model/layout/stable_layout.h"
#include "model/layout/whole_drawing.h"
#include "model/layout/whole_map.h"

#include <algorithm>
#include <optional>
#include <set>

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
    explicit NamespaceLayout(const LayoutOptions &options)
    {
        if (!options.workerProgram.empty())
            m_pool.emplace(options.workerProgram, options.pieceDeadline, options.maxWorkers);
    }

    Result<LayoutResult> layout(const LayoutRequest &request, const CancelToken &cancel) override
    {
        if (cancel.isCancelled())
            return cancelled();
        const LayoutResult *previous = request.previous.get();
        if (previous && !isContinuation(*request.graph, *previous))
            previous = nullptr;
        const std::vector<Piece> pieces = makePieces(*request.graph, request.fonts);
        const std::set<GroupId> wanted = wantedGroups(*request.graph, previous);
        std::optional<WholeMap> whole;
        std::optional<WholeDrawing> drawing;
        if (!previous && m_pool && isSmallMap(*request.graph)) {
            whole = wholeMapOf(*request.graph, pieces);
            drawing = wholeDrawingOf(*request.graph, pieces, request.fonts);
        }
        std::vector<DotPiece> besides;
        if (whole)
            besides.push_back(whole->question);
        if (drawing)
            besides.push_back(drawing->question);
        auto answered = ask(pieces, wanted, besides, cancel);
        if (!answered)
            return answered.error();
        std::vector<LayoutResult> placed;
        if (whole && answered->besides.front())
            placed =
                placeWhole(*request.graph, pieces, *whole, answered->besides.front()->places, request.aspect);
        std::optional<LayoutResult> drawn;
        if (drawing && answered->besides.back())
            drawn = placeDrawing(request, pieces, *drawing, *answered->besides.back());
        std::vector<GroupId> packed;
        const auto layOut = [&](std::size_t bands) {
            return layOutPieces(pieces, wanted, *answered, bands, packed);
        };
        LayoutResult result = previous
                                  ? layOutStable(*request.graph, pieces, layOut(1), *previous)
                                  : layOutFresh(request, pieces, layOut, placed, std::move(drawn), cancel);
        result.packed = packedGroups(std::move(packed), previous, result);
        if (request.previous) {
            result.pinnedNodes = request.previous->pinnedNodes;
            result.pinnedGroups = request.previous->pinnedGroups;
        }
        if (cancel.isCancelled())
            return cancelled();
        if (previous)
            routeEdges(*request.graph, request.fonts, previous, cancel, result);
        if (cancel.isCancelled())
            return cancelled();
        result.bounds = pageAround(boundsOf(*request.graph, result));
        return result;
    }

private:
    /// The groups whose content has to be laid out: all, or those that the screen does not show yet.
    static std::set<GroupId> wantedGroups(const TopologyGraph &graph, const LayoutResult *previous)
    {
        std::set<GroupId> wanted;
        if (previous) {
            const std::vector<GroupId> fresh = newGroups(graph, *previous);
            wanted.insert(fresh.begin(), fresh.end());
            return wanted;
        }
        for (const GraphGroup &group : graph.groups)
            wanted.insert(group.id);
        wanted.insert(GroupId{});
        return wanted;
    }

    /// What was packed plainly before and still stands is still packed plainly.
    static std::vector<GroupId> packedGroups(std::vector<GroupId> packed, const LayoutResult *previous,
                                             const LayoutResult &result)
    {
        if (!previous)
            return packed;
        for (const GroupId group : previous->packed) {
            const auto before = previous->groups.find(group);
            if (result.groups.contains(group) && before != previous->groups.end() &&
                std::find(packed.begin(), packed.end(), group) == packed.end())
                packed.push_back(group);
        }
        return packed;
    }

    /// What dot was asked about each piece, and what it said: nothing where there was nothing to ask or
    /// no answer.
    struct Answered
    {
        std::vector<DotQuestion> questions;
        std::vector<std::optional<DotDrawing>> answers;
        std::vector<std::optional<DotDrawing>> besides;
    };

    Result<Answered> ask(const std::vector<Piece> &pieces, const std::set<GroupId> &wanted,
                         const std::vector<DotPiece> &besides, const CancelToken &cancel)
    {
        Answered answered;
        std::vector<DotPiece> asked;
        std::vector<std::size_t> pieceOf;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const bool ask = pieces[i].group.isValid() && wanted.contains(pieces[i].group);
            answered.questions.push_back(ask ? questionOf(pieces[i]) : DotQuestion{});
            if (!answered.questions.back().blocks.empty()) {
                asked.push_back(answered.questions.back().piece);
                pieceOf.push_back(i);
            }
        }
        answered.answers.resize(pieces.size());
        asked.insert(asked.end(), besides.begin(), besides.end());
        answered.besides.resize(besides.size());
        if (m_pool && !asked.empty()) {
            auto drawings = m_pool->layout(asked, cancel);
            if (!drawings)
                return drawings.error();
            for (std::size_t i = 0; i < pieceOf.size(); ++i)
                answered.answers[pieceOf[i]] = std::move((*drawings)[i]);
            std::move(drawings->begin() + std::ptrdiff_t(pieceOf.size()), drawings->end(),
                      answered.besides.begin());
        }
        return answered;
    }

    /// Every wanted piece by dot where it has edges and the workers answered, else by the plain packer.
    std::vector<PieceLayout> layOutPieces(const std::vector<Piece> &pieces, const std::set<GroupId> &wanted,
                                          const Answered &answered, std::size_t bands,
                                          std::vector<GroupId> &packed) const
    {
        packed.clear();
        std::vector<PieceLayout> layouts;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (!wanted.contains(pieces[i].group)) {
                layouts.push_back({std::vector<Point>(pieces[i].blocks.size()), {}});
                continue;
            }
            const DotQuestion &question = answered.questions[i];
            if (!question.blocks.empty() && answered.answers[i]) {
                layouts.push_back(snapToGrid(pieces[i], question, answered.answers[i]->places, bands));
                continue;
            }
            layouts.push_back(packPlain(pieces[i]));
            if (!question.blocks.empty() && m_pool)
                packed.push_back(pieces[i].group);
        }
        return layouts;
    }

    std::optional<WorkerPool> m_pool;
};

} // namespace

std::unique_ptr<LayoutEngine> makeNamespaceLayout(const LayoutOptions &options)
{
    return std::make_unique<NamespaceLayout>(options);
}

} // namespace portolan
