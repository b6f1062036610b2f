#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace portolan::ui {

class FindingsModel;
class FindingsDelegate;
class PlainLabel;
class GrowingTree;

/// The list of findings by rule, worst first. A click says which objects are meant.
class FindingsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FindingsPanel(QWidget *parent = nullptr);

    void setFrame(const TopologyFramePtr &frame);
    void setTheme(const Theme &theme);
    FindingsModel *model() const { return m_model; }

Q_SIGNALS:
    void subjectSelected(const portolan::ui::Subject &subject);
    /// A rule with several findings: these are to be shown on the map.
    void objectsHighlighted(const std::vector<portolan::ObjectRef> &objects);

private:
    void choose(const QModelIndex &index);

    FindingsModel *m_model = nullptr;
    FindingsDelegate *m_delegate = nullptr;
    GrowingTree *m_tree = nullptr;
    PlainLabel *m_none = nullptr;
};

} // namespace portolan::ui
