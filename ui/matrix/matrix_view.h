#pragma once

#include "model/graph/reach_matrix.h"
#include "model/session/topology_frame.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QTableView;
class QToolButton;

namespace portolan::ui {

class MatrixDelegate;
class MatrixHeader;
class MatrixLegend;
class MatrixTable;
class PlainLabel;

/// Workloads by workloads: who may speak to whom on a chosen port. Sources are rows. By keyboard as any
/// table: arrows move, Enter asks for a probe, Space folds the row's namespace.
class MatrixView : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixView(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// The ports to choose from are those that the frame's containers declare.
    void setFrame(const TopologyFramePtr &frame);
    void setMatrix(const ReachMatrixPtr &matrix);
    /// The chosen port; nothing for any.
    std::optional<policy::Traffic> traffic() const;
    MatrixTable *table() const { return m_table; }
    QTableView *cells() const { return m_cells; }
    /// Puts workloads that are answered alike side by side.
    QToolButton *similarButton() const { return m_similar; }
    /// The matrix of the last frame and port is in view.
    bool isComplete() const { return m_complete; }
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The matrix in view is not of what is wanted now: another port, or another frame while it is shown. Not
    /// again for another frame before setMatrix() has answered: in a busy cluster nothing would ever be
    /// shown.
    void matrixWanted();
    /// A cell was chosen: two cards of the Services view.
    void pairSelected(portolan::NodeId from, portolan::NodeId to);
    void pairActivated(portolan::NodeId from, portolan::NodeId to);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTop();
    void buildTable();
    void ask();
    void offerPorts();
    void foldAt(int section);
    void tellState();
    void emitPair(const QModelIndex &index, bool activated);

    QBoxLayout *m_top = nullptr; ///< its parts in one line, or one under the other in a narrow window
    QBoxLayout *m_choices = nullptr;
    QBoxLayout *m_told = nullptr;
    QComboBox *m_port = nullptr;
    QToolButton *m_fold = nullptr;
    QToolButton *m_similar = nullptr;
    PlainLabel *m_state = nullptr;
    MatrixLegend *m_legend = nullptr;
    QTableView *m_cells = nullptr;
    MatrixTable *m_table = nullptr;
    MatrixDelegate *m_delegate = nullptr;
    MatrixHeader *m_rows = nullptr;
    MatrixHeader *m_columns = nullptr;
    TopologyFramePtr m_frame;
    bool m_complete = false;
    std::optional<std::optional<policy::Traffic>> m_asked; ///< what is being evaluated
    bool m_again = false;                                  ///< the cluster has changed since
};

} // namespace portolan::ui
