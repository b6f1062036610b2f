#include "model/layout/graphviz/dot_layout.h"

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

Agraph_t *makeGraph(const DotPiece &piece, std::vector<Agnode_t *> &nodes)
{
    Agraph_t *graph = agopen(text("piece"), Agdirected, nullptr);
    agattr(graph, AGRAPH, text("rankdir"), text("LR"));
    agattr(graph, AGRAPH, text("splines"), text("none"));
    agattr(graph, AGRAPH, text("nodesep"), text("0.4"));
    agattr(graph, AGRAPH, text("ranksep"), text("0.8"));
    agattr(graph, AGNODE, text("label"), text(""));
    agattr(graph, AGNODE, text("shape"), text("box"));
    agattr(graph, AGNODE, text("fixedsize"), text("true"));
    agattr(graph, AGNODE, text("width"), text("1"));
    agattr(graph, AGNODE, text("height"), text("1"));
    for (std::size_t i = 0; i < piece.nodes.size(); ++i) {
        Agnode_t *node = agnode(graph, std::to_string(i).data(), 1);
        agset(node, text("width"), std::to_string(piece.nodes[i].width / pointsPerInch).data());
        agset(node, text("height"), std::to_string(piece.nodes[i].height / pointsPerInch).data());
        nodes.push_back(node);
    }
    for (const auto &[from, to] : piece.edges)
        agedge(graph, nodes[from], nodes[to], nullptr, 1);
    return graph;
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

Result<DotPlaces> DotLayout::layout(const DotPiece &piece)
{
    DotPlaces places;
    if (piece.nodes.empty())
        return places;
    std::vector<Agnode_t *> nodes;
    Agraph_t *graph = makeGraph(piece, nodes);
    const bool done = gvLayout(d->context, graph, "dot") == 0;
    for (Agnode_t *node : nodes) {
        if (done)
            places.push_back({ND_coord(node).x, -ND_coord(node).y}); // Graphviz's y goes up
    }
    if (done)
        gvFreeLayout(d->context, graph);
    agclose(graph);
    if (!done)
        return Error{ErrorCode::Unavailable, "dot gave no layout", "graphviz"};
    return places;
}

} // namespace portolan::layout
