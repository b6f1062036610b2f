#pragma once

#include "model/base/cancel_token.h"
#include "ui/export/map_export.h"

#include <QObject>

namespace portolan::ui {

/// Draws the map into a file or onto the clipboard on a pool thread; one at a time. GUI thread.
class ExportJob : public QObject
{
    Q_OBJECT

public:
    explicit ExportJob(QObject *parent = nullptr) : QObject(parent) {}

    bool isRunning() const { return m_running; }
    void toFile(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options,
                const QString &file);
    void toClipboard(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options);
    void cancel();

Q_SIGNALS:
    void started();
    /// `file` "" for the clipboard.
    void finished(const QString &file, const std::optional<portolan::Error> &error);

private:
    CancelToken begin();

    CancelSource m_cancel;
    bool m_running = false;
};

} // namespace portolan::ui
