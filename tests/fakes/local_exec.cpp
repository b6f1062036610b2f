#include "tests/fakes/local_exec.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>

namespace portolan::fakes {

namespace {

namespace fs = std::filesystem;

std::optional<fs::path> findProgram(const std::string &program)
{
    for (const char *folder : {"/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"}) {
        std::error_code failed;
        const fs::path path = fs::path(folder) / program;
        if (fs::exists(path, failed))
            return path;
    }
    return std::nullopt;
}

/// Both ends of a pipe; the reading one is closed with the object.
struct Pipe
{
    std::array<int, 2> ends{-1, -1};
    Pipe()
    {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            std::abort();
    }
    ~Pipe()
    {
        ::close(ends[0]);
        closeWriting();
    }
    void closeWriting()
    {
        if (ends[1] >= 0)
            ::close(ends[1]);
        ends[1] = -1;
    }
};

void gather(const kube::ExecRequest &request, std::string &stream, std::string_view piece, bool isStdout,
            bool &truncated)
{
    const std::size_t room = request.maxOutput - stream.size();
    truncated = truncated || piece.size() > room;
    stream += piece.substr(0, room);
    if (isStdout && request.onStdout)
        request.onStdout(piece.substr(0, room));
}

} // namespace

LocalExec::LocalExec()
{
    std::string pattern = (fs::temp_directory_path() / "portolan-image-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        std::abort();
    m_folder = pattern;
}

LocalExec::~LocalExec()
{
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

bool LocalExec::install(const std::string &program, const std::string &as)
{
    const auto path = findProgram(program);
    if (!path)
        return false;
    fs::create_symlink(*path, m_folder / (as.empty() ? program : as));
    return true;
}

void LocalExec::write(const std::string &name, const std::string &script)
{
    std::ofstream(m_folder / name) << "#!/bin/sh\n" << script;
    fs::permissions(m_folder / name, fs::perms::owner_all);
}

Result<kube::ExecOutcome> LocalExec::exec(const kube::ExecRequest &request, const CancelToken &)
{
    kube::ExecOutcome outcome;
    const fs::path program = m_folder / request.command.front();
    if (!fs::exists(program)) {
        outcome.statusMessage =
            "exec: \"" + request.command.front() + "\": executable file not found in $PATH";
        return outcome;
    }
    Pipe out;
    Pipe err;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, err.ends[1], 2);
    std::vector<char *> argv;
    for (const std::string &word : request.command)
        argv.push_back(const_cast<char *>(word.c_str()));
    argv.push_back(nullptr);
    std::string path = "PATH=" + m_folder.string();
    std::array<char *, 2> environment{path.data(), nullptr};
    pid_t child = 0;
    if (::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environment.data()) != 0)
        std::abort();
    posix_spawn_file_actions_destroy(&actions);
    out.closeWriting();
    err.closeWriting();

    const auto started = std::chrono::steady_clock::now();
    std::array<pollfd, 2> sources{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
    std::array<char, 65536> buffer{};
    while (sources[0].fd >= 0 || sources[1].fd >= 0) {
        ::poll(sources.data(), sources.size(), -1);
        for (pollfd &source : sources) {
            if (source.fd < 0 || source.revents == 0)
                continue;
            const auto got = ::read(source.fd, buffer.data(), buffer.size());
            if (got <= 0) {
                source.fd = -1;
                continue;
            }
            const bool isStdout = source.fd == out.ends[0];
            gather(request, isStdout ? outcome.out : outcome.err, {buffer.data(), std::size_t(got)}, isStdout,
                   outcome.truncated);
        }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    outcome.elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
    return outcome;
}

} // namespace portolan::fakes
