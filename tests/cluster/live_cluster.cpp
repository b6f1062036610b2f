#include "tests/cluster/live_cluster.h"

#include "model/kube/cluster_reader.h"
#include "model/kube/curl_transport.h"

#include <optional>

namespace portolan::fakes {

Result<LiveCluster> LiveCluster::open()
{
    const QByteArray path = qgetenv("PORTOLAN_TEST_KUBECONFIG");
    if (path.isEmpty())
        return Error{ErrorCode::NotFound, "is not set; it names the kubeconfig that tests/cluster/up prints",
                     "PORTOLAN_TEST_KUBECONFIG"};
    LiveCluster cluster;
    cluster.m_kubeconfig = path.toStdString();
    const auto config = kube::loadKubeconfig(std::filesystem::path(cluster.m_kubeconfig));
    if (!config)
        return config.error();
    const auto access = kube::resolveContext(*config, "");
    if (!access)
        return access.error();
    cluster.m_credentials = std::make_shared<kube::CredentialSource>(*access, kube::ExecPluginApproval());
    return cluster;
}

Result<ClusterStatePtr> LiveCluster::read(const std::vector<std::string> &namespaces) const
{
    kube::CurlTransport transport(m_credentials);
    CancelSource stop;
    ClusterStatePtr state = std::make_shared<const ClusterState>();
    std::optional<Error> problem;
    kube::ReaderHandlers handlers;
    handlers.onDelta = [&](const ClusterDelta &delta) { state = applied(state, delta); };
    handlers.onSynced = [&] { stop.cancel(); };
    handlers.onUnreachable = [&](const Error &error) {
        problem = error;
        stop.cancel();
    };
    kube::ClusterReader reader(transport, {namespaces, {}}, handlers);
    transport.post([&] { reader.start(); });
    transport.after(std::chrono::minutes(2), [&] {
        problem = Error{ErrorCode::Timeout, "the cluster was not read in two minutes", m_kubeconfig};
        stop.cancel();
    });
    transport.run(stop.token());
    if (problem)
        return *problem;
    return state;
}

testing::Kubectl::Finished LiveCluster::kubectl(const std::vector<std::string> &arguments) const
{
    QStringList words;
    for (const std::string &argument : arguments)
        words.push_back(QString::fromStdString(argument));
    return testing::Kubectl().run(words);
}

} // namespace portolan::fakes
