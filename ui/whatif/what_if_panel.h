#pragma once

#include "model/policy/suggest.h"
#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <string>

class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QTableView;
class QToolButton;

namespace portolan::ui {

class FactDelegate;
class FlipsModel;
class PlainLabel;

/// Policies as text that can be changed, and beside it what would flip if they were applied: nothing is.
/// Asks while the user types, 150 ms after the last key, and again when the cluster changes. Has its parts
/// (editor, list, faults) from when it is first opened. GUI thread.
class WhatIfPanel : public QWidget
{
    Q_OBJECT

public:
    explicit WhatIfPanel(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setFrame(const TopologyFramePtr &frame);
    /// Shows the panel with this text and asks at once; `note` is said above the list.
    void open(const QString &yaml, const QString &note = {});
    /// The answer to a question; one to another text than that of now is ignored.
    void setAnswer(const policy::WhatIfPtr &answer);
    /// Shows the suggestion and what it would do, or why there is none.
    void setSuggestion(const policy::Suggestion &suggestion);
    /// Hides the panel; nothing is shown on the map any more.
    void shut();

    QPlainTextEdit *editor() const { return m_editor; }
    QTableView *list() const { return m_list; }
    QListWidget *faults() const { return m_faults; }
    FlipsModel *flips() const { return m_flips; }
    QString summary() const;
    QString note() const;
    /// True once the answer to the text of now is shown.
    bool isAnswered() const;

Q_SIGNALS:
    void questionAsked(const std::string &text);
    /// What the map should show; null: nothing.
    void answerShown(const portolan::policy::WhatIfPtr &answer);
    /// A flip was chosen: its workload.
    void subjectWanted(const portolan::ui::Subject &subject);
    void copyWanted(const QString &text);
    /// The list as CSV is to be written to a file.
    void exportWanted(const QString &csv);
    void newPolicyWanted();
    void opened();
    void shutDown();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void dress();
    QWidget *buildEditor();
    QWidget *buildList();
    void ask();
    void showFaults(const policy::WhatIf &answer);
    void goToFault(int row);
    void updateButtons();

    Theme m_theme;
    QSplitter *m_sides = nullptr;
    QPlainTextEdit *m_editor = nullptr;
    QListWidget *m_faults = nullptr;
    QPushButton *m_copyPolicy = nullptr;
    PlainLabel *m_summary = nullptr;
    PlainLabel *m_note = nullptr;
    QToolButton *m_close = nullptr;
    QTableView *m_list = nullptr;
    QPushButton *m_copyList = nullptr;
    QPushButton *m_export = nullptr;
    FlipsModel *m_flips = nullptr;
    FactDelegate *m_delegate = nullptr;
    policy::WhatIfPtr m_answer;
    policy::PolicyModelPtr m_policies; ///< that were asked about last
    QTimer m_pause;
    QTimer m_patience; ///< only an evaluation that takes long is told about
};

} // namespace portolan::ui
