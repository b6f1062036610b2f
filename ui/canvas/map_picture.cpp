#include "ui/canvas/map_picture.h"

#include "ui/canvas/map_painter.h"

#include <QPainter>

namespace portolan::ui {

MapPicture drawnPicture(const PictureOrder &order)
{
    const auto begun = std::chrono::steady_clock::now();
    MapPicture picture;
    picture.number = order.number;
    picture.scene = order.scene;
    picture.viewport = order.viewport;
    picture.size = order.size;
    picture.detail = detailFor(order.viewport.zoom());
    picture.time = order.time;
    picture.image = QImage((QSizeF(order.size) * order.pixelRatio).toSize(), QImage::Format_RGB32);
    picture.image.setDevicePixelRatio(order.pixelRatio);
    picture.image.fill(order.theme.canvas);
    const MapPainter map(*order.scene, order.theme, order.time);
    QPainter painter(&picture.image);
    map.paint(painter, order.viewport, order.size);
    painter.end();
    picture.folds = map.folds();
    picture.cost = std::chrono::steady_clock::now() - begun;
    return picture;
}

} // namespace portolan::ui
