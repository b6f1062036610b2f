#include "app/gui/picture_run.h"

#include "model/base/output_file.h"
#include "ui/canvas/map_canvas.h"
#include "ui/inspector/inspector.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/subject_name.h"
#include "ui/matrix/matrix_view.h"
#include "ui/path/path_view.h"
#include "ui/whatif/what_if_panel.h"

#include <QApplication>
#include <QBuffer>
#include <QPixmap>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

namespace portolan::gui {

namespace {
constexpr int settlingRounds = 5;
constexpr double farZoom = 0.19; ///< see ui::detailFor
constexpr double middleZoom = 0.35;
constexpr double nearZoom = 2.5;
constexpr std::chrono::seconds patience{120}; ///< for a cluster that never gets complete
constexpr std::chrono::seconds patienceWithFailure{15};
} // namespace

PictureRun::PictureRun(ui::MainWindow &window, LaunchOptions options)
    : QObject(&window),
      m_window(window),
      m_options(std::move(options))
{
    connect(&window, &ui::MainWindow::frameShown, this, &PictureRun::look, Qt::QueuedConnection);
    connect(&window.host(), &ui::SessionHost::sessionOpened, this, [this](Session *session) {
        connect(session, &Session::statusChanged, this, &PictureRun::look, Qt::QueuedConnection);
        connect(session, &Session::matrixReady, this, &PictureRun::look, Qt::QueuedConnection);
        connect(session, &Session::pathReady, this, &PictureRun::look, Qt::QueuedConnection);
        look();
    });
    connect(&window, &ui::MainWindow::openFailed, this,
            [this](const Error &error) { end(QString::fromStdString(error.oneLine())); });
    connect(&window, &ui::MainWindow::exportFinished, this,
            [this](const QString &, const std::optional<Error> &error) {
                end(error ? QString::fromStdString(error->oneLine()) : QString());
            });
    connect(window.whatIf(), &ui::WhatIfPanel::answerShown, this, &PictureRun::look, Qt::QueuedConnection);
    m_deadline.setSingleShot(true);
    m_deadline.start(patience);
    connect(&m_deadline, &QTimer::timeout, this, &PictureRun::endLate);
    connect(&window.host(), &ui::SessionHost::execPluginAsked, this,
            [this](const kube::ExecPluginSpec &plugin, const QString &context) {
                end(QStringLiteral("%1: %2 may not run for credentials; open the window once to allow it")
                        .arg(context, QString::fromStdString(withoutControlCharacters(plugin.command))));
            });
}

bool PictureRun::isComplete() const
{
    const TopologyFramePtr frame = m_window.frame();
    const Session *session = m_window.host().session();
    if (!frame || !frame->graph || !frame->layout || !session || frame != session->frame())
        return false;
    if (m_options.matrix && !m_window.matrix()->isComplete())
        return false;
    if (!m_options.whatIf.isEmpty() && !m_window.whatIf()->isAnswered())
        return false;
    if (m_options.view && frame->graph->view != *m_options.view)
        return false;
    const SessionStatus status = session->status();
    // Of what is Degraded all that can be read has been read once.
    const bool read = status.phase == SessionPhase::Live || status.phase == SessionPhase::Offline ||
                      status.phase == SessionPhase::Degraded;
    return read && !status.layoutRunning;
}

void PictureRun::endLate()
{
    const Session *session = m_window.host().session();
    const std::optional<Error> problem = session ? session->status().problem : std::nullopt;
    const QString why =
        problem ? QStringLiteral(": ") + QString::fromStdString(problem->oneLine()) : QString();
    end(QStringLiteral("the map did not get complete in time") + why);
}

/// A server that does not answer is waited for, but not as long as a large one that does.
void PictureRun::noteProblem()
{
    const Session *session = m_window.host().session();
    const bool fails = session && session->status().problem && !m_window.frame();
    if (fails != m_fails)
        m_deadline.start(fails ? patienceWithFailure : patience);
    m_fails = fails;
}

void PictureRun::look()
{
    if (!m_done)
        noteProblem();
    if (m_done || !isComplete())
        return;
    if (!m_selected && !m_options.select.isEmpty()) {
        const auto subject = ui::subjectNamed(*m_window.frame(), m_options.select.toStdString());
        if (!subject) {
            end(QStringLiteral("nothing is called “%1”").arg(m_options.select));
            return;
        }
        if (m_options.path && !ui::questionOf(*subject, *m_window.frame())) {
            end(QStringLiteral("“%1” is no connection: --view path shows the way of one")
                    .arg(m_options.select));
            return;
        }
        m_window.reveal(*subject);
    }
    m_selected = true;
    if (m_options.path && !m_options.select.isEmpty() && !m_window.path()->path())
        return; // it is asked for
    m_done = true;
    // What the selection changed is laid out before the picture is taken.
    QTimer::singleShot(0, this, &PictureRun::act);
}

void PictureRun::act()
{
    // Layouts settle in posted events that post events.
    if (++m_rounds < settlingRounds) {
        QTimer::singleShot(0, this, &PictureRun::act);
        return;
    }
    if (!m_options.screenshot.isEmpty())
        takePicture();
    else
        m_window.exportTo(m_options.exportFile);
}

/// The whole map; or closer by, around what is selected, else around its middle.
void PictureRun::frame(ui::MapCanvas &canvas) const
{
    canvas.fit();
    canvas.settle();
    if (!m_options.zoom)
        return;
    if (!m_options.select.isEmpty())
        canvas.fitSelection();
    const ui::Viewport whole = canvas.viewport();
    const double wanted = *m_options.zoom == ui::MapDetail::Far      ? std::min(whole.zoom(), farZoom)
                          : *m_options.zoom == ui::MapDetail::Middle ? middleZoom
                                                                     : nearZoom;
    canvas.setViewport(whole.zoomedAt(QRectF(canvas.rect()).center(), wanted / whole.zoom()));
    canvas.settle();
}

void PictureRun::takePicture()
{
    if (!m_options.tables && !m_options.matrix && !m_options.path)
        frame(*m_window.canvas());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!m_window.grab().save(&buffer, "PNG"))
        return end(QStringLiteral("%1: the picture could not be encoded").arg(m_options.screenshot));
    const Result<void> written = writeFile(m_options.screenshot.toStdString(), bytes.toStdString());
    if (!written)
        end(QString::fromStdString(written.error().oneLine()));
    else if (!m_options.exportFile.isEmpty())
        m_window.exportTo(m_options.exportFile);
    else
        end({});
}

void PictureRun::end(const QString &problem)
{
    // A recording that cannot be read is told with each change of the session's status.
    if (std::exchange(m_ended, true))
        return;
    m_done = true;
    m_deadline.stop();
    if (!problem.isEmpty())
        std::fprintf(stderr, "portolan: %s\n", qPrintable(problem));
    // From the event loop: what cannot be opened may be told before that runs.
    QTimer::singleShot(0, this, [code = problem.isEmpty() ? 0 : 1] { QApplication::exit(code); });
}

} // namespace portolan::gui
