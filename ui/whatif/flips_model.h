#pragma once

#include "model/policy/what_if.h"

#include <QAbstractTableModel>
#include <QString>

namespace portolan::ui {

/// The flips of a what-if as rows. GUI thread.
class FlipsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Change, From, To, Ports, DecidedBy, ColumnCount };

    explicit FlipsModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// Null: no rows.
    void setAnswer(const policy::WhatIfPtr &answer);
    const policy::WhatIfPtr &answer() const { return m_answer; }
    const policy::Flip *flipAt(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(const policy::Flip &flip, int column) const;

    policy::WhatIfPtr m_answer;
};

/// The list as lines of tab-separated text, for the clipboard.
QString flipsText(const FlipsModel &model);
/// The list as CSV (RFC 4180) with a header line. A cell that a spreadsheet would take for a formula begins
/// with an apostrophe.
QString flipsCsv(const FlipsModel &model);

} // namespace portolan::ui
