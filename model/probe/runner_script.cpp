#include "model/probe/runner_script.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <charconv>

namespace portolan {

namespace {

// $1 mark, $2 how many at once, $3 repetitions, $4 words of the prefix, then the prefix, then each step
// as its number of words and its words. Commands are started from the parameters by their numbers
// ("${7}"), which is all that eval ever sees. t() sets T to nanoseconds where the shell or date can; x()
// prints a result line by line, each with its number: results of commands that run together do mix, since
// bash writes every line by itself.
constexpr const char *script = R"sh(m=$1 b=$2 r=$3 p=$4 LC_ALL=C; export LC_ALL
t() { if [ "$EPOCHREALTIME" ]; then T=${EPOCHREALTIME%[.,]*}${EPOCHREALTIME#*[.,]}000; else T=$(date +%s%N 2>/dev/null); fi; }
x() { t; a=$T; case $a in ''|*[!0-9]*) echo "$m s $i";; esac
o=$(eval "$c" 2>&1 </dev/null); e=$?; t
[ "$o" ] && printf '%s\n' "$o" | while IFS= read -r o; do printf '%s o %s %s\n' "$m" "$i" "$o"; done
printf '%s e %s %s %s %s\n' "$m" "$i" "$e" "${a:-x}" "${T:-x}"; }
q=5 i=0 k=0 P=
while [ $p -gt 0 ]; do P="$P \"\${$q}\""; q=$((q+1)) p=$((p-1)); done
while [ $q -le $# ]; do
eval "n=\${$q}"; q=$((q+1)) c=$P
while [ $n -gt 0 ]; do c="$c \"\${$q}\""; q=$((q+1)) n=$((n-1)); done
l=0
while [ $l -lt $r ]; do
x "$@" & i=$((i+1)) l=$((l+1)) k=$((k+1))
[ $k -ge $b ] && { wait; k=0; }
[ $r -gt 1 ] && sleep 0.1 2>/dev/null
done
done
wait
echo "$m z"
)sh";

template<class Number>
std::optional<Number> number(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const auto space = line.find(' ');
        words.push_back(line.substr(0, space));
        line = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    }
    return words;
}

/// Between two readings of a clock in nanoseconds; nothing where they are none (date without %N).
std::optional<std::chrono::microseconds> between(std::string_view from, std::string_view to)
{
    const auto begin = number<std::int64_t>(from);
    const auto end = number<std::int64_t>(to);
    constexpr std::size_t digitsOfNow = 19;
    if (!begin || !end || from.size() < digitsOfNow || *end < *begin)
        return std::nullopt;
    return std::chrono::microseconds((*end - *begin) / 1000);
}

} // namespace

std::string newMark()
{
    std::string mark = "portolan";
    for (int i = 0; i < 2; ++i) {
        static constexpr std::string_view hex = "0123456789abcdef";
        std::uint64_t bits = QRandomGenerator::system()->generate64();
        for (int digit = 0; digit < 16; ++digit, bits >>= 4U)
            mark.push_back(hex[bits & 0xfU]);
    }
    return mark;
}

std::vector<std::string> runnerCommand(const std::vector<std::string> &shell, const RunnerTask &task)
{
    std::vector<std::string> argv = shell;
    argv.insert(argv.end(), {script, "portolan", task.mark, std::to_string(task.atOnce),
                             std::to_string(task.repeat), std::to_string(task.prefix.size())});
    argv.insert(argv.end(), task.prefix.begin(), task.prefix.end());
    for (const auto &step : task.steps) {
        argv.push_back(std::to_string(step.size()));
        argv.insert(argv.end(), step.begin(), step.end());
    }
    return argv;
}

void RunnerReader::feed(std::string_view piece, std::chrono::steady_clock::time_point now)
{
    m_partial += piece;
    std::size_t at = 0;
    for (std::size_t end; (end = m_partial.find('\n', at)) != std::string::npos; at = end + 1)
        line(std::string_view(m_partial).substr(at, end - at), now);
    m_partial.erase(0, at);
}

void RunnerReader::line(std::string_view line, std::chrono::steady_clock::time_point now)
{
    if (!line.starts_with(m_mark) || line.substr(m_mark.size(), 1) != " ")
        return;
    line.remove_prefix(m_mark.size() + 1);
    const auto words = wordsOf(line);
    const std::string_view kind = words.empty() ? std::string_view() : words.front();
    const auto index = words.size() > 1 ? number<std::size_t>(words[1]) : std::nullopt;
    if (kind == "z")
        m_isComplete = true;
    if (!index)
        return;
    const std::size_t command = *index;
    if (kind == "s")
        m_started[command] = now;
    else if (kind == "o")
        m_output[command].append(line.substr(std::min(line.size(), words[1].size() + 3))).push_back('\n');
    else if (kind == "e" && words.size() == 5)
        endCommand(command, words, now);
}

void RunnerReader::endCommand(std::size_t index, const std::vector<std::string_view> &words,
                              std::chrono::steady_clock::time_point now)
{
    const auto code = number<int>(words[2]);
    if (!code)
        return;
    RunnerResult result;
    result.exitCode = code;
    if (auto output = m_output.extract(index))
        result.output = std::move(output.mapped());
    while (result.output.ends_with('\n'))
        result.output.pop_back();
    result.elapsed = between(words[3], words[4]);
    const auto started = m_started.find(index);
    if (!result.elapsed && started != m_started.end())
        result.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(now - started->second);
    if (m_ended.insert(index).second)
        m_results.emplace_back(index, std::move(result));
}

} // namespace portolan
