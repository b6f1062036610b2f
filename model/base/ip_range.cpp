#include "model/base/ip_range.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace portolan {

std::optional<IpRange> IpRange::parse(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    IpRange range;
    range.m_v6 = address.find(':') != std::string::npos;
    if (inet_pton(range.m_v6 ? AF_INET6 : AF_INET, address.c_str(), range.m_bytes.data()) != 1)
        return std::nullopt;
    const int bits = range.m_v6 ? 128 : 32;
    range.m_prefix = bits;
    if (slash == std::string_view::npos)
        return range.unmapped();
    const std::string_view length = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), range.m_prefix);
    if (error != std::errc{} || end != length.data() + length.size() || range.m_prefix < 0 ||
        range.m_prefix > bits)
        return std::nullopt;
    for (std::size_t byte = 0; byte < range.m_bytes.size(); ++byte)
        range.m_bytes[byte] &= range.maskAt(byte);
    return range.unmapped();
}

/// Addresses of IPv4 written as those of IPv6 (RFC 4291, 2.5.5.2) are what they are, as Go's net package has
/// it.
IpRange IpRange::unmapped() const
{
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (!m_v6 || m_prefix < 96 || !std::equal(mapped.begin(), mapped.end(), m_bytes.begin()))
        return *this;
    IpRange range;
    std::copy(m_bytes.begin() + 12, m_bytes.end(), range.m_bytes.begin());
    range.m_prefix = m_prefix - 96;
    return range;
}

IpRange IpRange::ofAddress(const Address &address)
{
    IpRange range;
    range.m_v6 = address.v6;
    range.m_bytes = address.bytes;
    range.m_prefix = address.v6 ? 128 : 32;
    return range;
}

/// The bits of one byte that belong to the network.
std::uint8_t IpRange::maskAt(std::size_t byte) const
{
    const int left = m_prefix - int(byte) * 8;
    return left >= 8 ? 0xff : left <= 0 ? 0 : std::uint8_t(0xff << (8 - left));
}

bool IpRange::contains(const IpRange &other) const
{
    if (m_v6 != other.m_v6 || m_prefix > other.m_prefix)
        return false;
    for (std::size_t byte = 0; int(byte) * 8 < m_prefix; ++byte) {
        if ((m_bytes[byte] & maskAt(byte)) != (other.m_bytes[byte] & maskAt(byte)))
            return false;
    }
    return true;
}

IpRange::Address IpRange::first() const
{
    return {m_v6, m_bytes};
}

IpRange::Address IpRange::last() const
{
    Address address{m_v6, m_bytes};
    const std::size_t size = m_v6 ? 16 : 4;
    for (std::size_t byte = 0; byte < size; ++byte)
        address.bytes[byte] |= std::uint8_t(~maskAt(byte));
    return address;
}

std::string IpRange::toString() const
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(m_v6 ? AF_INET6 : AF_INET, m_bytes.data(), text.data(), text.size());
    std::string result = text.data();
    return isSingle() ? result : result + "/" + std::to_string(m_prefix);
}

} // namespace portolan
