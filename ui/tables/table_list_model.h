#pragma once

#include "ui/tables/fact_table.h"

#include <QAbstractListModel>

namespace portolan::ui {

/// The tables on offer with the number of their rows: those that every cluster has, then one for each kind
/// that discovery found. Owns the tables.
class TableListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { CountRole = Qt::UserRole + 1 };

    explicit TableListModel(QObject *parent = nullptr);
    ~TableListModel() override;

    void setFrame(const TopologyFramePtr &frame);
    FactTable *table(int row) const;
    int rowOf(const QString &key) const; ///< -1 where there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void addDiscovered(const TopologyFrame &frame);

    FactTables m_tables;
    std::vector<QString> m_counts;
    std::size_t m_fixed = 0;
};

} // namespace portolan::ui
