#include "model/graph/ip_range.h"

#include <arpa/inet.h>

#include <charconv>
#include <string>

namespace portolan::graph {

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
        return range;
    const std::string_view length = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), range.m_prefix);
    if (error != std::errc{} || end != length.data() + length.size() || range.m_prefix < 0 ||
        range.m_prefix > bits)
        return std::nullopt;
    return range;
}

bool IpRange::contains(const IpRange &other) const
{
    if (m_v6 != other.m_v6 || m_prefix > other.m_prefix)
        return false;
    for (int bit = 0; bit < m_prefix; bit += 8) {
        const int left = m_prefix - bit;
        const auto mask = std::uint8_t(left >= 8 ? 0xff : 0xff << (8 - left));
        const auto place = std::size_t(bit / 8);
        if ((m_bytes[place] & mask) != (other.m_bytes[place] & mask))
            return false;
    }
    return true;
}

} // namespace portolan::graph
