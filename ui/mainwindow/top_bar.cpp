#include "ui/mainwindow/top_bar.h"

#include "ui/mainwindow/cluster_chooser.h"
#include "ui/mainwindow/finder.h"
#include "ui/mainwindow/segmented.h"
#include "ui/theme/icons.h"
#include "ui/words/words.h"

#include <QHBoxLayout>
#include <QLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>

namespace portolan::ui {

namespace {
constexpr int matrixPlace = 2; // among the views
constexpr int pathPlace = 3;
constexpr int wordGap = 8; // between a button's icon and its word, and what the style adds
} // namespace

TopBar::TopBar(KubeconfigContexts *contexts, QWidget *parent) : QToolBar(tr("Main tool bar"), parent)
{
    setObjectName(QStringLiteral("top-bar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    toggleViewAction()->setEnabled(false);
    m_chooser = new ClusterChooser(contexts, this);
    addWidget(m_chooser);
    m_view = new Segmented(
        tr("View"),
        {words::viewText(GraphView::Services), words::viewText(GraphView::Nodes), tr("Matrix"), tr("Path")},
        this);
    addWidget(m_view);
    m_form = new Segmented(tr("Form"), {tr("Map"), tr("Tables")}, this);
    addWidget(m_form);
    m_layer = new Segmented(tr("Lines"), {tr("Policy"), tr("Observed"), tr("Probed"), tr("All")}, this);
    setLayer(MapLayer::All);
    m_layerAction = addWidget(m_layer);
    m_finder = new Finder(this);
    m_finder->setMinimumWidth(110);
    m_finder->setMaximumWidth(440);
    m_finder->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // A tool bar shares its room out equally; here the field comes first and what is left stays empty.
    auto *room = new QWidget(this);
    room->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *line = new QHBoxLayout(room);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_finder, 1);
    line->addStretch(0);
    addWidget(room);
    connect(m_view, &Segmented::chosen, this, [this](int index) {
        if (index == matrixPlace)
            Q_EMIT matrixChosen();
        else if (index == pathPlace)
            Q_EMIT pathChosen();
        else
            Q_EMIT viewChosen(index == 0 ? GraphView::Services : GraphView::Nodes);
    });
    connect(m_layer, &Segmented::chosen, this, [this](int index) { Q_EMIT layerChosen(MapLayer(index)); });
    connect(m_form, &Segmented::chosen, this, [this](int index) { Q_EMIT tablesChosen(index == 1); });
}

void TopBar::setActions(QAction *save, QMenu *exportMenu)
{
    m_saveAction = save;
    m_save = new QToolButton(this);
    m_save->setProperty("role", QStringLiteral("chip"));
    m_save->setText(tr("Save snapshot"));
    m_save->setToolTip(tr("Save snapshot"));
    m_save->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_save->setFocusPolicy(Qt::StrongFocus);
    m_save->setEnabled(save->isEnabled());
    connect(m_save, &QToolButton::clicked, save, &QAction::trigger);
    connect(save, &QAction::enabledChanged, m_save, &QWidget::setEnabled);
    addWidget(m_save);
    m_export = new QToolButton(this);
    m_export->setProperty("role", QStringLiteral("chip"));
    m_export->setText(tr("Export…"));
    m_export->setToolTip(tr("Export…"));
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_export->setFocusPolicy(Qt::StrongFocus);
    // Not setMenu(): the style would add an arrow that the "…" says already.
    connect(m_export, &QToolButton::clicked, exportMenu, [this, exportMenu] {
        exportMenu->popup(m_export->mapToGlobal(QPoint(0, m_export->height() + 4)));
    });
    m_export->setEnabled(exportMenu->isEnabled());
    connect(exportMenu->menuAction(), &QAction::enabledChanged, m_export, &QWidget::setEnabled);
    addWidget(m_export);
}

void TopBar::setTheme(const Theme &theme)
{
    m_chooser->setTheme(theme);
    m_finder->setTheme(theme);
    if (m_save)
        m_save->setIcon(themedIcon(IconName::Save, theme));
    if (m_export)
        m_export->setIcon(themedIcon(IconName::Export, theme));
}

void TopBar::setView(GraphView view)
{
    m_view->setCurrent(view == GraphView::Services ? 0 : 1);
}

void TopBar::setMatrixShown()
{
    m_view->setCurrent(matrixPlace);
}

void TopBar::setPathShown()
{
    m_view->setCurrent(pathPlace);
}

/// Where the bar has no room for all, the choice of lines is the first to go: the View menu has it, too. A
/// long name of a cluster pushes nothing out.
void TopBar::resizeEvent(QResizeEvent *event)
{
    constexpr int leastName = 160;
    m_chooser->setMaximumWidth(std::max(leastName, event->size().width() * 9 / 40 - 40));
    QToolBar::resizeEvent(event);
    chooseWhatFits();
}

bool TopBar::event(QEvent *event)
{
    const bool isTaken = QToolBar::event(event);
    if (event->type() == QEvent::LayoutRequest) // another name, another language
        chooseWhatFits();
    return isTaken;
}

/// The choice of lines is the first to go, the words of the buttons are the next.
void TopBar::chooseWhatFits()
{
    const bool hasLines = width() >= roomFor(true);
    if (hasLines != m_layerAction->isVisible())
        m_layerAction->setVisible(hasLines);
    const auto style =
        hasLines || width() >= roomFor(false) ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
    for (QToolButton *button : {m_save, m_export}) {
        if (button && button->toolButtonStyle() != style)
            button->setToolButtonStyle(style);
    }
}

/// What the bar takes in this language and with this name; the finder gives way, down to its least width.
int TopBar::roomFor(bool withLines) const
{
    const QMargins margins = contentsMargins() + layout()->contentsMargins();
    int room = margins.left() + margins.right();
    for (QAction *action : actions()) {
        const QWidget *widget = widgetForAction(action);
        if (!widget || (action == m_layerAction && !withLines))
            continue;
        const bool gives = widget->sizePolicy().horizontalPolicy() & QSizePolicy::ExpandFlag;
        const int own = gives ? widget->minimumSizeHint().width() : widget->sizeHint().width();
        room += std::clamp(own, widget->minimumWidth(), widget->maximumWidth()) + layout()->spacing();
        const auto *button = qobject_cast<const QToolButton *>(widget);
        if (button && button->toolButtonStyle() == Qt::ToolButtonIconOnly)
            room += button->fontMetrics().horizontalAdvance(button->text()) + wordGap;
    }
    return room;
}

void TopBar::setLayer(MapLayer layer)
{
    m_layer->setCurrent(int(layer));
}

void TopBar::setTablesShown(bool shown)
{
    m_form->setCurrent(shown ? 1 : 0);
}

} // namespace portolan::ui
