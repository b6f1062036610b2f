#pragma once

#include "model/diagnosis/connection_path.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>

namespace portolan::ui {

/// One hop of a path: what it is, its name, where it is. Broken ones carry a cross and a strong border, those
/// that packets have passed a tick. A button: it leads to the object. GUI thread.
class HopCard : public QAbstractButton
{
    Q_OBJECT

public:
    HopCard(const PathHop &hop, bool isBroken, const Theme &theme, QWidget *parent = nullptr);

    const PathHop &hop() const { return m_hop; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        QString text;
        QFont font;
        QColor color;
    };
    std::vector<Line> lines() const;

    PathHop m_hop;
    bool m_isBroken;
    Theme m_theme;
};

} // namespace portolan::ui
