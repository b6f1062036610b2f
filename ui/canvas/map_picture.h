#pragma once

#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QSize>

#include <chrono>
#include <cstdint>

namespace portolan::ui {

/// What a picture of the map is to show.
struct PictureOrder
{
    std::uint64_t number = 0; ///< of two pictures the one with the higher number is newer
    MapScenePtr scene;
    Theme theme;
    Viewport viewport;
    QSize size; ///< of the view, in device-independent pixels
    double pixelRatio = 1;
    WallTime time; ///< that ages are counted from
};

/// The map as it lies, drawn by MapPainter, without anything that depends on pointer and selection.
struct MapPicture
{
    std::uint64_t number = 0;
    MapScenePtr scene; ///< that it shows
    QImage image;      ///< null: none was drawn yet
    Viewport viewport;
    QSize size;
    MapDetail detail = MapDetail::Full;
    WallTime time;
    MapFolds folds;
    std::chrono::duration<double, std::milli> cost{0}; ///< of the wall
};

/// Any thread while a QGuiApplication lives.
MapPicture drawnPicture(const PictureOrder &order);

} // namespace portolan::ui
