#include "ui/mainwindow/export_job.h"

#include "ui/base/background.h"

#include <QClipboard>
#include <QGuiApplication>

namespace portolan::ui {

CancelToken ExportJob::begin()
{
    m_cancel = CancelSource();
    m_running = true;
    Q_EMIT started();
    return m_cancel.token();
}

void ExportJob::toFile(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options,
                       const QString &file)
{
    if (m_running)
        return;
    const auto draw = [frame, theme, options, file, cancel = begin()]() -> std::optional<Error> {
        const auto result = exportMap(frame, theme, options, file, formatOf(file), cancel);
        return result ? std::nullopt : std::optional(result.error());
    };
    runInBackground(this, draw, [this, file](const std::optional<Error> &error) {
        m_running = false;
        Q_EMIT finished(file, error);
    });
}

void ExportJob::toClipboard(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options)
{
    if (m_running)
        return;
    using Drawn = std::shared_ptr<Result<QImage>>;
    const auto draw = [frame, theme, options, cancel = begin()]() -> Drawn {
        return std::make_shared<Result<QImage>>(renderMap(frame, theme, options, cancel));
    };
    runInBackground(this, draw, [this](const Drawn &image) {
        m_running = false;
        if (*image)
            QGuiApplication::clipboard()->setImage(**image);
        Q_EMIT finished({}, *image ? std::nullopt : std::optional(image->error()));
    });
}

void ExportJob::cancel()
{
    m_cancel.cancel();
}

} // namespace portolan::ui
