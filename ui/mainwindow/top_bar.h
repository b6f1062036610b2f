#pragma once

#include "model/session/topology_frame.h"
#include "ui/canvas/map_scene.h"
#include "ui/theme/theme.h"

#include <QToolBar>

class QToolButton;

namespace portolan::ui {

class ClusterChooser;
class Finder;
class KubeconfigContexts;
class Segmented;

/// The bar below the menus: which cluster, which view, the finder, what is to be saved.
class TopBar : public QToolBar
{
    Q_OBJECT

public:
    TopBar(KubeconfigContexts *contexts, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    ClusterChooser *chooser() const { return m_chooser; }
    Finder *finder() const { return m_finder; }
    void setView(GraphView view);
    void setMatrixShown();
    void setLayer(MapLayer layer);
    void setPathShown();
    void setTablesShown(bool shown);
    /// What the buttons at the end do; they show and follow the actions.
    void setActions(QAction *save, QMenu *exportMenu);

Q_SIGNALS:
    void viewChosen(portolan::GraphView view);
    void matrixChosen();
    void layerChosen(portolan::ui::MapLayer layer);
    void pathChosen();
    void tablesChosen(bool tables);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void chooseWhatFits();
    int roomFor(bool withLines) const;

    ClusterChooser *m_chooser = nullptr;
    Segmented *m_view = nullptr;
    Segmented *m_form = nullptr;
    Segmented *m_layer = nullptr;
    QAction *m_layerAction = nullptr;
    Finder *m_finder = nullptr;
    QToolButton *m_save = nullptr;
    QToolButton *m_export = nullptr;
    QAction *m_saveAction = nullptr;
};

} // namespace portolan::ui
