#pragma once

#include "model/graph/topology_graph.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace portolan::graph {

/// A set of (protocol, port). Ports are 1 to 65535; a value, cheap while it is small.
class PortSet
{
public:
    static PortSet all();

    /// Adds first to last, both included; nothing where last < first.
    void add(Protocol protocol, std::uint16_t first, std::uint16_t last);
    void add(const PortSet &other);
    PortSet common(const PortSet &other) const;
    PortSet without(const PortSet &other) const;

    bool isEmpty() const;
    bool covers(const PortSet &other) const { return common(other) == other; }
    bool contains(Protocol protocol, std::uint16_t port) const;

    /// As edges carry them: {} for all that there is (and for none), number 0 for all of one protocol.
    std::vector<EdgePort> edgePorts(const PortSet &everything = all()) const;

    friend bool operator==(const PortSet &, const PortSet &) = default;

private:
    struct Range
    {
        std::uint16_t first;
        std::uint16_t last;
        friend bool operator==(const Range &, const Range &) = default;
    };
    std::array<std::vector<Range>, 3> m_ranges; // by protocol; sorted, apart from one another
};

} // namespace portolan::graph
