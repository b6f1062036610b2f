#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/graph_json.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/sibling_program.h"
#include "app/ctl/source.h"
#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "model/snapshot/snapshot.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace portolan::ctl {

namespace {

constexpr int renderDeadlineMs = 120'000;
constexpr int pollMs = 100;

void declare(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOptions({
        {u"format"_qs, u"json (default), svg, png or pdf."_qs, u"FORMAT"_qs, u"json"_qs},
        {u"view"_qs, u"services (default) or nodes."_qs, u"VIEW"_qs, u"services"_qs},
        {u"layout"_qs, u"With --format json: say where each thing stands, and each line's path."_qs},
        {{u"o"_qs, u"output"_qs}, u"Write to FILE instead of standard output."_qs, u"FILE"_qs},
    });
}

/// Why the drawing program failed: the last line that it printed.
Error drawingError(QProcess &process)
{
    const QByteArray said = process.readAllStandardError().trimmed();
    const QByteArray line = said.mid(said.lastIndexOf('\n') + 1);
    return {ErrorCode::Io, line.isEmpty() ? "drawing failed" : line.toStdString(),
            process.program().toStdString()};
}

/// The window's program draws pictures, so that there is one renderer; it runs without a screen.
Result<void> draw(const QString &snapshot, const QString &view, const QString &output,
                  const CancelToken &cancel)
{
    const QString program = siblingProgram(u"portolan"_qs);
    if (program.isEmpty())
        return Error{ErrorCode::Io, "draws the pictures, and is not installed", "portolan"};
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_qs, u"offscreen"_qs);
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier(unblockInterrupts);
    process.start(program, {u"--snapshot"_qs, snapshot, u"--view"_qs, view, u"--export"_qs, output});
    QElapsedTimer timer;
    timer.start();
    while (!process.waitForFinished(pollMs) && process.state() != QProcess::NotRunning) {
        if (!cancel.isCancelled() && timer.elapsed() < renderDeadlineMs)
            continue;
        process.kill();
        process.waitForFinished();
        return cancel.isCancelled()
                   ? Error{ErrorCode::Cancelled, "interrupted", {}}
                   : Error{ErrorCode::Timeout, "drawing took too long", program.toStdString()};
    }
    const bool done = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0 &&
                      process.error() != QProcess::FailedToStart;
    return done ? Result<void>() : drawingError(process);
}

/// The bytes of the picture.
Result<std::string> drawState(const ClusterState &state, const QString &view, const QString &format,
                              const CancelToken &cancel)
{
    const OrderlyEnd orderly; // the folder, and the program that draws
    const QTemporaryDir folder;
    const QString snapshot = folder.filePath(u"state.portolan"_qs);
    const Result<void> saved = saveSnapshot(state, snapshot.toStdString(), cancel);
    if (!saved)
        return saved.error();
    // The window's program goes by the ending, which a name given with -o need not have.
    QFile picture(folder.filePath(u"map."_qs + format));
    const Result<void> drawn = draw(snapshot, view, picture.fileName(), cancel);
    if (!drawn)
        return drawn.error();
    if (!picture.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, picture.errorString().toStdString(), picture.fileName().toStdString()};
    return picture.readAll().toStdString();
}

/// Each thing where the map would have it with plain fonts.
Result<LayoutResult> placesOf(const TopologyGraphPtr &graph, const CancelToken &cancel)
{
    const OrderlyEnd orderly; // the worker
    LayoutOptions options;
    options.workerProgram = siblingProgram(u"portolan-layout"_qs).toStdString();
    return makeNamespaceLayout(options)->layout({graph, defaultMapFonts(), nullptr}, cancel);
}

Result<std::string> graphOf(const ClusterState &state, const QCommandLineParser &parser,
                            const CancelToken &cancel)
{
    GraphOptions options;
    options.view = parser.value(u"view"_qs) == u"nodes"_qs ? GraphView::Nodes : GraphView::Services;
    const auto graph = std::make_shared<const TopologyGraph>(buildGraph(state, options));
    if (!parser.isSet(u"layout"_qs))
        return graphJson(state, *graph, nullptr);
    const Result<LayoutResult> places = placesOf(graph, cancel);
    if (!places)
        return places.error();
    return graphJson(state, *graph, &*places);
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 1))
        return Usage;
    const QString format = parser.value(u"format"_qs);
    const QString view = parser.value(u"view"_qs);
    if (!QStringList{u"json"_qs, u"svg"_qs, u"png"_qs, u"pdf"_qs}.contains(format))
        return failUsage(u"--format is json, svg, png or pdf"_qs);
    if (view != u"services"_qs && view != u"nodes"_qs)
        return failUsage(u"--view is services or nodes"_qs);
    const Result<ClusterStatePtr> state = readState(parser, 0, cancel);
    if (!state)
        return fail(state.error());
    const Result<std::string> graph =
        format == u"json"_qs ? graphOf(**state, parser, cancel) : drawState(**state, view, format, cancel);
    if (!graph)
        return fail(graph.error());
    const Result<void> written = writeOutput(*graph, parser.value(u"output"_qs));
    return written ? Success : fail(written.error());
}

} // namespace

Verb graphVerb()
{
    return {"graph", "[FILE]", "Draw the map, or write its nodes and edges as JSON.", declare, run};
}

} // namespace portolan::ctl
