#include "ui/tables/fact_table.h"

#include "ui/words/text.h"

namespace portolan::ui {

const std::vector<ColumnHead> &FactTable::cachedHeads() const
{
    if (m_heads.empty())
        m_heads = heads();
    return m_heads;
}

int FactTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(cachedHeads().size());
}

QVariant FactTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ColumnHead &head = cachedHeads()[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell(index.row(), index.column());
    case Qt::AccessibleTextRole: {
        const QString shown = cell(index.row(), index.column());
        return head.title + QStringLiteral(": ") + shown;
    }
    case Qt::ToolTipRole:
        return toolTipText(cell(index.row(), index.column()));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (head.number ? Qt::AlignRight : Qt::AlignLeft));
    case ToneRole:
        return int(toneAt(index.row(), index.column()));
    case MonoRole:
        return head.mono;
    default:
        return {};
    }
}

QVariant FactTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ColumnHead &head = cachedHeads()[std::size_t(section)];
    if (role == Qt::DisplayRole)
        return head.title;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (head.number ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

const std::vector<QString> &FactTable::sortTexts(int column) const
{
    std::vector<QString> &texts = m_sortTexts[column];
    if (int(texts.size()) != rowCount()) {
        texts.clear();
        texts.reserve(std::size_t(rowCount()));
        for (int row = 0; row < rowCount(); ++row)
            texts.push_back(cell(row, column).toLower());
    }
    return texts;
}

bool FactTable::less(int a, int b, int column) const
{
    const std::vector<QString> &texts = sortTexts(column);
    return texts[std::size_t(a)] < texts[std::size_t(b)];
}

} // namespace portolan::ui
