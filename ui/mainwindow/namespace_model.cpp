#include "ui/mainwindow/namespace_model.h"

#include "model/policy/policy_api.h"
#include "model/policy/policy_kinds.h"
#include "ui/tables/row_changes.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <map>

namespace portolan::ui {

namespace {

/// Namespaces in which some resources could not be read.
class UnreadIn
{
public:
    void add(const ReadGap &gap)
    {
        m_isEverywhere |= gap.ns.empty();
        m_names.insert(gap.ns);
    }
    bool contains(const std::string &ns) const { return m_isEverywhere || m_names.contains(ns); }

private:
    bool m_isEverywhere = false;
    std::set<std::string_view> m_names;
};

} // namespace

std::vector<NamespaceModel::Row> NamespaceModel::rowsOf(const ClusterState &state)
{
    std::map<std::string, Row> rows; // ordered by name
    const auto row = [&rows](const std::string &name) -> Row & {
        Row &found = rows[name];
        found.name = name;
        return found;
    };
    for (const auto &ns : state.namespaces)
        row(ns->meta.name);
    for (const auto &workload : state.workloads) {
        const bool owned =
            !workload->meta.owners.empty() && (workload->kind == "ReplicaSet" || workload->kind == "Job");
        row(workload->meta.ns).workloads += owned ? 0 : 1;
    }
    // Where namespaces cannot be listed, the objects in them tell their names.
    const std::string *last = nullptr;
    for (const auto &pod : state.pods) {
        if (!last || *last != pod->meta.ns)
            row(pod->meta.ns);
        last = &pod->meta.ns;
    }
    for (const auto &policy : state.networkPolicies)
        row(policy->meta.ns);
    UnreadIn workloads, policies;
    for (const ReadGap &gap : state.gaps) {
        if (gap.isAbout(ObjectKind::Workload, {}))
            workloads.add(gap);
        if (!policy::policyGaps(gap).empty())
            policies.add(gap);
    }
    std::vector<Row> result;
    for (auto &[name, content] : rows) {
        content.policies = int(policy::countPolicies(state, name));
        content.areWorkloadsUnread = workloads.contains(name);
        content.arePoliciesUnread = policies.contains(name);
        result.push_back(std::move(content));
    }
    return result;
}

void NamespaceModel::setFrame(const TopologyFramePtr &frame)
{
    const ClusterStatePtr state = frame ? frame->state : nullptr;
    if (state == m_state)
        return;
    m_state = state;
    std::vector<Row> fresh = state ? rowsOf(*state) : std::vector<Row>();
    const RowChanges changes = changesBetween(
        m_rows, fresh, [](const Row &a, const Row &b) { return a.name < b.name; }, std::equal_to<>());
    if (changes.ranges() > 0) {
        beginResetModel();
        m_rows = std::move(fresh);
        endResetModel();
        return;
    }
    m_rows = std::move(fresh);
    for (const RowRange &range : changes.changed)
        Q_EMIT dataChanged(index(range.first), index(range.last));
}

void NamespaceModel::setHidden(std::set<std::string> hidden)
{
    if (hidden == m_hidden)
        return;
    m_hidden = std::move(hidden);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::CheckStateRole});
    Q_EMIT hiddenChanged(m_hidden);
}

std::string NamespaceModel::nameAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[std::size_t(row)].name : std::string();
}

void NamespaceModel::showOnly(int row)
{
    std::set<std::string> hidden;
    for (int other = 0; other < rowCount(); ++other) {
        if (other != row)
            hidden.insert(nameAt(other));
    }
    setHidden(std::move(hidden));
}

void NamespaceModel::showAll()
{
    setHidden({});
}

void NamespaceModel::showOnlyNamed(const std::string &name)
{
    for (int row = 0; row < rowCount(); ++row) {
        if (nameAt(row) == name)
            showOnly(row);
    }
}

void NamespaceModel::hideNamed(const std::string &name)
{
    std::set<std::string> hidden = m_hidden;
    hidden.insert(name);
    setHidden(std::move(hidden));
}

int NamespaceModel::shownCount() const
{
    int shown = 0;
    for (const Row &row : m_rows)
        shown += m_hidden.contains(row.name) ? 0 : 1;
    return shown;
}

int NamespaceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant NamespaceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return plainText(row.name);
    case Qt::ToolTipRole:
        return toolTipText(plainText(row.name));
    case Qt::CheckStateRole:
        return m_hidden.contains(row.name) ? Qt::Unchecked : Qt::Checked;
    case CountRole:
        return tr("%1 wl · %2 pol", "numbers of workloads and policies, abbreviated")
            .arg(words::countText(std::size_t(row.workloads), row.areWorkloadsUnread),
                 words::countText(std::size_t(row.policies), row.arePoliciesUnread));
    case Qt::AccessibleTextRole:
        return tr("%1, %2 workloads, %3 policies")
            .arg(plainText(row.name), words::countText(std::size_t(row.workloads), row.areWorkloadsUnread),
                 words::countText(std::size_t(row.policies), row.arePoliciesUnread));
    default:
        return {};
    }
}

bool NamespaceModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    std::set<std::string> hidden = m_hidden;
    const std::string name = nameAt(index.row());
    if (value.toInt() == Qt::Checked)
        hidden.erase(name);
    else
        hidden.insert(name);
    setHidden(std::move(hidden));
    return true;
}

Qt::ItemFlags NamespaceModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace portolan::ui
