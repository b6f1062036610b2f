#include "app/ctl/source.h"

#include "app/ctl/interrupt.h"
#include "app/ctl/plugin_consent.h"
#include "app/ctl/reading_report.h"
#include "model/kube/api_paths.h"
#include "model/kube/curl_transport.h"
#include "model/kube/exec_plugin.h"
#include "model/snapshot/snapshot.h"

#include <QStringList>

#include <utility>

namespace portolan::ctl {

namespace {

bool isBare(const ClusterState &state)
{
    return state.namespaces.empty() && state.nodes.empty() && state.pods.empty() && state.services.empty() &&
           state.endpointSlices.empty() && state.networkPolicies.empty() && state.ingresses.empty() &&
           state.workloads.empty() && state.events.empty() && state.others.empty();
}

/// The reading of one cluster on the calling thread.
class Following
{
public:
    Following(const LiveCluster &cluster, const StateChanged &changed)
        : m_changed(changed),
          m_credentials(cluster.credentials),
          m_transport(cluster.credentials),
          m_reader(m_transport, cluster.scope, handlers()),
          m_timeout(cluster.timeout)
    {
        auto state = std::make_shared<ClusterState>();
        state->info = cluster.info;
        m_state = std::move(state);
    }

    Result<ClusterStatePtr> run(const CancelToken &cancel)
    {
        // A plugin has a deadline of its own, and an error that names it.
        if (const auto credential = m_credentials->current(cancel); !credential)
            return credential.error();
        const auto forwarding = cancel.onCancel([this] { m_end.cancel(); });
        m_transport.post([this] {
            m_transport.after(m_timeout, [this] {
                if (!m_synced)
                    takeWhatThereIs();
            });
            m_reader.start();
        });
        m_transport.run(m_end.token());
        if (cancel.isCancelled())
            return Error{ErrorCode::Cancelled, "interrupted", {}};
        if (m_problem)
            return *m_problem;
        return m_state;
    }

private:
    kube::ReaderHandlers handlers()
    {
        kube::ReaderHandlers to;
        to.onDelta = [this](const ClusterDelta &delta) { advance(applied(m_state, delta)); };
        to.onUnreachable = [this](Error error) {
            // Of the server only the path is known where the answer is read.
            if (error.where.starts_with('/'))
                error.where = m_state->info.serverUrl + error.where;
            if (!m_synced)
                endWith(error);
        };
        to.onStatus = [this](const std::vector<kube::WatchStatus> &watches) {
            m_watches = watches;
            if (!m_synced)
                m_report.show(watches);
            else
                m_report.tellBroken(watches);
        };
        to.onSynced = [this] { takeWhole(); };
        return to;
    }

    void takeWhole()
    {
        if (m_synced)
            return;
        m_synced = true;
        m_report.clear();
        if (!m_state->gaps.empty() && isBare(*m_state))
            return endWith({ErrorCode::PermissionDenied,
                            "nothing of the cluster could be read: " + m_state->gaps.front().reason.oneLine(),
                            m_state->info.serverUrl});
        reportGaps(*m_state);
        advance(m_state);
    }

    /// Time is up: what has not come is a gap, the rest is used.
    void takeWhatThereIs()
    {
        using kube::WatchPhase;
        ClusterDelta late;
        late.gaps = m_state->gaps;
        for (const kube::WatchStatus &watch : m_watches) {
            const bool isSettled = watch.phase == WatchPhase::Watching ||
                                   watch.phase == WatchPhase::Forbidden || watch.phase == WatchPhase::Failed;
            if (isSettled)
                continue;
            const std::string why = watch.problem ? ": " + watch.problem->oneLine() : std::string();
            late.gaps->push_back(
                {watch.resource,
                 watch.ns,
                 {ErrorCode::Timeout, "was not read in time" + why,
                  m_state->info.serverUrl + kube::collectionPath(watch.resource, watch.ns)}});
        }
        if (m_watches.empty() || isBare(*m_state))
            return endWith({ErrorCode::Timeout, "the cluster was not read in time" + firstOf(*late.gaps),
                            m_state->info.serverUrl});
        m_state = applied(m_state, late);
        takeWhole();
    }

    static std::string firstOf(const std::vector<ReadGap> &gaps)
    {
        return gaps.empty() ? std::string() : ": " + gaps.front().reason.oneLine();
    }

    void advance(ClusterStatePtr next)
    {
        const ClusterStatePtr before = std::exchange(m_state, std::move(next));
        if (!m_changed(before, m_state, m_synced))
            m_end.cancel();
    }

    void endWith(const Error &error)
    {
        m_problem = error;
        m_end.cancel();
    }

    const StateChanged &m_changed;
    CancelSource m_end;
    ClusterStatePtr m_state;
    bool m_synced = false;
    std::optional<Error> m_problem;
    ReadingReport m_report;
    std::vector<kube::WatchStatus> m_watches;
    std::shared_ptr<kube::CredentialSource> m_credentials;
    kube::CurlTransport m_transport;
    kube::ClusterReader m_reader;
    std::chrono::seconds m_timeout;
};

std::vector<std::string> toStrings(const QStringList &list)
{
    std::vector<std::string> strings;
    for (const QString &text : list)
        strings.push_back(text.toStdString());
    return strings;
}

} // namespace

Result<LiveCluster> openLive(const QCommandLineParser &parser)
{
    std::optional<std::filesystem::path> file;
    if (parser.isSet(u"kubeconfig"_qs))
        file = parser.value(u"kubeconfig"_qs).toStdString();
    const Result<kube::Kubeconfig> config = kube::loadKubeconfig(file);
    if (!config)
        return config.error();
    Result<kube::ClusterAccess> access =
        kube::resolveContext(*config, parser.value(u"context"_qs).toStdString());
    if (!access)
        return access.error();
    LiveCluster cluster;
    cluster.timeout = std::chrono::seconds(parser.value(u"timeout"_qs).toInt());
    cluster.scope = {toStrings(parser.values(u"namespace"_qs)), access->ns};
    cluster.info.contextName = access->contextName;
    cluster.info.serverUrl = access->cluster.server;
    if (kube::runsExecPlugin(*access) && !parser.isSet(u"allow-exec-plugin"_qs)) {
        // Asked here and not when the plugin is due: reading has a time limit, thinking has none.
        if (const Result<void> consent = consentToPlugin(*access->user.exec); !consent)
            return consent.error();
    }
    cluster.credentials = std::make_shared<kube::CredentialSource>(
        std::move(*access), [](const kube::ExecPluginSpec &) { return true; });
    return cluster;
}

Result<ClusterStatePtr> follow(const LiveCluster &cluster, const StateChanged &changed,
                               const CancelToken &cancel)
{
    const OrderlyEnd orderly;
    return Following(cluster, changed).run(cancel);
}

Result<ClusterStatePtr> readState(const QCommandLineParser &parser, int argument, const CancelToken &cancel)
{
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() > argument) {
        for (const QString &option : {u"kubeconfig"_qs, u"context"_qs, u"namespace"_qs}) {
            if (parser.isSet(option))
                return Error{ErrorCode::InvalidInput, "is of a live cluster: a recording is read whole",
                             "--" + option.toStdString()};
        }
        return loadSnapshot(arguments.at(argument).toStdString());
    }
    const Result<LiveCluster> cluster = openLive(parser);
    if (!cluster)
        return cluster.error();
    return follow(
        *cluster, [](const auto &, const auto &, bool synced) { return !synced; }, cancel);
}

} // namespace portolan::ctl
