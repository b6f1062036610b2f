#include "ui/mainwindow/side_panel.h"

#include "ui/findings/findings_panel.h"
#include "ui/mainwindow/legend_panel.h"
#include "ui/mainwindow/namespace_panel.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {
constexpr int leastLegend = 130;
}

SidePanel::SidePanel(QWidget *parent) : QWidget(parent)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_namespaces = new NamespacePanel(this);
    m_findings = new FindingsPanel(this);
    m_legend = new LegendPanel(this);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(leastLegend);
    scroll->setWidget(m_legend);
    rows->addWidget(m_namespaces);
    rows->addWidget(m_findings);
    rows->addWidget(scroll, 1);
}

void SidePanel::setTheme(const Theme &theme)
{
    m_namespaces->setTheme(theme);
    m_findings->setTheme(theme);
    m_legend->setTheme(theme);
}

void SidePanel::setFrame(const TopologyFramePtr &frame)
{
    m_namespaces->setFrame(frame);
    m_findings->setFrame(frame);
}

} // namespace portolan::ui
