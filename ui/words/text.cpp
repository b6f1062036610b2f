#include "ui/words/text.h"

namespace portolan::ui {

namespace {

/// Embeddings, overrides and isolates: with them a name can be made to read like another one.
bool turnsDirection(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f;
}

QString cleaned(std::string_view utf8, bool keepLines)
{
    QString result = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
    for (QChar &c : result) {
        const bool control = c.category() == QChar::Other_Control || turnsDirection(c) ||
                             c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
        const bool kept = keepLines && (c == u'\n' || c == u'\t');
        if (control && !kept)
            c = u' ';
    }
    return result;
}

} // namespace

QString plainText(std::string_view utf8)
{
    return cleaned(utf8, false);
}

QString plainLines(std::string_view utf8)
{
    return cleaned(utf8, true);
}

std::string utf8(const QString &text)
{
    return text.toStdString();
}

QString toolTipText(const QString &plain)
{
    if (plain.isEmpty())
        return {};
    QString escaped = plain.toHtmlEscaped();
    escaped.replace(u'\n', QStringLiteral("<br/>"));
    return QStringLiteral("<p>") + escaped + QStringLiteral("</p>");
}

QString actionText(const QString &plain)
{
    QString result = plain;
    return result.replace(u'&', QStringLiteral("&&"));
}

QString shortened(const QString &plain, int most)
{
    if (plain.size() <= most || most < 3)
        return plain;
    const int head = (most - 1) * 2 / 3;
    return plain.left(head) + u'…' + plain.right(most - 1 - head);
}

} // namespace portolan::ui
