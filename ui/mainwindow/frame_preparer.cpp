#include "ui/mainwindow/frame_preparer.h"

#include "ui/base/background.h"

namespace portolan::ui {

namespace {

/// Cards and lines that are prepared within a millisecond or two.
constexpr std::size_t mostAtOnce = 300;

} // namespace

FramePreparer::FramePreparer(const MapCanvas &canvas, QObject *parent) : QObject(parent), m_canvas(canvas)
{
    m_thread.setMaxThreadCount(1);
}

void FramePreparer::prepare(const TopologyFramePtr &frame)
{
    if (!frame || !frame->graph || frame->graph->nodes.size() + frame->graph->edges.size() <= mostAtOnce) {
        drop();
        Q_EMIT ready(frame, nullptr);
        return;
    }
    m_next = frame;
    if (!m_isPreparing)
        begin();
}

void FramePreparer::drop()
{
    ++m_attempt;
    m_next = nullptr;
    m_isPreparing = false;
}

void FramePreparer::begin()
{
    m_isPreparing = true;
    const SceneOrder order = m_canvas.sceneOrder(std::exchange(m_next, nullptr));
    runInBackground(
        this, [order] { return prepareScene(order.frame, order.theme, order.fonts, order.choice); },
        [this, order, attempt = m_attempt](const MapScenePtr &scene) {
            if (attempt != m_attempt)
                return;
            m_isPreparing = false;
            if (m_next)
                begin();
            Q_EMIT ready(order.frame, m_canvas.isCurrent(order) ? scene : nullptr);
        },
        &m_thread);
}

} // namespace portolan::ui
