#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace portolan::ctl {

/// One word of portolanctl: "snapshot", "probe"… Declares its options, then runs.
struct Verb
{
    const char *name;
    const char *arguments; ///< as --help shows them: "[FILE]"
    const char *summary;
    void (*declare)(QCommandLineParser &parser);
    int (*run)(const QCommandLineParser &parser, const CancelToken &cancel);
};

/// All verbs, in the order of --help.
const std::vector<Verb> &verbs();

/// The verbs, one per file in verbs/.
Verb snapshotVerb();
Verb showVerb();
Verb graphVerb();
Verb probeVerb();
Verb flowsVerb();
Verb watchVerb();
Verb verdictVerb();
Verb connectivityVerb();
Verb diffVerb();

/// --kubeconfig, --context, --namespace, --timeout, --allow-exec-plugin.
void declareClusterOptions(QCommandLineParser &parser);

/// The number of arguments besides the verb lies between these, and none is empty; else a Usage error is
/// printed.
bool argumentsAreBetween(const QCommandLineParser &parser, int least, int most);

/// The values of the options that several verbs have make sense, as far as they can be looked at before
/// anything is read; else a Usage error is printed.
bool sharedOptionsMakeSense(const QCommandLineParser &parser);

/// One line on stderr, "portolanctl: …", and the exit code of that error.
int fail(const Error &error);
int failUsage(const QString &message);

/// The exit code that `work` gives. No library of ours throws, but memory may run out in any of them: that is
/// a line on stderr too.
int withoutExceptions(const std::function<int()> &work);

/// Writes `text` to `path`, or to stdout where it is empty.
Result<void> writeOutput(const std::string &text, const QString &path);

} // namespace portolan::ctl
