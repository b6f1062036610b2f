#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace portolan::ui {

/// Findings in two levels: one row a rule with the number of its findings, worst first, and below it the
/// findings.
class FindingsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { CountRole = Qt::UserRole + 1, SeverityRole };

    explicit FindingsModel(QObject *parent = nullptr) : QAbstractItemModel(parent) {}

    /// Resets only where the findings differ. `findings` may be null: none.
    void setFindings(const std::shared_ptr<const std::vector<Finding>> &findings);
    bool isEmpty() const { return m_groups.empty(); }

    /// Those of a rule's row, or the one of a finding's row.
    std::vector<const Finding *> findingsAt(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &) const override { return 1; }
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Group
    {
        std::string_view rule;
        Severity severity = Severity::Note;
        std::vector<const Finding *> findings;
    };
    /// Internal id of a rule's row; a finding's is 1 + the row of its rule.
    static constexpr quintptr top = 0;

    std::shared_ptr<const std::vector<Finding>> m_findings;
    std::vector<Group> m_groups;
};

} // namespace portolan::ui
