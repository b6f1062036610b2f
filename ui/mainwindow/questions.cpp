#include "ui/mainwindow/questions.h"

#include "model/kube/exec_consent.h"
#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {

struct Questions
{
    Q_DECLARE_TR_FUNCTIONS(Questions)
};

void ask(QWidget *parent, const QString &title, const QString &question, const QString &details,
         const QString &yes, Answer answered)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, title, question, QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(details);
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    if (auto *main = box->findChild<QLabel *>(QStringLiteral("qt_msgbox_label")))
        setRole(main, "strong");
    QPushButton *go = box->addButton(yes, QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(box, &QMessageBox::finished, box,
                     [box, go, answered = std::move(answered)] { answered(box->clickedButton() == go); });
    box->open();
}

} // namespace

void askEphemeralContainer(QWidget *parent, const ObjectRef &pod, const QString &image, Answer answered)
{
    const QString question =
        Questions::tr("Add a container with tools to the pod %1?").arg(words::refName(pod));
    const QString details =
        Questions::tr(
            "Kubernetes adds an ephemeral container with the image %1. It shares the network of the pod and "
            "ends by itself, but it cannot be taken out again: its entry stays in the pod's description "
            "until the pod is deleted. The image is pulled on the pod's node if it is not there.")
            .arg(image);
    ask(parent, Questions::tr("Ephemeral container"), question, details, Questions::tr("Add container"),
        std::move(answered));
}

void askReadFlows(QWidget *parent, const QStringList &agents, const QString &command, Answer answered)
{
    constexpr qsizetype most = 4;
    QStringList named = agents.mid(0, most);
    if (agents.size() > most)
        named << Questions::tr("%1 more").arg(agents.size() - most);
    const QString details =
        Questions::tr(
            "Cilium's agents keep a log of the flows that they saw last. Portolan runs this command "
            "in each of their pods (%1):\n\n%2\n\nIt reads, and changes nothing in the cluster. It "
            "needs the right to exec in these pods, and the cluster's audit log shows it.")
            .arg(named.join(QStringLiteral(", ")), command);
    ask(parent, Questions::tr("Observed flows"), Questions::tr("Read the flow logs of the nodes?"), details,
        Questions::tr("Read flows"), std::move(answered));
}

void askExecPlugin(QWidget *parent, const kube::ExecPluginSpec &plugin, const QString &contextName,
                   const QString &origin, Answer answered)
{
    const QString question =
        Questions::tr("Run a program to get credentials for %1?").arg(plainText(utf8(contextName)));
    const QString details =
        Questions::tr("The kubeconfig %1 asks for this program:\n\n%2\n\nIt runs with your rights. "
                      "Allow it only if you trust that file. Yes is remembered for this "
                      "program with these arguments.")
            .arg(plainText(utf8(origin)), shortened(plainText(kube::commandLine(plugin)), 600));
    ask(parent, Questions::tr("Credentials"), question, details, Questions::tr("Run program"),
        std::move(answered));
}

void showShortcuts(QWidget *parent)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Questions::tr("Keyboard shortcuts"));
    auto *rows = new QVBoxLayout(dialog);
    rows->setContentsMargins(20, 16, 20, 16);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(6);
    const auto native = [](const QKeySequence &keys) { return keys.toString(QKeySequence::NativeText); };
    const std::pair<QString, QString> shortcuts[] = {
        {native(Qt::CTRL | Qt::Key_K), Questions::tr("Find anything by name, address or label")},
        {native(QKeySequence::Find), Questions::tr("Find; in tables: filter rows")},
        {native(Qt::CTRL | Qt::Key_1) + QStringLiteral(", ") + native(Qt::CTRL | Qt::Key_2),
         Questions::tr("Services view, Nodes view")},
        {native(Qt::CTRL | Qt::Key_T), Questions::tr("Map or tables")},
        {Questions::tr("Tab, Shift+Tab"), Questions::tr("Next, previous card or line of the map")},
        {Questions::tr("Arrows"), Questions::tr("Neighbour on the map; with Ctrl: move the map")},
        {Questions::tr("Enter"), Questions::tr("On a line: probe it. On a card: open it")},
        {Questions::tr("Space"), Questions::tr("Select")},
        {Questions::tr("Esc"), Questions::tr("Take focus and selection back")},
        {QStringLiteral("+ − 0"), Questions::tr("Zoom in, out, to 100 %")},
        {Questions::tr("Home"), Questions::tr("Whole map")},
        {Questions::tr("Alt+arrows"), Questions::tr("Move the card; with Shift: its namespace")},
        {native(Qt::CTRL | Qt::Key_Z) + QStringLiteral(", ") + native(Qt::CTRL | Qt::SHIFT | Qt::Key_Z),
         Questions::tr("Undo, redo what was done to the map")},
        {native(Qt::Key_F5), Questions::tr("Tidy up: lay out anew what is not pinned")},
        {native(Qt::CTRL | Qt::Key_P), Questions::tr("Probe a pair chosen by hand")},
        {native(Qt::CTRL | Qt::Key_L), Questions::tr("Read observed flows")},
        {native(Qt::CTRL | Qt::Key_I), Questions::tr("What a policy would change")},
        {native(QKeySequence::Back) + QStringLiteral(", ") + native(QKeySequence::Forward),
         Questions::tr("Back and forward through what was selected")},
        {native(QKeySequence::Save), Questions::tr("Save a snapshot")},
        {native(QKeySequence::Open), Questions::tr("Open a snapshot")},
        {native(Qt::CTRL | Qt::Key_E), Questions::tr("Export the map")},
        {native(QKeySequence::FullScreen), Questions::tr("Full screen")},
    };
    int row = 0;
    for (const auto &[keys, what] : shortcuts) {
        grid->addWidget(new PlainLabel(keys, "mono", dialog), row, 0);
        grid->addWidget(new PlainLabel(what, "", dialog), row++, 1);
    }
    for (QLabel *label : dialog->findChildren<QLabel *>())
        label->setMinimumWidth(label->sizeHint().width());
    rows->addLayout(grid);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    rows->addSpacing(10);
    rows->addWidget(buttons);
    dialog->open();
}

void showAbout(QWidget *parent)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, Questions::tr("About Portolan"),
                                QStringLiteral("Portolan ") + QStringLiteral(PORTOLAN_VERSION),
                                QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(Questions::tr(
        "A chart of a cluster's network, as a portolan was a chart of the lines between ports.\n\n"
        "The source is under the Apache License 2.0. This program links Qt Charts, and as a whole "
        "falls under the GNU General Public License 3."));
    box->open();
}

} // namespace portolan::ui
