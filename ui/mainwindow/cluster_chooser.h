#pragma once

#include "ui/mainwindow/session_host.h"
#include "ui/theme/theme.h"
#include "ui/words/tone.h"

#include <QToolButton>

class QMenu;

namespace portolan::ui {

class KubeconfigContexts;

/// The button that says which cluster is shown, and its menu of those that can be: contexts, other
/// kubeconfigs, recordings, the demo.
class ClusterChooser : public QToolButton
{
    Q_OBJECT

public:
    ClusterChooser(KubeconfigContexts *contexts, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// `name` bold, `detail` muted behind it, and the mark of `tone` before it.
    void setShown(Tone tone, const QString &name, const QString &detail);
    /// The same choices, for the menu bar.
    QMenu *choices() const { return m_menu; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void openRequested(const portolan::ui::OpenRequest &request);
    void kubeconfigWanted();
    void snapshotWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void fillMenu();
    void addTitle(const QString &title);
    void addContexts();
    void addRecordings();

    KubeconfigContexts *m_contexts;
    QMenu *m_menu = nullptr;
    Theme m_theme;
    Tone m_tone = Tone::Muted;
    QString m_name;
    QString m_detail;
};

} // namespace portolan::ui
