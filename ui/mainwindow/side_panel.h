#pragma once

#include "model/session/topology_frame.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

class FindingsPanel;
class LegendPanel;
class NamespacePanel;

/// The left column: namespaces, findings, legend.
class SidePanel : public QWidget
{
    Q_OBJECT

public:
    explicit SidePanel(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setFrame(const TopologyFramePtr &frame);
    LegendPanel *legend() const { return m_legend; }
    NamespacePanel *namespaces() const { return m_namespaces; }
    FindingsPanel *findings() const { return m_findings; }

private:
    NamespacePanel *m_namespaces = nullptr;
    FindingsPanel *m_findings = nullptr;
    LegendPanel *m_legend = nullptr;
};

} // namespace portolan::ui
