#include "model/probe/tool_finder.h"

#include "model/probe/classify.h"
#include "model/probe/runner_script.h"

namespace portolan {

namespace {

using Words = std::vector<std::string>;

/// Where a fixed script can run, in the order in which images have it.
const std::vector<Words> &shells()
{
    static const std::vector<Words> all{{"sh", "-c"}, {"bash", "-c"}, {"busybox", "sh", "-c"}};
    return all;
}

/// A program that can probe without a shell, and a harmless call that shows it is there.
struct Direct
{
    Words command;
    ProbeTool tool;
};

const std::vector<Direct> &directTools()
{
    static const std::vector<Direct> all{
        {{"python3", "-c", "print(\"here\")"}, ProbeTool::Python3},
        {{"curl", "-V"}, ProbeTool::Curl},
        {{"wget", "--version"}, ProbeTool::Wget},
    };
    return all;
}

} // namespace

Result<ToolSet> ToolFinder::find(const ProbePlace &place, const CancelToken &cancel)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known.find(place.image);
        if (known != m_known.end())
            return known->second;
    }
    auto found = look(place, cancel);
    if (found && !found->empty() && !place.image.empty()) {
        const std::lock_guard lock(m_mutex);
        m_known.insert_or_assign(place.image, *found);
    }
    return found;
}

void ToolFinder::forget(const ProbePlace &place)
{
    const std::lock_guard lock(m_mutex);
    m_known.erase(place.image);
}

Result<kube::ExecOutcome> ToolFinder::tryCommand(const ProbePlace &place, Words command,
                                                 const CancelToken &cancel)
{
    kube::ExecRequest request;
    request.ns = place.ns;
    request.pod = place.pod;
    request.container = place.container;
    request.command = std::move(command);
    return m_exec.exec(request, cancel);
}

Result<ToolSet> ToolFinder::look(const ProbePlace &place, const CancelToken &cancel)
{
    for (const Words &shell : shells()) {
        const std::string mark = newMark();
        Words command = shell;
        command.insert(command.end(), {std::string(detectionScript()), "portolan", mark});
        const auto outcome = tryCommand(place, command, cancel);
        if (!outcome)
            return outcome.error();
        if (isMissingProgram(*outcome))
            continue;
        bool complete = false;
        ToolSet set = parseDetection(outcome->out, mark, complete);
        if (!complete)
            return Error{ErrorCode::Unavailable,
                         "looking for tools did not end: " +
                             (outcome->statusMessage.empty() ? "its output was cut" : outcome->statusMessage),
                         "Pod " + place.ns + "/" + place.pod + ", container " + place.container};
        set.shell = shell;
        return set;
    }
    return lookWithoutShell(place, cancel);
}

Result<ToolSet> ToolFinder::lookWithoutShell(const ProbePlace &place, const CancelToken &cancel)
{
    ToolSet set;
    for (const std::string program : {"nc", "ncat"}) {
        const auto outcome = tryCommand(place, {program, "-h"}, cancel);
        if (!outcome)
            return outcome.error();
        ProbeTool variant{};
        if (!isMissingProgram(*outcome) && ncVariant(outcome->out + outcome->err, variant)) {
            set.ncProgram = program;
            set.tools = {variant};
            return set;
        }
    }
    for (const Direct &direct : directTools()) {
        const auto outcome = tryCommand(place, direct.command, cancel);
        if (!outcome)
            return outcome.error();
        const bool isThere = outcome->exitCode && !isMissingProgram(*outcome);
        const bool isBusyboxWget = direct.tool == ProbeTool::Wget && outcome->exitCode != 0;
        if (isThere && (outcome->exitCode == 0 || isBusyboxWget)) {
            const bool hasLimit =
                !isBusyboxWget || (outcome->out + outcome->err).find("-T SEC") != std::string::npos;
            if (!hasLimit)
                continue; // nothing would end it
            set.tools = {isBusyboxWget ? ProbeTool::WgetBusybox : direct.tool};
            return set;
        }
    }
    return set;
}

} // namespace portolan
