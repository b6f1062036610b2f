#include "ui/findings/findings_model.h"

#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QLocale>

#include <algorithm>

namespace portolan::ui {

void FindingsModel::setFindings(const std::shared_ptr<const std::vector<Finding>> &findings)
{
    if (m_findings == findings)
        return;
    const bool same = m_findings && findings && *m_findings == *findings;
    const auto regroup = [&] {
        m_findings = findings;
        m_groups.clear();
        static const std::vector<Finding> none;
        for (const Finding &finding : findings ? *findings : none) {
            auto at = std::find_if(m_groups.begin(), m_groups.end(),
                                   [&](const Group &group) { return group.rule == finding.rule; });
            if (at == m_groups.end())
                at = m_groups.insert(m_groups.end(), {finding.rule, finding.severity, {}});
            at->severity = std::min(at->severity, finding.severity);
            at->findings.push_back(&finding);
        }
        std::stable_sort(m_groups.begin(), m_groups.end(),
                         [](const Group &a, const Group &b) { return a.severity < b.severity; });
    };
    if (same) { // other addresses, same rows
        regroup();
        return;
    }
    beginResetModel();
    regroup();
    endResetModel();
}

std::vector<const Finding *> FindingsModel::findingsAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == top)
        return m_groups[std::size_t(index.row())].findings;
    return {m_groups[index.internalId() - 1].findings[std::size_t(index.row())]};
}

QModelIndex FindingsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : top);
}

QModelIndex FindingsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == top)
        return {};
    return createIndex(int(index.internalId() - 1), 0, top);
}

int FindingsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    if (parent.internalId() != top || parent.column() != 0)
        return 0;
    return int(m_groups[std::size_t(parent.row())].findings.size());
}

QVariant FindingsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isRule = index.internalId() == top;
    const Group &group = m_groups[isRule ? std::size_t(index.row()) : index.internalId() - 1];
    const Finding *finding = isRule ? nullptr : group.findings[std::size_t(index.row())];
    const QString name = finding ? words::refName(finding->object) : words::findingTitle(group.rule);
    const QString count = isRule ? QLocale().toString(qulonglong(group.findings.size())) : QString();
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case CountRole:
        return count;
    case SeverityRole:
        return isRule ? QVariant(int(group.severity)) : QVariant();
    case Qt::ToolTipRole:
        return toolTipText(finding ? words::findingText(*finding) : name);
    case Qt::AccessibleTextRole:
        return isRule ? words::severityText(group.severity) + QStringLiteral(": ") + name +
                            QStringLiteral(", ") + count
                      : words::findingText(*finding);
    default:
        return {};
    }
}

} // namespace portolan::ui
