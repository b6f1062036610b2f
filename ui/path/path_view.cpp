#include "ui/path/path_view.h"

#include "ui/inspector/content_view.h"
#include "ui/path/hop_strip.h"
#include "ui/path/path_words.h"
#include "ui/words/plain_label.h"
#include "ui/words/tone.h"
#include "ui/words/words.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace portolan::ui {

namespace {
constexpr int widest = 1100; // lines longer than that are hard to follow
}

PathView::PathView(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Path of one connection"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(scroll);
    auto *sides = new QHBoxLayout(page);
    sides->setContentsMargins(24, 24, 24, 24);
    auto *column = new QWidget(page);
    column->setMaximumWidth(widest);
    auto *rows = new QVBoxLayout(column);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(16);

    auto *top = new QHBoxLayout;
    m_heading = new PlainLabel({}, "heading", column);
    m_heading->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_verdict = new PlainLabel({}, "strong", column);
    m_verdict->setElideMode(Qt::ElideNone);
    top->addWidget(m_heading, 1);
    top->addWidget(m_verdict);
    rows->addLayout(top);
    m_empty =
        new PlainLabel(tr("Choose a line on the map, or a pair of pods in the Probe menu: the way of that "
                          "connection is shown here, hop by hop."),
                       "muted", column);
    m_empty->setWordWrap(true);
    rows->addWidget(m_empty);
    m_strip = new HopStrip(column);
    rows->addWidget(m_strip);
    m_checks = new ContentView(column);
    rows->addWidget(m_checks);
    m_measured = new PlainLabel({}, "muted", column);
    m_measured->setWordWrap(true);
    rows->addWidget(m_measured);
    rows->addStretch(1);
    sides->addStretch(0);
    sides->addWidget(column, 1);
    sides->addStretch(0);
    scroll->setWidget(page);
    outer->addWidget(scroll);

    connect(m_strip, &HopStrip::objectChosen, this,
            [this](const ObjectRef &object) { Q_EMIT subjectRequested(Subject::of(object)); });
    connect(m_checks, &ContentView::subjectRequested, this, &PathView::subjectRequested);
    connect(m_checks, &ContentView::copyRequested, this, &PathView::copyRequested);
    setPath(nullptr);
}

void PathView::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_strip->setTheme(theme);
    m_checks->setTheme(theme);
    setPath(m_path);
}

QString PathView::verdict() const
{
    return m_path ? pathVerdict(*m_path) : QString();
}

void PathView::setPath(const ConnectionPathPtr &path)
{
    m_path = path;
    m_empty->setVisible(!path);
    m_strip->setVisible(path != nullptr);
    m_checks->setVisible(path != nullptr);
    m_measured->setVisible(path != nullptr);
    m_heading->setPlain(path ? words::requestText(path->request) : tr("No connection is chosen"));
    m_verdict->setPlain(verdict());
    QPalette palette = m_verdict->palette();
    palette.setColor(QPalette::WindowText, path ? toneColor(m_theme, pathTone(*path)) : m_theme.muted);
    m_verdict->setPalette(palette);
    m_strip->setPath(path);
    InspectorContent content;
    if (path) {
        Section section;
        section.title = tr("Layer by layer");
        for (const PathCheck &check : path->checks)
            section.blocks.push_back(rowOf(check));
        content.sections.push_back(std::move(section));
        m_measured->setPlain(
            path->measuredAt
                ? tr("Measured at %1. A line opens its evidence: the command and what it printed.")
                      .arg(words::timeText(*path->measuredAt))
                : tr("Nothing has been measured yet: probe the connection from the inspector."));
    }
    m_checks->setContent(content, false);
}

} // namespace portolan::ui
