#pragma once

#include "model/base/cancel_token.h"
#include "model/cluster/cluster_state.h"
#include "model/kube/cluster_reader.h"
#include "model/kube/credentials.h"

#include <QCommandLineParser>

#include <functional>
#include <memory>

namespace portolan::ctl {

/// A live cluster as the options name it.
struct LiveCluster
{
    std::shared_ptr<kube::CredentialSource> credentials;
    kube::ReadScope scope;
    ClusterInfo info;
    std::chrono::seconds timeout{60};
};

/// Resolves kubeconfig and context. Asks on the terminal before a credential plugin runs for the first
/// time; without a terminal the answer is no.
Result<LiveCluster> openLive(const QCommandLineParser &parser);

/// Called with the state before and after each delta; `synced` once everything was listed. Answering
/// false ends the reading.
using StateChanged =
    std::function<bool(const ClusterStatePtr &before, const ClusterStatePtr &after, bool synced)>;

/// Reads until `changed` says stop, the cluster cannot be reached, or `cancel` fires. The timeout of
/// `cluster` holds until everything was listed once.
Result<ClusterStatePtr> follow(const LiveCluster &cluster, const StateChanged &changed,
                               const CancelToken &cancel);

/// The snapshot that the verb's `argument`th argument names, or what the live cluster holds now.
Result<ClusterStatePtr> readState(const QCommandLineParser &parser, int argument, const CancelToken &cancel);

} // namespace portolan::ctl
