#pragma once

#include "ui/inspector/content.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

class RowButton;

/// One step of a probe; a click opens its evidence: the exact command, what it printed, what that cannot
/// tell.
class StepWidget : public QWidget
{
    Q_OBJECT

public:
    StepWidget(const StepRow &step, const Theme &theme, QWidget *parent = nullptr);

    bool isOpen() const { return m_evidence && m_evidence->isVisibleTo(this); }
    void setOpen(bool open);

Q_SIGNALS:
    void copyRequested(const QString &text);
    void openChanged(bool open);

private:
    RowButton *headOf(const StepRow &step, const Theme &theme);
    QWidget *evidenceOf(const StepRow &step);

    QWidget *m_evidence = nullptr;
};

} // namespace portolan::ui
