#include "ui/mainwindow/cluster_chooser.h"

#include "ui/mainwindow/kubeconfig_contexts.h"
#include "ui/mainwindow/preferences.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QFileInfo>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QWidgetAction>

#include <algorithm>

namespace portolan::ui {

namespace {
constexpr int markSize = 9;
constexpr int sideMargin = 10;
constexpr int gap = 7;
constexpr int arrowWidth = 10;
constexpr int mostName = 34;
constexpr int mostDetail = 40;
constexpr int chipHeight = 30;
constexpr qsizetype mostContexts = 60;
} // namespace

ClusterChooser::ClusterChooser(KubeconfigContexts *contexts, QWidget *parent)
    : QToolButton(parent),
      m_contexts(contexts)
{
    setProperty("role", QStringLiteral("chip"));
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_menu = new QMenu(this);
    m_menu->setTitle(tr("Open cluster"));
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, [this] {
        fillMenu();
        m_contexts->load(m_contexts->file()); // what changed is there the next time
    });
    setShown(Tone::Muted, tr("No cluster"), {});
}

void ClusterChooser::setTheme(const Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void ClusterChooser::setShown(Tone tone, const QString &name, const QString &detail)
{
    m_tone = tone;
    m_name = shortened(name, mostName);
    m_detail = shortened(detail, mostDetail);
    setAccessibleName(tr("Cluster: %1 %2").arg(name, detail));
    setToolTip(toolTipText(name + u'\n' + detail));
    updateGeometry();
    update();
}

QSize ClusterChooser::sizeHint() const
{
    const int name = QFontMetrics(m_theme.strong).horizontalAdvance(m_name);
    const int detail = m_detail.isEmpty() ? 0 : gap + QFontMetrics(m_theme.body).horizontalAdvance(m_detail);
    const int whole = 2 * sideMargin + markSize + gap + name + detail + gap + arrowWidth;
    return {std::min(whole, maximumWidth()), chipHeight};
}

void ClusterChooser::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = {};
    option.features &= ~QStyleOptionToolButton::HasMenu;
    painter.drawComplexControl(QStyle::CC_ToolButton, option);

    QRect place = rect().adjusted(sideMargin, 0, -sideMargin, 0);
    drawToneMark(painter, m_theme, m_tone, QRectF(place.left(), place.center().y() - 4, markSize, markSize));
    place.setLeft(place.left() + markSize + gap);
    place.setRight(place.right() - arrowWidth - gap);
    const auto draw = [&](const QFont &font, const QColor &color, const QString &text) {
        painter.setFont(font);
        painter.setPen(color);
        const QString shown =
            painter.fontMetrics().elidedText(text, Qt::ElideRight, std::max(0, place.width()));
        painter.drawText(place, Qt::AlignVCenter | Qt::TextSingleLine, shown);
        place.setLeft(place.left() + painter.fontMetrics().horizontalAdvance(shown) + gap);
    };
    draw(m_theme.strong, m_theme.ink, m_name);
    draw(m_theme.body, m_theme.muted, m_detail);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF tip(rect().right() - sideMargin - 3, rect().center().y() + 2.5);
    painter.drawPolyline(QPolygonF{{tip + QPointF(-3.5, -3.5), tip, tip + QPointF(3.5, -3.5)}});
}

void ClusterChooser::fillMenu()
{
    m_menu->clear();
    addContexts();
    m_menu->addAction(tr("Open another kubeconfig…"), this, &ClusterChooser::kubeconfigWanted);
    addRecordings();
}

void ClusterChooser::addTitle(const QString &title)
{
    // Not addSection(): style sheets draw its text as a line.
    auto *label = new PlainLabel(title.toUpper(), "caption", m_menu);
    label->setContentsMargins(10, m_menu->isEmpty() ? 4 : 10, 10, 3);
    auto *action = new QWidgetAction(m_menu);
    action->setDefaultWidget(label);
    action->setEnabled(false);
    action->setText(title);
    m_menu->addAction(action);
}

void ClusterChooser::addContexts()
{
    const QString origin =
        m_contexts->file().isEmpty() ? QString() : QFileInfo(m_contexts->file()).fileName();
    addTitle(origin.isEmpty() ? tr("Contexts") : tr("Contexts of %1").arg(origin));
    if (m_contexts->error()) {
        const QString why = words::errorText(*m_contexts->error());
        m_menu->addAction(actionText(shortened(why, 90)))->setEnabled(false);
    } else if (m_contexts->names().isEmpty()) {
        m_menu->addAction(m_contexts->isLoaded() ? tr("None found") : tr("Reading…"))->setEnabled(false);
    }
    for (const QString &name : m_contexts->names().mid(0, mostContexts)) {
        OpenRequest request;
        request.kind = OpenRequest::Kind::Context;
        request.context = utf8(name);
        if (!m_contexts->file().isEmpty())
            request.kubeconfig = utf8(m_contexts->file());
        QAction *action = m_menu->addAction(actionText(shortened(plainText(utf8(name)), 60)), this,
                                            [this, request] { Q_EMIT openRequested(request); });
        action->setCheckable(true);
        action->setChecked(plainText(utf8(name)) == m_name);
    }
}

void ClusterChooser::addRecordings()
{
    addTitle(tr("Recordings"));
    for (const QString &file : Preferences().recentSnapshots()) {
        OpenRequest request;
        request.kind = OpenRequest::Kind::Snapshot;
        request.snapshot = utf8(file);
        m_menu->addAction(actionText(shortened(plainText(utf8(file)), 60)), this,
                          [this, request] { Q_EMIT openRequested(request); });
    }
    m_menu->addAction(tr("Open snapshot…"), this, &ClusterChooser::snapshotWanted);
    if (SessionHost::demoBytes())
        m_menu->addAction(tr("Demo cluster"), this, [this] { Q_EMIT openRequested({}); });
}

} // namespace portolan::ui
