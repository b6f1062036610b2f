#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/cluster/cluster_state.h"
#include "model/kube/cluster_reader.h"
#include "model/kube/credentials.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace portolan::fakes {

/// A ClusterReader on a real server and a thread of its own. What it has read is asked for from the test's
/// thread.
class LiveReader
{
public:
    struct Picture
    {
        ClusterStatePtr state = std::make_shared<ClusterState>();
        std::vector<kube::WatchStatus> statuses;
        std::vector<Error> unreachable;
        bool synced = false;
        std::size_t replacements = 0; ///< lists that have been finished
    };

    LiveReader(kube::ClusterAccess access, kube::ReadScope scope, kube::ReaderOptions options = {});
    ~LiveReader();

    Picture picture() const;
    /// Blocks until the picture is so, or `most` has passed: false.
    bool waitUntil(const std::function<bool(const Picture &)> &isSo, std::chrono::seconds most);

private:
    void run(const kube::ClusterAccess &access, kube::ReadScope scope, kube::ReaderOptions options);
    void edit(const std::function<void(Picture &)> &change);

    CancelSource m_cancel;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    Picture m_picture;
    std::thread m_thread;
};

} // namespace portolan::fakes
