#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/session/topology_frame.h"
#include "ui/canvas/map_scene.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QString>

#include <vector>

namespace portolan::ui {

enum class ExportFormat { Png, Svg, Pdf };
/// By a file's suffix; Png for any other.
ExportFormat formatOf(const QString &file);

struct ExportOptions
{
    /// Cards to draw, with the lines between them and their boxes drawn around them; empty: the whole map.
    std::vector<NodeId> nodes;
    /// Lines to draw with their ends, beside those between `nodes`.
    std::vector<EdgeId> edges;
    SceneChoice choice; ///< lines and cards to leave out; the page says so
    double scale = 2;   ///< pixels of a PNG per scene unit
    bool withLegend = true;
    WallTime now; ///< for the time that the page names (a live cluster's) and for the age of probes
};

/// The map as a page of its own: context and time above it; legend, what is not drawn and, for a recording,
/// that it is one, below. Drawn with MapPainter at full detail, whatever the zoom on the screen.
///
/// Both may run on any thread while a QGuiApplication lives. Between layers they look at `cancel`.
/// Errors: Cancelled; NotFound (nothing to draw); TooLarge (a picture of more than 200 million pixels:
/// `detail` says which size); Io. A file is written whole or not at all.
Result<void> exportMap(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options,
                       const QString &file, ExportFormat format, const CancelToken &cancel = {});
Result<QImage> renderMap(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options,
                         const CancelToken &cancel = {});

} // namespace portolan::ui
