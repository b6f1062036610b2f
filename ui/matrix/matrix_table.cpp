#include "ui/matrix/matrix_table.h"

#include "ui/words/text.h"
#include "ui/words/words.h"

namespace portolan::ui {

namespace {

bool haveEqualEnds(const ReachMatrixPtr &a, const ReachMatrixPtr &b)
{
    if (!a || !b || a->ends().size() != b->ends().size())
        return false;
    for (std::size_t i = 0; i < a->ends().size(); ++i) {
        if (a->ends()[i].object != b->ends()[i].object)
            return false;
    }
    return true;
}

} // namespace

void MatrixTable::setMatrix(ReachMatrixPtr matrix)
{
    if (haveEqualEnds(m_matrix, matrix)) {
        m_matrix = std::move(matrix);
        if (!m_sections.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_matrix = std::move(matrix);
    rebuild();
    endResetModel();
}

void MatrixTable::setSortedBySimilarity(bool similar)
{
    beginResetModel();
    m_similar = similar;
    rebuild();
    endResetModel();
}

/// Only with a reset: a row that moved because a policy changed would be lost from sight.
void MatrixTable::rebuild()
{
    m_order.clear();
    if (m_matrix && m_similar)
        m_order = m_matrix->similar();
    for (std::uint32_t i = 0; m_matrix && !m_similar && i < m_matrix->ends().size(); ++i)
        m_order.push_back(i);
    m_sections = sections();
}

std::vector<MatrixTable::Section> MatrixTable::sections() const
{
    std::vector<Section> all;
    if (!m_matrix)
        return all;
    for (std::uint32_t i = 0; i < m_order.size(); ++i) {
        const bool folded = m_folded.contains(endAt(i).ns);
        if (folded && !all.empty() && all.back().folded && endAt(all.back().first).ns == endAt(i).ns)
            all.back().end = i + 1;
        else
            all.push_back({i, i + 1, folded});
    }
    return all;
}

void MatrixTable::toggleFold(int section)
{
    const std::string ns = namespaceOf(section);
    beginResetModel();
    if (!m_folded.erase(ns))
        m_folded.insert(ns);
    m_sections = sections();
    endResetModel();
}

void MatrixTable::setAllFolded(bool folded)
{
    beginResetModel();
    m_folded.clear();
    if (folded && m_matrix) {
        for (const MatrixEnd &end : m_matrix->ends())
            m_folded.insert(end.ns);
    }
    m_sections = sections();
    endResetModel();
}

const MatrixEnd *MatrixTable::end(int section) const
{
    const Section &at = m_sections.at(std::size_t(section));
    return at.folded ? nullptr : &endAt(at.first);
}

const std::string &MatrixTable::namespaceOf(int section) const
{
    return endAt(m_sections.at(std::size_t(section)).first).ns;
}

int MatrixTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_sections.size());
}

CellVerdict MatrixTable::verdictAt(int row, int column) const
{
    const Section &from = m_sections[std::size_t(row)];
    const Section &to = m_sections[std::size_t(column)];
    CellVerdict all = CellVerdict::NoPods;
    for (std::uint32_t i = from.first; i < from.end; ++i) {
        for (std::uint32_t j = to.first; j < to.end && all != CellVerdict::Unknown; ++j)
            all = joined(all, m_matrix->at(m_order[i], m_order[j]));
    }
    return all;
}

QString MatrixTable::nameOf(int section) const
{
    const MatrixEnd *workload = end(section);
    const QString ns = plainText(namespaceOf(section));
    return workload ? ns + u'/' + plainText(workload->object.name) : ns;
}

QVariant MatrixTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CellVerdict verdict = verdictAt(index.row(), index.column());
    switch (role) {
    case VerdictRole:
        return int(verdict);
    case SelfRole:
        return index.row() == index.column();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return tr("%1 → %2: %3")
            .arg(nameOf(index.row()), nameOf(index.column()), words::cellVerdictText(verdict));
    default:
        return {};
    }
}

QVariant MatrixTable::headerData(int section, Qt::Orientation, int role) const
{
    if (section < 0 || section >= rowCount())
        return {};
    const Section &at = m_sections[std::size_t(section)];
    switch (role) {
    case Qt::DisplayRole:
        return at.folded ? tr("%1 (%n workloads)", nullptr, int(at.end - at.first))
                               .arg(plainText(namespaceOf(section)))
                         : nameOf(section);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return nameOf(section);
    case NamespaceRole:
        return at.folded;
    case BeginsRole:
        return section == 0 || namespaceOf(section) != namespaceOf(section - 1);
    default:
        return {};
    }
}

} // namespace portolan::ui
