#include "model/probe/probe_tool.h"

#include <algorithm>
#include <map>
#include <optional>

namespace portolan {

namespace {

bool mentions(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// The next line, without its end; `text` goes on behind it.
std::string_view takeLine(std::string_view &text)
{
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return line;
}

class DetectionReader
{
public:
    explicit DetectionReader(std::string_view mark) : m_mark(mark) {}

    void line(std::string_view line)
    {
        if (!line.starts_with(m_mark) || line.substr(m_mark.size(), 1) != " ") {
            if (!m_program.empty())
                m_texts[m_program].append(line).push_back('\n');
            return;
        }
        line.remove_prefix(m_mark.size() + 1);
        const auto space = line.find(' ');
        const std::string_view word = line.substr(0, space);
        m_program = space == std::string_view::npos ? std::string() : std::string(line.substr(space + 1));
        if (word == "has")
            m_texts[m_program];
        m_isComplete = m_isComplete || word == "done";
    }

    bool isComplete() const { return m_isComplete; }
    ToolSet result() const;

private:
    std::optional<std::string> text(const std::string &program) const
    {
        const auto at = m_texts.find(program);
        return at == m_texts.end() ? std::nullopt : std::optional(at->second);
    }
    void addNc(ToolSet &set) const;
    void addOthers(ToolSet &set) const;

    std::string_view m_mark;
    std::string m_program;
    std::map<std::string, std::string> m_texts;
    bool m_isComplete = false;
};

void DetectionReader::addNc(ToolSet &set) const
{
    for (const std::string program : {"nc", "ncat", "netcat"}) {
        const auto help = text(program);
        ProbeTool variant{};
        if (help && ncVariant(*help, variant) && !set.has(variant)) {
            // The first one found names the program: the others would need a name of their own each.
            if (!set.tools.empty())
                return;
            set.ncProgram = program;
            set.tools.push_back(variant);
        }
    }
}

void DetectionReader::addOthers(ToolSet &set) const
{
    if (const auto test = text("bash")) {
        // Some builds of bash have no /dev/tcp and say that there is no such file.
        if (!mentions(*test, "No such file"))
            set.tools.push_back(ProbeTool::Bash);
    }
    if (text("python3"))
        set.tools.push_back(ProbeTool::Python3);
    if (text("curl"))
        set.tools.push_back(ProbeTool::Curl);
    if (const auto version = text("wget")) {
        const bool isGnu = mentions(*version, "GNU Wget");
        // Debian leaves -T out of busybox's wget, which then has no limit and crashes where -T is given.
        if (isGnu)
            set.tools.push_back(ProbeTool::Wget);
        else if (mentions(*version, "-T SEC"))
            set.tools.push_back(ProbeTool::WgetBusybox);
    }
    if (text("getent"))
        set.tools.push_back(ProbeTool::Getent);
    if (text("dig"))
        set.tools.push_back(ProbeTool::Dig);
    if (const auto version = text("nslookup")) {
        const bool isBusybox = mentions(*version, "BusyBox") || !mentions(*version, "nslookup 9");
        set.tools.push_back(isBusybox ? ProbeTool::NslookupBusybox : ProbeTool::Nslookup);
    }
}

ToolSet DetectionReader::result() const
{
    ToolSet set;
    const auto timeout = text("timeout");
    set.hasTimeout = timeout && !mentions(*timeout, "BusyBox");
    set.canCut = text("head").has_value();
    addNc(set);
    addOthers(set);
    return set;
}

} // namespace

std::string_view probeToolName(ProbeTool tool)
{
    switch (tool) {
    case ProbeTool::NcOpenbsd:
    case ProbeTool::NcTraditional:
    case ProbeTool::NcBusybox:
    case ProbeTool::NcBusyboxExec:
        return "nc";
    case ProbeTool::Ncat:
        return "ncat";
    case ProbeTool::Bash:
        return "bash";
    case ProbeTool::Python3:
        return "python3";
    case ProbeTool::Curl:
        return "curl";
    case ProbeTool::Wget:
    case ProbeTool::WgetBusybox:
        return "wget";
    case ProbeTool::Getent:
        return "getent";
    case ProbeTool::Dig:
        return "dig";
    case ProbeTool::Nslookup:
    case ProbeTool::NslookupBusybox:
        return "nslookup";
    }
    return "";
}

bool ToolSet::has(ProbeTool tool) const
{
    return std::find(tools.begin(), tools.end(), tool) != tools.end();
}

std::string_view detectionScript()
{
    // Help texts are bounded by their programs; stdin is closed so that none of them waits.
    return R"sh(m=$1 LC_ALL=C; export LC_ALL; exec 2>&1 </dev/null
h() { command -v "$1" >/dev/null 2>&1; }
h timeout && { echo "$m has timeout"; timeout --help; }
for c in nc ncat netcat; do h $c && { echo "$m has $c"; $c -h; }; done
h bash && { echo "$m has bash"; bash -c ': >/dev/tcp/127.0.0.1/1'; }
for c in head python3 curl getent dig; do h $c && echo "$m has $c"; done
h wget && { echo "$m has wget"; wget --version; }
h nslookup && { echo "$m has nslookup"; nslookup -version; }
echo "$m done"
)sh";
}

ToolSet parseDetection(std::string_view output, std::string_view mark, bool &complete)
{
    DetectionReader reader(mark);
    while (!output.empty())
        reader.line(takeLine(output));
    complete = reader.isComplete();
    return reader.result();
}

bool ncVariant(std::string_view help, ProbeTool &found)
{
    if (mentions(help, "nmap.org/ncat"))
        found = ProbeTool::Ncat;
    else if (mentions(help, "BusyBox") && (mentions(help, "\t-z") || mentions(help, " -z")))
        found = ProbeTool::NcBusybox;
    else if (mentions(help, "BusyBox") && mentions(help, "-e PROG"))
        found = ProbeTool::NcBusyboxExec;
    else if (mentions(help, "OpenBSD netcat") || mentions(help, "usage: nc [-46"))
        found = ProbeTool::NcOpenbsd;
    else if (mentions(help, "[v1.10") && mentions(help, "-z"))
        found = ProbeTool::NcTraditional;
    else
        return false;
    return true;
}

} // namespace portolan
