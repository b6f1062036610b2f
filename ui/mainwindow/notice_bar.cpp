#include "ui/mainwindow/notice_bar.h"

#include "ui/inspector/row_button.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace portolan::ui {

namespace {

const QString textName = QStringLiteral("notice-text");
const QString detailName = QStringLiteral("notice-detail");
const QString progressName = QStringLiteral("notice-progress");
constexpr int progressWidth = 160;

void setProgress(QProgressBar &bar, int percent)
{
    bar.setRange(0, percent < 0 ? 0 : 100);
    bar.setValue(qMax(0, percent));
}

} // namespace

NoticeBar::NoticeBar(QWidget *parent) : QWidget(parent)
{
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    hide();
}

void NoticeBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    for (Entry &entry : m_entries) {
        QWidget *fresh = makeWidget(entry.notice);
        delete m_rows->replaceWidget(entry.widget, fresh);
        entry.widget->deleteLater();
        entry.widget = fresh;
    }
}

void NoticeBar::put(const Notice &notice)
{
    const auto at = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const Entry &entry) { return entry.notice.key == notice.key; });
    if (at != m_entries.end()) {
        if (updateInPlace(*at, notice))
            return;
        QWidget *fresh = makeWidget(notice);
        delete m_rows->replaceWidget(at->widget, fresh);
        at->widget->hide();
        at->widget->deleteLater();
        *at = {notice, fresh};
        return;
    }
    QWidget *widget = makeWidget(notice);
    m_rows->addWidget(widget);
    m_entries.push_back({notice, widget});
    show();
}

bool NoticeBar::updateInPlace(Entry &entry, const Notice &notice)
{
    const bool sameShape =
        entry.notice.tone == notice.tone && entry.notice.actions.size() == notice.actions.size() &&
        entry.notice.percent.has_value() == notice.percent.has_value() &&
        entry.notice.detail.isEmpty() == notice.detail.isEmpty() && notice.percent.has_value();
    if (!sameShape)
        return false;
    entry.widget->findChild<PlainLabel *>(textName)->setPlain(notice.text);
    if (auto *detail = entry.widget->findChild<PlainLabel *>(detailName))
        detail->setPlain(notice.detail);
    setProgress(*entry.widget->findChild<QProgressBar *>(progressName), *notice.percent);
    entry.notice.text = notice.text;
    entry.notice.detail = notice.detail;
    entry.notice.percent = notice.percent;
    return true;
}

void NoticeBar::remove(const QString &key)
{
    const auto at = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const Entry &entry) { return entry.notice.key == key; });
    if (at == m_entries.end())
        return;
    m_rows->removeWidget(at->widget);
    at->widget->hide();
    at->widget->deleteLater();
    m_entries.erase(at);
    if (m_entries.empty())
        hide();
}

void NoticeBar::clear()
{
    while (!m_entries.empty())
        remove(QString(m_entries.back().notice.key));
}

bool NoticeBar::isShown(const QString &key) const
{
    return std::any_of(m_entries.begin(), m_entries.end(),
                       [&](const Entry &entry) { return entry.notice.key == key; });
}

QString NoticeBar::textOf(const QString &key) const
{
    for (const Entry &entry : m_entries) {
        if (entry.notice.key == key)
            return entry.notice.text;
    }
    return {};
}

QWidget *NoticeBar::makeWidget(const Notice &notice)
{
    auto *bar = new QFrame(this);
    setRole(bar, "bar");
    bar->setAccessibleName(notice.text);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 10, 6);
    row->setSpacing(10);
    if (notice.tone != Tone::None) {
        row->addWidget(new SignWidget(
            {12, 18},
            [tone = notice.tone, theme = m_theme](QPainter &painter, const QRectF &place) {
                drawToneMark(painter, theme, tone, {place.left(), place.center().y() - 5, 10, 10});
            },
            bar));
    }
    auto *text = new PlainLabel(notice.text, notice.detail.isEmpty() ? "" : "strong", bar);
    text->setObjectName(textName);
    row->addWidget(text, notice.detail.isEmpty() ? 1 : 0);
    if (!notice.detail.isEmpty()) {
        auto *detail = new PlainLabel(notice.detail, "muted", bar);
        detail->setObjectName(detailName);
        detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
        row->addWidget(detail, 1);
    }
    if (notice.percent) {
        auto *progress = new QProgressBar(bar);
        progress->setObjectName(progressName);
        progress->setFixedWidth(progressWidth);
        progress->setTextVisible(false);
        progress->setAccessibleName(notice.text);
        setProgress(*progress, *notice.percent);
        row->addWidget(progress);
    }
    for (const Notice::Action &action : notice.actions) {
        auto *button = new QPushButton(actionText(action.text), bar);
        connect(button, &QPushButton::clicked, this, action.run);
        row->addWidget(button);
    }
    if (notice.closable) {
        auto *close = new QToolButton(bar);
        close->setIcon(themedIcon(IconName::Close, m_theme));
        close->setAccessibleName(tr("Close this message"));
        connect(close, &QToolButton::clicked, this, [this, key = notice.key] { remove(key); });
        row->addWidget(close);
    }
    return bar;
}

} // namespace portolan::ui
