#pragma once

#include "model/session/topology_frame.h"

#include <QAbstractListModel>

#include <set>
#include <string>
#include <vector>

namespace portolan::ui {

/// The namespaces of the cluster with a check box each: unchecked ones are not drawn.
class NamespaceModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { CountRole = Qt::UserRole + 1 };

    explicit NamespaceModel(QObject *parent = nullptr) : QAbstractListModel(parent) {}

    void setFrame(const TopologyFramePtr &frame);
    const std::set<std::string> &hidden() const { return m_hidden; }
    void setHidden(std::set<std::string> hidden);
    std::string nameAt(int row) const;
    void showOnly(int row);
    void showAll();
    void showOnlyNamed(const std::string &name);
    void hideNamed(const std::string &name);
    int shownCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void hiddenChanged(const std::set<std::string> &hidden);

private:
    struct Row
    {
        std::string name;
        int workloads = 0;
        int policies = 0;
        bool areWorkloadsUnread = false;
        bool arePoliciesUnread = false;
        friend bool operator==(const Row &, const Row &) = default;
    };
    static std::vector<Row> rowsOf(const ClusterState &state);

    ClusterStatePtr m_state;
    std::vector<Row> m_rows;
    std::set<std::string> m_hidden;
};

} // namespace portolan::ui
