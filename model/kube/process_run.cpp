#include "model/kube/process_run.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

extern char **environ;

namespace portolan::kube {

namespace {

using std::chrono::steady_clock;

class Descriptor
{
public:
    explicit Descriptor(int number = -1) : m_number(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    int get() const { return m_number; }
    void set(int number)
    {
        close();
        m_number = number;
    }
    void close()
    {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }

private:
    int m_number;
};

struct Pipe
{
    Descriptor read;
    Descriptor write;

    bool open()
    {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        read.set(ends[0]);
        write.set(ends[1]);
        return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
    }
};

/// What posix_spawn is told, released at the end of the scope.
class SpawnSettings
{
public:
    SpawnSettings(int out, int err)
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        sigset_t set;
        sigemptyset(&set);
        posix_spawnattr_setsigmask(&attributes, &set);
        sigaddset(&set, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes, &set);
    }
    ~SpawnSettings()
    {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings &) = delete;
    SpawnSettings &operator=(const SpawnSettings &) = delete;

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> result;
    for (std::string &text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>> &more)
{
    std::vector<std::string> all;
    for (char **entry = environ; entry && *entry; ++entry) {
        const std::string_view text(*entry);
        const std::string_view name = text.substr(0, text.find('='));
        if (std::none_of(more.begin(), more.end(), [&](const auto &one) { return one.first == name; }))
            all.emplace_back(text);
    }
    for (const auto &[name, value] : more)
        all.push_back(name + "=" + value);
    return all;
}

Error systemError(int number, const std::string &program)
{
    const ErrorCode code = number == ENOENT   ? ErrorCode::NotFound
                           : number == EACCES ? ErrorCode::PermissionDenied
                                              : ErrorCode::Io;
    return {code, std::string("cannot be started: ") + std::strerror(number), program};
}

class Run
{
public:
    explicit Run(const ProcessRequest &request)
        : m_request(request),
          m_where(withoutControlCharacters(request.program))
    {
    }

    Result<void> start();
    Result<ProcessOutcome> finish(const CancelToken &cancel);

private:
    /// Appends what is there; closes the pipe at its end. False past `most`, the rest being dropped.
    static bool drain(Pipe &pipe, std::string &into, std::size_t most);
    Result<bool> step(int wakeup, int timeoutMs, const CancelToken &cancel);
    void reap();
    void kill();
    Error failure(ErrorCode code, std::string detail) const { return {code, std::move(detail), m_where}; }

    const ProcessRequest &m_request;
    std::string m_where;
    Pipe m_out;
    Pipe m_err;
    Descriptor m_process;
    pid_t m_pid = -1;
    ProcessOutcome m_outcome;
};

Result<void> Run::start()
{
    if (!m_out.open() || !m_err.open())
        return systemError(errno, m_where);
    std::vector<std::string> args = m_request.args;
    args.insert(args.begin(), m_request.program);
    std::vector<std::string> env = environmentWith(m_request.env);
    const SpawnSettings settings(m_out.write.get(), m_err.write.get());
    const int failed = ::posix_spawn(&m_pid, m_request.program.c_str(), &settings.actions,
                                     &settings.attributes, pointers(args).data(), pointers(env).data());
    if (failed != 0)
        return systemError(failed, m_where);
    m_out.write.close();
    m_err.write.close();
    // glibc 2.36 declares pidfd_open() without C linkage.
    m_process.set(int(::syscall(SYS_pidfd_open, m_pid, 0)));
    if (m_process.get() < 0) {
        const int number = errno;
        kill();
        return systemError(number, m_where);
    }
    return {};
}

bool Run::drain(Pipe &pipe, std::string &into, std::size_t most)
{
    std::array<char, 16 << 10> buffer;
    while (pipe.read.get() >= 0) {
        const ssize_t got = ::read(pipe.read.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return true;
        if (got <= 0) {
            pipe.read.close();
            return true;
        }
        const std::size_t room = most - std::min(most, into.size());
        into.append(buffer.data(), std::min(room, std::size_t(got)));
        if (std::size_t(got) > room)
            return false;
    }
    return true;
}

void Run::reap()
{
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status))
        m_outcome.exitCode = WEXITSTATUS(status);
    else if (WIFSIGNALED(status))
        m_outcome.signal = WTERMSIG(status);
    m_pid = -1;
}

void Run::kill()
{
    constexpr int graceMs = 500;
    ::kill(-m_pid, SIGTERM);
    pollfd ended{m_process.get(), POLLIN, 0};
    if (m_process.get() >= 0)
        ::poll(&ended, 1, graceMs);
    // The group may outlive its leader.
    ::kill(-m_pid, SIGKILL);
    reap();
}

/// True when the process has ended.
Result<bool> Run::step(int wakeup, int timeoutMs, const CancelToken &cancel)
{
    // poll() passes over negative descriptors.
    std::array<pollfd, 4> sources{pollfd{m_process.get(), POLLIN, 0}, pollfd{wakeup, POLLIN, 0},
                                  pollfd{m_out.read.get(), POLLIN, 0}, pollfd{m_err.read.get(), POLLIN, 0}};
    const int ready = ::poll(sources.data(), sources.size(), timeoutMs);
    if (cancel.isCancelled())
        return failure(ErrorCode::Cancelled, "was stopped");
    if (ready == 0)
        return failure(ErrorCode::Timeout,
                       "did not end within " +
                           std::to_string(m_request.timeout.count() / 1000.0).substr(0, 5) +
                           " s and was stopped");
    const bool ended = sources[0].revents != 0;
    drain(m_err, m_outcome.err, m_request.maxErr);
    if (!drain(m_out, m_outcome.out, m_request.maxOut))
        return failure(ErrorCode::TooLarge,
                       "wrote more than " + std::to_string(m_request.maxOut) + " bytes and was stopped");
    return ended;
}

Result<ProcessOutcome> Run::finish(const CancelToken &cancel)
{
    const Descriptor wakeup(::eventfd(0, EFD_CLOEXEC));
    const auto registration = cancel.onCancel([&wakeup] { ::eventfd_write(wakeup.get(), 1); });
    const auto deadline = steady_clock::now() + m_request.timeout;
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
        const auto ended = step(wakeup.get(), int(std::max<std::int64_t>(left.count(), 0)), cancel);
        if (!ended) {
            kill();
            return ended.error();
        }
        if (*ended) {
            reap();
            return std::move(m_outcome);
        }
    }
}

} // namespace

Result<ProcessOutcome> runProcess(const ProcessRequest &request, const CancelToken &cancel)
{
    Run run(request);
    if (auto started = run.start(); !started)
        return started.error();
    return run.finish(cancel);
}

} // namespace portolan::kube
