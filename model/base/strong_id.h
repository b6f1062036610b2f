#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace portolan {

/// A 64-bit identity that cannot be mixed up with another kind of identity. 0 means "none".
template<class Tag>
struct StrongId
{
    std::uint64_t value = 0;

    bool isValid() const noexcept { return value != 0; }
    friend auto operator<=>(const StrongId &, const StrongId &) = default;
};

} // namespace portolan

template<class Tag>
struct std::hash<portolan::StrongId<Tag>>
{
    std::size_t operator()(const portolan::StrongId<Tag> &id) const noexcept
    {
        return std::hash<std::uint64_t>{}(id.value);
    }
};
