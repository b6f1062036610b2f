#include "ui/matrix/matrix_view.h"

#include "ui/matrix/matrix_delegate.h"
#include "ui/matrix/matrix_header.h"
#include "ui/matrix/matrix_legend.h"
#include "ui/matrix/matrix_table.h"
#include "ui/words/plain_label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QTableView>
#include <QToolButton>

#include <map>

namespace portolan::ui {

namespace {

constexpr int cellSize = 26;
constexpr std::size_t mostPorts = 200; // offered, those of most containers first

QString protocolText(policy::IpProtocol protocol)
{
    return protocol == policy::protocol::udp    ? QStringLiteral("UDP")
           : protocol == policy::protocol::sctp ? QStringLiteral("SCTP")
                                                : QStringLiteral("TCP");
}

/// Ports that pods of the cluster listen on as far as it says, those of most containers first.
std::vector<policy::Traffic> portsOf(const ClusterState &state)
{
    std::map<policy::Traffic, int> uses;
    for (const auto &pod : state.pods) {
        for (const Container &container : pod->containers) {
            for (const ContainerPort &port : container.ports)
                ++uses[{policy::ipProtocol(port.protocol), port.number}];
        }
    }
    std::vector<std::pair<int, policy::Traffic>> sorted;
    for (const auto &[traffic, count] : uses)
        sorted.emplace_back(-count, traffic);
    std::sort(sorted.begin(), sorted.end());
    std::vector<policy::Traffic> ports;
    for (std::size_t i = 0; i < sorted.size() && i < mostPorts; ++i)
        ports.push_back(sorted[i].second);
    return ports;
}

} // namespace

namespace {

constexpr int topSpacing = 10;
constexpr int leastState = 120; // of the sentence about the matrix, to be worth a place

} // namespace

MatrixView::MatrixView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("matrix"));
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    buildTop();
    buildTable();
    lines->addWidget(m_cells, 1);
    tellState();
}

void MatrixView::buildTop()
{
    m_top = new QBoxLayout(QBoxLayout::LeftToRight);
    m_top->setContentsMargins(12, 8, 12, 8);
    m_top->setSpacing(topSpacing);
    auto *caption = new PlainLabel(tr("Port"), "muted", this);
    m_port = new QComboBox(this);
    m_port->setAccessibleName(tr("Port that the matrix is about"));
    m_port->addItem(tr("Any port"));
    connect(m_port, &QComboBox::activated, this, &MatrixView::ask);
    m_fold = new QToolButton(this);
    m_fold->setProperty("role", QStringLiteral("chip"));
    m_fold->setText(tr("Fold namespaces"));
    m_fold->setCheckable(true);
    m_fold->setFocusPolicy(Qt::StrongFocus);
    connect(m_fold, &QToolButton::clicked, this, [this](bool folded) { m_table->setAllFolded(folded); });
    m_similar = new QToolButton(this);
    m_similar->setProperty("role", QStringLiteral("chip"));
    m_similar->setText(tr("Like ones together"));
    m_similar->setCheckable(true);
    m_similar->setFocusPolicy(Qt::StrongFocus);
    connect(m_similar, &QToolButton::clicked, this,
            [this](bool similar) { m_table->setSortedBySimilarity(similar); });
    m_state = new PlainLabel({}, "muted", this);
    m_legend = new MatrixLegend(this);
    m_choices = new QBoxLayout(QBoxLayout::LeftToRight);
    m_told = new QBoxLayout(QBoxLayout::LeftToRight);
    for (QBoxLayout *part : {m_choices, m_told})
        part->setSpacing(topSpacing);
    for (QWidget *widget : std::initializer_list<QWidget *>{caption, m_port, m_fold, m_similar})
        m_choices->addWidget(widget);
    m_told->addWidget(m_state, 1);
    m_told->addWidget(m_legend);
    m_top->addLayout(m_choices);
    m_top->addLayout(m_told, 1);
    static_cast<QVBoxLayout *>(layout())->addLayout(m_top);
}

QSize MatrixView::minimumSizeHint() const
{
    const QMargins margins = m_top->contentsMargins();
    const int widest = std::max(m_choices->sizeHint().width(), m_legend->sizeHint().width());
    return {widest + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void MatrixView::resizeEvent(QResizeEvent *event)
{
    const QMargins margins = m_top->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    const int told = leastState + topSpacing + m_legend->sizeHint().width();
    const auto lay = [](QBoxLayout *part, bool inOneLine) {
        part->setDirection(inOneLine ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    };
    lay(m_top, m_choices->sizeHint().width() + topSpacing + told <= room);
    lay(m_told, told <= room);
    m_top->setAlignment(m_choices, Qt::AlignLeft);
    QWidget::resizeEvent(event);
}

void MatrixView::buildTable()
{
    m_table = new MatrixTable(this);
    m_delegate = new MatrixDelegate(this);
    m_cells = new QTableView(this);
    m_cells->setAccessibleName(tr("Matrix: rows are sources, columns are destinations"));
    m_rows = new MatrixHeader(Qt::Vertical, m_cells);
    m_columns = new MatrixHeader(Qt::Horizontal, m_cells);
    m_cells->setVerticalHeader(m_rows);
    m_cells->setHorizontalHeader(m_columns);
    for (MatrixHeader *header : {m_rows, m_columns}) {
        header->setMinimumSectionSize(cellSize);
        header->setDefaultSectionSize(cellSize);
        connect(header, &QHeaderView::sectionDoubleClicked, this, &MatrixView::foldAt);
    }
    m_cells->setModel(m_table);
    m_cells->setItemDelegate(m_delegate);
    m_cells->setShowGrid(false);
    m_cells->setMouseTracking(true);
    m_cells->setTabKeyNavigation(false);
    m_cells->setSelectionMode(QAbstractItemView::SingleSelection);
    m_cells->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_cells->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_cells->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_cells->setCornerButtonEnabled(false);
    m_cells->installEventFilter(this);
    setFocusProxy(m_cells);
    connect(m_cells->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) {
                m_rows->viewport()->update();
                m_columns->viewport()->update();
                emitPair(now, false);
            });
    connect(m_cells, &QTableView::activated, this, [this](const QModelIndex &at) { emitPair(at, true); });
}

void MatrixView::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_rows->setTheme(theme);
    m_columns->setTheme(theme);
    m_legend->setTheme(theme);
    m_cells->viewport()->update();
}

void MatrixView::setFrame(const TopologyFramePtr &frame)
{
    const bool isNew = frame && (!m_frame || m_frame->policies != frame->policies);
    m_frame = frame;
    if (!frame) {
        m_asked.reset();
        m_again = false;
        setMatrix(nullptr);
    }
    if (!isNew || !isVisible())
        return;
    offerPorts();
    ask();
}

void MatrixView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    offerPorts();
    if (m_frame)
        ask();
}

void MatrixView::ask()
{
    m_complete = false;
    m_again = m_asked && *m_asked == traffic();
    if (m_again)
        return;
    m_asked = traffic();
    Q_EMIT matrixWanted();
}

void MatrixView::offerPorts()
{
    if (!m_frame || !m_frame->state)
        return;
    const QVariant chosen = m_port->currentData();
    m_port->clear();
    m_port->addItem(tr("Any port"));
    for (const policy::Traffic &port : portsOf(*m_frame->state)) {
        m_port->addItem(QStringLiteral("%1/%2").arg(port.port).arg(protocolText(port.protocol)),
                        int(port.port) << 8 | port.protocol);
    }
    m_port->setCurrentIndex(std::max(0, m_port->findData(chosen)));
}

std::optional<policy::Traffic> MatrixView::traffic() const
{
    const QVariant chosen = m_port->currentData();
    if (!chosen.isValid())
        return std::nullopt;
    return policy::Traffic{policy::IpProtocol(chosen.toInt() & 0xff), std::uint16_t(chosen.toInt() >> 8)};
}

void MatrixView::setMatrix(const ReachMatrixPtr &matrix)
{
    if (matrix && matrix->traffic() != traffic())
        return; // of a port that was chosen before
    m_table->setMatrix(matrix);
    tellState();
    m_asked.reset();
    m_complete = matrix && !m_again;
    if (m_again)
        ask();
}

void MatrixView::tellState()
{
    const ReachMatrixPtr &matrix = m_table->matrix();
    m_state->setPlain(!matrix                  ? tr("Evaluating the policies…")
                      : matrix->ends().empty() ? tr("No workloads")
                                               : tr("%n workloads", nullptr, int(matrix->ends().size())));
}

void MatrixView::foldAt(int section)
{
    const QModelIndex current = m_cells->currentIndex();
    const std::string ns = m_table->namespaceOf(section);
    m_table->toggleFold(section);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_table->namespaceOf(row) == ns) {
            m_cells->setCurrentIndex(
                m_table->index(row, std::min(std::max(0, current.column()), m_table->columnCount() - 1)));
            break;
        }
    }
}

bool MatrixView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_cells && event->type() == QEvent::KeyPress && m_cells->currentIndex().isValid() &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space) {
        foldAt(m_cells->currentIndex().row());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void MatrixView::emitPair(const QModelIndex &index, bool activated)
{
    if (!index.isValid())
        return;
    const MatrixEnd *from = m_table->end(index.row());
    const MatrixEnd *to = m_table->end(index.column());
    if (!from || !to || from == to)
        return;
    if (activated)
        Q_EMIT pairActivated(from->node, to->node);
    else
        Q_EMIT pairSelected(from->node, to->node);
}

} // namespace portolan::ui
