#include "model/layout/graphviz/dot_layout.h"

#include "model/layout/graphviz/ordered_ids.h"

#include <graphviz/gvc.h>

#include <algorithm>
#include <array>
#include <string>

#ifdef PORTOLAN_DOT_PLUGIN
extern "C" gvplugin_library_t gvplugin_dot_layout_LTX_library;
#endif

namespace portolan::layout {

namespace {

constexpr double pointsPerInch = 72;
constexpr int boxMargin = 38; // around the content of a box: room for its title

/// Graphviz's API takes char* for text that it only reads.
char *text(const char *literal)
{
    return const_cast<char *>(literal);
}

GVC_t *makeContext()
{
#ifdef PORTOLAN_DOT_PLUGIN
    // dot alone, linked in: reading Graphviz's plugin configuration and loading Pango for text that is
    // never drawn would take three times as long as starting this process.
    static std::array<lt_symlist_t, 2> plugins{
        {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library}, {nullptr, nullptr}}};
    return gvContextPlugins(plugins.data(), 0);
#else
    return gvContext();
#endif
}

/// A graph that is laid out for as long as this exists.
class LaidOut
{
public:
    LaidOut(GVC_t *context, const DotPiece &piece);
    ~LaidOut()
    {
        if (m_done)
            gvFreeLayout(m_context, m_graph);
        agclose(m_graph);
    }
    LaidOut(const LaidOut &) = delete;
    LaidOut &operator=(const LaidOut &) = delete;

    bool isDone() const { return m_done; }
    DotPlaces places() const
    {
        DotPlaces places;
        for (Agnode_t *node : m_nodes)
            places.push_back(turned(ND_coord(node)));
        return places;
    }
    std::vector<std::vector<Point>> lines() const
    {
        std::vector<std::vector<Point>> lines;
        for (Agedge_t *edge : m_edges)
            lines.push_back(lineOf(edge));
        return lines;
    }

private:
    static Point turned(pointf point) { return {point.x, -point.y}; } // Graphviz's y goes up
    static std::vector<Point> lineOf(Agedge_t *edge)
    {
        std::vector<Point> line;
        const splines *drawn = ED_spl(edge);
        for (int i = 0; drawn && i < drawn->size && i < 1; ++i) {
            for (int j = 0; j < int(drawn->list[i].size); ++j)
                line.push_back(turned(drawn->list[i].list[j]));
        }
        return line;
    }

    GVC_t *m_context;
    Agraph_t *m_graph;
    std::vector<Agnode_t *> m_nodes;
    std::vector<Agedge_t *> m_edges;
    bool m_done = false;
};

LaidOut::LaidOut(GVC_t *context, const DotPiece &piece)
    : m_context(context),
      m_graph(agopen(text("piece"), Agdirected, orderedIds()))
{
    Agraph_t *graph = m_graph;
    agattr(graph, AGRAPH, text("rankdir"), text("LR"));
    agattr(graph, AGRAPH, text("splines"), text(piece.wantsLines ? "true" : "none"));
    agattr(graph, AGRAPH, text("nodesep"), text("0.4"));
    agattr(graph, AGRAPH, text("ranksep"), text("0.8"));
    agattr(graph, AGRAPH, text("margin"), std::to_string(boxMargin).data());
    agattr(graph, AGEDGE, text("dir"), text("none")); // to the border: arrows are drawn by others
    agattr(graph, AGNODE, text("label"), text(""));
    agattr(graph, AGNODE, text("shape"), text("box"));
    agattr(graph, AGNODE, text("fixedsize"), text("true"));
    agattr(graph, AGNODE, text("width"), text("1"));
    agattr(graph, AGNODE, text("height"), text("1"));
    for (std::size_t i = 0; i < piece.nodes.size(); ++i) {
        Agnode_t *node = agnode(graph, std::to_string(i).data(), 1);
        agset(node, text("width"), std::to_string(piece.nodes[i].width / pointsPerInch).data());
        agset(node, text("height"), std::to_string(piece.nodes[i].height / pointsPerInch).data());
        m_nodes.push_back(node);
        if (!piece.boxes.empty() && piece.boxes[i] > 0)
            agsubnode(agsubg(graph, ("cluster" + std::to_string(piece.boxes[i])).data(), 1), node, 1);
    }
    for (const auto &[from, to] : piece.edges)
        m_edges.push_back(agedge(graph, m_nodes[from], m_nodes[to], nullptr, 1));
    m_done = gvLayout(context, graph, "dot") == 0;
}

Error noLayout()
{
    return {ErrorCode::Unavailable, "dot gave no layout", "graphviz"};
}

} // namespace

struct DotLayout::Private
{
    GVC_t *context = makeContext();
};

DotLayout::DotLayout() : d(new Private) {}

DotLayout::~DotLayout()
{
    gvFreeContext(d->context);
    delete d;
}

Result<DotDrawing> DotLayout::draw(const DotPiece &piece)
{
    if (piece.nodes.empty())
        return DotDrawing{};
    const LaidOut graph(d->context, piece);
    if (!graph.isDone())
        return noLayout();
    return DotDrawing{graph.places(), piece.wantsLines ? graph.lines() : decltype(DotDrawing::lines){}};
}

} // namespace portolan::layout
