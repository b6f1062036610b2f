#include "ui/mainwindow/finder.h"

#include "ui/base/background.h"
#include "ui/mainwindow/finder_delegate.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QAction>
#include <QFrame>
#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <utility>

#include <algorithm>
#include <chrono>

namespace portolan::ui {

namespace {
constexpr int popupWidth = 520;
constexpr int mostShown = 12;
constexpr std::size_t mostFound = 40;
constexpr int hintMargin = 10;
} // namespace

Finder::Finder(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("Find pod, service, IP, label, policy…"));
    setAccessibleName(tr("Finder"));
    setAccessibleDescription(tr("Type a name, an address or a label; arrows choose, Enter goes there"));
    setMaxLength(200);
    m_pause.setSingleShot(true);
    m_pause.setInterval(std::chrono::milliseconds(40));
    connect(this, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, &Finder::search);
}

Finder::~Finder()
{
    delete m_popup;
}

void Finder::setTheme(const Theme &theme)
{
    m_theme = theme;
    reserveHint();
    if (!m_sign)
        m_sign = addAction(themedIcon(IconName::Search, theme), LeadingPosition);
    m_sign->setIcon(themedIcon(IconName::Search, theme, theme.muted));
    delete m_popup;
}

void Finder::setFrame(const TopologyFramePtr &frame)
{
    m_frame = frame;
    if (m_popup && m_popup->isVisible())
        refreshIndex();
}

void Finder::begin()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void Finder::refreshIndex()
{
    const ClusterStatePtr state = m_frame ? m_frame->state : nullptr;
    if (!state || state == m_indexedState || m_indexing)
        return;
    m_indexing = true;
    const auto findings = m_frame->findings;
    runInBackground(
        this,
        [state, findings] {
            return std::make_shared<const FinderIndex>(*state, findings ? *findings : std::vector<Finding>());
        },
        [this, state](const std::shared_ptr<const FinderIndex> &index) {
            m_indexing = false;
            m_index = index;
            m_indexedState = state;
            if (hasFocus() && !text().isEmpty())
                search();
        });
}

void Finder::search()
{
    refreshIndex();
    const QString typed = text().trimmed();
    if (typed.isEmpty()) {
        hidePopup();
        return;
    }
    makePopup();
    m_model->clear();
    m_choices.clear();
    const bool isFilter = isFilterText(utf8(typed));
    if (!isFilter && !m_index)
        return; // refreshIndex() comes back here
    if (!isFilter)
        addHits();
    if (isFilter || !m_choices.empty())
        addFilter(isFilter);
    else
        addRemark(tr("Nothing found"));
    showRows();
    if (std::exchange(m_entered, false))
        choose(m_list->currentIndex().row());
}

void Finder::addRow(Row row, const QString &kind, const QString &name, const QString &detail)
{
    auto *item = new QStandardItem(name);
    item->setEditable(false);
    item->setData(kind, FinderDelegate::KindRole);
    item->setData(row.object.isValid() ? plainText(row.object.ns) : QString(), FinderDelegate::NamespaceRole);
    item->setData(detail, FinderDelegate::DetailRole);
    item->setData(row.object.isValid() ? words::refText(row.object)
                                       : tr("%1 %2", "kind and name").arg(kind, name),
                  Qt::AccessibleTextRole);
    m_model->appendRow(item);
    m_choices.push_back(std::move(row));
}

/// Cannot be chosen; the last row, or the only one.
void Finder::addRemark(const QString &text)
{
    auto *item = new QStandardItem(text);
    item->setFlags(Qt::NoItemFlags);
    m_model->appendRow(item);
}

void Finder::addHits()
{
    for (const FinderIndex::Hit &hit : m_index->find(utf8(text()), mostFound)) {
        const ObjectRef &object = hit.entry->object;
        addRow({object, {}, {}}, words::kindText(object), plainText(object.name),
               plainText(hit.entry->detail));
    }
}

/// `alone`: what is typed can be nothing else.
void Finder::addFilter(bool alone)
{
    const QString typed = text().trimmed();
    const auto filter = GraphFilter::parse(utf8(typed));
    if (filter)
        addRow({{}, *filter, {}}, tr("Filter"), typed, tr("show only this"));
    if (alone && m_index) {
        for (const std::string &completed : filterCompletions(utf8(text()), m_index->words()))
            addRow({{}, {}, plainText(completed)}, tr("Complete"), plainText(completed), {});
    }
    if (!filter && alone)
        addRemark(words::errorText(filter.error()));
}

void Finder::showRows()
{
    if (!m_choices.empty())
        m_list->setCurrentIndex(m_model->index(0, 0));
    placePopup();
    m_popup->show();
    m_popup->raise();
}

void Finder::makePopup()
{
    if (m_popup)
        return;
    // A child of the window and no window of its own: the field keeps the keyboard.
    m_popup = new QFrame(window());
    m_popup->setObjectName(QStringLiteral("finder-popup"));
    setRole(m_popup, "card");
    auto *shadow = new QGraphicsDropShadowEffect(m_popup);
    shadow->setBlurRadius(24);
    shadow->setOffset(0, 6);
    shadow->setColor(QColor(0, 0, 0, m_theme.dark ? 140 : 60));
    m_popup->setGraphicsEffect(shadow);
    auto *rows = new QVBoxLayout(m_popup);
    rows->setContentsMargins(5, 5, 5, 5);
    m_list = new QListView(m_popup);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Found"));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *delegate = new FinderDelegate(m_list);
    delegate->setTheme(m_theme);
    m_list->setItemDelegate(delegate);
    m_model = new QStandardItemModel(m_list);
    m_list->setModel(m_model);
    rows->addWidget(m_list);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
}

void Finder::placePopup()
{
    const int rows = qMin(m_model->rowCount(), mostShown);
    const int height = rows * FinderDelegate::rowHeight + 14;
    const QPoint below = mapTo(window(), QPoint(0, this->height() + 4));
    const int width = qMin(qMax(popupWidth, this->width()), window()->width() - 20);
    const int x = qBound(10, below.x(), window()->width() - width - 10);
    m_popup->setGeometry(x, below.y(), width, qMin(height, window()->height() - below.y() - 10));
}

void Finder::hidePopup()
{
    if (m_popup)
        m_popup->hide();
}

void Finder::moveInList(int by)
{
    if (!m_popup || !m_popup->isVisible() || m_choices.empty())
        return;
    const int row = qBound(0, m_list->currentIndex().row() + by, int(m_choices.size()) - 1);
    m_list->setCurrentIndex(m_model->index(row, 0));
}

void Finder::choose(int row)
{
    if (row < 0 || row >= int(m_choices.size()))
        return;
    const Row chosen = m_choices[std::size_t(row)];
    if (!chosen.completion.isEmpty()) {
        setText(chosen.completion);
        search();
        return;
    }
    hidePopup();
    clear();
    reserveHint();
    if (chosen.filter)
        Q_EMIT filterChosen(*chosen.filter);
    else
        Q_EMIT objectChosen(chosen.object);
}

/// Tab: the completion that is marked, else the first.
bool Finder::completeTerm()
{
    if (!m_popup || !m_popup->isVisible())
        return false;
    const auto isCompletion = [](const Row &row) { return !row.completion.isEmpty(); };
    const int marked = m_list->currentIndex().row();
    if (marked >= 0 && marked < int(m_choices.size()) && isCompletion(m_choices[std::size_t(marked)])) {
        choose(marked);
        return true;
    }
    const auto first = std::find_if(m_choices.begin(), m_choices.end(), isCompletion);
    if (first == m_choices.end())
        return false;
    choose(int(first - m_choices.begin()));
    return true;
}

bool Finder::event(QEvent *event)
{
    // Before it moves the focus.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Tab &&
        completeTerm())
        return true;
    return QLineEdit::event(event);
}

void Finder::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    reserveHint();
    refreshIndex();
}

void Finder::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    reserveHint();
    hidePopup();
}

void Finder::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Down:
        moveInList(1);
        return;
    case Qt::Key_Up:
        moveInList(-1);
        return;
    case Qt::Key_PageDown:
        moveInList(mostShown);
        return;
    case Qt::Key_PageUp:
        moveInList(-mostShown);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_pause.isActive()) { // typed faster than searched
            m_pause.stop();
            search();
        }
        m_entered = !m_index && !text().isEmpty();
        if (m_popup && m_popup->isVisible())
            choose(m_list->currentIndex().row());
        return;
    case Qt::Key_Escape:
        m_entered = false;
        hidePopup();
        clear();
        if (QWidget *next = nextInFocusChain())
            next->setFocus();
        return;
    default:
        m_entered = false;
        QLineEdit::keyPressEvent(event);
    }
}

QString Finder::hint() const
{
    const bool shown = text().isEmpty() && !hasFocus();
    return shown ? QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText) : QString();
}

void Finder::reserveHint()
{
    const QString keys = hint();
    const int width = keys.isEmpty() ? 0 : QFontMetrics(m_theme.mapMono).horizontalAdvance(keys) + hintMargin;
    setTextMargins(0, 0, width, 0);
}

void Finder::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const QString keys = hint();
    if (keys.isEmpty())
        return;
    QPainter painter(this);
    painter.setFont(m_theme.mapMono);
    painter.setPen(m_theme.muted);
    painter.drawText(rect().adjusted(0, 0, -hintMargin, 0), Qt::AlignRight | Qt::AlignVCenter, keys);
}

} // namespace portolan::ui
