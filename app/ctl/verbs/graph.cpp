#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/graph_json.h"
#include "app/ctl/source.h"
#include "model/graph/graph_builder.h"
#include "model/snapshot/snapshot.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace portolan::ctl {

namespace {

constexpr int renderDeadlineMs = 120'000;

void declare(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOptions({
        {u"format"_qs, u"json (default), svg, png or pdf."_qs, u"FORMAT"_qs, u"json"_qs},
        {u"view"_qs, u"services (default) or nodes."_qs, u"VIEW"_qs, u"services"_qs},
        {{u"o"_qs, u"output"_qs}, u"Write to FILE instead of standard output."_qs, u"FILE"_qs},
    });
}

QString windowProgram()
{
    const QString beside = QCoreApplication::applicationDirPath() + u"/portolan"_qs;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(u"portolan"_qs);
}

/// The window's program draws pictures, so that there is one renderer; it runs without a screen.
Result<void> draw(const QString &snapshot, const QString &view, const QString &output)
{
    const QString program = windowProgram();
    if (program.isEmpty())
        return Error{ErrorCode::Io, "pictures are drawn by the program portolan, which is not installed",
                     "portolan"};
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_qs, u"offscreen"_qs);
    process.setProcessEnvironment(environment);
    process.start(program, {u"--snapshot"_qs, snapshot, u"--view"_qs, view, u"--export"_qs, output});
    if (!process.waitForFinished(renderDeadlineMs)) {
        process.kill();
        process.waitForFinished();
        return Error{ErrorCode::Timeout, "drawing took too long", program.toStdString()};
    }
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return {};
    const QByteArray said = process.readAllStandardError().trimmed();
    const auto lastLine = said.mid(said.lastIndexOf('\n') + 1);
    return Error{ErrorCode::Io, lastLine.isEmpty() ? "drawing failed" : lastLine.toStdString(),
                 program.toStdString()};
}

Result<void> copyToStdout(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, file.errorString().toStdString(), path.toStdString()};
    return writeOutput(file.readAll().toStdString(), {});
}

Result<void> drawState(const ClusterState &state, const QCommandLineParser &parser, const QString &format)
{
    const QTemporaryDir folder;
    const QString snapshot = folder.filePath(u"state.portolan"_qs);
    const Result<void> saved = saveSnapshot(state, snapshot.toStdString());
    if (!saved)
        return saved;
    const QString output = parser.value(u"output"_qs);
    const QString picture = folder.filePath(u"map."_qs + format);
    const QString target = output.isEmpty() ? picture : QFileInfo(output).absoluteFilePath();
    // The window's program goes by the ending, which a name given with -o need not have.
    const bool endingFits = target.endsWith(u"."_qs + format);
    const Result<void> drawn = draw(snapshot, parser.value(u"view"_qs), endingFits ? target : picture);
    if (!drawn || (!output.isEmpty() && endingFits))
        return drawn;
    if (output.isEmpty())
        return copyToStdout(picture);
    QFile::remove(target);
    return QFile::copy(picture, target) ? Result<void>()
                                        : Error{ErrorCode::Io, "cannot be written", target.toStdString()};
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
    if (format != u"json"_qs) {
        const Result<void> drawn = drawState(**state, parser, format);
        return drawn ? Success : fail(drawn.error());
    }
    GraphOptions options;
    options.view = view == u"nodes"_qs ? GraphView::Nodes : GraphView::Services;
    const Result<void> written =
        writeOutput(graphJson((*state)->info, buildGraph(**state, options)), parser.value(u"output"_qs));
    return written ? Success : fail(written.error());
}

} // namespace

Verb graphVerb()
{
    return {"graph", "[FILE]", "Draw the map, or write its nodes and edges as JSON.", declare, run};
}

} // namespace portolan::ctl
