#pragma once

#include "ui/inspector/content.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace portolan::ui {

/// The buttons below a connection: probe, repeat, cancel, copy; and what is to be said where they do not
/// work (a recording) or where more is needed (no tool in the image).
class ControlsWidget : public QWidget
{
    Q_OBJECT

public:
    explicit ControlsWidget(const ProbeControls &controls, QWidget *parent = nullptr);

Q_SIGNALS:
    void probeRequested(const portolan::ProbeRequest &request, portolan::ui::ProbeRepeat repeat);
    void cancelRequested(const portolan::ProbeRequest &request);
    void ephemeralContainerRequested(const portolan::ProbeRequest &request);
    void copyRequested(const QString &text);

private:
    void addActive(QHBoxLayout &row);
    void addIdle(QHBoxLayout &row);
    QPushButton *addRepeat();
    QString progressText() const;

    ProbeControls m_controls;
};

} // namespace portolan::ui
