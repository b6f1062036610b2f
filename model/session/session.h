#pragma once

#include "model/graph/graph_builder.h"
#include "model/graph/reach_matrix.h"
#include "model/kube/cluster_reader.h"
#include "model/kube/kubeconfig.h"
#include "model/session/policy_questions.h"
#include "model/session/topology_frame.h"

#include <QByteArray>
#include <QObject>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <variant>

namespace portolan {

struct ProbeTag;
using ProbeId = StrongId<ProbeTag>;

struct LiveSource
{
    kube::ClusterAccess access;
    std::vector<std::string> namespaces; ///< empty: all that can be read
    bool execPluginApproved = false;     ///< the user agreed to run access.user.exec
};

struct SnapshotSource
{
    std::filesystem::path file;
};

/// A recording that is built into the program.
struct DemoSource
{
    QByteArray bytes;
};

using SessionSource = std::variant<LiveSource, SnapshotSource, DemoSource>;

struct SessionOptions
{
    SessionSource source;
    GraphOptions graph;
    MapFonts fonts;
    LayoutOptions layout;
    double aspect = windowAspect;
    std::map<GraphView, LayoutResultPtr> rememberedPlaces; ///< of an earlier run with the same context
};

enum class SessionPhase {
    Connecting,
    Listing, ///< first lists are running
    Live,
    Degraded, ///< shown state is older than it should be: a watch is broken, retrying
    Offline,  ///< snapshot or demo: never changes
    Failed,   ///< nothing can be read; `problem` says why
    Closed,
};

/// For the status bar and for progress.
struct SessionStatus
{
    SessionPhase phase = SessionPhase::Connecting;
    std::vector<kube::WatchStatus> watches;
    std::chrono::milliseconds behind{0}; ///< age of the oldest watch's last sign of life beyond its cadence
    std::optional<Error> problem;
    bool layoutRunning = false;
    std::size_t probesRunning = 0;
};

/// One open cluster: owns the threads that read, lay out and probe it, coalesces deltas into frames of
/// at most 20 a second, and answers intents. The only class of the model with signals.
///
/// Lives on the thread that made it (the GUI thread, or main of portolanctl); its signals arrive there.
/// No method blocks, but for the destructor, which joins threads within a second.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(SessionOptions options, QObject *parent = nullptr);
    ~Session() override;

    TopologyFramePtr frame() const;
    SessionStatus status() const;

    void setGraphOptions(const GraphOptions &options);
    /// Lays the whole map out anew, but for what is pinned.
    void relayout();
    /// Puts everything of the view that is shown where `places` has it, pins included, and routes the lines
    /// that are not in it. What `places` does not know keeps its place, where that is free.
    void setPlaces(const LayoutResultPtr &places);
    /// Starts a probe. The result arrives in a later frame's state->probes, and by probeFinished.
    /// Offline sessions answer with probeFailed(Unsupported).
    ProbeId requestProbe(const ProbeRequest &request);
    void cancelProbe(ProbeId id);
    /// Adds the ephemeral container that the user agreed to.
    void requestEphemeralContainer(const ObjectRef &pod, const QString &image);
    /// Reads the flow logs of the cluster (see model/flows/flow_reader.h); what they tell arrives in a later
    /// frame's state->flows, and flowsRead tells. A reading that still runs is given up. Recordings answer
    /// with an error (Unsupported).
    void requestFlows();
    void cancelFlows();
    /// Evaluates the policies for every pair of workloads, for one port or (nothing) for any; matrixReady
    /// tells. A request that is still running is given up.
    void requestMatrix(std::optional<policy::Traffic> traffic);
    /// Asks for what decides about the connection of `request`; reasonReady tells, where there is something
    /// to tell. The request before it is given up.
    void requestReason(const ProbeRequest &request);
    /// Asks for every hop of that connection; pathReady tells, null where no probe of it can be made. The
    /// request before it is given up.
    void requestPath(const ProbeRequest &request);
    /// Asks what policies have to do with a pod, a workload or a policy; policyAnswerReady tells, where they
    /// have. The request before it is given up.
    void requestPolicyAnswer(const ObjectRef &object);
    /// Asks what would be if `text` (manifests of policies) were applied; whatIfReady tells. Nothing is
    /// written to the cluster. A request that is still running is given up.
    void requestWhatIf(const std::string &text);
    /// Asks for a policy that would allow the connection of `request`; suggestionReady tells. The suggestion
    /// asked for before it is given up.
    void requestSuggestion(const ProbeRequest &request);
    /// Asks for the policy that allows a workload (or the workload of a pod) what probes have seen to work.
    void requestLeastPrivilege(const ObjectRef &workload);
    /// Writes the state of now on a worker thread; snapshotSaved tells.
    void saveSnapshot(const std::filesystem::path &file);
    /// Stops reading (a first list that takes too long, say); what was read stays.
    void stop();

Q_SIGNALS:
    void frameChanged(portolan::TopologyFramePtr frame);
    void statusChanged(const portolan::SessionStatus &status);
    void probeStepFinished(portolan::ProbeId id, const portolan::ProbeStep &step);
    void probeFinished(portolan::ProbeId id, const portolan::ProbeResult &result);
    void probeFailed(portolan::ProbeId id, const portolan::Error &error);
    void ephemeralContainerFinished(const portolan::ObjectRef &pod, const QString &container,
                                    const std::optional<portolan::Error> &error);
    void flowsRead(const std::optional<portolan::Error> &error);
    void reasonReady(const portolan::PolicyReasonPtr &reason);
    void pathReady(const portolan::ConnectionPathPtr &path);
    void policyAnswerReady(const portolan::PolicyAnswerPtr &answer);
    void whatIfReady(const portolan::policy::WhatIfPtr &answer);
    void suggestionReady(const portolan::policy::SuggestionPtr &suggestion);
    void matrixReady(const portolan::ReachMatrixPtr &matrix);
    void snapshotSaved(const QString &file, const std::optional<portolan::Error> &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan

Q_DECLARE_METATYPE(portolan::SessionStatus)
