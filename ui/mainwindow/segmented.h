#pragma once

#include <QWidget>

class QButtonGroup;

namespace portolan::ui {

/// A row of joined buttons of which one is down.
class Segmented : public QWidget
{
    Q_OBJECT

public:
    Segmented(const QString &name, const QStringList &choices, QWidget *parent = nullptr);

    int current() const;
    /// Does not emit chosen().
    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index);

private:
    QButtonGroup *m_group = nullptr;
};

} // namespace portolan::ui
