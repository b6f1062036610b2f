#include "ui/export/compact_svg.h"

#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace portolan::ui {

namespace {

struct Property
{
    QLatin1String name;
    QLatin1String initial; ///< empty: never left out for being the initial value
    bool isInherited;
};

/// Those that QSvgGenerator writes again and again.
constexpr Property properties[] = {
    {QLatin1String("fill"), {}, true},
    {QLatin1String("fill-opacity"), QLatin1String("1"), true},
    {QLatin1String("fill-rule"), {}, true},
    {QLatin1String("stroke"), {}, true},
    {QLatin1String("stroke-opacity"), QLatin1String("1"), true},
    {QLatin1String("stroke-width"), {}, true},
    {QLatin1String("stroke-linecap"), {}, true},
    {QLatin1String("stroke-linejoin"), {}, true},
    {QLatin1String("font-style"), QLatin1String("normal"), true},
    {QLatin1String("vector-effect"), QLatin1String("none"), false},
    {QLatin1String("transform"), QLatin1String("matrix(1,0,0,1,0,0)"), false},
};

class Compactor
{
public:
    explicit Compactor(const QByteArray &svg) : m_in(svg), m_out(&m_bytes)
    {
        m_in.setNamespaceProcessing(false);
    }

    /// Nothing where the input is not well-formed.
    std::optional<QByteArray> run()
    {
        while (!m_in.atEnd())
            take(m_in.readNext());
        if (m_in.hasError())
            return std::nullopt;
        return std::move(m_bytes);
    }

private:
    using Attributes = QXmlStreamAttributes;

    void take(QXmlStreamReader::TokenType token)
    {
        switch (token) {
        case QXmlStreamReader::StartDocument:
            m_out.writeStartDocument();
            break;
        case QXmlStreamReader::StartElement:
            isGroup() ? startGroup() : startShape();
            break;
        case QXmlStreamReader::EndElement:
            m_scopes.pop_back();
            isGroup() ? endGroup() : endShape();
            break;
        case QXmlStreamReader::Characters:
            if (m_isText || !m_in.isWhitespace())
                m_out.writeCharacters(m_in.text().toString());
            break;
        case QXmlStreamReader::EndDocument:
            m_out.writeEndDocument();
            break;
        default:
            break;
        }
    }

    bool isGroup() const { return m_in.qualifiedName() == QLatin1String("g"); }

    void startGroup()
    {
        m_waiting.push_back(needed());
        // Of fonts, every text says its own.
        m_waiting.back().removeIf(
            [](const auto &a) { return a.qualifiedName().startsWith(QLatin1String("font-")); });
        m_scopes.push_back(m_in.attributes());
    }

    void startShape()
    {
        writeWaiting();
        closeDone();
        m_isText = m_in.qualifiedName() == QLatin1String("text");
        write(needed());
        m_scopes.push_back(m_in.attributes());
    }

    void endGroup()
    {
        if (!m_waiting.empty()) { // nothing is in it
            m_waiting.pop_back();
            return;
        }
        closeDone();
        m_done = m_groups.back();
        m_groups.pop_back();
    }

    void endShape()
    {
        closeDone();
        m_isText = false;
        m_out.writeEndElement();
    }

    /// The groups that were begun, now that something is in them. One that equals the one before goes on in
    /// it.
    void writeWaiting()
    {
        for (const Attributes &group : m_waiting) {
            if (m_done != group) {
                closeDone();
                write(group, QStringLiteral("g"));
            }
            m_done.reset();
            m_groups.push_back(group);
        }
        m_waiting.clear();
    }

    void closeDone()
    {
        if (m_done)
            m_out.writeEndElement();
        m_done.reset();
    }

    void write(const Attributes &attributes, const QString &group = {})
    {
        m_out.writeCharacters(QStringLiteral("\n"));
        m_out.writeStartElement(group.isEmpty() ? m_in.qualifiedName().toString() : group);
        m_out.writeAttributes(attributes);
    }

    Attributes needed() const
    {
        Attributes result = m_in.attributes();
        result.removeIf([this](const QXmlStreamAttribute &attribute) {
            const auto property =
                std::find_if(std::begin(properties), std::end(properties),
                             [&](const Property &p) { return attribute.qualifiedName() == p.name; });
            return property != std::end(properties) && holds(*property, attribute.value());
        });
        return result;
    }

    /// Whether that is so where an element does not say it.
    bool holds(const Property &property, QStringView value) const
    {
        for (auto scope = m_scopes.rbegin(); property.isInherited && scope != m_scopes.rend(); ++scope) {
            if (scope->hasAttribute(property.name))
                return scope->value(property.name) == value;
        }
        return !property.initial.isEmpty() && value == property.initial;
    }

    QByteArray m_bytes;
    QXmlStreamReader m_in;
    QXmlStreamWriter m_out;
    std::vector<Attributes> m_scopes;  ///< of the elements that are open in the input
    std::vector<Attributes> m_groups;  ///< that are written and open
    std::vector<Attributes> m_waiting; ///< groups that nothing was in yet
    std::optional<Attributes> m_done;  ///< a group that ended and is not closed: the next may equal it
    bool m_isText = false;
};

} // namespace

QByteArray compactSvg(const QByteArray &svg)
{
    return Compactor(svg).run().value_or(svg);
}

} // namespace portolan::ui
