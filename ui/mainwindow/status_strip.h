#pragma once

#include "model/session/session.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QPushButton;

namespace portolan::ui {

class PlainLabel;
class SignWidget;

/// The line at the bottom: how the reading goes, what was read, what could not be, how large the map is.
class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setStatus(const SessionStatus &status);
    void setFrame(const TopologyFramePtr &frame);
    void setZoom(double zoom);
    /// False where no map is in view that a zoom could be of.
    void setZoomShown(bool shown);
    void clear();

Q_SIGNALS:
    void gapsWanted();

private:
    void updateState();
    void updateCounts();

    Theme m_theme;
    SessionStatus m_status;
    TopologyFramePtr m_frame;
    bool m_open = false;
    SignWidget *m_dot = nullptr;
    PlainLabel *m_state = nullptr;
    PlainLabel *m_counts = nullptr;
    QPushButton *m_gaps = nullptr;
    PlainLabel *m_promise = nullptr;
    PlainLabel *m_zoom = nullptr;
};

/// "12 watches · 38 ms behind", "2 of 12 watches broken"; "" where nothing is watched.
QString watchText(const SessionStatus &status);

} // namespace portolan::ui
