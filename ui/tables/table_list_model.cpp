#include "ui/tables/table_list_model.h"

#include "model/cluster/read_gaps.h"
#include "ui/tables/tables.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QLocale>

#include <map>
#include <set>

namespace portolan::ui {

namespace {
/// A cluster with more kinds than this shows the first ones; every object is still found by the finder.
constexpr std::size_t mostDiscovered = 200;

/// Whether objects of that table could not be read.
bool mayMissRows(const QString &key, const ClusterState &state)
{
    static const std::map<QString, ObjectKind> kinds{
        {QStringLiteral("pods"), ObjectKind::Pod},
        {QStringLiteral("workloads"), ObjectKind::Workload},
        {QStringLiteral("services"), ObjectKind::Service},
        {QStringLiteral("endpoints"), ObjectKind::EndpointSlice},
        {QStringLiteral("ingresses"), ObjectKind::Ingress},
        {QStringLiteral("policies"), ObjectKind::NetworkPolicy},
        {QStringLiteral("nodes"), ObjectKind::Node},
        {QStringLiteral("namespaces"), ObjectKind::Namespace},
        {QStringLiteral("events"), ObjectKind::Event},
    };
    const auto kind = kinds.find(key);
    return kind != kinds.end() && mayBeMore(state, kind->second);
}

} // namespace

TableListModel::TableListModel(QObject *parent) : QAbstractListModel(parent), m_tables(makeTables())
{
    m_fixed = m_tables.size();
    m_counts.resize(m_fixed, QLocale().toString(0));
}

TableListModel::~TableListModel() = default;

void TableListModel::addDiscovered(const TopologyFrame &frame)
{
    std::set<std::string> types;
    for (const auto &object : frame.state->others) {
        if (types.size() < mostDiscovered)
            types.insert(refOf(*object).type);
    }
    for (const std::string &type : types) {
        if (rowOf(QStringLiteral("other-") + plainText(type)) >= 0 ||
            m_tables.size() >= m_fixed + mostDiscovered)
            continue;
        const int row = rowCount();
        beginInsertRows({}, row, row);
        m_tables.push_back(makeOtherTable(type));
        m_counts.push_back(QLocale().toString(0));
        endInsertRows();
    }
}

void TableListModel::setFrame(const TopologyFramePtr &frame)
{
    if (frame && frame->state)
        addDiscovered(*frame);
    for (std::size_t row = 0; row < m_tables.size(); ++row) {
        const int rows = frame ? m_tables[row]->countIn(*frame) : 0;
        const bool isUnread = frame && frame->state && mayMissRows(m_tables[row]->key(), *frame->state);
        const QString count = words::countText(std::size_t(rows), isUnread);
        if (count == m_counts[row])
            continue;
        m_counts[row] = count;
        const QModelIndex changed = index(int(row));
        Q_EMIT dataChanged(changed, changed);
    }
}

FactTable *TableListModel::table(int row) const
{
    return row >= 0 && row < rowCount() ? m_tables[std::size_t(row)].get() : nullptr;
}

int TableListModel::rowOf(const QString &key) const
{
    for (std::size_t row = 0; row < m_tables.size(); ++row) {
        if (m_tables[row]->key() == key)
            return int(row);
    }
    return -1;
}

int TableListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tables.size());
}

QVariant TableListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = std::size_t(index.row());
    const QString &count = m_counts[row];
    if (role == Qt::DisplayRole)
        return m_tables[row]->title();
    if (role == CountRole)
        return count;
    if (role == Qt::AccessibleTextRole)
        return m_tables[row]->title() + QStringLiteral(", ") + count;
    return {};
}

} // namespace portolan::ui
