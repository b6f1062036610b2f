#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"

#include <QTimer>
#include <QWidget>

#include <unordered_map>

class QLineEdit;
class QListView;
class QTableView;

namespace portolan::ui {

class FactDelegate;
class FactFilter;
class FactTable;
class PlainLabel;
class CountDelegate;
class TableListModel;
struct Theme;

/// Everything that the map shows, as tables: a list of tables, a filter, and the rows of the chosen one.
/// Only the table in view takes new frames.
class TablesView : public QWidget
{
    Q_OBJECT

public:
    explicit TablesView(QWidget *parent = nullptr);
    ~TablesView() override;

    void setFrame(const TopologyFramePtr &frame);
    void setTheme(const Theme &theme);
    /// Shows the table of that key ("pods", "gaps"); an unknown one changes nothing.
    void showTable(const QString &key);
    QString currentTable() const;
    /// Selects the row of `subject` where the current table has it.
    void select(const Subject &subject);
    void focusFilter();

Q_SIGNALS:
    /// A row was selected by the user.
    void subjectSelected(const portolan::ui::Subject &subject);
    /// Enter or a double click: the user wants to see it on the map.
    void subjectActivated(const portolan::ui::Subject &subject);
    /// The context menu of a row is wanted at a global position.
    void menuRequested(const portolan::ui::Subject &subject, const QPoint &at);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildList();
    void buildRows();
    void takeTable(FactTable *table);
    void updateRows();
    void updateCount();
    void rememberWidths();
    Subject subjectAt(const QModelIndex &proxyIndex) const;

    TableListModel *m_list = nullptr;
    QListView *m_listView = nullptr;
    QLineEdit *m_filterField = nullptr;
    PlainLabel *m_count = nullptr;
    QTableView *m_rows = nullptr;
    FactFilter *m_filter = nullptr;
    FactDelegate *m_delegate = nullptr;
    CountDelegate *m_countDelegate = nullptr;
    FactTable *m_table = nullptr;
    TopologyFramePtr m_frame;
    Subject m_selected;
    QTimer m_filterPause;
    std::unordered_map<const FactTable *, QByteArray> m_headerStates;
    bool m_quiet = false; ///< selection changes that are not the user's
};

} // namespace portolan::ui
