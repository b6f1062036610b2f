#pragma once

#include <functional>
#include <memory>

namespace portolan {

/// The listening side of a cancellation. Cheap to copy; safe from any thread; a default-made token never
/// fires.
class CancelToken
{
public:
    CancelToken() = default;

    bool isCancelled() const noexcept;

    /// Stops listening when destroyed; after that the callback is not running and never will.
    class Registration
    {
    public:
        Registration() = default;
        Registration(Registration &&other) noexcept;
        Registration &operator=(Registration &&other) noexcept;
        Registration(const Registration &) = delete;
        Registration &operator=(const Registration &) = delete;
        ~Registration();

    private:
        friend class CancelToken;
        friend class CancelSource;
        struct Entry;
        std::shared_ptr<Entry> m_entry;
    };

    /// Runs `callback` once, on the thread that cancels, or at once where it is cancelled already.
    /// The callback must be quick and must not throw; it wakes a poll, it does not do the work.
    [[nodiscard]] Registration onCancel(std::function<void()> callback) const;

private:
    friend class CancelSource;
    struct State;
    explicit CancelToken(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

/// The side that cancels. Whoever starts long work keeps the source and hands out tokens.
class CancelSource
{
public:
    CancelSource();

    CancelToken token() const;
    /// Idempotent.
    void cancel();

    /// Equal: copies of one source.
    friend bool operator==(const CancelSource &, const CancelSource &) = default;

private:
    std::shared_ptr<CancelToken::State> m_state;
};

} // namespace portolan
