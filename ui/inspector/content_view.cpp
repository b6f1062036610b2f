#include "ui/inspector/content_view.h"

#include "ui/inspector/controls_widget.h"
#include "ui/inspector/raw_field.h"
#include "ui/inspector/row_button.h"
#include "ui/inspector/rule_widget.h"
#include "ui/inspector/step_widget.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <chrono>

namespace portolan::ui {

namespace {

constexpr int sideMargin = 12;
constexpr int nameWidth = 116;
constexpr int mostRawLines = 40;

void tint(QLabel *label, const QColor &color)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

QWidget *toneMark(Tone tone, const Theme &theme, QWidget *parent)
{
    return new SignWidget(
        {10, 18},
        [tone, theme](QPainter &painter, const QRectF &place) {
            drawToneMark(painter, theme, tone, {place.left(), place.center().y() - 4.5, 9, 9});
        },
        parent);
}

/// In place of a layout's widgets. Not at once: one of them may be what was just clicked.
void discard(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

ContentView::ContentView(QWidget *parent) : QWidget(parent)
{
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(0, 0, 0, sideMargin);
    m_rows->setSpacing(0);
    m_ages.setInterval(std::chrono::seconds(1));
    connect(&m_ages, &QTimer::timeout, this, &ContentView::updateAges);
}

void ContentView::setTheme(const Theme &theme)
{
    m_theme = theme;
    rebuild();
}

void ContentView::setContent(const InspectorContent &content, bool showAges)
{
    if (content == m_content && showAges == m_showAges)
        return;
    m_content = content;
    m_showAges = showAges;
    rebuild();
}

void ContentView::rebuild()
{
    const QWidget *focus = focusWidget();
    const QString focused = focus && focus->hasFocus() ? focus->objectName() : QString();
    setUpdatesEnabled(false);
    m_ageLabels.clear();
    discard(m_rows);
    m_nextName = 0;
    for (const Section &section : m_content.sections)
        addSection(section);
    m_rows->addStretch(1);
    setUpdatesEnabled(true);
    updateAges();
    if (m_ageLabels.empty())
        m_ages.stop();
    else
        m_ages.start();
    if (focused.isEmpty())
        return;
    for (QWidget *child : findChildren<QWidget *>(focused)) {
        if (child->isVisibleTo(this))
            child->setFocus();
    }
}

QWidget *ContentView::sectionHead(const Section &section, bool open)
{
    auto *head = new RowButton(m_theme, this);
    head->setAccessibleName(section.title);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(sideMargin, 10, sideMargin, 4);
    row->addWidget(new PlainLabel(section.title.toUpper(), "section", head), 1);
    auto *more =
        new PlainLabel(section.folded ? (open ? tr("Hide") : tr("Show")) : section.more, "caption", head);
    more->setElideMode(Qt::ElideNone);
    row->addWidget(more);
    for (QLabel *label : head->findChildren<QLabel *>())
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    head->setEnabled(section.folded);
    if (!section.folded) {
        head->setFocusPolicy(Qt::NoFocus);
        head->setCursor(Qt::ArrowCursor);
    }
    connect(head, &RowButton::clicked, this, [this, title = section.title] {
        if (!m_toggled.remove(title))
            m_toggled.insert(title);
        rebuild();
    });
    return head;
}

void ContentView::addSection(const Section &section)
{
    const bool open = section.folded == m_toggled.contains(section.title);
    if (!section.title.isEmpty()) {
        QWidget *head = sectionHead(section, open);
        head->setObjectName(QStringLiteral("section-") + section.title);
        m_rows->addWidget(head);
    }
    if (!open)
        return;
    auto *body = new QWidget(this);
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(sideMargin - 4, 2, sideMargin - 4, 4);
    rows->setSpacing(3);
    for (const Block &block : section.blocks) {
        QWidget *widget = widgetFor(block);
        rows->addWidget(widget);
    }
    m_rows->addWidget(body);
}

QWidget *ContentView::widgetFor(const Block &block)
{
    if (const auto *tiles = std::get_if<Tiles>(&block))
        return tilesWidget(*tiles);
    if (const auto *remark = std::get_if<Remark>(&block))
        return remarkWidget(*remark);
    if (const auto *fact = std::get_if<Fact>(&block))
        return factWidget(*fact);
    if (const auto *row = std::get_if<LinkRow>(&block))
        return linkWidget(*row);
    if (const auto *step = std::get_if<StepRow>(&block))
        return stepWidget(*step);
    if (const auto *raw = std::get_if<RawText>(&block))
        return new RawField(*raw, mostRawLines, m_theme, this);
    if (const auto *rule = std::get_if<RuleRow>(&block))
        return ruleWidget(*rule);
    if (const auto *controls = std::get_if<ProbeControls>(&block))
        return controlsWidget(*controls);
    if (const auto *starter = std::get_if<ProbeStarter>(&block))
        return starterWidget(*starter);
    if (const auto *starter = std::get_if<PolicyStarter>(&block))
        return starterWidget(*starter);
    const auto &paragraph = std::get<Paragraph>(block);
    const char *role = paragraph.mono    ? (paragraph.muted ? "mono-muted" : "mono")
                       : paragraph.muted ? "muted"
                                         : "";
    auto *label = new PlainLabel(paragraph.text, role, this);
    label->setWordWrap(true);
    label->setContentsMargins(4, 0, 4, 0);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QWidget *ContentView::tilesWidget(const Tiles &tiles)
{
    auto *all = new QWidget(this);
    auto *row = new QHBoxLayout(all);
    row->setContentsMargins(4, 2, 4, 4);
    row->setSpacing(8);
    for (const Tile &tile : tiles.tiles) {
        auto *card = new QFrame(all);
        setRole(card, "card");
        card->setToolTip(toolTipText(tile.note));
        card->setAccessibleName(tile.title + QStringLiteral(": ") + tile.value);
        auto *lines = new QVBoxLayout(card);
        lines->setContentsMargins(9, 7, 6, 8);
        lines->setSpacing(2);
        lines->addWidget(new PlainLabel(tile.title.toUpper(), "caption", card));
        auto *value = new PlainLabel(tile.value, "strong", card);
        value->setWordWrap(true);
        tint(value, toneColor(m_theme, tile.tone));
        lines->addWidget(value);
        lines->addStretch(1);
        row->addWidget(card, 1);
    }
    return all;
}

QWidget *ContentView::remarkWidget(const Remark &remark)
{
    auto *frame = new QFrame(this);
    setRole(frame, remark.tone == Tone::Bad ? "problem" : remark.tone == Tone::Warning ? "warning" : "card");
    auto *lines = new QVBoxLayout(frame);
    lines->setContentsMargins(10, 7, 10, 8);
    lines->setSpacing(2);
    for (const auto &[words, role] : {std::pair(remark.title, "strong"), std::pair(remark.text, "")}) {
        if (words.isEmpty())
            continue;
        auto *label = new PlainLabel(words, role, frame);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        lines->addWidget(label);
    }
    auto *outer = new QWidget(this);
    auto *row = new QVBoxLayout(outer);
    row->setContentsMargins(4, 2, 4, 4);
    row->addWidget(frame);
    return outer;
}

QWidget *ContentView::factWidget(const Fact &fact)
{
    QWidget *all = fact.link.isValid()
                       ? static_cast<QWidget *>(linkButton(fact.link, fact.name + u' ' + fact.value))
                       : new QWidget(this);
    auto *row = new QHBoxLayout(all);
    row->setContentsMargins(4, 2, 4, 2);
    row->setSpacing(8);
    auto *name = new PlainLabel(fact.name, "muted", all);
    name->setFixedWidth(nameWidth);
    name->setWordWrap(true);
    row->addWidget(name, 0, Qt::AlignTop);
    if (fact.tone != Tone::None)
        row->addWidget(toneMark(fact.tone, m_theme, all), 0, Qt::AlignTop);
    auto *value = new PlainLabel(fact.value, fact.mono ? "mono" : "", all);
    value->setWordWrap(true);
    if (fact.link.isValid())
        tint(value, m_theme.accent);
    else
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(value, 1, Qt::AlignTop);
    if (m_showAges && fact.since != WallTime{})
        m_ageLabels.push_back({value, fact.value, fact.since});
    return all;
}

RowButton *ContentView::linkButton(const Subject &subject, const QString &name)
{
    auto *button = new RowButton(m_theme, this);
    button->setObjectName(QStringLiteral("link-%1").arg(m_nextName++));
    button->setAccessibleName(name);
    connect(button, &RowButton::clicked, this, [this, subject] { Q_EMIT subjectRequested(subject); });
    return button;
}

QWidget *ContentView::linkWidget(const LinkRow &link)
{
    RowButton *button = linkButton(link.subject, link.text + QStringLiteral(", ") + link.more);
    button->setEnabled(link.subject.isValid());
    auto *row = new QHBoxLayout(button);
    row->setContentsMargins(4, 3, 4, 3);
    row->setSpacing(7);
    if (link.tone != Tone::None)
        row->addWidget(toneMark(link.tone, m_theme, button));
    auto *text = new PlainLabel(link.text, "", button);
    text->setElideMode(Qt::ElideMiddle);
    if (link.subject.isValid())
        tint(text, m_theme.accent);
    row->addWidget(text, 3);
    if (!link.more.isEmpty()) {
        auto *more = new PlainLabel(link.more, "mono-muted", button);
        more->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row->addWidget(more, 2);
    }
    for (QLabel *label : button->findChildren<QLabel *>())
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    return button;
}

QWidget *ContentView::stepWidget(const StepRow &step)
{
    auto *widget = new StepWidget(step, m_theme, this);
    const QString key = QStringLiteral("step-") + step.layer + step.text;
    widget->setOpen(m_toggled.contains(key));
    connect(widget, &StepWidget::copyRequested, this, &ContentView::copyRequested);
    connect(widget, &StepWidget::openChanged, this, [this, key](bool open) {
        if (open)
            m_toggled.insert(key);
        else
            m_toggled.remove(key);
    });
    return widget;
}

QWidget *ContentView::ruleWidget(const RuleRow &rule)
{
    auto *widget = new RuleWidget(rule, m_theme, this);
    const QString key = QStringLiteral("rule-") + rule.text + rule.more;
    widget->setOpen(rule.open != m_toggled.contains(key));
    connect(widget, &RuleWidget::subjectRequested, this, &ContentView::subjectRequested);
    connect(widget, &RuleWidget::openChanged, this, [this, key] {
        if (!m_toggled.remove(key))
            m_toggled.insert(key);
    });
    return widget;
}

QWidget *ContentView::controlsWidget(const ProbeControls &controls)
{
    auto *widget = new ControlsWidget(controls, this);
    connect(widget, &ControlsWidget::probeRequested, this, &ContentView::probeRequested);
    connect(widget, &ControlsWidget::cancelRequested, this, &ContentView::cancelRequested);
    connect(widget, &ControlsWidget::copyRequested, this, &ContentView::copyRequested);
    connect(widget, &ControlsWidget::ephemeralContainerRequested, this,
            &ContentView::ephemeralContainerRequested);
    return widget;
}

QWidget *ContentView::buttonRow(const QString &text, std::function<void()> clicked)
{
    auto *all = new QWidget(this);
    auto *row = new QHBoxLayout(all);
    row->setContentsMargins(4, 2, 4, 2);
    auto *button = new QPushButton(text, all);
    button->setObjectName(QStringLiteral("starter"));
    connect(button, &QPushButton::clicked, this, std::move(clicked));
    row->addWidget(button);
    row->addStretch(1);
    return all;
}

QWidget *ContentView::starterWidget(const ProbeStarter &starter)
{
    return buttonRow(starter.source.isValid() ? tr("Probe from here…") : tr("Probe it…"),
                     [this, starter] { Q_EMIT pairWanted(starter.source, starter.destination); });
}

QWidget *ContentView::starterWidget(const PolicyStarter &starter)
{
    const QString text = starter.kind == PolicyStarter::Kind::Edit    ? tr("What if it were changed…")
                         : starter.kind == PolicyStarter::Kind::Allow ? tr("Suggest a policy that allows it…")
                                                                      : tr("Least-privilege policy…");
    return buttonRow(text, [this, starter] { Q_EMIT policyWanted(starter); });
}

void ContentView::updateAges()
{
    const WallTime now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    for (const AgeLabel &age : m_ageLabels) {
        const auto passed = now - age.since;
        if (passed.count() >= 0)
            age.label->setPlain(age.text + QStringLiteral(" · ") +
                                words::ageText(passed).replace(u' ', QChar(QChar::Nbsp)));
    }
}

} // namespace portolan::ui
