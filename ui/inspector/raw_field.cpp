#include "ui/inspector/raw_field.h"

#include <QFontMetrics>
#include <QScrollBar>
#include <QTextBlock>

namespace portolan::ui {

namespace {
constexpr int linesAbove = 2; ///< shown above the marked ones
constexpr int groundAlpha = 56;
} // namespace

RawField::RawField(const RawText &raw, int mostLines, const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent),
      m_marked(raw.marked)
{
    setReadOnly(true);
    setProperty("role", QStringLiteral("mono"));
    setFont(theme.mono);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setPlainText(raw.text);
    const int shown = qBound(1, int(raw.text.count(u'\n')) + 1, mostLines);
    const QFontMetrics metrics(theme.mono);
    setFixedHeight(shown * metrics.lineSpacing() + 22);
    setAccessibleName(tr("Text"));
    if (m_marked)
        mark(theme);
}

void RawField::mark(const Theme &theme)
{
    setAccessibleDescription(
        tr("Lines %1 to %2 are marked").arg(m_marked->first + 1).arg(m_marked->last + 1));
    QColor ground = theme.accent;
    ground.setAlpha(groundAlpha);
    QList<QTextEdit::ExtraSelection> lines;
    for (QTextBlock block = document()->findBlockByNumber(int(m_marked->first));
         block.isValid() && block.blockNumber() <= int(m_marked->last); block = block.next()) {
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(block);
        line.format.setBackground(ground);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        lines.push_back(line);
    }
    setExtraSelections(lines);
    setTextCursor(QTextCursor(document()->findBlockByNumber(int(m_marked->first))));
}

void RawField::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (!m_marked || m_placed || verticalScrollBar()->maximum() == 0)
        return;
    m_placed = true;
    verticalScrollBar()->setValue(qMax(0, int(m_marked->first) - linesAbove));
}

} // namespace portolan::ui
