#pragma once

#include <QListView>
#include <QTreeView>

namespace portolan::ui {

/// A tree that wants to be as high as its visible rows, and scrolls where it gets less.
class GrowingTree : public QTreeView
{
    Q_OBJECT

public:
    explicit GrowingTree(QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    int visibleRows(const QModelIndex &parent, int most) const;
};

/// The same for a list.
class GrowingList : public QListView
{
    Q_OBJECT

public:
    explicit GrowingList(QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace portolan::ui
