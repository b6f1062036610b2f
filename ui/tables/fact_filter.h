#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace portolan::ui {

/// Sorts by the table's own order and keeps the rows in which every word of the filter occurs in some cell
/// (case does not count).
class FactFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit FactFilter(QObject *parent = nullptr);

    void setWords(const QString &filter);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

} // namespace portolan::ui
