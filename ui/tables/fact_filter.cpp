#include "ui/tables/fact_filter.h"

#include "ui/tables/fact_table.h"

#include <QRegularExpression>

#include <algorithm>

namespace portolan::ui {

FactFilter::FactFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
}

void FactFilter::setWords(const QString &filter)
{
    static const QRegularExpression space(QStringLiteral("\\s+"));
    const QStringList words = filter.split(space, Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

bool FactFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto *table = static_cast<const FactTable *>(sourceModel());
    return table->less(left.row(), right.row(), left.column());
}

bool FactFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (m_words.isEmpty())
        return true;
    const auto *table = static_cast<const FactTable *>(sourceModel());
    QString all;
    for (int column = 0; column < table->columnCount(); ++column)
        all += table->cell(row, column) + u'\n';
    return std::all_of(m_words.begin(), m_words.end(),
                       [&all](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace portolan::ui
