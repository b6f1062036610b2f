#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/source.h"
#include "app/ctl/state_changes.h"
#include "model/base/clock.h"

#include <nlohmann/json.hpp>

namespace portolan::ctl {

namespace {

void declare(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOption({u"json"_qs, u"One JSON object a line."_qs});
}

const char *typeName(ChangeType type)
{
    switch (type) {
    case ChangeType::Added:
        return "ADDED";
    case ChangeType::Modified:
        return "MODIFIED";
    case ChangeType::Deleted:
        break;
    }
    return "DELETED";
}

std::string changeLine(ChangeType type, const ObjectRef &ref, bool asJson)
{
    const std::string now = formatRfc3339(systemClock().wallNow());
    if (!asJson)
        return now + " " + typeName(type) + " " + withoutControlCharacters(ref.toString()) + "\n";
    const nlohmann::ordered_json json{{"time", now},
                                      {"type", typeName(type)},
                                      {"kind", ref.type},
                                      {"namespace", ref.ns},
                                      {"name", ref.name}};
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 0))
        return Usage;
    const Result<LiveCluster> cluster = openLive(parser);
    if (!cluster)
        return fail(cluster.error());
    const bool asJson = parser.isSet(u"json"_qs);
    Result<void> written;
    bool wasSynced = false;
    const auto changed = [&](const ClusterStatePtr &before, const ClusterStatePtr &after, bool synced) {
        if (wasSynced) {
            std::string lines;
            forEachChange(*before, *after, [&](ChangeType type, const ObjectRef &ref) {
                lines += changeLine(type, ref, asJson);
            });
            if (!lines.empty())
                written = writeOutput(lines, {});
        } else if (synced) {
            std::fprintf(stderr, "watching %s\n",
                         withoutControlCharacters(cluster->info.contextName).c_str());
        }
        wasSynced = synced;
        return written.has_value();
    };
    const Result<ClusterStatePtr> end = follow(*cluster, changed, cancel);
    if (!written)
        return fail(written.error());
    return end ? Success : fail(end.error());
}

} // namespace

Verb watchVerb()
{
    return {"watch", "", "Print one line for every change, until interrupted.", declare, run};
}

} // namespace portolan::ctl
