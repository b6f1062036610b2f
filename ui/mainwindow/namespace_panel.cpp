#include "ui/mainwindow/namespace_panel.h"

#include "ui/findings/growing_views.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/tables/count_delegate.h"
#include "ui/words/object_facts.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {
constexpr int filterFrom = 13; ///< with fewer namespaces the list is short enough to read
}

NamespacePanel::NamespacePanel(QWidget *parent) : QWidget(parent)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 10, 12, 5);
    head->addWidget(new PlainLabel(tr("Namespaces").toUpper(), "section", this), 1);
    m_summary = new PlainLabel({}, "caption", this);
    m_summary->setElideMode(Qt::ElideNone);
    head->addWidget(m_summary);
    rows->addLayout(head);

    m_filterField = new QLineEdit(this);
    m_filterField->setPlaceholderText(tr("Filter namespaces"));
    m_filterField->setAccessibleName(tr("Filter namespaces"));
    m_filterField->setClearButtonEnabled(true);
    m_filterField->hide();
    auto *fieldRow = new QHBoxLayout;
    fieldRow->setContentsMargins(10, 0, 10, 4);
    fieldRow->addWidget(m_filterField);
    rows->addLayout(fieldRow);

    m_model = new NamespaceModel(this);
    m_filter = new QSortFilterProxyModel(this);
    m_filter->setSourceModel(m_model);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_delegate = new CountDelegate(NamespaceModel::CountRole, this);
    m_list = new GrowingList(this);
    m_list->setAccessibleName(tr("Namespaces"));
    m_list->setItemDelegate(m_delegate);
    m_list->setModel(m_filter);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    rows->addWidget(m_list);

    connect(m_filterField, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list, &QWidget::customContextMenuRequested, this, &NamespacePanel::showMenu);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        const std::string name = m_model->nameAt(m_filter->mapToSource(index).row());
        Q_EMIT subjectSelected(Subject::of(ObjectRef{ObjectKind::Namespace, "Namespace", "", name}));
    });
    connect(m_model, &NamespaceModel::hiddenChanged, this, &NamespacePanel::updateSummary);
    connect(m_model, &QAbstractItemModel::modelReset, this, &NamespacePanel::updateSummary);
}

void NamespacePanel::setFrame(const TopologyFramePtr &frame)
{
    m_model->setFrame(frame);
}

void NamespacePanel::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_list->viewport()->update();
}

void NamespacePanel::updateSummary()
{
    const int all = m_model->rowCount();
    const int shown = m_model->shownCount();
    m_summary->setPlain(shown == all ? QString() : outOf(shown, all));
    m_filterField->setVisible(all >= filterFrom);
}

void NamespacePanel::showMenu(const QPoint &at)
{
    const QModelIndex index = m_list->indexAt(at);
    const int row = m_filter->mapToSource(index).row();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (index.isValid()) {
        const QString name = actionText(shortened(index.data().toString(), 40));
        menu->addAction(tr("Show only %1").arg(name), this, [this, row] { m_model->showOnly(row); });
    }
    QAction *all = menu->addAction(tr("Show all"), this, [this] { m_model->showAll(); });
    all->setEnabled(!m_model->hidden().empty());
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

} // namespace portolan::ui
