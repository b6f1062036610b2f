#pragma once

#include "model/cluster/objects.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace portolan::testing {

/// Where a connection is tried to.
struct SocketTarget
{
    std::string ip;
    std::uint16_t port = 0;
    Protocol protocol = Protocol::Tcp;
};

enum class SocketOutcome : std::uint8_t {
    Answered, ///< connected, or the datagram came back
    Refused,  ///< reset or port unreachable: it got there
    Silent,   ///< nothing came in time
    Failed    ///< no route, prohibited, or it could not even be tried
};

/// Opens sockets as a pod's own programs would: in the network namespace of a pod of tests/cluster, which
/// runs on this machine. Needs root. Pods need no tools for it, and thousands of pairs are tried in the time
/// of one.
class PodNetwork
{
public:
    /// Of a running pod, found by its uid; an invalid one where there is none such.
    static PodNetwork of(const Pod &pod);
    PodNetwork(PodNetwork &&other) noexcept : m_file(other.m_file) { other.m_file = -1; }
    PodNetwork(const PodNetwork &) = delete;
    PodNetwork &operator=(const PodNetwork &) = delete;
    PodNetwork &operator=(PodNetwork &&) = delete;
    ~PodNetwork();

    bool isValid() const { return m_file >= 0; }
    /// Tries all at once; blocks until each has an outcome, `wait` at most. Any thread; it comes back to its
    /// own network. UDP targets echo what they are sent.
    std::vector<SocketOutcome> tryAll(const std::vector<SocketTarget> &targets,
                                      std::chrono::milliseconds wait) const;

private:
    explicit PodNetwork(int file) : m_file(file) {}
    int m_file = -1;
};

} // namespace portolan::testing
