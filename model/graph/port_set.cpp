#include "model/graph/port_set.h"

#include <algorithm>

namespace portolan::graph {

namespace {

constexpr std::uint16_t firstPort = 1;
constexpr std::uint16_t lastPort = 65535;
constexpr std::array protocols{Protocol::Tcp, Protocol::Udp, Protocol::Sctp};

} // namespace

PortSet PortSet::all()
{
    PortSet set;
    for (const Protocol protocol : protocols)
        set.add(protocol, firstPort, lastPort);
    return set;
}

void PortSet::add(Protocol protocol, std::uint16_t first, std::uint16_t last)
{
    if (last < first)
        return;
    std::vector<Range> &ranges = m_ranges[std::size_t(protocol)];
    std::vector<Range> merged;
    merged.reserve(ranges.size() + 1);
    Range fresh{first, last};
    for (const Range &range : ranges) {
        // int: one past the last port does not fit in 16 bits.
        if (int(range.last) + 1 < int(fresh.first) || int(fresh.last) + 1 < int(range.first)) {
            merged.push_back(range);
        } else {
            fresh.first = std::min(fresh.first, range.first);
            fresh.last = std::max(fresh.last, range.last);
        }
    }
    merged.push_back(fresh);
    std::sort(merged.begin(), merged.end(), [](const Range &a, const Range &b) { return a.first < b.first; });
    ranges = std::move(merged);
}

void PortSet::add(const PortSet &other)
{
    for (const Protocol protocol : protocols) {
        for (const Range &range : other.m_ranges[std::size_t(protocol)])
            add(protocol, range.first, range.last);
    }
}

PortSet PortSet::common(const PortSet &other) const
{
    PortSet set;
    for (const Protocol protocol : protocols) {
        for (const Range &a : m_ranges[std::size_t(protocol)]) {
            for (const Range &b : other.m_ranges[std::size_t(protocol)])
                set.add(protocol, std::max(a.first, b.first), std::min(a.last, b.last));
        }
    }
    return set;
}

PortSet PortSet::without(const PortSet &other) const
{
    PortSet set;
    for (const Protocol protocol : protocols) {
        for (const Range &range : m_ranges[std::size_t(protocol)]) {
            int from = range.first; // int: one past the last port does not fit in 16 bits
            for (const Range &taken : other.m_ranges[std::size_t(protocol)]) {
                if (taken.first > from)
                    set.add(protocol, std::uint16_t(from),
                            std::min(range.last, std::uint16_t(taken.first - 1)));
                from = std::max(from, int(taken.last) + 1);
            }
            if (from <= range.last)
                set.add(protocol, std::uint16_t(from), range.last);
        }
    }
    return set;
}

bool PortSet::isEmpty() const
{
    return std::all_of(m_ranges.begin(), m_ranges.end(), [](const auto &ranges) { return ranges.empty(); });
}

bool PortSet::contains(Protocol protocol, std::uint16_t port) const
{
    const std::vector<Range> &ranges = m_ranges[std::size_t(protocol)];
    return std::any_of(ranges.begin(), ranges.end(),
                       [port](const Range &range) { return range.first <= port && port <= range.last; });
}

std::vector<EdgePort> PortSet::edgePorts(const PortSet &everything) const
{
    std::vector<EdgePort> ports;
    if (*this == everything)
        return ports;
    for (const Protocol protocol : protocols) {
        for (const Range &range : m_ranges[std::size_t(protocol)]) {
            const bool every = range == Range{firstPort, lastPort};
            const bool one = range.first == range.last;
            ports.push_back({every ? std::uint16_t{0} : range.first,
                             every || one ? std::uint16_t{0} : range.last,
                             protocol,
                             {}});
        }
    }
    return ports;
}

} // namespace portolan::graph
