#pragma once

#include "ui/mainwindow/finder_index.h"
#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QPointer>
#include <QTimer>

class QAction;
class QFrame;
class QListView;
class QStandardItemModel;

namespace portolan::ui {

class CountDelegate;

/// The search field of the tool bar and the list of what it found. The index is made on a pool thread when
/// the field is first used after a change of the cluster.
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

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString hint() const; ///< the shortcut, while the field is empty and not used
    void reserveHint();
    void refreshIndex();
    void search();
    void showHits(const std::vector<FinderIndex::Hit> &hits);
    void makePopup();
    void hidePopup();
    void placePopup();
    void moveInList(int by);
    void choose(int row);

    TopologyFramePtr m_frame;
    ClusterStatePtr m_indexedState;
    std::shared_ptr<const FinderIndex> m_index;
    std::vector<ObjectRef> m_found;
    QPointer<QFrame> m_popup; ///< child of the window, above everything in it
    QListView *m_list = nullptr;
    QStandardItemModel *m_model = nullptr;
    QAction *m_sign = nullptr;
    Theme m_theme;
    QTimer m_pause;
    bool m_indexing = false;
};

} // namespace portolan::ui
