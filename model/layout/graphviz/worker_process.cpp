#include "model/layout/graphviz/worker_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portolan::layout {

namespace {

Error startError(int code, const std::string &program)
{
    const ErrorCode kind = code == ENOENT   ? ErrorCode::NotFound
                           : code == EACCES ? ErrorCode::PermissionDenied
                                            : ErrorCode::Unavailable;
    return {kind, std::string("cannot start the layout worker: ") + std::strerror(code), program};
}

Error lost(const char *what)
{
    return {ErrorCode::Protocol, what, "layout worker"};
}

/// The child's end becomes its stdin and stdout; nothing else of ours is handed down.
int spawn(const std::string &program, int childEnd, pid_t &pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, childEnd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, childEnd, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);

    std::string name = program;
    std::array<char *, 2> arguments{name.data(), nullptr};
    const int code = posix_spawn(&pid, program.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

} // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const std::string &program)
{
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return startError(errno, program);
    fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) | O_NONBLOCK);
    pid_t pid = 0;
    const int code = spawn(program, ends[1], pid);
    close(ends[1]);
    if (code != 0) {
        close(ends[0]);
        return startError(code, program);
    }
    return std::unique_ptr<WorkerProcess>(new WorkerProcess(pid, ends[0]));
}

WorkerProcess::~WorkerProcess()
{
    close(m_socket);
    kill(m_pid, SIGKILL);
    int status = 0;
    while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
}

void WorkerProcess::give(std::uint32_t piece, std::string message, Instant deadline)
{
    m_busy = true;
    m_piece = piece;
    m_deadline = deadline;
    m_out = std::move(message);
    m_in.clear();
}

bool WorkerProcess::write()
{
    while (!m_out.empty()) {
        // MSG_NOSIGNAL: a worker that is gone must not end this program by SIGPIPE.
        const ssize_t written = send(m_socket, m_out.data(), m_out.size(), MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        m_out.erase(0, std::size_t(written));
    }
    return true;
}

Result<std::optional<DotDrawing>> WorkerProcess::read()
{
    std::array<char, std::size_t{16} * 1024> buffer;
    for (;;) {
        const ssize_t got = recv(m_socket, buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (got <= 0)
            return lost("it ended");
        m_in.append(buffer.data(), std::size_t(got));
        if (m_in.size() > maxMessageBytes + 4)
            return lost("it wrote too much");
    }
    const auto body = firstBody(m_in);
    if (!body)
        return body.error();
    if (!*body)
        return std::optional<DotDrawing>();
    if (messageBytes(**body) != m_in.size())
        return lost("it wrote more than it was asked");
    auto answer = decodeDrawing(**body);
    if (!answer)
        return answer.error();
    if (!m_busy || answer->id != m_piece)
        return lost("it answered what was not asked");
    m_in.clear();
    m_busy = false;
    return std::optional(std::move(answer->drawing));
}

} // namespace portolan::layout
