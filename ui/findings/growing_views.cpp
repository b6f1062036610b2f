#include "ui/findings/growing_views.h"

namespace portolan::ui {

namespace {

constexpr int defaultRowHeight = 25;
constexpr int leastRows = 3;
constexpr int sideMargin = 4;
constexpr int mostRows = 400; ///< nobody's screen is higher

int rowHeightOf(const QAbstractItemView &view)
{
    const QAbstractItemModel *model = view.model();
    const int height = model && model->rowCount() > 0 ? view.sizeHintForRow(0) : 0;
    return height > 0 ? height : defaultRowHeight;
}

template<class View>
void followRows(View &view, QAbstractItemModel *model)
{
    const auto changed = [&view] {
        view.updateGeometry();
        view.setMaximumHeight(view.sizeHint().height());
    };
    QObject::connect(model, &QAbstractItemModel::modelReset, &view, changed);
    QObject::connect(model, &QAbstractItemModel::rowsInserted, &view, changed);
    QObject::connect(model, &QAbstractItemModel::rowsRemoved, &view, changed);
    changed();
}

} // namespace

GrowingTree::GrowingTree(QWidget *parent) : QTreeView(parent)
{
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setUniformRowHeights(true);
    setHeaderHidden(true);
    setExpandsOnDoubleClick(false);
    const auto changed = [this] {
        updateGeometry();
        setMaximumHeight(sizeHint().height());
    };
    connect(this, &QTreeView::expanded, this, changed);
    connect(this, &QTreeView::collapsed, this, changed);
}

void GrowingTree::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    followRows(*this, model);
}

int GrowingTree::visibleRows(const QModelIndex &parent, int most) const
{
    int rows = model() ? model()->rowCount(parent) : 0;
    const int own = qMin(rows, most);
    for (int row = 0; row < own && rows < most; ++row) {
        const QModelIndex child = model()->index(row, 0, parent);
        if (isExpanded(child))
            rows += visibleRows(child, most - rows);
    }
    return qMin(rows, most);
}

QSize GrowingTree::sizeHint() const
{
    return {200, visibleRows({}, mostRows) * rowHeightOf(*this) + 2};
}

QSize GrowingTree::minimumSizeHint() const
{
    return {80, qMin(visibleRows({}, leastRows), leastRows) * rowHeightOf(*this) + 2};
}

GrowingList::GrowingList(QWidget *parent) : QListView(parent)
{
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setViewportMargins(sideMargin, 0, sideMargin, 0);
    setUniformItemSizes(true);
}

void GrowingList::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    followRows(*this, model);
}

QSize GrowingList::sizeHint() const
{
    const int rows = model() ? qMin(model()->rowCount(), mostRows) : 0;
    return {200, rows * rowHeightOf(*this) + 2};
}

QSize GrowingList::minimumSizeHint() const
{
    const int rows = model() ? qMin(model()->rowCount(), leastRows) : 0;
    return {80, rows * rowHeightOf(*this) + 2};
}

} // namespace portolan::ui
