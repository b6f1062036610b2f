#include "ui/whatif/flips_model.h"

#include "ui/tables/fact_table.h"
#include "ui/whatif/flip_words.h"
#include "ui/words/text.h"

#include <QStringList>

namespace portolan::ui {

void FlipsModel::setAnswer(const policy::WhatIfPtr &answer)
{
    // While a text is typed most answers are like the one before: a selection stays.
    const bool same = answer && m_answer && answer->flips.flips == m_answer->flips.flips;
    if (same) {
        m_answer = answer;
        return;
    }
    beginResetModel();
    m_answer = answer;
    endResetModel();
}

const policy::Flip *FlipsModel::flipAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_answer->flips.flips[std::size_t(row)] : nullptr;
}

int FlipsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_answer ? 0 : int(m_answer->flips.flips.size());
}

int FlipsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FlipsModel::cell(const policy::Flip &flip, int column) const
{
    switch (column) {
    case Change:
        return words::changeText(flip.was, flip.now);
    case From:
        return words::partyText(flip.from);
    case To:
        return words::partyText(flip.to);
    case Ports:
        return words::spansText(flip.ports);
    case DecidedBy:
        return words::decidedText(flip);
    default:
        return {};
    }
}

QVariant FlipsModel::data(const QModelIndex &index, int role) const
{
    const policy::Flip *flip = index.isValid() ? flipAt(index.row()) : nullptr;
    if (!flip)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cell(*flip, index.column());
    case Qt::ToolTipRole:
        return toolTipText(cell(*flip, index.column()));
    case FactTable::ToneRole:
        return int(index.column() == Change ? words::toneOfFlip(flip->now) : Tone::None);
    case FactTable::MonoRole:
        return index.column() == Ports;
    default:
        return {};
    }
}

QVariant FlipsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Change:
        return tr("Change");
    case From:
        return tr("From");
    case To:
        return tr("To");
    case Ports:
        return tr("Ports");
    case DecidedBy:
        return tr("Decided by");
    default:
        return {};
    }
}

namespace {

QString line(const FlipsModel &model, int row, QChar between, QString (*written)(const QString &))
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << written(row < 0 ? model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
                                 : model.index(row, column).data().toString());
    return cells.join(between);
}

QString csvCell(const QString &text)
{
    QString cell = text;
    if (!cell.isEmpty() && QStringLiteral("=+-@").contains(cell.front()))
        cell.prepend(u'\'');
    return u'"' + cell.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString textCell(const QString &text)
{
    return text;
}

} // namespace

QString flipsText(const FlipsModel &model)
{
    QString all;
    for (int row = 0; row < model.rowCount(); ++row)
        all += line(model, row, u'\t', textCell) + u'\n';
    return all;
}

QString flipsCsv(const FlipsModel &model)
{
    QString all;
    for (int row = -1; row < model.rowCount(); ++row)
        all += line(model, row, u',', csvCell) + QStringLiteral("\r\n");
    return all;
}

} // namespace portolan::ui
