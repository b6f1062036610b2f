#include "model/flows/flow_reader.h"

#include "model/base/in_parallel.h"
#include "model/cluster/cni_agents.h"
#include "model/flows/hubble_line.h"
#include "model/kube/line_splitter.h"

#include <algorithm>
#include <mutex>

namespace portolan {

namespace {

constexpr std::chrono::milliseconds deadline{20'000};
constexpr std::size_t mostOutput = std::size_t{32} << 20; // of one node; a record has some 1.5 KiB
constexpr std::size_t longestLine = std::size_t{1} << 20;
constexpr std::string_view newestRecords = "5000"; // the ring's usual size is 4,095
constexpr std::string_view agentContainer = "cilium-agent";

/// An agent that runs, and where.
struct Agent
{
    ObjectRef pod;
    std::string node;
    std::string container;
};

std::string containerOf(const Pod &pod)
{
    std::string first;
    for (const Container &container : pod.containers) {
        if (container.role != Container::Role::App)
            continue;
        if (container.name == agentContainer)
            return container.name;
        if (first.empty())
            first = container.name;
    }
    return first;
}

bool keepsFlowLog(const Pod &pod, const std::string &daemonSet)
{
    return std::any_of(flowLogAgents.begin(), flowLogAgents.end(),
                       [&](std::string_view name) { return isAgentPod(pod, daemonSet, cniAgentSign(name)); });
}

std::vector<Agent> agentsOf(const ClusterState &state)
{
    std::vector<Agent> agents;
    for (const auto &pod : state.pods) {
        const bool isOne =
            std::any_of(pod->meta.owners.begin(), pod->meta.owners.end(), [&](const OwnerRef &owner) {
                return owner.kind == "DaemonSet" && keepsFlowLog(*pod, owner.name);
            });
        if (isOne && pod->phase == PodPhase::Running)
            agents.push_back({refOf(*pod), pod->nodeName, containerOf(*pod)});
    }
    std::sort(agents.begin(), agents.end(), [](const Agent &a, const Agent &b) {
        return std::tie(a.node, a.pod) < std::tie(b.node, b.pod);
    });
    return agents;
}

std::string firstLine(const std::string &output)
{
    constexpr std::size_t longest = 300;
    const auto begin = output.find_first_not_of("\r\n ");
    if (begin == std::string::npos)
        return {};
    return withoutControlCharacters(
        output.substr(begin, std::min(longest, output.find('\n', begin) - begin)));
}

/// One node's log, line by line.
class NodeLog
{
public:
    explicit NodeLog(const Agent &agent) : m_agent(agent) { m_part.node = agent.node; }

    /// Cancelled and what exec() gives; the log of a node that has none is an empty one with its problem.
    Result<void> read(kube::PodExec &exec, const CancelToken &cancel)
    {
        kube::ExecRequest request{
            m_agent.pod.ns, m_agent.pod.name, m_agent.container, flowLogCommand(), deadline, mostOutput, {}};
        request.onStdout = [this](std::string_view chunk) { take(chunk); };
        const Result<kube::ExecOutcome> outcome = exec.exec(request, cancel);
        if (!outcome) {
            m_part.problem = outcome.error().oneLine();
            return outcome.error();
        }
        if (outcome->truncated)
            tell("there was more than could be read");
        if (!outcome->exitCode)
            tell("the end of the log did not come");
        else if (*outcome->exitCode != 0)
            tell("hubble observe failed: " + (firstLine(outcome->err).empty()
                                                  ? "exit code " + std::to_string(*outcome->exitCode)
                                                  : firstLine(outcome->err)));
        return {};
    }

    const FlowLogPart &part() const { return m_part; }
    /// Each with where its log begins.
    std::vector<ObservedFlow> takeRecords()
    {
        for (ObservedFlow &record : m_records)
            record.since = m_part.since;
        return std::move(m_records);
    }

private:
    void take(std::string_view chunk)
    {
        if (!m_sound)
            return;
        const Result<void> fed = m_lines.feed(chunk, [this](std::string_view line) {
            takeLine(line);
            return true;
        });
        m_sound = fed.has_value();
        if (!fed)
            tell(fed.error().detail);
    }

    void takeLine(std::string_view line)
    {
        Result<HubbleLine> told = readHubbleLine(line);
        if (!told)
            return tell(told.error().detail);
        m_part.lost += told->lost;
        if (told->at == WallTime{})
            return;
        ++m_part.records;
        if (m_part.since == WallTime{} || told->at < m_part.since)
            m_part.since = told->at;
        if (told->record)
            m_records.push_back(std::move(*told->record));
    }

    /// The first problem is told; the others mostly follow from it.
    void tell(const std::string &problem)
    {
        if (m_part.problem.empty())
            m_part.problem = problem;
    }

    const Agent &m_agent;
    kube::LineSplitter m_lines{longestLine};
    bool m_sound = true;
    FlowLogPart m_part;
    std::vector<ObservedFlow> m_records;
};

} // namespace

std::vector<std::string> flowLogCommand()
{
    return {"hubble",   "observe",
            "--server", "unix:///var/run/cilium/hubble.sock",
            "--last",   std::string(newestRecords),
            "--type",   "drop",
            "--type",   "trace:to-endpoint",
            "--type",   "trace:to-stack",
            "--type",   "trace:to-network",
            "-o",       "jsonpb"};
}

Result<FlowLog> readFlowLogs(const ClusterState &state, kube::PodExec &exec, const CancelToken &cancel,
                             const Clock &clock)
{
    const std::vector<Agent> agents = agentsOf(state);
    if (agents.empty())
        return Error{
            ErrorCode::Unsupported,
            "no running agent of Cilium is known: Hubble's flow logs are the only ones that can be read",
            {}};
    FlowLog log{"Hubble", {}, std::vector<FlowLogPart>(agents.size()), {}, 0};
    FlowSum sum;
    std::optional<Error> failure;
    bool anyTold = false;
    std::mutex mutex;
    inParallel(agents.size(), [&](std::size_t i) {
        NodeLog node(agents[i]);
        const Result<void> read =
            cancel.isCancelled() ? Error{ErrorCode::Cancelled, "cancelled", {}} : node.read(exec, cancel);
        const std::lock_guard lock(mutex);
        log.parts[i] = node.part();
        for (const ObservedFlow &record : node.takeRecords())
            sum.add(record);
        anyTold = anyTold || read;
        if (!read && !failure)
            failure = read.error();
    });
    if (cancel.isCancelled())
        return Error{ErrorCode::Cancelled, "cancelled", {}};
    if (!anyTold)
        return *failure;
    log.readAt = clock.wallNow();
    sum.moveInto(log);
    return log;
}

} // namespace portolan
