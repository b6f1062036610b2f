#include "model/base/cancel_token.h"

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

namespace portolan {

struct CancelToken::Registration::Entry
{
    // Recursive: a callback may destroy its own registration.
    std::recursive_mutex running;
    std::function<void()> callback;

    void fire()
    {
        const std::lock_guard lock(running);
        if (auto once = std::exchange(callback, nullptr))
            once();
    }
};

struct CancelToken::State
{
    std::atomic<bool> cancelled = false;
    std::mutex mutex;
    std::vector<std::weak_ptr<Registration::Entry>> entries;
};

CancelToken::CancelToken(std::shared_ptr<State> state) : m_state(std::move(state)) {}

bool CancelToken::isCancelled() const noexcept
{
    return m_state && m_state->cancelled.load(std::memory_order_acquire);
}

CancelToken::Registration CancelToken::onCancel(std::function<void()> callback) const
{
    Registration registration;
    if (!m_state)
        return registration;
    auto entry = std::make_shared<Registration::Entry>();
    entry->callback = std::move(callback);
    {
        const std::lock_guard lock(m_state->mutex);
        std::erase_if(m_state->entries, [](const auto &weak) { return weak.expired(); });
        m_state->entries.push_back(entry);
    }
    registration.m_entry = entry;
    if (isCancelled())
        entry->fire();
    return registration;
}

CancelToken::Registration::Registration(Registration &&other) noexcept = default;

CancelToken::Registration &CancelToken::Registration::operator=(Registration &&other) noexcept
{
    std::swap(m_entry, other.m_entry);
    return *this;
}

CancelToken::Registration::~Registration()
{
    if (!m_entry)
        return;
    const std::lock_guard lock(m_entry->running);
    m_entry->callback = nullptr;
}

CancelSource::CancelSource() : m_state(std::make_shared<CancelToken::State>()) {}

CancelToken CancelSource::token() const
{
    return CancelToken(m_state);
}

void CancelSource::cancel()
{
    std::vector<std::shared_ptr<CancelToken::Registration::Entry>> listeners;
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->cancelled.exchange(true, std::memory_order_acq_rel))
            return;
        for (const auto &weak : m_state->entries) {
            if (auto entry = weak.lock())
                listeners.push_back(std::move(entry));
        }
    }
    for (const auto &entry : listeners)
        entry->fire();
}

} // namespace portolan
