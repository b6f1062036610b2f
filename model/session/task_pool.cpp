#include "model/session/task_pool.h"

#include <utility>

namespace portolan {

TaskPool::TaskPool(std::size_t maxThreads) : m_maxThreads(maxThreads) {}

TaskPool::~TaskPool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_waiting.clear();
        for (CancelSource &running : m_running)
            running.cancel();
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

CancelSource TaskPool::submit(Task task)
{
    Job job{std::move(task), {}};
    const CancelSource cancel = job.cancel;
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(std::move(job));
    if (m_idle < m_waiting.size() && m_threads.size() < m_maxThreads)
        m_threads.emplace_back([this] { work(); });
    m_wake.notify_one();
    return cancel;
}

void TaskPool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        ++m_idle;
        m_wake.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
        --m_idle;
        if (m_closing)
            return;
        Job job = std::move(m_waiting.front());
        m_waiting.pop_front();
        // A slot of its own, not an index: others come and go while this task runs.
        m_running.push_back(job.cancel);
        lock.unlock();
        job.task(job.cancel.token());
        job.task = nullptr; // what it held may take its time to go, and others wait for the lock
        lock.lock();
        std::erase_if(m_running, [&](const CancelSource &running) { return running == job.cancel; });
    }
}

} // namespace portolan
