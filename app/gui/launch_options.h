#pragma once

#include "model/base/result.h"
#include "model/graph/topology_graph.h"
#include "ui/canvas/map_scene.h"
#include "ui/mainwindow/session_host.h"
#include "ui/theme/theme_controller.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace portolan::gui {

/// What the command line asks for.
struct LaunchOptions
{
    /// Nothing: the current context, and where there is none, the demo.
    std::optional<ui::OpenRequest> open;
    std::optional<ui::ThemeMode> theme;
    QString language; ///< "en", "ko"; "" as the settings say
    std::optional<GraphView> view;
    bool matrix = false; ///< the matrix, which is not a view of the map
    bool path = false;   ///< the path of what `select` names
    QString select;      ///< "shop/web", "shop/web -> shop/checkout"
    GraphFilter filter;  ///< what of the map is to be seen
    ui::MapLayer layer = ui::MapLayer::All;
    bool tables = false;               ///< the tables instead of the map
    QString whatIf;                    ///< file of policies to begin a what-if with
    QSize size;                        ///< not valid: as it was
    std::optional<ui::MapDetail> zoom; ///< of a screenshot; nothing: the whole map
    QString screenshot; ///< file for a picture of the window; the program ends when it is written
    QString exportFile; ///< file for the map; the program ends when it is written
    /// Help or version: to be printed, and nothing else done.
    QString print;

    bool endsByItself() const { return !screenshot.isEmpty() || !exportFile.isEmpty(); }
};

/// Reads the arguments, of which the first is the program's name. Errors: InvalidInput that names the
/// option. Opens nothing.
Result<LaunchOptions> parseLaunchOptions(const QStringList &arguments);

} // namespace portolan::gui
