#pragma once

#include "model/cluster/cluster_state.h"
#include "model/kube/credentials.h"
#include "tests/cluster/kubectl.h"

#include <memory>
#include <string>
#include <vector>

namespace portolan::fakes {

/// The real cluster that PORTOLAN_TEST_KUBECONFIG leads to, for tests and benchmarks.
class LiveCluster
{
public:
    /// Errors: NotFound where the variable is not set, and what reading the kubeconfig gives.
    static Result<LiveCluster> open();

    const std::shared_ptr<kube::CredentialSource> &credentials() const { return m_credentials; }
    /// Reads these namespaces once; blocks, two minutes at most.
    Result<ClusterStatePtr> read(const std::vector<std::string> &namespaces) const;

    testing::Kubectl::Finished kubectl(const std::vector<std::string> &arguments) const;
    std::string kubectlProgram() const { return testing::Kubectl().program().toStdString(); }
    const std::string &kubeconfig() const { return m_kubeconfig; }

private:
    std::string m_kubeconfig;
    std::shared_ptr<kube::CredentialSource> m_credentials;
};

} // namespace portolan::fakes
