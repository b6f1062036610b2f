#pragma once

#include "model/session/policy_questions.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace portolan::ui {

class HopCard;

/// The hops of a path side by side, joined by lines: thick where packets passed, crossed where the way is
/// broken, dotted behind that, thin where nobody has looked. GUI thread.
class HopStrip : public QWidget
{
    Q_OBJECT

public:
    explicit HopStrip(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setPath(const ConnectionPathPtr &path);

Q_SIGNALS:
    void objectChosen(const portolan::ObjectRef &object);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void paintLine(QPainter &painter, std::size_t from) const;

    ConnectionPathPtr m_path;
    Theme m_theme;
    QHBoxLayout *m_row;
    std::vector<HopCard *> m_cards;
};

} // namespace portolan::ui
