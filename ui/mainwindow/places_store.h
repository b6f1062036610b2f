#pragma once

#include "model/base/result.h"
#include "model/layout/layout_engine.h"

#include <QByteArray>
#include <QString>

namespace portolan::ui {

/// Where the cards of each cluster stood, kept from run to run in one small file a context below the
/// user's data directory. Functions for worker threads: they read and write files.
namespace places {

/// The file for a view of a cluster; the same for the same server and context.
QString fileFor(const QString &directory, const QString &contextName, const QString &serverUrl,
                GraphView view = GraphView::Services);
/// Below XDG_DATA_HOME.
QString defaultDirectory();

QByteArray encode(const LayoutResult &layout);
/// Errors: InvalidInput where it is cut, edited or of another version, TooLarge past 64 MiB.
Result<LayoutResult> decode(const QByteArray &bytes);

/// Written whole or not at all.
Result<void> save(const QString &file, const LayoutResult &layout);
/// Null where there is no file, or none that can be read: the map is laid out anew then.
LayoutResultPtr load(const QString &file);

} // namespace places

} // namespace portolan::ui
