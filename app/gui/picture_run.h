#pragma once

#include "app/gui/launch_options.h"

#include <QObject>
#include <QTimer>

namespace portolan::ui {
class MainWindow;
class MapCanvas;
} // namespace portolan::ui

namespace portolan::gui {

/// Waits for the first complete map in the real window, takes its picture or exports it, and ends the
/// program: 0, or 1 with the reason on stderr.
class PictureRun : public QObject
{
    Q_OBJECT

public:
    PictureRun(ui::MainWindow &window, LaunchOptions options);

private:
    void look();
    void noteProblem();
    void endLate();
    bool isComplete() const;
    void act();
    void frame(ui::MapCanvas &canvas) const;
    void takePicture();
    void end(const QString &problem);

    ui::MainWindow &m_window;
    LaunchOptions m_options;
    QTimer m_deadline;
    int m_rounds = 0;     ///< through the event loop since the map was complete
    bool m_fails = false; ///< the server does not answer, and nothing is shown
    bool m_selected = false;
    bool m_done = false;
    bool m_ended = false;
};

} // namespace portolan::gui
