#include "model/probe/probe_summary.h"

#include <algorithm>

namespace portolan {

namespace {

bool isReached(const ProbeStep &step)
{
    return step.outcome == ProbeOutcome::Reached;
}

/// Failed as a network does; Unknown and ToolMissing say nothing of it.
bool hasFailed(const ProbeStep &step)
{
    return step.outcome != ProbeOutcome::Reached && step.outcome != ProbeOutcome::Unknown &&
           step.outcome != ProbeOutcome::ToolMissing;
}

std::string outcomeOf(const ProbeStep &step)
{
    return std::string(probeOutcomeName(step.outcome));
}

class Summary
{
public:
    Summary(const ProbePlan &plan, ProbeResult &result) : m_plan(plan), m_result(result)
    {
        for (ProbeStep &step : result.steps) {
            if (step.kind == ProbeStepKind::Name && !m_name)
                m_name = &step;
            else if (step.kind == ProbeStepKind::ClusterIp && !m_clusterIp)
                m_clusterIp = &step;
            else if (step.kind == ProbeStepKind::Endpoint)
                m_endpoints.push_back(&step);
        }
        m_failed = std::size_t(std::count_if(m_endpoints.begin(), m_endpoints.end(),
                                             [](const ProbeStep *step) { return hasFailed(*step); }));
    }

    void settle();
    void describe();

private:
    void say(const std::string &sentence)
    {
        m_result.detail += (m_result.detail.empty() ? "" : "; ") + sentence;
    }
    void describeName();
    void describeClusterIp();
    void describeEndpoints();
    void describeBurst();
    std::string failedEndpoints() const;

    const ProbePlan &m_plan;
    ProbeResult &m_result;
    ProbeStep *m_name = nullptr;
    ProbeStep *m_clusterIp = nullptr;
    std::vector<ProbeStep *> m_endpoints;
    std::size_t m_failed = 0;
};

void Summary::settle()
{
    if (m_name && m_clusterIp && m_name->note == "name-or-connect" && isReached(*m_clusterIp)) {
        m_name->outcome = ProbeOutcome::Dns;
        m_name->note = "dns-timeout";
    }
    const ProbeStep &decisive = m_result.steps.front();
    m_result.outcome = decisive.outcome;
    m_result.elapsed = decisive.elapsed;
}

void Summary::describe()
{
    if (m_plan.repeat > 1)
        return describeBurst();
    describeName();
    describeClusterIp();
    describeEndpoints();
    for (const std::string &remark : m_plan.remarks)
        say(remark);
    if (m_plan.endpointsLeftOut > 0)
        say(std::to_string(m_plan.endpointsLeftOut) + " more endpoints were not tried");
}

void Summary::describeName()
{
    if (!m_name || !hasFailed(*m_name))
        return;
    if (m_name->outcome == ProbeOutcome::Dns)
        say("the name " + m_name->host + " does not resolve");
    else if (!m_clusterIp && !m_endpoints.empty() && m_failed < m_endpoints.size() &&
             m_endpoints.front()->port != m_name->port)
        say("the service is headless: its clients must use the target port " +
            std::to_string(m_endpoints.front()->port) + ", not " + std::to_string(m_name->port));
    else if (m_clusterIp && isReached(*m_clusterIp) && m_failed == 0)
        // With endpoints that fail it is chance which one name and ClusterIP were led to.
        say("the name " + m_name->host + " fails (" + outcomeOf(*m_name) +
            ") although the ClusterIP answers: the name may lead elsewhere");
}

void Summary::describeClusterIp()
{
    if (!m_clusterIp)
        return;
    if (isReached(*m_clusterIp)) {
        if (m_name && m_name->outcome == ProbeOutcome::Dns)
            say("the ClusterIP answers");
        return;
    }
    if (!hasFailed(*m_clusterIp))
        return;
    std::string sentence = "the ClusterIP fails (" + outcomeOf(*m_clusterIp) + ")";
    if (!m_endpoints.empty() && std::all_of(m_endpoints.begin(), m_endpoints.end(),
                                            [](const ProbeStep *step) { return isReached(*step); }))
        sentence += " although every endpoint answers: the service layer of the source's node";
    say(sentence);
}

std::string Summary::failedEndpoints() const
{
    std::string list;
    std::size_t named = 0;
    for (const ProbeStep *step : m_endpoints) {
        if (!hasFailed(*step) || ++named > 3)
            continue;
        const std::string who = step->endpoint.isValid() ? step->endpoint.name : step->host;
        list += (list.empty() ? "" : ", ") + who + " " + outcomeOf(*step);
    }
    return named > 3 ? list + ", …" : list;
}

void Summary::describeEndpoints()
{
    if (m_failed == 0)
        return;
    const std::string all = std::to_string(m_endpoints.size());
    if (m_failed == m_endpoints.size())
        say((all == "1" ? "the endpoint fails" : "all " + all + " endpoints fail") + std::string(" (") +
            failedEndpoints() + ")");
    else
        say(std::to_string(m_failed) + " of " + all + " endpoints fail (" + failedEndpoints() +
            "): connections fail now and then");
}

void Summary::describeBurst()
{
    const auto &steps = m_result.steps;
    const auto reached = std::size_t(std::count_if(steps.begin(), steps.end(), isReached));
    say(std::to_string(reached) + " of " + std::to_string(steps.size()) + " reached");
    if (reached == steps.size())
        return;
    // A burst is as good as its worst: the first that failed, else the first that is not known.
    auto worst = std::find_if(steps.begin(), steps.end(), hasFailed);
    if (worst == steps.end())
        worst = std::find_if_not(steps.begin(), steps.end(), isReached);
    m_result.outcome = worst->outcome;
    m_result.elapsed = worst->elapsed;
}

} // namespace

void summarise(const ProbePlan &plan, ProbeResult &result)
{
    if (result.steps.empty())
        return;
    Summary summary(plan, result);
    summary.settle();
    summary.describe();
}

} // namespace portolan
