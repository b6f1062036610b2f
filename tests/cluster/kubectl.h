#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <set>
#include <string>

namespace portolan::testing {

/// The cluster's own view of itself, and the ways to break it, for tests: kubectl and tests/cluster/fault on
/// the cluster of PORTOLAN_TEST_KUBECONFIG. Blocks, three minutes at most. Any thread.
class Kubectl
{
public:
    struct Finished
    {
        int exitCode = -1; ///< also where it did not start, crashed or did not end in time
        std::string out;
        std::string err;
        bool isOk() const { return exitCode == 0; }
    };

    bool isConfigured() const { return !kubeconfig().empty(); }
    std::string kubeconfig() const { return qEnvironmentVariable("PORTOLAN_TEST_KUBECONFIG").toStdString(); }
    /// The kubectl of the cluster's own version, where it lies beside the kubeconfig, else that of PATH.
    QString program() const;

    Finished run(const QStringList &arguments) const;
    /// tests/cluster/fault, or that in the folder PORTOLAN_TEST_CLUSTER_TOOLS for a cluster made otherwise.
    Finished fault(const QStringList &arguments) const;
    /// "namespace/name", or the name alone of what has no namespace; empty where kubectl fails.
    std::set<std::string> names(const char *resource, const char *fieldSelector = "") const;
};

} // namespace portolan::testing
