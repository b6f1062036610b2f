#pragma once

#include "model/cluster/cluster_state.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

/// The band over map, tables and matrix that says that this is a recording; hidden for a live cluster.
class RecordingBand : public QWidget
{
    Q_OBJECT

public:
    explicit RecordingBand(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Null: nothing is open.
    void setState(const ClusterState *state);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme;
    QString m_text;
};

} // namespace portolan::ui
