#include "model/base/output_file.h"
#include "ui/base/background.h"
#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/export_job.h"
#include "ui/mainwindow/kubeconfig_contexts.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/preferences.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>

/// The parts of the window that choose files and write them.
namespace portolan::ui {

namespace {

const QString exportKey = QStringLiteral("export");
const QString snapshotSuffix = QStringLiteral("portolan");

/// "prod-eu1-20261122-1432": a name for a file, from a name that may carry anything.
QString fileStem(const TopologyFramePtr &frame)
{
    QString name = frame && frame->state ? QString::fromStdString(frame->state->info.contextName) : QString();
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && c != u'-' && c != u'.')
            c = u'-';
    }
    if (name.isEmpty() || name.startsWith(u'.'))
        name.prepend(QStringLiteral("cluster"));
    return name.left(80) + QDateTime::currentDateTimeUtc().toString(QStringLiteral("-yyyyMMdd-HHmm"));
}

/// Shows a file dialog without waiting for it.
void choose(QWidget *parent, QFileDialog::AcceptMode mode, const QString &title, const QStringList &filters,
            const QString &proposal, std::function<void(const QString &)> chosen)
{
    auto *dialog = new QFileDialog(parent, title, QDir::currentPath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setNameFilters(filters);
    // By the dialog, so that it asks before it replaces the file of that name.
    if (mode == QFileDialog::AcceptSave && filters.size() == 1)
        dialog->setDefaultSuffix(proposal.section(u'.', -1));
    if (!proposal.isEmpty())
        dialog->selectFile(proposal);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

} // namespace

void MainWindow::chooseSnapshot()
{
    choose(this, QFileDialog::AcceptOpen, tr("Open snapshot"),
           {tr("Snapshots (*.portolan)"), tr("All files (*)")}, {}, [this](const QString &file) {
               OpenRequest request;
               request.kind = OpenRequest::Kind::Snapshot;
               request.snapshot = utf8(file);
               open(request);
           });
}

void MainWindow::chooseKubeconfig()
{
    choose(this, QFileDialog::AcceptOpen, tr("Open kubeconfig"), {tr("All files (*)")}, {},
           [this](const QString &file) {
               Preferences().setKubeconfigFile(file);
               m_contexts->load(file);
               OpenRequest request;
               request.kind = OpenRequest::Kind::Context;
               request.kubeconfig = utf8(file);
               open(request);
           });
}

void MainWindow::chooseSnapshotTarget()
{
    choose(this, QFileDialog::AcceptSave, tr("Save snapshot"), {tr("Snapshots (*.portolan)")},
           fileStem(m_frame) + u'.' + snapshotSuffix, [this](const QString &file) {
               if (m_host->session())
                   m_host->session()->saveSnapshot(utf8(file));
           });
}

void MainWindow::chooseFlipsTarget(const QString &csv)
{
    choose(this, QFileDialog::AcceptSave, tr("Export the list"), {tr("Comma-separated values (*.csv)")},
           QStringLiteral("what-if.csv"), [this, csv](const QString &file) {
               const auto write = [name = utf8(file), text = utf8(csv)] { return writeFile(name, text); };
               runInBackground(this, write, [this, file](const Result<void> &written) {
                   const QString key = QStringLiteral("flips");
                   if (written)
                       say(key, Tone::Good, tr("List written"), plainText(utf8(file)));
                   else
                       say(key, Tone::Bad, tr("The list was not written"), words::errorText(written.error()));
               });
           });
}

ExportOptions MainWindow::exportOptions(bool selection) const
{
    ExportOptions options;
    options.now = m_canvas->shownTime();
    options.choice = m_canvas->choice();
    if (selection) {
        options.nodes = m_canvas->selectedNodes();
        options.edges = m_canvas->selectedEdges();
    }
    return options;
}

void MainWindow::chooseExportTarget(bool selection)
{
    const QStringList filters{tr("SVG picture (*.svg)"), tr("PNG picture (*.png)"),
                              tr("PDF document (*.pdf)")};
    choose(this, QFileDialog::AcceptSave, selection ? tr("Export selection") : tr("Export map"), filters,
           fileStem(m_frame) + QStringLiteral(".svg"), [this, selection](const QString &file) {
               m_export->toFile(m_frame, m_canvas->theme(), exportOptions(selection), file);
               if (m_export->isRunning())
                   tellExportStarted(file);
           });
}

void MainWindow::exportTo(const QString &file)
{
    m_export->toFile(m_frame, m_canvas->theme(), exportOptions(false), file);
}

void MainWindow::copyImage(bool selection)
{
    m_export->toClipboard(m_frame, m_canvas->theme(), exportOptions(selection));
    tellExportStarted({});
}

void MainWindow::tellExportStarted(const QString &file)
{
    Notice notice;
    notice.key = exportKey;
    notice.text = file.isEmpty() ? tr("Drawing the map") : tr("Writing %1").arg(plainText(utf8(file)));
    notice.percent = -1;
    notice.actions = {{tr("Cancel"), [this] { m_export->cancel(); }}};
    m_notices->put(notice);
    updateActions();
}

void MainWindow::tellExport(const QString &file, const std::optional<Error> &error)
{
    m_notices->remove(exportKey);
    updateActions();
    if (error && error->code != ErrorCode::Cancelled)
        say(exportKey, Tone::Bad, tr("The map was not exported"), words::errorText(*error));
    else if (!error && file.isEmpty())
        say(exportKey, Tone::Good, tr("The map is on the clipboard"));
    else if (!error)
        say(exportKey, Tone::Good, tr("Map exported"), plainText(utf8(file)));
    Q_EMIT exportFinished(file, error);
}

} // namespace portolan::ui
