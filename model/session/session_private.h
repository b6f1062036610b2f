#pragma once

#include "model/probe/prober.h"
#include "model/session/frame_pipeline.h"
#include "model/session/live_connection.h"
#include "model/session/policy_questions.h"
#include "model/session/session.h"
#include "model/session/task_pool.h"
#include "model/session/watch_health.h"

#include <QMetaObject>
#include <QTimer>

#include <map>
#include <mutex>
#include <utility>

namespace portolan {

/// What a session is made of. session.cpp opens it, reads and says how it is; session_requests.cpp answers
/// what is asked of it.
struct Session::Private
{
    explicit Private(Session *session) : q(session) {}

    Session *q;
    bool live = false;
    std::shared_ptr<kube::CredentialSource> credentials;
    std::unique_ptr<kube::PodExec> exec;
    std::unique_ptr<Prober> prober;

    // Of the owner's thread.
    TopologyFramePtr frame;
    std::uint64_t nextProbe = 1;
    std::map<ProbeId, CancelSource> probes;
    CancelSource flows;
    CancelSource matrix;
    CancelSource reason;
    CancelSource path;
    CancelSource policyAnswer;
    CancelSource whatIf;
    CancelSource suggestion;
    QTimer statusTimer;
    bool stopped = false;

    // Written by the network and the pipeline thread.
    std::mutex mutex;
    SessionStatus status;
    bool synced = false;
    bool statusQueued = false;
    std::vector<ClusterDelta> deltas; ///< that a change of the pipeline is going to take

    PolicyQuestions questions;

    // Threads, last: their destructors join before anything above goes.
    std::unique_ptr<FramePipeline> pipeline;
    std::unique_ptr<TaskPool> tasks;
    std::unique_ptr<LiveConnection> connection;

    /// Runs `call` on the session's own thread, in the order of the calls.
    template<class Call>
    void onOwnThread(Call call)
    {
        QMetaObject::invokeMethod(q, std::move(call), Qt::QueuedConnection);
    }

    void startPipeline(SessionOptions &options);
    void open(LiveSource source);
    void open(const SnapshotSource &source);
    void open(const DemoSource &source);
    void openRecording(std::function<Result<ClusterStatePtr>()> read);
    kube::ReaderHandlers readerHandlers(const std::string &server);
    void takeDelta(ClusterDelta delta);
    void take(TopologyFramePtr next);
    template<class Edit>
    void editStatus(Edit edit);
    void announceStatus();
    template<class Question, class Signal, class... Asked>
    void ask(CancelSource &before, Question question, Signal told, Asked... asked);
    void runProbe(ProbeId id, const ProbeRequest &request, const ClusterStatePtr &state,
                  const CancelToken &cancel);
    void endProbe(ProbeId id, Result<ProbeResult> outcome);
};

/// Changes the status under the lock and announces it soon; many changes are one announcement.
template<class Edit>
void Session::Private::editStatus(Edit edit)
{
    const std::lock_guard lock(mutex);
    edit(status);
    if (live && status.phase != SessionPhase::Closed)
        status.phase = livePhase(status.watches, synced, status.problem);
    if (std::exchange(statusQueued, true))
        return;
    onOwnThread([this] { announceStatus(); });
}

} // namespace portolan
