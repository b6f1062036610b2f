#include "app/ctl/command_line.h"

#include "app/ctl/exit_code.h"
#include "model/base/output_file.h"
#include "model/policy/enforcer.h"

#include <cstdio>
#include <exception>
#include <new>

namespace portolan::ctl {

const std::vector<Verb> &verbs()
{
    static const std::vector<Verb> all{snapshotVerb(), showVerb(),         graphVerb(),
                                       probeVerb(),    flowsVerb(),        watchVerb(),
                                       verdictVerb(),  connectivityVerb(), diffVerb()};
    return all;
}

void declareClusterOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {u"kubeconfig"_qs, u"Read FILE instead of $KUBECONFIG or ~/.kube/config."_qs, u"FILE"_qs},
        {u"context"_qs, u"Use this context instead of the current one."_qs, u"NAME"_qs},
        {{u"n"_qs, u"namespace"_qs},
         u"Read this namespace alone; may be given several times."_qs,
         u"NAME"_qs},
        {u"timeout"_qs, u"Give up reading after this many seconds (default 60)."_qs, u"SECONDS"_qs, u"60"_qs},
        {u"allow-exec-plugin"_qs, u"Let the kubeconfig's credential plugin run without asking."_qs},
    });
}

bool argumentsAreBetween(const QCommandLineParser &parser, int least, int most)
{
    const auto count = parser.positionalArguments().size();
    if (count < least || count > most)
        failUsage(count < least ? u"an argument is missing"_qs : u"too many arguments"_qs);
    else if (parser.positionalArguments().contains(QString()))
        failUsage(u"an argument is empty"_qs); // a variable of the shell that is not set
    else
        return true;
    return false;
}

bool sharedOptionsMakeSense(const QCommandLineParser &parser)
{
    const QStringList given = parser.optionNames();
    const auto isGiven = [&](const QString &name) { return given.contains(name); };
    for (const QString &name : {u"cluster"_qs, u"checks"_qs, u"kubeconfig"_qs, u"output"_qs, u"o"_qs}) {
        // Empty as a variable of the shell that is not set: another cluster would be read, or written to
        // stdout.
        if (isGiven(name) && parser.value(name).isEmpty()) {
            failUsage(
                u"the name given with %1 is empty"_qs.arg((name.size() > 1 ? u"--"_qs : u"-"_qs) + name));
            return false;
        }
    }
    bool isNumber = true;
    if (isGiven(u"timeout"_qs) && (parser.value(u"timeout"_qs).toInt(&isNumber) <= 0 || !isNumber)) {
        failUsage(u"--timeout is a number of seconds"_qs);
        return false;
    }
    if (isGiven(u"enforcer"_qs) && !policy::enforcerFromName(parser.value(u"enforcer"_qs).toStdString())) {
        failUsage(u"--enforcer is generic, calico, cilium or none"_qs);
        return false;
    }
    return true;
}

int fail(const Error &error)
{
    std::fprintf(stderr, "portolanctl: %s\n", error.oneLine().c_str());
    return exitCodeOf(error);
}

int failUsage(const QString &message)
{
    const std::string line = withoutControlCharacters(message.toStdString());
    std::fprintf(stderr, "portolanctl: %s; see portolanctl --help\n", line.c_str());
    return Usage;
}

int withoutExceptions(const std::function<int()> &work)
{
    try {
        return work();
    } catch (const std::bad_alloc &) {
        std::fputs("portolanctl: out of memory\n", stderr);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "portolanctl: %s\n", withoutControlCharacters(problem.what()).c_str());
    }
    return Failure;
}

Result<void> writeOutput(const std::string &text, const QString &path)
{
    if (path.isEmpty()) {
        const bool written =
            std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
        return written ? Result<void>() : Error{ErrorCode::Io, "cannot write", "standard output"};
    }
    return writeFile(path.toStdString(), text);
}

} // namespace portolan::ctl
