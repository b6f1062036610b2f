#pragma once

#include "model/base/cancel_token.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace portolan {

/// A few threads for blocking work: probes, files, PATCHes. Threads start on first need.
/// Thread-safe. The destructor cancels what runs, drops what waits, and joins.
class TaskPool
{
public:
    using Task = std::function<void(const CancelToken &)>;

    explicit TaskPool(std::size_t maxThreads);
    ~TaskPool();

    /// Queues `task`; the source returned cancels it, also before it started (it then still runs, with a
    /// token that is cancelled, so that it can say so).
    CancelSource submit(Task task);

private:
    struct Job
    {
        Task task;
        CancelSource cancel;
    };
    void work();

    const std::size_t m_maxThreads;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_waiting;
    std::vector<CancelSource> m_running;
    std::size_t m_idle = 0;
    bool m_closing = false;
    std::vector<std::thread> m_threads;
};

} // namespace portolan
