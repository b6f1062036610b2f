#pragma once

#include "tests/fakes/sample_frame.h"
#include "ui/canvas/bezier.h"
#include "ui/canvas/map_canvas.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>
#include <QWidget>

namespace portolan::uitest {

class SampleClock : public Clock
{
public:
    Instant now() const override { return {}; }
    WallTime wallNow() const override { return wall; }
    WallTime wall = fakes::sampleNow();
};

/// A canvas between two line edits, which shows the sample cluster.
class MapCanvasFixture : public QObject
{
    Q_OBJECT

protected:
    QPoint viewPoint(QPointF scene) const { return m_canvas->viewport().toView(scene).toPoint(); }
    QPoint centreOf(NodeId id) const { return m_canvas->viewRectOf(m_canvas->itemOf(id)).center().toPoint(); }
    NodeId node(const std::string &label) const
    {
        for (const GraphNode &n : m_frame->graph->nodes) {
            if (n.label == label && n.kind != NodeKind::Service)
                return n.id;
        }
        qFatal("no node");
    }
    EdgeId edge(const std::string &from, const std::string &to) const
    {
        return edgeIdOf(EdgeKind::PolicyPeer, node(from), node(to));
    }
    QPoint onLine(EdgeId id, double fraction) const
    {
        const ui::MapScene &scene = *m_canvas->scene();
        return viewPoint(ui::spotAt(scene.pathOf(scene.edges[scene.edgeById.at(id)]), fraction).at);
    }
    TopologyFramePtr sample(const fakes::SampleOptions &options = {}) const
    {
        return fakes::sampleFrame(ui::mapFontsFrom(ui::lightTheme()), options);
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_canvas, Qt::LeftButton, modifiers, at);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {},
              Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(m_canvas, button, modifiers, from);
        for (int step = 1; step <= 4; ++step) {
            const QPointF at = QPointF(from) + QPointF(to - from) * step / 4.0;
            QMouseEvent move(QEvent::MouseMove, at, m_canvas->mapToGlobal(at), Qt::NoButton, button,
                             modifiers);
            QApplication::sendEvent(m_canvas, &move);
        }
        QTest::mouseRelease(m_canvas, button, modifiers, to);
    }

    SampleClock m_clock;
    TopologyFramePtr m_frame;
    QWidget *m_window = nullptr;
    QLineEdit *m_before = nullptr, *m_after = nullptr;
    ui::MapCanvas *m_canvas = nullptr;

private Q_SLOTS:
    void init()
    {
        m_window = new QWidget;
        m_before = new QLineEdit;
        m_canvas = new ui::MapCanvas;
        m_after = new QLineEdit;
        auto *column = new QVBoxLayout(m_window);
        for (QWidget *widget : {static_cast<QWidget *>(m_before), static_cast<QWidget *>(m_canvas),
                                static_cast<QWidget *>(m_after)})
            column->addWidget(widget);
        column->setStretch(1, 1);
        m_canvas->setAnimated(false);
        m_canvas->setMovingBudget(std::chrono::hours(1)); // a grabbed picture is that of now
        m_canvas->setClock(m_clock);
        m_window->resize(1300, 860);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window));
        m_frame = sample();
        m_canvas->setFrame(m_frame);
    }

    void cleanup() { delete m_window; }
};

} // namespace portolan::uitest
