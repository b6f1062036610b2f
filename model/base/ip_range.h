#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portolan {

/// An IP network, or one address as the network of itself; IPv4 and IPv6 do not contain one another.
class IpRange
{
public:
    /// An address with its family, ordered: every IPv4 address comes before every IPv6 address.
    struct Address
    {
        bool v6 = false;
        std::array<std::uint8_t, 16> bytes{}; ///< IPv4 in the first four

        friend auto operator<=>(const Address &, const Address &) = default;
    };

    /// "10.0.0.0/8", "2001:db8::/32", "192.0.2.1"; nothing where it is neither. Bits beyond the prefix are
    /// taken as zero.
    static std::optional<IpRange> parse(std::string_view text);

    /// The address as the network of itself.
    static IpRange ofAddress(const Address &address);

    bool contains(const IpRange &other) const;

    bool isV6() const { return m_v6; }
    int prefix() const { return m_prefix; }
    bool isSingle() const { return m_prefix == (m_v6 ? 128 : 32); }
    Address first() const;
    Address last() const;
    /// "10.0.0.0/8"; a single address without its length.
    std::string toString() const;

    friend auto operator<=>(const IpRange &, const IpRange &) = default;

private:
    std::uint8_t maskAt(std::size_t byte) const;
    IpRange unmapped() const;

    std::array<std::uint8_t, 16> m_bytes{};
    int m_prefix = 0;
    bool m_v6 = false;
};

} // namespace portolan
