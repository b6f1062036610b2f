#pragma once

#include "model/session/topology_frame.h"
#include "ui/canvas/legend.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

/// What the signs of the map mean, drawn by the functions that draw the map.
class LegendPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LegendPanel(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// The signs that the map has now.
    void setEntries(std::vector<LegendEntry> entries);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    Theme m_theme;
    std::vector<LegendEntry> m_entries;
};

} // namespace portolan::ui
