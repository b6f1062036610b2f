#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace portolan::ui {

namespace {

/// Strokes of one sign as SVG elements on a 16 × 16 grid.
const char *strokesOf(IconName name)
{
    switch (name) {
    case IconName::Search:
        return "<circle cx='7' cy='7' r='4.5'/><path d='M10.4 10.4 14 14'/>";
    case IconName::Record:
        return "<circle cx='8' cy='8' r='6'/><circle cx='8' cy='8' r='2.6' fill='currentColor'/>";
    case IconName::Save:
        return "<path d='M2.5 2.5h8.5l2.5 2.5v8.5h-11zM5 2.5v3.5h5.5V2.5M5 13.5V9.5h6v4'/>";
    case IconName::Open:
        return "<path d='M1.5 13V3.5h4.5l1.5 2h6V8M1.5 13l2.3-5h11.2l-2.3 5z'/>";
    case IconName::Export:
        return "<path d='M8 9.5V2M5 4.8 8 1.8l3 3M2.5 8.5v5h11v-5'/>";
    case IconName::Copy:
        return "<rect x='5.5' y='5.5' width='8' height='8' rx='1.5'/><path d='M3.5 10.5h-1v-8h8v1'/>";
    case IconName::Refresh:
        return "<path d='M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 1.8v3h-3'/>";
    case IconName::Probe:
        return "<circle cx='3.5' cy='8' r='2'/><path d='M5.5 8h5M8.5 5.5 11 8l-2.5 2.5M13.5 4v8'/>";
    case IconName::Cancel:
        return "<circle cx='8' cy='8' r='6'/><path d='M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4'/>";
    case IconName::Close:
        return "<path d='M4 4l8 8M12 4l-8 8'/>";
    case IconName::ZoomIn:
        return "<circle cx='7' cy='7' r='4.5'/><path d='M10.4 10.4 14 14M7 5v4M5 7h4'/>";
    case IconName::ZoomOut:
        return "<circle cx='7' cy='7' r='4.5'/><path d='M10.4 10.4 14 14M5 7h4'/>";
    case IconName::Fit:
        return "<path d='M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5'/>";
    case IconName::Filter:
        return "<path d='M2 3h12l-4.6 5.4v4.6l-2.8-1.6v-3z'/>";
    case IconName::Settings:
        return "<path d='M2 4.5h7M12.5 4.5h1.5M2 11.5h1.5M7 11.5h7'/>"
               "<circle cx='10.8' cy='4.5' r='1.7'/><circle cx='5.2' cy='11.5' r='1.7'/>";
    case IconName::Cluster:
        return "<path d='M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9z'/><circle cx='8' cy='8' r='2'/>";
    case IconName::Namespace:
        return "<rect x='2' y='2.5' width='12' height='11' rx='2.5'/><path d='M4.5 5.5h3'/>";
    case IconName::Machine:
        return "<rect x='2' y='2.5' width='12' height='4.5' rx='1'/>"
               "<rect x='2' y='9' width='12' height='4.5' rx='1'/><path d='M4.5 4.8h.1M4.5 11.3h.1'/>";
    case IconName::Pod:
        return "<circle cx='8' cy='8' r='5' fill='currentColor'/>";
    case IconName::Service:
        return "<rect x='1.5' y='4.5' width='13' height='7' rx='3.5'/><path d='M5 8h6'/>";
    case IconName::Ingress:
        return "<path d='M1.5 8h7M6 5.2 8.8 8 6 10.8M9.5 2.5h4v11h-4'/>";
    case IconName::Policy:
        return "<path d='M8 1.8l5.2 2v4c0 3.4-2.4 5.2-5.2 6.4-2.8-1.2-5.2-3-5.2-6.4v-4z'/>";
    case IconName::World:
        return "<circle cx='8' cy='8' r='6'/><path d='M2 8h12M8 2c2.2 1.8 2.8 3.8 2.8 6S10.2 12.2 8 14"
               "M8 2c-2.2 1.8-2.8 3.8-2.8 6s.6 4.2 2.8 6'/>";
    case IconName::Table:
        return "<rect x='2' y='2.5' width='12' height='11' rx='1.5'/><path d='M2 6h12M2 9.800h12M6.5 "
               "6v7.5'/>";
    case IconName::Chart:
        return "<path d='M2 2v12h12M4.5 10.500l3-3.5 2.5 2 3.5-4.5'/>";
    case IconName::Clock:
        return "<circle cx='8' cy='8' r='6'/><path d='M8 4.500V8l2.5 1.5'/>";
    case IconName::Info:
        return "<circle cx='8' cy='8' r='6'/><path d='M8 7.500v3.500M8 5v.1'/>";
    case IconName::Warning:
        return "<path d='M8 2l6.3 11.300H1.700zM8 6.500v3.200M8 11.400v.1'/>";
    case IconName::Problem:
        return "<rect x='2.5' y='2.5' width='11' height='11' rx='1.5'/><path d='M8 5v3.700M8 11v.1'/>";
    case IconName::Check:
        return "<path d='M3 8.500l3.3 3.300L13 4.5'/>";
    case IconName::ChevronDown:
        return "<path d='M4 6l4 4 4-4'/>";
    case IconName::ChevronRight:
        return "<path d='M6 4l4 4-4 4'/>";
    case IconName::Back:
        return "<path d='M13.5 8h-11M6.5 4l-4 4 4 4'/>";
    case IconName::Forward:
        return "<path d='M2.5 8h11M9.5 4l4 4-4 4'/>";
    case IconName::Terminal:
        return "<rect x='1.5' y='2.5' width='13' height='11' rx='1.5'/><path d='M4 6l2.2 2L4 10M8 "
               "10.500h4'/>";
    case IconName::Sun:
        return "<circle cx='8' cy='8' r='3'/><path d='M8 1v1.500M8 13.500V15M1 8h1.500M13.5 8H15M3 3l1.1 1.1"
               "M11.9 11.9 13 13M13 3l-1.1 1.100M4.1 11.9 3 13'/>";
    case IconName::Moon:
        return "<path d='M13.5 9.800A6 6 0 0 1 6.2 2.5 6 6 0 1 0 13.5 9.800z'/>";
    }
    return "";
}

class StrokeIconEngine : public QIconEngine
{
public:
    StrokeIconEngine(IconName name, const QColor &normal, const QColor &disabled, const QColor &on)
        : m_name(name),
          m_normal(normal),
          m_disabled(disabled),
          m_on(on)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const QColor color = mode == QIcon::Disabled                         ? m_disabled
                             : mode == QIcon::Selected || state == QIcon::On ? m_on
                                                                             : m_normal;
        QByteArray svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><g fill='none' "
                         "stroke='currentColor' stroke-width='1.4' stroke-linecap='round' "
                         "stroke-linejoin='round'>";
        svg += strokesOf(m_name);
        svg += "</g></svg>";
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer(svg).render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        if (size.isEmpty()) // a button that has no room yet
            return {};
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        painter.setRenderHint(QPainter::Antialiasing);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }

    QIconEngine *clone() const override { return new StrokeIconEngine(*this); }

private:
    IconName m_name;
    QColor m_normal, m_disabled, m_on;
};

} // namespace

QIcon themedIcon(IconName name, const Theme &theme)
{
    return QIcon(new StrokeIconEngine(name, theme.ink, theme.disabled, theme.accent));
}

QIcon themedIcon(IconName name, const Theme &theme, const QColor &color)
{
    return QIcon(new StrokeIconEngine(name, color, theme.disabled, color));
}

} // namespace portolan::ui
