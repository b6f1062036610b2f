#include "ui/export/map_export.h"

#include "model/base/output_file.h"
#include "ui/canvas/map_scene.h"
#include "ui/export/compact_svg.h"
#include "ui/export/export_page.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>

namespace portolan::ui {

namespace {

constexpr double mostPixels = 200e6;
constexpr double mostPdfPoints = 14'000; ///< readers refuse pages of more than 14,400
constexpr double pointsPerUnit = 0.75;   ///< 96 units an inch, as on the screen

Error cancelled(const QString &file)
{
    return {ErrorCode::Cancelled, "export was cancelled", file.toStdString()};
}

Result<MapScenePtr> preparedScene(const TopologyFramePtr &frame, const Theme &theme,
                                  const ExportOptions &options)
{
    if (!frame || !frame->graph || !frame->layout)
        return Error{ErrorCode::NotFound, "there is no map to draw yet", ""};
    MapScenePtr scene = prepareScene(chosenPart(frame, options), theme, mapFontsFrom(theme), options.choice);
    if (scene->nodes.empty() && scene->groups.empty())
        return Error{ErrorCode::NotFound, "there is nothing to draw", ""};
    return scene;
}

Result<QByteArray> asPng(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return Error{ErrorCode::Io, "the picture could not be encoded", ""};
    return bytes;
}

Result<QImage> paintedImage(const ExportPage &page, double scale, const CancelToken &cancel)
{
    const QSizeF pixels = page.size() * scale;
    if (pixels.width() * pixels.height() > mostPixels || std::max(pixels.width(), pixels.height()) > 32'000) {
        return Error{ErrorCode::TooLarge,
                     "the picture would have " + std::to_string(qRound(pixels.width())) + " x " +
                         std::to_string(qRound(pixels.height())) +
                         " pixels; choose a smaller scale, or SVG or PDF",
                     ""};
    }
    QImage image(pixels.toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return Error{ErrorCode::TooLarge, "there is not enough memory for the picture", ""};
    QPainter painter(&image);
    painter.scale(scale, scale);
    if (page.paint(painter, cancel))
        return cancelled({});
    return image;
}

Result<QByteArray> asSvg(const ExportPage &page, const CancelToken &cancel)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(page.size().toSize());
    generator.setViewBox(QRectF(QPointF(), page.size()));
    generator.setTitle(page.title().toHtmlEscaped()); // Qt 6.4 writes a title as it is.
    generator.setDescription(QStringLiteral("Portolan"));
    QPainter painter(&generator);
    const bool stopped = page.paint(painter, cancel);
    painter.end();
    if (stopped)
        return cancelled({});
    return compactSvg(bytes);
}

Result<QByteArray> asPdf(const ExportPage &page, const CancelToken &cancel)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const double longest = std::max(page.size().width(), page.size().height()) * pointsPerUnit;
    const double shrink = std::min(1.0, mostPdfPoints / longest);
    QPdfWriter writer(&buffer);
    writer.setResolution(1200);
    writer.setPageMargins({});
    writer.setPageSize(
        QPageSize(page.size() * pointsPerUnit * shrink, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setTitle(page.title());
    writer.setCreator(QStringLiteral("Portolan"));
    QPainter painter(&writer);
    const double scale = 1200.0 / 96.0 * shrink;
    painter.scale(scale, scale);
    const bool stopped = page.paint(painter, cancel);
    painter.end();
    if (stopped)
        return cancelled({});
    return bytes;
}

Result<QByteArray> encoded(const ExportPage &page, const ExportOptions &options, ExportFormat format,
                           const CancelToken &cancel)
{
    if (format == ExportFormat::Svg)
        return asSvg(page, cancel);
    if (format == ExportFormat::Pdf)
        return asPdf(page, cancel);
    Result<QImage> image = paintedImage(page, options.scale, cancel);
    if (!image)
        return image.error();
    return asPng(*image);
}

Result<void> written(const QByteArray &bytes, const QString &file)
{
    return writeFile(file.toStdString(), std::string_view(bytes.constData(), std::size_t(bytes.size())));
}

} // namespace

ExportFormat formatOf(const QString &file)
{
    if (file.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive))
        return ExportFormat::Svg;
    return file.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive) ? ExportFormat::Pdf : ExportFormat::Png;
}

Result<void> exportMap(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options,
                       const QString &file, ExportFormat format, const CancelToken &cancel)
{
    const Result<MapScenePtr> scene = preparedScene(frame, theme, options);
    if (!scene)
        return scene.error();
    if (cancel.isCancelled())
        return cancelled(file);
    const ExportPage page(**scene, theme, options);
    const Result<QByteArray> bytes = encoded(page, options, format, cancel);
    if (!bytes) {
        Error error = bytes.error();
        error.where = file.toStdString();
        return error;
    }
    return cancel.isCancelled() ? Result<void>(cancelled(file)) : written(*bytes, file);
}

Result<QImage> renderMap(const TopologyFramePtr &frame, const Theme &theme, const ExportOptions &options,
                         const CancelToken &cancel)
{
    const Result<MapScenePtr> scene = preparedScene(frame, theme, options);
    if (!scene)
        return scene.error();
    return paintedImage(ExportPage(**scene, theme, options), options.scale, cancel);
}

} // namespace portolan::ui
