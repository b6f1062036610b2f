#include "model/probe/classify.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace portolan {

namespace {

using std::chrono::microseconds;
using namespace std::chrono_literals;

bool mentions(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

bool mentionsAny(std::string_view text, std::span<const std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return mentions(text, word); });
}

constexpr std::array<std::string_view, 12> nameWords{
    "getaddrinfo",
    "gaierror",
    "Name or service not known",
    "Temporary failure in name resolution",
    "Name does not resolve",
    "No address associated with hostname",
    "bad address",
    "ould not resolve",
    "nable to resolve host",
    "forward host lookup failed",
    "Resolving timed out",
    "Unknown host",
};
constexpr std::array<std::string_view, 7> timeoutWords{
    "timed out",       "TIMEOUT",        "Timeout was reached", "Time-out",
    "connect timeout", "imeout expired", "timeout None"};
constexpr std::array<std::string_view, 2> refusedWords{"onnection refused", "ConnectionRefusedError"};
constexpr std::array<std::string_view, 3> noRouteWords{"No route to host", "Network is unreachable",
                                                       "Host is unreachable"};
constexpr std::array<std::string_view, 3> prohibitedWords{"Permission denied", "Operation not permitted",
                                                          "Network unreachable: prohibited"};
constexpr std::array<std::string_view, 5> missingWords{"executable file not found", "OCI runtime exec failed",
                                                       "no such file or directory", "not found",
                                                       "No such file or directory"};

/// The number behind `key` in "key=0.001234", as microseconds.
std::optional<microseconds> secondsAfter(std::string_view text, std::string_view key)
{
    const auto at = text.rfind(key);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view number = text.substr(at + key.size());
    double seconds = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), seconds);
    if (error != std::errc() || !(seconds >= 0) || seconds > 3600)
        return std::nullopt;
    return microseconds(static_cast<std::int64_t>(seconds * 1e6));
}

/// The three digits behind the first "`before``key`", or 0.
int httpCode(std::string_view text, std::string_view key)
{
    const auto at = text.find(key);
    if (at == std::string_view::npos || at + key.size() + 3 > text.size())
        return 0;
    int code = 0;
    const char *digits = text.data() + at + key.size();
    const auto [end, error] = std::from_chars(digits, digits + 3, code);
    return error == std::errc() && end == digits + 3 && code >= 100 ? code : 0;
}

/// curl -v quotes what the peer sent; only its own words count.
std::string withoutPeersWords(std::string_view output)
{
    std::string own;
    while (!output.empty()) {
        const auto end = output.find('\n');
        const std::string_view line = output.substr(0, end);
        output = end == std::string_view::npos ? std::string_view() : output.substr(end + 1);
        const char first = line.empty() ? ' ' : line.front();
        if (first != '<' && first != '>' && first != '{' && first != '}')
            own.append(line).push_back('\n');
    }
    return own;
}

/// Killed by timeout(1), in the ways that it and its busybox twin tell it.
bool wasKilled(std::optional<int> exitCode)
{
    return exitCode == 124 || exitCode == 143 || exitCode == 137;
}

class Reader
{
public:
    explicit Reader(const ToolRun &run) : m_run(run)
    {
        m_text = run.tool == ProbeTool::Curl ? withoutPeersWords(run.output) : std::string(run.output);
        if (run.tool == ProbeTool::Python3)
            m_verdict.elapsed = secondsAfter(m_text, "elapsed=");
    }

    Verdict read();

private:
    bool says(std::string_view word) const { return mentions(m_text, word); }
    bool ended() const { return m_run.exitCode == 0; }
    /// A time limit cannot have passed in less than a second, whatever the words.
    bool tookLong() const
    {
        const auto elapsed = m_verdict.elapsed ? m_verdict.elapsed : m_run.elapsed;
        return !elapsed || *elapsed >= 1s;
    }
    Verdict give(ProbeOutcome outcome, std::string note = {})
    {
        m_verdict.outcome = outcome;
        m_verdict.note = std::move(note);
        return m_verdict;
    }

    std::optional<Verdict> readSuccess();
    std::optional<Verdict> readTcp();
    std::optional<Verdict> readCurl();
    std::optional<Verdict> readWget();
    std::optional<Verdict> readHttp();
    std::optional<Verdict> readUdp();
    std::optional<Verdict> readNcUdp();
    std::optional<Verdict> readDns();
    Verdict readFailure();
    Verdict readKill();

    const ToolRun &m_run;
    std::string m_text;
    Verdict m_verdict;
};

Verdict Reader::read()
{
    if (!m_run.exitCode)
        return give(ProbeOutcome::Unknown, "not-finished");
    // nc -e misses its program only after it has connected.
    const bool isAfterConnect = m_run.tool == ProbeTool::NcBusyboxExec &&
                                (says("can't execute 'true'") || says("can't execute 'sh'"));
    if (!isAfterConnect && isMissingProgram(m_run.exitCode, m_text))
        return give(ProbeOutcome::ToolMissing);
    if (auto verdict = readSuccess())
        return *verdict;
    return readFailure();
}

std::optional<Verdict> Reader::readSuccess()
{
    switch (m_run.method) {
    case ProbeMethod::Tcp:
        return readTcp();
    case ProbeMethod::Http:
        return readHttp();
    case ProbeMethod::Udp:
        return readUdp();
    case ProbeMethod::Dns:
        return readDns();
    }
    return std::nullopt;
}

std::optional<Verdict> Reader::readTcp()
{
    switch (m_run.tool) {
    case ProbeTool::Curl:
        return readCurl();
    case ProbeTool::Wget:
    case ProbeTool::WgetBusybox:
        return readWget();
    case ProbeTool::NcBusyboxExec:
        if (ended() || says("can't execute 'true'"))
            return give(ProbeOutcome::Reached);
        return std::nullopt;
    default:
        if (ended())
            return give(ProbeOutcome::Reached);
        return std::nullopt;
    }
}

/// A telnet:// that stays silent ends by curl's own limit (28), connected; so the time of the connection
/// decides, which is 0 where there was none.
std::optional<Verdict> Reader::readCurl()
{
    const auto connect = secondsAfter(m_text, "connect=");
    if (!connect || connect->count() == 0) {
        m_verdict.elapsed = secondsAfter(m_text, "total=");
        return std::nullopt;
    }
    m_verdict.elapsed = connect;
    if (m_run.method == ProbeMethod::Tcp)
        return give(ProbeOutcome::Reached);
    const int code = httpCode(m_text, "http=");
    if (code == 0)
        return give(ProbeOutcome::Unknown, "http-no-answer");
    m_verdict.elapsed = secondsAfter(m_text, "total=");
    return give(ProbeOutcome::Reached, "http-" + std::to_string(code));
}

std::optional<Verdict> Reader::readWget()
{
    const bool http = m_run.method == ProbeMethod::Http;
    int code = httpCode(m_text, "response... ");
    if (code == 0)
        code = httpCode(m_text, "server returned error: HTTP/1.1 ");
    if (code == 0)
        code = httpCode(m_text, "server returned error: HTTP/1.0 ");
    if (code == 0 && ended())
        code = 200;
    if (code != 0)
        return give(ProbeOutcome::Reached, http ? "http-" + std::to_string(code) : "");
    // GNU says "connected."; busybox has these words for what comes after a connection alone.
    if (says("... connected.") || says("error getting response") || says("bad header"))
        return http ? give(ProbeOutcome::Unknown, "http-no-answer") : give(ProbeOutcome::Reached);
    // Of its silence busybox says the same before and after the connection.
    if (m_run.tool == ProbeTool::WgetBusybox && says("download timed out"))
        return http ? give(ProbeOutcome::Timeout) : give(ProbeOutcome::Unknown, "http-no-answer");
    return std::nullopt;
}

std::optional<Verdict> Reader::readHttp()
{
    if (m_run.tool == ProbeTool::Curl)
        return readCurl();
    if (m_run.tool == ProbeTool::Wget || m_run.tool == ProbeTool::WgetBusybox)
        return readWget();
    int code = httpCode(m_text, "HTTP/1.1 ");
    if (code == 0)
        code = httpCode(m_text, "HTTP/1.0 ");
    if (code != 0)
        return give(ProbeOutcome::Reached, "http-" + std::to_string(code));
    const bool connected =
        says("connected") || says("rc=0") || says("no HTTP:") || says("can't execute 'sh'");
    if (connected)
        return give(ProbeOutcome::Unknown, "http-no-answer");
    if (m_run.tool == ProbeTool::NcOpenbsd && says("rc=1") &&
        m_text.find_first_not_of("rc=1\n ") == std::string::npos) {
        // Without -v it fails without a word: only the time tells a limit from a refusal.
        const auto elapsed = m_run.elapsed;
        if (elapsed)
            return give(*elapsed >= 2s ? ProbeOutcome::Timeout : ProbeOutcome::Refused);
    }
    return std::nullopt;
}

std::optional<Verdict> Reader::readUdp()
{
    if (m_run.tool == ProbeTool::NslookupBusybox) {
        const bool asked = says("Server:") || says("Name:") || says("can't find");
        if (asked && !says("timed out") && !says("no servers could be reached"))
            return give(ProbeOutcome::Reached);
        if (says("no servers could be reached") || (says("timed out") && !says("bad address")))
            return give(ProbeOutcome::Unknown, "udp-silent");
        return std::nullopt;
    }
    if (m_run.tool == ProbeTool::Bash || m_run.tool == ProbeTool::Python3) {
        if (says("reply") && ended())
            return give(ProbeOutcome::Reached);
        if (says("silent"))
            return give(ProbeOutcome::Unknown, "udp-silent");
        return std::nullopt;
    }
    return readNcUdp();
}

/// ncUdp merges the tool's own lines, "rc=N" and at most 200 bytes of a reply.
std::optional<Verdict> Reader::readNcUdp()
{
    std::string rest;
    std::string_view text = m_text;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        const bool own = line.starts_with("rc=") || line.starts_with("Ncat: ") || line.starts_with("nc: ") ||
                         line.starts_with("nc.openbsd: ") || line.ends_with(" succeeded!") || line.empty();
        if (!own)
            rest.append(line);
    }
    const bool failed = mentionsAny(m_text, refusedWords) || mentionsAny(m_text, noRouteWords) ||
                        mentionsAny(m_text, nameWords) || mentionsAny(m_text, prohibitedWords);
    if (failed)
        return std::nullopt;
    if (!rest.empty())
        return give(ProbeOutcome::Reached);
    // OpenBSD's nc says nothing of a refused datagram: it misses its "succeeded!" and ends at once.
    if (m_run.tool == ProbeTool::NcOpenbsd && says("rc=1") && !says("succeeded!"))
        return give(ProbeOutcome::Refused);
    if (says("rc=0") || says("succeeded!"))
        return give(ProbeOutcome::Unknown, "udp-silent");
    return std::nullopt;
}

std::optional<Verdict> Reader::readDns()
{
    const bool unknown = mentionsAny(m_text, nameWords) || says("NXDOMAIN") || says("SERVFAIL");
    switch (m_run.tool) {
    case ProbeTool::Getent:
        if (ended() && !m_text.empty())
            return give(ProbeOutcome::Reached);
        if (m_run.exitCode == 2 || wasKilled(m_run.exitCode))
            return give(ProbeOutcome::Dns, tookLong() ? "dns-timeout" : "");
        return std::nullopt;
    case ProbeTool::Python3:
        if (ended())
            return give(ProbeOutcome::Reached);
        break;
    case ProbeTool::Dig:
        if (says("status: NOERROR") && !says("ANSWER: 0"))
            return give(ProbeOutcome::Reached);
        if (says("status: ") || says("no servers could be reached") || says("timed out"))
            return give(ProbeOutcome::Dns, says("status: ") ? "" : "dns-timeout");
        return std::nullopt;
    case ProbeTool::Nslookup:
        if (ended() && says("Name:"))
            return give(ProbeOutcome::Reached);
        if (unknown || says("can't find") || says("no servers could be reached"))
            return give(ProbeOutcome::Dns, says("no servers") ? "dns-timeout" : "");
        return std::nullopt;
    default:
        // Whatever came of the connection, the name was found if one was tried.
        if (!unknown && (ended() || mentionsAny(m_text, refusedWords) || mentionsAny(m_text, timeoutWords) ||
                         mentionsAny(m_text, noRouteWords) || says("connect=")))
            return give(ProbeOutcome::Reached);
        break;
    }
    if (wasKilled(m_run.exitCode))
        return give(ProbeOutcome::Dns, "dns-timeout");
    return std::nullopt;
}

/// Of several addresses of a name each may fail in its own way: the one that says most is taken.
Verdict Reader::readFailure()
{
    if (mentionsAny(m_text, nameWords))
        return give(ProbeOutcome::Dns, says("timed out") ? "dns-timeout" : "");
    if (mentionsAny(m_text, timeoutWords))
        return tookLong() ? give(ProbeOutcome::Timeout) : give(ProbeOutcome::Unknown);
    if (mentionsAny(m_text, refusedWords) || says("[Errno 111]"))
        return give(ProbeOutcome::Refused);
    if (mentionsAny(m_text, noRouteWords) || says("[Errno 113]") || says("[Errno 101]"))
        return give(ProbeOutcome::NoRoute);
    if (mentionsAny(m_text, prohibitedWords))
        return give(ProbeOutcome::NoRoute, "prohibited");
    if (wasKilled(m_run.exitCode))
        return readKill();
    return give(ProbeOutcome::Unknown);
}

Verdict Reader::readKill()
{
    if (!tookLong())
        return give(ProbeOutcome::Unknown);
    if (m_run.tool == ProbeTool::Bash && m_run.method == ProbeMethod::Tcp)
        return give(ProbeOutcome::Timeout, m_run.hostIsName ? "name-or-connect" : "");
    // The others limit their connection themselves and say so: what hangs longer is the look-up.
    if (m_run.hostIsName)
        return give(ProbeOutcome::Dns, "dns-timeout");
    return give(ProbeOutcome::Unknown);
}

} // namespace

bool isMissingProgram(std::optional<int> exitCode, std::string_view text)
{
    if (exitCode != 126 && exitCode != 127)
        return false;
    return mentionsAny(text, missingWords) || mentions(text, "ermission denied") ||
           mentions(text, "error while loading shared libraries") || mentions(text, "can't execute") ||
           mentions(text, "xec format error");
}

bool isMissingProgram(const kube::ExecOutcome &outcome)
{
    if (!outcome.exitCode)
        return mentions(outcome.statusMessage, "executable file not found") ||
               mentions(outcome.statusMessage, "no such file or directory") ||
               mentions(outcome.statusMessage, "exec format error") ||
               (mentions(outcome.statusMessage, "OCI runtime exec failed") &&
                mentions(outcome.statusMessage, "permission denied"));
    return isMissingProgram(outcome.exitCode, outcome.out + outcome.err + outcome.statusMessage);
}

Verdict classify(const ToolRun &run)
{
    return Reader(run).read();
}

} // namespace portolan
