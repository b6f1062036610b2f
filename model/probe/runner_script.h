#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

/// What the fixed script that runs a probe's commands is given; all of it as parameters, so that nothing
/// of a destination is ever read as shell.
struct RunnerTask
{
    std::string mark; ///< unguessable: lines that begin with it are the script's own
    std::vector<std::string> prefix;
    std::vector<std::vector<std::string>> steps; ///< what follows the prefix, for each
    unsigned atOnce = 1;                         ///< how many commands run at a time
    unsigned repeat = 1;                         ///< each step so often, 100 ms apart
};

/// 128 random bits, as a word.
std::string newMark();

/// `shell` (as ToolSet::shell), the script and its parameters: an argv.
std::vector<std::string> runnerCommand(const std::vector<std::string> &shell, const RunnerTask &task);

struct RunnerResult
{
    std::optional<int> exitCode; ///< nothing where the end of this command never came whole
    std::string output;          ///< stdout and stderr
    std::optional<std::chrono::microseconds> elapsed;
};

/// Reads what the script prints while it comes. Index of a result: step * repeat + repetition.
/// Lines without the mark are no part of one: a peer that prints them would have to guess it.
class RunnerReader
{
public:
    explicit RunnerReader(std::string mark) : m_mark(std::move(mark)) {}

    /// `now` stands in for the pod's clock where that has no fractions of a second.
    void feed(std::string_view piece, std::chrono::steady_clock::time_point now);
    /// Those that have come since the last call; each index once.
    std::vector<std::pair<std::size_t, RunnerResult>> takeResults() { return std::exchange(m_results, {}); }
    /// The script's last line came.
    bool isComplete() const { return m_isComplete; }

private:
    void line(std::string_view line, std::chrono::steady_clock::time_point now);
    void endCommand(std::size_t index, const std::vector<std::string_view> &words,
                    std::chrono::steady_clock::time_point now);

    std::string m_mark;
    std::string m_partial;
    std::map<std::size_t, std::chrono::steady_clock::time_point> m_started;
    std::map<std::size_t, std::string> m_output; ///< of commands that have not ended
    std::set<std::size_t> m_ended;
    std::vector<std::pair<std::size_t, RunnerResult>> m_results;
    bool m_isComplete = false;
};

} // namespace portolan
