#include "ui/tables/tables_view.h"

#include "ui/tables/count_delegate.h"
#include "ui/tables/fact_delegate.h"
#include "ui/tables/fact_filter.h"
#include "ui/tables/table_list_model.h"
#include "ui/words/object_facts.h"
#include "ui/words/plain_label.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

#include <chrono>

namespace portolan::ui {

namespace {
constexpr int listWidth = 190;
constexpr int rowHeight = 28;
} // namespace

TablesView::TablesView(QWidget *parent) : QWidget(parent)
{
    m_list = new TableListModel(this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    buildList();
    auto *listColumn = new QVBoxLayout;
    listColumn->setContentsMargins(4, 6, 4, 6);
    listColumn->addWidget(m_listView);
    row->addLayout(listColumn);
    auto *rule = new QFrame(this);
    rule->setFrameShape(QFrame::VLine);
    rule->setFixedWidth(1);
    row->addWidget(rule);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    row->addLayout(right, 1);
    buildRows();
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(10, 8, 12, 8);
    bar->setSpacing(12);
    bar->addWidget(m_filterField, 1);
    bar->addWidget(m_count);
    right->addLayout(bar);
    right->addWidget(m_rows, 1);

    m_filterPause.setSingleShot(true);
    m_filterPause.setInterval(std::chrono::milliseconds(120));
    connect(m_filterField, &QLineEdit::textChanged, &m_filterPause, qOverload<>(&QTimer::start));
    connect(&m_filterPause, &QTimer::timeout, this, [this] {
        m_filter->setWords(m_filterField->text());
        updateCount();
    });
    m_listView->setCurrentIndex(m_list->index(0));
}

TablesView::~TablesView() = default;

void TablesView::buildList()
{
    m_listView = new QListView(this);
    m_listView->setModel(m_list);
    m_listView->setFixedWidth(listWidth);
    m_listView->setAccessibleName(tr("Tables"));
    m_listView->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_listView->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_countDelegate = new CountDelegate(TableListModel::CountRole, this);
    m_listView->setItemDelegate(m_countDelegate);
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) { takeTable(m_list->table(now.row())); });
}

void TablesView::buildRows()
{
    m_filterField = new QLineEdit(this);
    m_filterField->setPlaceholderText(tr("Filter rows"));
    m_filterField->setAccessibleName(tr("Filter rows of the table"));
    m_filterField->setClearButtonEnabled(true);
    m_filterField->setMaxLength(200);
    m_count = new PlainLabel({}, "muted", this);
    m_count->setElideMode(Qt::ElideNone);

    m_filter = new FactFilter(this);
    m_delegate = new FactDelegate(this);
    m_rows = new QTableView(this);
    m_rows->setItemDelegate(m_delegate);
    m_rows->setModel(m_filter);
    m_rows->setShowGrid(false);
    m_rows->setWordWrap(false);
    m_rows->setTabKeyNavigation(false);
    m_rows->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_rows->setSelectionMode(QAbstractItemView::SingleSelection);
    m_rows->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setCornerWidget(new QWidget(m_rows)); // where both scroll bars meet
    m_rows->verticalHeader()->hide();
    m_rows->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_rows->horizontalHeader()->setHighlightSections(false);
    m_rows->horizontalHeader()->setSectionsMovable(true);
    m_rows->horizontalHeader()->setStretchLastSection(true);
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &now) {
                if (m_quiet || !now.isValid())
                    return;
                m_selected = subjectAt(now);
                if (m_selected.isValid())
                    Q_EMIT subjectSelected(m_selected);
            });
    m_rows->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_rows, &QTableView::customContextMenuRequested, this, [this](const QPoint &at) {
        const Subject subject = subjectAt(m_rows->indexAt(at));
        if (subject.isValid())
            Q_EMIT menuRequested(subject, m_rows->viewport()->mapToGlobal(at));
    });
    connect(m_rows, &QTableView::activated, this, [this](const QModelIndex &index) {
        const Subject subject = subjectAt(index);
        if (subject.isValid())
            Q_EMIT subjectActivated(subject);
    });
}

void TablesView::setFrame(const TopologyFramePtr &frame)
{
    m_frame = frame;
    if (isVisible())
        updateRows();
}

void TablesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateRows();
}

void TablesView::updateRows()
{
    m_list->setFrame(m_frame);
    if (m_table) {
        const QScopedValueRollback quiet(m_quiet, true);
        m_table->setFrame(m_frame);
    }
    select(m_selected);
    updateCount();
}

void TablesView::takeTable(FactTable *table)
{
    if (!table || table == m_table)
        return;
    const QScopedValueRollback quiet(m_quiet, true);
    rememberWidths();
    if (m_table)
        m_table->setFrame({});
    m_table = table;
    m_table->setFrame(m_frame);
    m_rows->setSortingEnabled(false);
    m_filter->setSourceModel(table);
    m_rows->setAccessibleName(table->title());
    m_filter->sort(-1);
    m_rows->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_rows->horizontalHeader()->setSortIndicatorClearable(true);
    m_rows->setSortingEnabled(true);
    if (const auto at = m_headerStates.find(table); at != m_headerStates.end()) {
        m_rows->horizontalHeader()->restoreState(at->second);
    } else {
        const std::vector<ColumnHead> heads = table->heads();
        for (std::size_t i = 0; i < heads.size(); ++i)
            m_rows->setColumnWidth(int(i), heads[i].width);
    }
    select(m_selected);
    updateCount();
}

void TablesView::rememberWidths()
{
    if (m_table)
        m_headerStates[m_table] = m_rows->horizontalHeader()->saveState();
}

void TablesView::updateCount()
{
    if (!m_table)
        return;
    const int all = m_table->rowCount();
    const int shown = m_filter->rowCount();
    m_count->setPlain(all == shown ? tr("%Ln row(s)", nullptr, all) : outOf(shown, all));
}

Subject TablesView::subjectAt(const QModelIndex &proxyIndex) const
{
    const QModelIndex index = m_filter->mapToSource(proxyIndex);
    return m_table && index.isValid() ? m_table->subjectAt(index.row()) : Subject{};
}

void TablesView::select(const Subject &subject)
{
    const QScopedValueRollback quiet(m_quiet, true);
    m_selected = subject;
    if (!m_table || !isVisible() || !m_rows->selectionModel())
        return;
    const QModelIndex current = m_rows->currentIndex();
    if (current.isValid() && subjectAt(current) == subject)
        return;
    m_rows->selectionModel()->clear();
    if (!subject.isValid())
        return;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_table->subjectAt(row) == subject) {
            const QModelIndex index = m_filter->mapFromSource(m_table->index(row, 0));
            if (index.isValid())
                m_rows->setCurrentIndex(index);
            return;
        }
    }
}

void TablesView::showTable(const QString &key)
{
    if (isVisible())
        m_list->setFrame(m_frame);
    const int row = m_list->rowOf(key);
    if (row >= 0)
        m_listView->setCurrentIndex(m_list->index(row));
}

QString TablesView::currentTable() const
{
    return m_table ? m_table->key() : QString();
}

void TablesView::focusFilter()
{
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void TablesView::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_countDelegate->setTheme(theme);
    m_rows->viewport()->update();
    m_listView->viewport()->update();
}

} // namespace portolan::ui
