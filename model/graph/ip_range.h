#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portolan::graph {

/// An IP network, or one address as the network of itself; IPv4 and IPv6 do not contain one another.
class IpRange
{
public:
    /// "10.0.0.0/8", "2001:db8::/32", "192.0.2.1"; nothing where it is neither.
    static std::optional<IpRange> parse(std::string_view text);

    bool contains(const IpRange &other) const;

private:
    std::array<std::uint8_t, 16> m_bytes{};
    int m_prefix = 0;
    bool m_v6 = false;
};

} // namespace portolan::graph
