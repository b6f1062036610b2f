#pragma once

#include "model/graph/graph_filter.h"
#include "ui/mainwindow/finder_index.h"
#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QPointer>
#include <QTimer>

#include <optional>

class QAction;
class QFrame;
class QListView;
class QStandardItemModel;

namespace portolan::ui {

class CountDelegate;

/// The search field of the tool bar and the list of what it found. What looks like a filter ("ns:shop
/// app=web") is offered as one, with its last term completed. The index is made on a pool thread when the
/// field is first used after a change of the cluster.
class Finder : public QLineEdit
{
    Q_OBJECT

public:
    explicit Finder(QWidget *parent = nullptr);
    ~Finder() override;

    void setFrame(const TopologyFramePtr &frame);
    void setTheme(const Theme &theme);
    /// Takes the keyboard and selects what is written.
    void begin();

Q_SIGNALS:
    void objectChosen(const portolan::ObjectRef &object);
    void filterChosen(const portolan::GraphFilter &filter);

protected:
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    /// What Enter does on a row.
    struct Row
    {
        ObjectRef object;
        std::optional<GraphFilter> filter;
        QString completion;
    };
    QString hint() const; ///< the shortcut, while the field is empty and not used
    void reserveHint();
    void refreshIndex();
    void search();
    void addHits();
    void addFilter(bool alone);
    void addRow(Row row, const QString &kind, const QString &name, const QString &detail);
    void addRemark(const QString &text);
    void showRows();
    void makePopup();
    void hidePopup();
    void placePopup();
    void moveInList(int by);
    void choose(int row);
    bool completeTerm();

    TopologyFramePtr m_frame;
    ClusterStatePtr m_indexedState;
    std::shared_ptr<const FinderIndex> m_index;
    std::vector<Row> m_choices; ///< one for each row that can be chosen, from the first on
    QPointer<QFrame> m_popup;   ///< child of the window, above everything in it
    QListView *m_list = nullptr;
    QStandardItemModel *m_model = nullptr;
    QAction *m_sign = nullptr;
    Theme m_theme;
    QTimer m_pause;
    bool m_entered = false; ///< Enter came before anything could be found
    bool m_indexing = false;
};

} // namespace portolan::ui
