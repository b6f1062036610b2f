#pragma once

#include "model/graph/topology_graph.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"

#include <QMetaType>

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace portolan::ui {

/// What of a cluster the window shows, and in which form: what Back returns to and what is saved under a
/// name. A value.
struct ShownView
{
    enum class Page : std::uint8_t { Services, Nodes, Matrix, Path };
    Page page = Page::Services;
    std::string filter;           ///< as GraphFilter::parse takes it
    std::set<std::string> hidden; ///< namespaces
    MapLayer layer = MapLayer::All;
    std::optional<Viewport> viewport; ///< of the map; nothing: the whole of it

    /// The map that the page shows, or stands before.
    GraphView graphView() const { return page == Page::Nodes ? GraphView::Nodes : GraphView::Services; }
    friend bool operator==(const ShownView &, const ShownView &) = default;
};

/// The same but for where the map is looked at.
inline bool sameChoice(const ShownView &a, const ShownView &b)
{
    return a.page == b.page && a.filter == b.filter && a.hidden == b.hidden && a.layer == b.layer;
}

} // namespace portolan::ui

Q_DECLARE_METATYPE(portolan::ui::ShownView)
