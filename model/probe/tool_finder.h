#pragma once

#include "model/base/cancel_token.h"
#include "model/kube/pod_exec.h"
#include "model/probe/probe_tool.h"

#include <map>
#include <mutex>
#include <string>

namespace portolan {

/// Which container, and of which image.
struct ProbePlace
{
    std::string ns;
    std::string pod;
    std::string container;
    std::string image; ///< "" where it is not known: nothing is remembered then
};

/// Finds out which tools an image has, and remembers it. An image without any is looked at again each
/// time: it costs little, and what an image name stands for can change. Thread-safe; blocks in exec.
class ToolFinder
{
public:
    explicit ToolFinder(kube::PodExec &exec) : m_exec(exec) {}

    /// An empty set is an answer. Errors: those of PodExec::exec().
    Result<ToolSet> find(const ProbePlace &place, const CancelToken &cancel);
    /// What was remembered turned out to be wrong.
    void forget(const ProbePlace &place);

private:
    Result<ToolSet> look(const ProbePlace &place, const CancelToken &cancel);
    Result<ToolSet> lookWithoutShell(const ProbePlace &place, const CancelToken &cancel);
    Result<kube::ExecOutcome> tryCommand(const ProbePlace &place, std::vector<std::string> command,
                                         const CancelToken &cancel);

    kube::PodExec &m_exec;
    std::mutex m_mutex;
    std::map<std::string, ToolSet> m_known;
};

} // namespace portolan
