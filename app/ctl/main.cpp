#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/interrupt.h"
#include "app/ctl/sibling_program.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cstring>
#include <unistd.h>

using namespace portolan;
using namespace portolan::ctl;

namespace {

/// Of what was asked for and cannot be written, too, the caller is told.
int print(const QString &text)
{
    const Result<void> written = writeOutput(text.toStdString(), {});
    return written ? Success : fail(written.error());
}

QString helpText()
{
    QString text = u"Usage: portolanctl VERB [OPTIONS] [ARGUMENTS]\n\nVerbs:\n"_qs;
    for (const Verb &verb : verbs())
        text += QString::asprintf("  %-12s %-36s %s\n", verb.name, verb.arguments, verb.summary);
    return text +
           u"\n'portolanctl VERB --help' lists a verb's options. Without FILE the live cluster is read.\n\n"
           "Exit codes: 0 yes, 1 the answer is no (a probe that did not get through), 2 usage,\n"
           "3 unreadable input, 4 the cluster does not answer or does not let us, 5 another failure,\n"
           "130 interrupted.\n"_qs;
}

/// `kubectl portolan` without a verb opens the window in this process's place.
int openWindow(char **argv)
{
    const QString program = siblingProgram(u"portolan"_qs);
    if (program.isEmpty())
        return fail({ErrorCode::Io, "the window's program is not installed", "portolan"});
    const QByteArray path = QFile::encodeName(program);
    unblockInterrupts();
    execv(path.constData(), argv);
    return fail({ErrorCode::Io, std::strerror(errno), path.toStdString()});
}

int runVerb(const Verb &verb, const QStringList &arguments, const CancelToken &cancel)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromUtf8(verb.summary));
    const QCommandLineOption help({u"h"_qs, u"help"_qs}, u"Show this."_qs);
    parser.addOption(help);
    verb.declare(parser);
    if (!parser.parse(arguments))
        return failUsage(parser.errorText());
    if (parser.isSet(help)) {
        const QString text = parser.helpText();
        return print(QString::asprintf("Usage: portolanctl %s [OPTIONS] %s\n%s\n\n", verb.name,
                                       verb.arguments, verb.summary) +
                     text.mid(text.indexOf(u"Options:"_qs)));
    }
    return sharedOptionsMakeSense(parser) ? verb.run(parser, cancel) : Usage;
}

int run(int argc, char **argv)
{
    const CancelToken cancel = cancelOnInterrupt();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"portolanctl"_qs);
    const bool isPlugin = QFileInfo(QString::fromLocal8Bit(argv[0])).fileName() == u"kubectl-portolan"_qs;
    QStringList arguments = QCoreApplication::arguments();
    const QString word = arguments.value(1);
    if (word == u"--help"_qs || word == u"-h"_qs || word == u"help"_qs)
        return print(helpText());
    if (word == u"--version"_qs)
        return print(u"portolanctl " PORTOLAN_VERSION "\n"_qs);
    for (const Verb &verb : verbs()) {
        if (word == QLatin1String(verb.name)) {
            arguments.removeAt(1);
            return runVerb(verb, arguments, cancel);
        }
    }
    if (isPlugin && (word.isEmpty() || word.startsWith(u'-')))
        return openWindow(argv);
    return failUsage(word.isEmpty() ? u"a verb is missing"_qs : u"unknown verb '%1'"_qs.arg(word));
}

} // namespace

int main(int argc, char **argv)
{
    return withoutExceptions([&] { return run(argc, argv); });
}
