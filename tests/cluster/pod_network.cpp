#include "tests/cluster/pod_network.h"

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portolan::testing {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Any process of the pod: they all share its network. 0 where none is found.
pid_t processOf(const std::string &uid)
{
    for (const char *root : {"/sys/fs/cgroup/pids/portolan", "/sys/fs/cgroup/portolan"}) {
        std::error_code gone;
        for (fs::recursive_directory_iterator at(root, gone), end; !gone && at != end; at.increment(gone)) {
            if (at->path().filename() != "cgroup.procs" ||
                at->path().string().find("/pod" + uid + "/") == std::string::npos)
                continue;
            std::ifstream processes(at->path());
            if (pid_t pid = 0; processes >> pid)
                return pid;
        }
    }
    return 0;
}

/// While it lives, this thread's sockets are made in that network.
class InNetwork
{
public:
    explicit InNetwork(int file) : m_own(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC))
    {
        m_isThere = m_own >= 0 && ::setns(file, CLONE_NEWNET) == 0;
    }
    InNetwork(const InNetwork &) = delete;
    InNetwork &operator=(const InNetwork &) = delete;
    ~InNetwork()
    {
        if (m_isThere && ::setns(m_own, CLONE_NEWNET) != 0)
            std::abort(); // what this thread does next would be done in the pod
        ::close(m_own);
    }
    bool isThere() const { return m_isThere; }

private:
    int m_own;
    bool m_isThere = false;
};

SocketOutcome outcomeOf(int error)
{
    switch (error) {
    case ECONNREFUSED:
    case ECONNRESET:
        return SocketOutcome::Refused;
    case ETIMEDOUT:
    case EINPROGRESS:
        return SocketOutcome::Silent;
    default:
        return SocketOutcome::Failed;
    }
}

/// A socket on its way; `outcome` is Silent until something comes.
struct Try
{
    int socket = -1;
    bool isUdp = false;
    SocketOutcome outcome = SocketOutcome::Silent;

    void begin(const SocketTarget &target)
    {
        isUdp = target.protocol == Protocol::Udp;
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(target.port);
        socket = ::socket(AF_INET, (isUdp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (socket < 0 || ::inet_pton(AF_INET, target.ip.c_str(), &to.sin_addr) != 1) {
            end(SocketOutcome::Failed);
            return;
        }
        if (::connect(socket, reinterpret_cast<const sockaddr *>(&to), sizeof to) != 0 &&
            errno != EINPROGRESS)
            end(outcomeOf(errno));
        else if (isUdp)
            send();
    }
    void send() const { std::ignore = ::send(socket, "portolan\n", 9, MSG_DONTWAIT | MSG_NOSIGNAL); }
    void end(SocketOutcome how)
    {
        outcome = how;
        if (socket >= 0)
            ::close(socket);
        socket = -1;
    }
    void somethingCame()
    {
        if (isUdp) {
            char buffer[64];
            const auto got = ::recv(socket, buffer, sizeof buffer, MSG_DONTWAIT);
            if (got >= 0)
                end(SocketOutcome::Answered);
            else if (errno != EAGAIN)
                end(outcomeOf(errno));
            return;
        }
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
        end(error == 0 ? SocketOutcome::Answered : outcomeOf(error));
    }
};

/// Waits for what comes; false when all have an outcome.
bool pollOnce(std::vector<Try> &tries)
{
    std::vector<pollfd> polled;
    std::vector<Try *> whose;
    for (Try &one : tries) {
        if (one.socket < 0)
            continue;
        polled.push_back({one.socket, short(one.isUdp ? POLLIN : POLLOUT), 0});
        whose.push_back(&one);
    }
    if (polled.empty())
        return false;
    ::poll(polled.data(), polled.size(), 100);
    for (std::size_t i = 0; i < polled.size(); ++i) {
        if (polled[i].revents != 0)
            whose[i]->somethingCame();
    }
    return true;
}

} // namespace

PodNetwork PodNetwork::of(const Pod &pod)
{
    const pid_t pid = processOf(pod.meta.uid);
    return PodNetwork(pid ? ::open(("/proc/" + std::to_string(pid) + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC)
                          : -1);
}

PodNetwork::~PodNetwork()
{
    if (m_file >= 0)
        ::close(m_file);
}

std::vector<SocketOutcome> PodNetwork::tryAll(const std::vector<SocketTarget> &targets,
                                              std::chrono::milliseconds wait) const
{
    std::vector<Try> tries(targets.size());
    {
        const InNetwork inPod(m_file);
        for (std::size_t i = 0; i < targets.size(); ++i) {
            if (inPod.isThere())
                tries[i].begin(targets[i]);
            else
                tries[i].end(SocketOutcome::Failed);
        }
    }
    const auto start = Clock::now();
    auto sent = start;
    while (Clock::now() - start < wait && pollOnce(tries)) {
        if (Clock::now() - sent < 700ms)
            continue;
        sent = Clock::now();
        for (const Try &one : tries) {
            if (one.isUdp && one.socket >= 0)
                one.send(); // a datagram may be lost, as a SYN may, which the kernel sends again
        }
    }
    std::vector<SocketOutcome> outcomes;
    for (Try &one : tries) {
        outcomes.push_back(one.outcome);
        one.end(one.outcome);
    }
    return outcomes;
}

} // namespace portolan::testing
