#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLineEdit;
class QSortFilterProxyModel;

namespace portolan::ui {

class CountDelegate;
class GrowingList;
class NamespaceModel;
class PlainLabel;

/// The namespaces, each with a check box that says whether the map draws it.
class NamespacePanel : public QWidget
{
    Q_OBJECT

public:
    explicit NamespacePanel(QWidget *parent = nullptr);

    void setFrame(const TopologyFramePtr &frame);
    void setTheme(const Theme &theme);
    NamespaceModel *model() const { return m_model; }

Q_SIGNALS:
    void subjectSelected(const portolan::ui::Subject &subject);

private:
    void showMenu(const QPoint &at);
    void updateSummary();

    NamespaceModel *m_model = nullptr;
    QSortFilterProxyModel *m_filter = nullptr;
    QLineEdit *m_filterField = nullptr;
    CountDelegate *m_delegate = nullptr;
    GrowingList *m_list = nullptr;
    PlainLabel *m_summary = nullptr;
};

} // namespace portolan::ui
