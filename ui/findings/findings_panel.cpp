#include "ui/findings/findings_panel.h"

#include "ui/canvas/glyphs.h"
#include "ui/findings/findings_delegate.h"
#include "ui/findings/findings_model.h"
#include "ui/findings/growing_views.h"
#include "ui/words/plain_label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {
constexpr int markSize = 10;
constexpr int markGap = 8;
} // namespace

FindingsDelegate::FindingsDelegate(QObject *parent) : CountDelegate(FindingsModel::CountRole, parent) {}

int FindingsDelegate::paintMark(QPainter &painter, const QRect &place, const QModelIndex &index) const
{
    const QVariant severity = index.data(FindingsModel::SeverityRole);
    if (!severity.isValid())
        return 0;
    const QPointF centre(place.left() + markSize / 2.0, place.center().y() + 0.5);
    painter.setRenderHint(QPainter::Antialiasing);
    drawFindingMark(painter, theme(), Severity(severity.toInt()), centre, markSize);
    return markSize + markGap;
}

FindingsPanel::FindingsPanel(QWidget *parent) : QWidget(parent)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *title = new PlainLabel(tr("Findings").toUpper(), "section", this);
    title->setContentsMargins(12, 9, 12, 5);
    rows->addWidget(title);
    m_none = new PlainLabel(tr("Nothing found"), "muted", this);
    m_none->setContentsMargins(12, 2, 12, 4);
    rows->addWidget(m_none);

    m_model = new FindingsModel(this);
    m_delegate = new FindingsDelegate(this);
    m_tree = new GrowingTree(this);
    m_tree->setAccessibleName(tr("Findings"));
    m_tree->setItemDelegate(m_delegate);
    m_tree->setModel(m_model);
    m_tree->setIndentation(14);
    m_tree->setRootIsDecorated(false);
    auto *inset = new QVBoxLayout; // a tree takes no viewport margins: it sets its own
    inset->setContentsMargins(4, 0, 4, 0);
    inset->addWidget(m_tree);
    rows->addLayout(inset);
    m_tree->hide();
    connect(m_tree, &QTreeView::clicked, this, &FindingsPanel::choose);
    connect(m_tree, &QTreeView::activated, this, &FindingsPanel::choose);
}

void FindingsPanel::setFrame(const TopologyFramePtr &frame)
{
    m_model->setFindings(frame ? frame->findings : nullptr);
    m_none->setVisible(m_model->isEmpty());
    m_tree->setVisible(!m_model->isEmpty());
}

void FindingsPanel::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_tree->viewport()->update();
}

void FindingsPanel::choose(const QModelIndex &index)
{
    const auto findings = m_model->findingsAt(index);
    const bool isRule = !index.parent().isValid();
    if (isRule && findings.size() > 1) {
        m_tree->setExpanded(index, !m_tree->isExpanded(index));
        std::vector<ObjectRef> objects;
        for (const Finding *finding : findings)
            objects.push_back(finding->object);
        Q_EMIT objectsHighlighted(objects);
        return;
    }
    if (findings.empty())
        return;
    Q_EMIT subjectSelected(subjectOf(*findings.front()));
    Q_EMIT objectsHighlighted({findings.front()->object});
}

} // namespace portolan::ui
