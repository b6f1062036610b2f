#include "ui/inspector/yaml_text.h"

#include "ui/words/text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace portolan::ui {

namespace {

struct YamlText
{
    Q_DECLARE_TR_FUNCTIONS(YamlText)
};

constexpr qsizetype mostResult = qsizetype{256} * 1024;
constexpr std::size_t mostInput = std::size_t{16} << 20;

int rankOf(const QString &key)
{
    static const QStringList first{QStringLiteral("apiVersion"), QStringLiteral("kind"),
                                   QStringLiteral("metadata"),   QStringLiteral("name"),
                                   QStringLiteral("namespace"),  QStringLiteral("spec")};
    const qsizetype at = first.indexOf(key);
    return at < 0 ? int(first.size()) : int(at);
}

QString quoted(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z_/][A-Za-z0-9_./@ -]*$"));
    static const QStringList words{QStringLiteral("true"), QStringLiteral("false"), QStringLiteral("null"),
                                   QStringLiteral("yes"),  QStringLiteral("no"),    QStringLiteral("on"),
                                   QStringLiteral("off")};
    if (plain.match(value).hasMatch() && !value.endsWith(u' ') && !words.contains(value.toLower()))
        return value;
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

class Writer
{
public:
    /// After "key:" or "-": a scalar or an empty container stays on the line.
    void write(const QJsonValue &value, int depth, bool inList)
    {
        if (m_out.size() > mostResult)
            return;
        if (value.isObject() && !value.toObject().isEmpty())
            writeObject(value.toObject(), depth, inList);
        else if (value.isArray() && !value.toArray().isEmpty())
            writeArray(value.toArray(), depth);
        else
            m_out += u' ' + scalar(value) + u'\n';
    }

    void writeObject(const QJsonObject &object, int depth, bool inList)
    {
        QStringList keys = object.keys();
        std::stable_sort(keys.begin(), keys.end(),
                         [](const QString &a, const QString &b) { return rankOf(a) < rankOf(b); });
        bool first = true;
        if (!inList && depth > 0)
            m_out += u'\n';
        for (const QString &key : keys) {
            m_out += first && inList ? QStringLiteral(" ") : QString(qsizetype{2} * depth, u' ');
            m_out += quoted(key) + u':';
            write(object.value(key), depth + 1, false);
            first = false;
        }
    }

    void writeArray(const QJsonArray &array, int depth)
    {
        m_out += u'\n';
        for (const QJsonValue item : array) {
            m_out += QString(qsizetype{2} * qMax(0, depth - 1), u' ') + u'-';
            write(item, item.isArray() ? depth + 1 : depth, true);
        }
    }

    QString result() const
    {
        if (m_out.size() <= mostResult)
            return m_out;
        return m_out.left(mostResult) + u'\n' + YamlText::tr("… cut here: the object is too long to show");
    }

private:
    static QString scalar(const QJsonValue &value)
    {
        if (value.isString())
            return quoted(value.toString());
        if (value.isObject())
            return QStringLiteral("{}");
        if (value.isArray())
            return QStringLiteral("[]");
        if (value.isBool())
            return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
        if (value.isNull() || value.isUndefined())
            return QStringLiteral("null");
        const auto whole = value.toInteger();
        return double(whole) == value.toDouble() ? QString::number(whole)
                                                 : QString::number(value.toDouble(), 'g', 17);
    }

    QString m_out;
};

} // namespace

QString yamlText(std::string_view json)
{
    if (json.size() > mostInput)
        return YamlText::tr("The object is too long to show.");
    const auto document = QJsonDocument::fromJson(QByteArray(json.data(), qsizetype(json.size())));
    if (!document.isObject())
        return plainLines(json.substr(0, std::size_t(mostResult)));
    Writer writer;
    writer.writeObject(document.object(), 0, false);
    return plainLines(utf8(writer.result()));
}

} // namespace portolan::ui
