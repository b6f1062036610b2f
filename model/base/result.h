#pragma once

#include "model/base/error.h"

#include <cassert>
#include <utility>
#include <variant>

namespace portolan {

/// A value or the Error that stands in its place; shaped like std::expected (C++23), which GCC 12 lacks.
/// No exception crosses a library of ours: functions that can fail return this.
template<class T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const noexcept { return m_content.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    /// Precondition for all of these: has_value().
    T &value() & { return *operator->(); }
    const T &value() const & { return *operator->(); }
    T &&value() && { return std::move(*operator->()); }
    T &operator*() & { return *operator->(); }
    const T &operator*() const & { return *operator->(); }
    T &&operator*() && { return std::move(*operator->()); }
    T *operator->()
    {
        assert(has_value());
        return std::get_if<0>(&m_content);
    }
    const T *operator->() const
    {
        assert(has_value());
        return std::get_if<0>(&m_content);
    }

    /// Precondition: !has_value().
    const Error &error() const
    {
        assert(!has_value());
        return *std::get_if<1>(&m_content);
    }

    T value_or(T fallback) const & { return has_value() ? **this : std::move(fallback); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value, or an Error.
template<>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_failed(true) {}

    bool has_value() const noexcept { return !m_failed; }
    explicit operator bool() const noexcept { return has_value(); }
    const Error &error() const
    {
        assert(m_failed);
        return m_error;
    }

private:
    Error m_error;
    bool m_failed = false;
};

} // namespace portolan
