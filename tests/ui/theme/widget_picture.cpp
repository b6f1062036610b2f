// Renders every kind of widget in both themes, to be looked at: widget_picture OUT-DIRECTORY
#include "ui/theme/icons.h"
#include "ui/theme/theme_controller.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QSplitter>
#include <QStatusBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeWidget>

using namespace portolan::ui;

namespace {

QToolButton *button(const char *text, const char *role, bool checked = false)
{
    auto *result = new QToolButton;
    result->setText(QLatin1String(text));
    result->setCheckable(true);
    result->setChecked(checked);
    setRole(result, role);
    return result;
}

QLabel *label(const char *text, const char *role)
{
    auto *result = new QLabel(QString::fromUtf8(text));
    setRole(result, role);
    return result;
}

QWidget *segments()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(button("Services", "segment-first", true));
    layout->addWidget(button("Nodes", "segment"));
    layout->addWidget(button("Matrix", "segment-last"));
    return row;
}

QToolBar *toolBar(const Theme &theme)
{
    auto *bar = new QToolBar;
    bar->setMovable(false);
    auto *cluster = button("prod-eu1", "chip");
    cluster->setIcon(themedIcon(IconName::Cluster, theme, theme.ok));
    cluster->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addWidget(cluster);
    bar->addWidget(segments());
    auto *finder = new QLineEdit;
    finder->setPlaceholderText(QStringLiteral("Find pod, service, IP, label, policy…"));
    finder->addAction(themedIcon(IconName::Search, theme, theme.muted), QLineEdit::LeadingPosition);
    finder->setFixedWidth(280);
    bar->addWidget(finder);
    for (int i = 0; i <= int(IconName::Moon); ++i)
        bar->addAction(themedIcon(IconName(i), theme), QString());
    return bar;
}

QWidget *leftSide(const Theme &theme)
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->addWidget(label("NAMESPACES", "section"));
    auto *list = new QListWidget;
    for (const char *name : {"edge", "shop", "payments", "data"}) {
        auto *item = new QListWidgetItem(QLatin1String(name), list);
        item->setCheckState(list->count() == 3 ? Qt::Unchecked : Qt::Checked);
        item->setIcon(themedIcon(IconName::Namespace, theme));
    }
    list->setCurrentRow(1);
    column->addWidget(list);
    auto *tree = new QTreeWidget;
    tree->setHeaderLabels({QStringLiteral("Finding"), QStringLiteral("Count")});
    auto *top = new QTreeWidgetItem(tree, {QStringLiteral("Service without endpoints"), QStringLiteral("1")});
    top->setIcon(0, themedIcon(IconName::Problem, theme, theme.denied));
    new QTreeWidgetItem(top, {QStringLiteral("shop/promo")});
    top->setExpanded(true);
    auto *closed = new QTreeWidgetItem(tree, {QStringLiteral("Policy selects no pod"), QStringLiteral("2")});
    new QTreeWidgetItem(closed, {QStringLiteral("x")});
    column->addWidget(tree);
    return side;
}

QWidget *table()
{
    auto *result = new QTableWidget(30, 4);
    result->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Kind"),
                                       QStringLiteral("Namespace"), QStringLiteral("Ready")});
    result->verticalHeader()->hide();
    result->setShowGrid(false);
    result->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (int r = 0; r < 30; ++r) {
        for (int c = 0; c < 4; ++c)
            result->setItem(r, c, new QTableWidgetItem(QStringLiteral("web-%1").arg(r * c)));
    }
    result->selectRow(2);
    return result;
}

QWidget *controls()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->addWidget(label("web → checkout", "heading"));
    column->addWidget(label("shop/web-7d9f (10.42.1.17) 8080/TCP", "mono-muted"));
    auto *card = new QFrame;
    setRole(card, "card");
    auto *inside = new QVBoxLayout(card);
    inside->addWidget(label("POLICY SAYS", "caption"));
    inside->addWidget(label("Allowed", "strong"));
    column->addWidget(card);
    auto *warning = new QFrame;
    setRole(warning, "warning");
    (new QVBoxLayout(warning))->addWidget(label("Policy and probe disagree.", "strong"));
    column->addWidget(warning);
    auto *combo = new QComboBox;
    combo->addItems({QStringLiteral("once"), QStringLiteral("every 5 seconds")});
    auto *spin = new QSpinBox;
    auto *check = new QCheckBox(QStringLiteral("Follow"));
    check->setChecked(true);
    auto *radio = new QRadioButton(QStringLiteral("Whole map"));
    radio->setChecked(true);
    auto *partly = new QCheckBox(QStringLiteral("Partly"));
    partly->setTristate(true);
    partly->setCheckState(Qt::PartiallyChecked);
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setValue(40);
    auto *progress = new QProgressBar;
    progress->setValue(60);
    progress->setTextVisible(false);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{combo, spin, check, partly, radio,
                                          new QRadioButton(QStringLiteral("Selection")), slider, progress})
        column->addWidget(widget);
    auto *output = new QPlainTextEdit(QStringLiteral("$ nc -vz checkout 8080\nopen"));
    setRole(output, "mono");
    column->addWidget(output);
    auto *buttons = new QHBoxLayout;
    auto *primary = new QPushButton(QStringLiteral("Probe again"));
    setRole(primary, "primary");
    auto *flat = new QPushButton(QStringLiteral("More"));
    setRole(flat, "flat");
    auto *off = new QPushButton(QStringLiteral("Off"));
    off->setEnabled(false);
    for (QWidget *widget :
         {static_cast<QWidget *>(primary), static_cast<QWidget *>(new QPushButton(QStringLiteral("Copy"))),
          static_cast<QWidget *>(flat), static_cast<QWidget *>(off)})
        buttons->addWidget(widget);
    column->addLayout(buttons);
    return side;
}

void render(const Theme &theme, const QString &out)
{
    QMainWindow window;
    for (const char *name : {"File", "View", "Cluster", "Probe", "Help"})
        window.menuBar()->addMenu(QLatin1String(name));
    window.addToolBar(toolBar(theme));
    auto *splitter = new QSplitter;
    auto *tabs = new QTabWidget;
    tabs->addTab(table(), QStringLiteral("Table"));
    tabs->addTab(new QWidget, QStringLiteral("Chart"));
    splitter->addWidget(leftSide(theme));
    splitter->addWidget(tabs);
    splitter->addWidget(controls());
    splitter->setSizes({260, 620, 400});
    window.setCentralWidget(splitter);
    window.statusBar()->addWidget(new QLabel(QStringLiteral("Live · 12 watches · 38 ms behind")));
    window.resize(1280, 800);
    window.show();
    const QString stem = out + (theme.dark ? QStringLiteral("/dark") : QStringLiteral("/light"));
    window.grab().save(stem + QStringLiteral("-widgets.png"));
    QMenu menu;
    menu.addAction(themedIcon(IconName::Probe, theme), QStringLiteral("Probe from here"));
    QAction *checked = menu.addAction(QStringLiteral("Minimap"));
    checked->setCheckable(true);
    checked->setChecked(true);
    menu.addSeparator();
    menu.addAction(QStringLiteral("Fit"))->setShortcut(QKeySequence(Qt::Key_Home));
    menu.addAction(QStringLiteral("Nothing"))->setEnabled(false);
    menu.addMenu(QStringLiteral("More"));
    menu.popup({0, 0});
    menu.setActiveAction(menu.actions().constFirst());
    menu.grab().save(stem + QStringLiteral("-menu.png"));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QString out = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    ThemeController controller(application);
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        controller.setMode(mode);
        render(controller.theme(), out);
    }
}
