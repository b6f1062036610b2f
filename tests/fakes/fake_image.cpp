#include "tests/fakes/fake_image.h"

#include "model/probe/probe_tool.h"

#include <algorithm>
#include <sstream>

namespace portolan::fakes {

namespace {

using Argv = FakeImage::Argv;

/// Where the script stands in a command started by some shell; 0: no shell.
std::size_t scriptIndex(const Argv &command)
{
    const auto at = std::find(command.begin(), command.end(), "-c");
    const bool isShell = command.front() == "sh" || command.front() == "bash" || command.front() == "busybox";
    return isShell && at != command.end() ? std::size_t(at - command.begin()) + 1 : 0;
}

Argv withoutTimeout(Argv argv)
{
    if (argv.front() != "timeout")
        return argv;
    argv.erase(argv.begin(), argv.begin() + 2);
    return argv;
}

} // namespace

kube::ExecOutcome FakeImage::missing(const std::string &program)
{
    kube::ExecOutcome outcome;
    outcome.statusMessage =
        "OCI runtime exec failed: exec failed: unable to start container process: exec: \"" + program +
        "\": executable file not found in $PATH: unknown";
    return outcome;
}

Result<kube::ExecOutcome> FakeImage::exec(const kube::ExecRequest &request, const CancelToken &cancel)
{
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
    }
    if (cancel.isCancelled())
        return Error{ErrorCode::Cancelled, "cancelled", request.pod};
    if (error)
        return *error;
    const std::size_t script = scriptIndex(request.command);
    if (script == 0)
        return runDirectly(request.command);
    if (request.command.front() != shell)
        return missing(request.command.front());
    if (request.command[script] == detectionScript())
        return detect(request.command[script + 2]);
    return runScript(request, script);
}

kube::ExecOutcome FakeImage::detect(const std::string &mark) const
{
    kube::ExecOutcome outcome;
    for (const auto &[program, text] : programs)
        outcome.out += mark + " has " + program + "\n" + text + "\n";
    outcome.out += mark + " done\n";
    outcome.exitCode = 0;
    return outcome;
}

kube::ExecOutcome FakeImage::runScript(const kube::ExecRequest &request, std::size_t scriptAt)
{
    const Argv &command = request.command;
    std::size_t at = scriptAt + 2;
    const std::string mark = command[at++];
    ++at; // how many at once
    const std::size_t repeat = std::stoul(command[at++]);
    const std::size_t prefixSize = std::stoul(command[at++]);
    const Argv prefix(command.begin() + std::ptrdiff_t(at),
                      command.begin() + std::ptrdiff_t(at + prefixSize));
    at += prefixSize;
    std::string out = beforeOutput;
    std::size_t index = 0;
    while (at < command.size()) {
        const std::size_t size = std::stoul(command[at++]);
        Argv argv = prefix;
        argv.insert(argv.end(), command.begin() + std::ptrdiff_t(at),
                    command.begin() + std::ptrdiff_t(at + size));
        at += size;
        for (std::size_t i = 0; i < repeat; ++i, ++index) {
            if (cutAfter && index >= *cutAfter)
                break;
            const Answer answered = answer(withoutTimeout(argv));
            constexpr std::int64_t start = 1'795'623'385'000'000'000;
            const std::int64_t end = start + answered.elapsed.count() * 1000;
            const std::string number = std::to_string(index);
            if (withoutClock)
                out += mark + " s " + number + "\n";
            std::istringstream lines(answered.output);
            for (std::string line; std::getline(lines, line);)
                out += mark + " o " + number + " " + line + "\n";
            out += mark + " e " + number + " " + std::to_string(answered.exitCode) + " " +
                   (withoutClock ? "1795623385%N 1795623385%N"
                                 : std::to_string(start) + " " + std::to_string(end)) +
                   "\n";
        }
    }
    kube::ExecOutcome outcome;
    outcome.elapsed = std::chrono::milliseconds(7);
    if (cutAfter) {
        outcome.statusMessage = "the connection ended before the command's exit code was told";
    } else {
        out += mark + " z\n";
        outcome.exitCode = 0;
    }
    outcome.truncated = out.size() > request.maxOutput;
    outcome.out = out.substr(0, request.maxOutput);
    if (request.onStdout)
        request.onStdout(outcome.out);
    return outcome;
}

kube::ExecOutcome FakeImage::runDirectly(const Argv &argv)
{
    const auto has = std::find_if(programs.begin(), programs.end(),
                                  [&](const auto &program) { return program.first == argv.front(); });
    if (has == programs.end())
        return missing(argv.front());
    kube::ExecOutcome outcome;
    outcome.elapsed = std::chrono::milliseconds(7);
    const std::string &last = argv.back();
    if (last == "-h" || last == "-V" || last == "--version" || last == "print(\"here\")") {
        outcome.exitCode = has->second.find("usage") == std::string::npos ? 0 : 1;
        outcome.err = has->second;
        return outcome;
    }
    const Answer answered = answer(argv);
    outcome.exitCode = answered.exitCode;
    outcome.out = answered.output;
    outcome.elapsed = answered.elapsed;
    return outcome;
}

std::vector<kube::ExecRequest> FakeImage::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::size_t FakeImage::probeExecs() const
{
    const std::lock_guard lock(m_mutex);
    return std::size_t(std::count_if(m_requests.begin(), m_requests.end(), [](const auto &request) {
        const std::size_t script = scriptIndex(request.command);
        return script != 0 && request.command[script] != detectionScript();
    }));
}

} // namespace portolan::fakes
