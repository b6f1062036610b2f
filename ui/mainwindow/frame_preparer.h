#pragma once

#include "ui/canvas/map_canvas.h"

#include <QObject>
#include <QThreadPool>

namespace portolan::ui {

/// Makes large frames ready to be drawn before the window takes them, on a thread of its own, so that taking
/// them is short. Of frames that come meanwhile only the newest is prepared. GUI thread; the canvas must
/// outlive it.
class FramePreparer : public QObject
{
    Q_OBJECT

public:
    explicit FramePreparer(const MapCanvas &canvas, QObject *parent = nullptr);

    void prepare(const TopologyFramePtr &frame);
    /// Another cluster: nothing that is being prepared is wanted any more.
    void drop();

Q_SIGNALS:
    /// At once, and with no scene, where preparing takes no time worth the way.
    void ready(const portolan::TopologyFramePtr &frame, const portolan::ui::MapScenePtr &scene);

private:
    void begin();

    const MapCanvas &m_canvas;
    TopologyFramePtr m_next;
    bool m_isPreparing = false;
    std::uint64_t m_attempt = 0;
    QThreadPool m_thread; ///< one; nothing is prepared any more once this is gone
};

} // namespace portolan::ui
