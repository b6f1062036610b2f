#include "ui/whatif/what_if_panel.h"

#include "ui/tables/fact_delegate.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme_controller.h"
#include "ui/whatif/flip_words.h"
#include "ui/whatif/flips_model.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {

constexpr int lineRole = Qt::UserRole + 1;
constexpr int rowHeight = 26;
constexpr int faultHeight = 24;
constexpr int mostFaultRows = 3;
constexpr int sideMargin = 12;
constexpr std::chrono::milliseconds typingPause{150};
constexpr std::chrono::milliseconds patience{400};
constexpr int leastColumn = 90;
constexpr int mostColumn = 260;
constexpr int rowsMeasured = 100; // of many, those at the top tell how wide columns are

QVBoxLayout *columnOf(QWidget *side)
{
    auto *rows = new QVBoxLayout(side);
    rows->setContentsMargins(sideMargin, 7, sideMargin, 8);
    rows->setSpacing(6);
    return rows;
}

QHBoxLayout *rowIn(QVBoxLayout *rows)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    rows->addLayout(row);
    return row;
}

} // namespace

WhatIfPanel::WhatIfPanel(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("what-if"));
    setAccessibleName(tr("What if"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &WhatIfPanel::ask);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { m_summary->setPlain(tr("Evaluating the policies…")); });
}

void WhatIfPanel::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    m_sides = new QSplitter(Qt::Horizontal, this);
    m_sides->addWidget(buildEditor());
    m_sides->addWidget(buildList());
    m_sides->setStretchFactor(0, 1);
    m_sides->setStretchFactor(1, 2);
    for (int i = 0; i < m_sides->count(); ++i)
        m_sides->setCollapsible(i, false);
    all->addWidget(m_sides);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        m_note->hide();
        m_pause.start();
    });
    dress();
}

QWidget *WhatIfPanel::buildEditor()
{
    auto *side = new QWidget(m_sides);
    side->setMinimumWidth(200);
    QVBoxLayout *rows = columnOf(side);
    QHBoxLayout *head = rowIn(rows);
    auto *title = new PlainLabel(tr("What if").toUpper(), "section", side);
    title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    head->addWidget(title);
    head->addWidget(new PlainLabel(tr("Nothing is written to the cluster"), "muted", side), 1);

    m_editor = new QPlainTextEdit(side);
    m_editor->setProperty("role", QStringLiteral("mono"));
    m_editor->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_editor->setTabChangesFocus(true); // YAML knows no tabs
    m_editor->setAccessibleName(tr("Policies as YAML"));
    m_editor->setPlaceholderText(tr("Policies as YAML: a new one, a changed one, or several"));
    rows->addWidget(m_editor, 1);

    m_faults = new QListWidget(side);
    m_faults->setAccessibleName(tr("Problems of the text"));
    m_faults->setTextElideMode(Qt::ElideRight);
    m_faults->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_faults->setUniformItemSizes(true);
    m_faults->hide();
    connect(m_faults, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { goToFault(m_faults->row(item)); });
    connect(m_faults, &QListWidget::itemActivated, this,
            [this](QListWidgetItem *item) { goToFault(m_faults->row(item)); });
    rows->addWidget(m_faults);

    QHBoxLayout *buttons = rowIn(rows);
    auto *fresh = new QPushButton(tr("New policy"), side);
    connect(fresh, &QPushButton::clicked, this, &WhatIfPanel::newPolicyWanted);
    m_copyPolicy = new QPushButton(tr("Copy"), side);
    m_copyPolicy->setAccessibleName(tr("Copy the policies"));
    connect(m_copyPolicy, &QPushButton::clicked, this,
            [this] { Q_EMIT copyWanted(m_editor->toPlainText()); });
    buttons->addWidget(fresh);
    buttons->addWidget(m_copyPolicy);
    buttons->addStretch(1);
    return side;
}

QWidget *WhatIfPanel::buildList()
{
    auto *side = new QWidget(m_sides);
    side->setMinimumWidth(220);
    QVBoxLayout *rows = columnOf(side);
    QHBoxLayout *head = rowIn(rows);
    m_summary = new PlainLabel({}, "strong", side);
    m_summary->setAccessibleName(tr("What changes"));
    head->addWidget(m_summary, 1);
    m_close = new QToolButton(side);
    m_close->setAccessibleName(tr("Close the what-if"));
    m_close->setToolTip(tr("Close the what-if"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    connect(m_close, &QToolButton::clicked, this, &WhatIfPanel::shut);
    head->addWidget(m_close);
    m_note = new PlainLabel({}, "muted", side);
    m_note->setWordWrap(true);
    m_note->hide();
    rows->addWidget(m_note);

    m_flips = new FlipsModel(this);
    m_delegate = new FactDelegate(this);
    m_list = new QTableView(side);
    m_list->setAccessibleName(tr("Connections that change"));
    m_list->setModel(m_flips);
    m_list->setItemDelegate(m_delegate);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setCornerWidget(new QWidget(m_list));
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setMinimumSectionSize(leastColumn);
    m_list->horizontalHeader()->setMaximumSectionSize(mostColumn);
    m_list->horizontalHeader()->setResizeContentsPrecision(rowsMeasured);
    m_list->horizontalHeader()->setStretchLastSection(true);
    connect(m_list, &QTableView::activated, this, [this](const QModelIndex &index) {
        const policy::Flip *flip = m_flips->flipAt(index.row());
        if (!flip)
            return;
        const bool to = index.column() == FlipsModel::To || !flip->from.workload.isValid();
        Q_EMIT subjectWanted(Subject::of(to ? flip->to.workload : flip->from.workload));
    });
    rows->addWidget(m_list, 1);

    QHBoxLayout *buttons = rowIn(rows);
    m_copyList = new QPushButton(tr("Copy list"), side);
    connect(m_copyList, &QPushButton::clicked, this, [this] { Q_EMIT copyWanted(flipsText(*m_flips)); });
    m_export = new QPushButton(tr("Export…"), side);
    m_export->setAccessibleName(tr("Export the list as CSV"));
    connect(m_export, &QPushButton::clicked, this, [this] { Q_EMIT exportWanted(flipsCsv(*m_flips)); });
    buttons->addStretch(1);
    buttons->addWidget(m_copyList);
    buttons->addWidget(m_export);
    return side;
}

void WhatIfPanel::setTheme(const Theme &theme)
{
    m_theme = theme;
    if (m_sides)
        dress();
}

void WhatIfPanel::dress()
{
    m_delegate->setTheme(m_theme);
    m_editor->setFont(m_theme.mono);
    m_close->setIcon(themedIcon(IconName::Close, m_theme));
    m_list->viewport()->update();
}

void WhatIfPanel::setFrame(const TopologyFramePtr &frame)
{
    const policy::PolicyModelPtr policies = frame ? frame->policies : nullptr;
    if (!policies && isVisibleTo(parentWidget()))
        shut();
    // A timer that is started anew for every frame of a busy cluster would never end.
    if (policies && policies != m_policies && isVisibleTo(parentWidget()) && !m_pause.isActive())
        m_pause.start();
    m_policies = policies;
}

void WhatIfPanel::open(const QString &yaml, const QString &note)
{
    if (!m_sides)
        build();
    show();
    m_editor->setPlainText(yaml);
    m_note->setPlain(note);
    m_note->setVisible(!note.isEmpty());
    m_pause.stop();
    m_editor->setFocus();
    Q_EMIT opened();
    ask();
}

void WhatIfPanel::ask()
{
    m_patience.start();
    updateButtons();
    Q_EMIT questionAsked(utf8(m_editor->toPlainText()));
}

bool WhatIfPanel::isAnswered() const
{
    return m_answer && !m_pause.isActive() && m_answer->text == utf8(m_editor->toPlainText());
}

void WhatIfPanel::setAnswer(const policy::WhatIfPtr &answer)
{
    if (!answer || isHidden() || answer->text != utf8(m_editor->toPlainText()))
        return;
    m_patience.stop();
    m_answer = answer;
    m_flips->setAnswer(answer);
    m_list->resizeColumnsToContents();
    m_summary->setPlain(words::summaryText(*answer));
    showFaults(*answer);
    updateButtons();
    Q_EMIT answerShown(answer);
}

void WhatIfPanel::setSuggestion(const policy::Suggestion &suggestion)
{
    open(plainLines(suggestion.yaml), words::suggestionText(suggestion));
}

void WhatIfPanel::showFaults(const policy::WhatIf &answer)
{
    m_faults->clear();
    for (const policy::EditFault &fault : answer.faults) {
        const QString text = words::faultText(fault);
        auto *item = new QListWidgetItem(text, m_faults);
        item->setToolTip(toolTipText(text));
        item->setData(lineRole, fault.line);
    }
    const int rows = qBound(1, m_faults->count(), mostFaultRows);
    m_faults->setFixedHeight(rows * faultHeight + 4);
    m_faults->setVisible(m_faults->count() > 0);
}

void WhatIfPanel::goToFault(int row)
{
    const QListWidgetItem *item = m_faults->item(row);
    const int line = item ? item->data(lineRole).toInt() : 0;
    const QTextBlock block = m_editor->document()->findBlockByNumber(line - 1);
    if (line < 1 || !block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    m_editor->setTextCursor(cursor);
    m_editor->setFocus();
}

void WhatIfPanel::updateButtons()
{
    m_copyPolicy->setEnabled(!m_editor->document()->isEmpty());
    m_copyList->setEnabled(m_flips->rowCount() > 0);
    m_export->setEnabled(m_flips->rowCount() > 0);
}

void WhatIfPanel::shut()
{
    m_pause.stop();
    m_patience.stop();
    m_answer.reset();
    m_flips->setAnswer(nullptr);
    m_summary->setPlain({});
    hide();
    Q_EMIT answerShown(nullptr);
    Q_EMIT shutDown();
}

void WhatIfPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        shut();
    else
        QWidget::keyPressEvent(event);
}

QString WhatIfPanel::summary() const
{
    return m_summary->text();
}

QString WhatIfPanel::note() const
{
    return m_note->isHidden() ? QString() : m_note->text();
}

} // namespace portolan::ui
