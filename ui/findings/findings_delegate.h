#pragma once

#include "ui/tables/count_delegate.h"

namespace portolan::ui {

/// A row of the findings: the sign of its severity, its name, its count.
class FindingsDelegate : public CountDelegate
{
    Q_OBJECT

public:
    explicit FindingsDelegate(QObject *parent);

protected:
    int paintMark(QPainter &painter, const QRect &place, const QModelIndex &index) const override;
};

} // namespace portolan::ui
