#include "app/ctl/policy_source.h"

#include "app/ctl/command_line.h"
#include "app/ctl/source.h"
#include "model/manifest/manifest.h"
#include "model/policy/connectivity.h"
#include "model/snapshot/snapshot.h"

#include <cstdio>

namespace portolan::ctl {

namespace {

constexpr std::size_t shownFaults = 50;

struct ReadCluster
{
    ClusterStatePtr state;
    ManifestCluster manifests; ///< empty unless it came from files
    bool fromManifests = false;
};

Result<ReadCluster> readCluster(const QCommandLineParser &parser, const QString &path,
                                const CancelToken &cancel)
{
    const std::string file = path.toStdString();
    if (!path.isEmpty() && looksLikeManifests(file)) {
        Result<ManifestCluster> read = loadManifests(file);
        if (!read)
            return read.error();
        const ClusterStatePtr state = read->state;
        return ReadCluster{state, std::move(*read), true};
    }
    // Past the last argument: the live cluster.
    const Result<ClusterStatePtr> state =
        path.isEmpty() ? readState(parser, 1 << 20, cancel) : loadSnapshot(file);
    if (!state)
        return state.error();
    return ReadCluster{*state, {}, false};
}

std::string lineOf(const policy::PolicyFault &fault, const ManifestCluster &manifests)
{
    return ManifestFault{manifests.fileOf(fault.object), fault.object.toString(), fault.field, fault.text}
        .oneLine();
}

} // namespace

void declareEnforcer(QCommandLineParser &parser)
{
    parser.addOption({u"enforcer"_qs,
                      u"generic, calico, cilium or none, instead of the one that is detected."_qs,
                      u"NAME"_qs});
}

void declarePolicyOptions(QCommandLineParser &parser)
{
    declareClusterOptions(parser);
    parser.addOption({u"cluster"_qs,
                      u"Manifests (a folder or file) or a snapshot, instead of a live cluster."_qs,
                      u"PATH"_qs});
    declareEnforcer(parser);
}

Result<PolicySource> openPolicies(const QCommandLineParser &parser, const QString &path,
                                  const CancelToken &cancel)
{
    const std::string name = parser.value(u"enforcer"_qs).toStdString();
    const auto enforcer = policy::enforcerFromName(name);
    const Result<ReadCluster> cluster = readCluster(parser, path, cancel);
    if (!cluster)
        return cluster.error();
    PolicySource source;
    source.model = policy::PolicyModel::make(cluster->state, {enforcer, cluster->fromManifests});
    for (const ManifestFault &fault : cluster->manifests.faults)
        source.faults.push_back(fault.oneLine());
    for (const policy::PolicyFault &fault : source.model->policies().faults)
        source.faults.push_back(lineOf(fault, cluster->manifests));
    return source;
}

void reportTooLarge(const std::vector<ObjectRef> &policies)
{
    std::vector<std::string> lines;
    for (const ObjectRef &policy : policies)
        lines.push_back(withoutControlCharacters(policy.toString()) +
                        ": rules and ports are too many to list: the pairs for which it holds are left out; "
                        "verdict answers single connections");
    reportFaults(lines);
}

void reportFaults(const std::vector<std::string> &faults)
{
    for (std::size_t i = 0; i < std::min(faults.size(), shownFaults); ++i)
        std::fprintf(stderr, "portolanctl: %s\n", faults[i].c_str());
    if (faults.size() > shownFaults)
        std::fprintf(stderr, "portolanctl: and %zu more\n", faults.size() - shownFaults);
}

} // namespace portolan::ctl
