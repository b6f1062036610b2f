#pragma once

#include "ui/inspector/content.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

class RowButton;

/// One thing that decided; a click opens the lines where it stands, with a way to the whole object.
class RuleWidget : public QWidget
{
    Q_OBJECT

public:
    RuleWidget(const RuleRow &rule, const Theme &theme, QWidget *parent = nullptr);

    bool isOpen() const { return m_body->isVisibleTo(this); }
    void setOpen(bool open);

Q_SIGNALS:
    void openChanged(bool open);
    void subjectRequested(const portolan::ui::Subject &subject);

private:
    RowButton *headOf(const RuleRow &rule, const Theme &theme);
    QWidget *bodyOf(const RuleRow &rule, const Theme &theme);

    RowButton *m_head = nullptr;
    QWidget *m_body = nullptr;
};

} // namespace portolan::ui
