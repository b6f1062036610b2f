#include "model/cluster/flow_log.h"

#include <algorithm>
#include <utility>

namespace portolan {

bool isPolicyDrop(std::string_view reason)
{
    return reason == "POLICY_DENIED" || reason == "POLICY_DENY" || reason == "AUTH_REQUIRED";
}

WallTime FlowLog::since() const
{
    WallTime latest;
    for (const FlowLogPart &part : parts)
        latest = std::max(latest, part.since);
    return latest;
}

bool FlowLog::isWhole() const
{
    return leftOut == 0 && std::all_of(parts.begin(), parts.end(), [](const FlowLogPart &part) {
               return part.problem.empty() && part.lost == 0;
           });
}

namespace {

WallTime earlier(WallTime a, WallTime b)
{
    return a == WallTime{} || b == WallTime{} ? std::max(a, b) : std::min(a, b);
}

} // namespace

void FlowCounts::add(const ObservedFlow &flow)
{
    forwarded += flow.forwarded;
    dropped += flow.dropped;
    last = std::max({last, flow.forwardedAt, flow.droppedAt});
    if (flow.dropped > 0 && (dropReason.empty() || flow.droppedAt > droppedAt))
        dropReason = flow.dropReason;
    droppedAt = std::max(droppedAt, flow.droppedAt);
    since = earlier(since, flow.since);
}

double perMinute(const FlowCounts &counts, const FlowLog &log)
{
    const std::chrono::duration<double, std::ratio<60>> length = log.readAt - counts.since;
    const bool isKnown = counts.since != WallTime{} && length.count() > 0;
    return isKnown ? double(counts.forwarded + counts.dropped) / length.count() : 0;
}

void FlowSum::add(const ObservedFlow &record)
{
    const Kind kind{record.source, record.destination, record.protocol, record.port};
    const auto at = m_flows.find(kind);
    if (at == m_flows.end()) {
        if (m_flows.size() >= m_mostKinds)
            ++m_leftOut;
        else
            m_flows.emplace(kind, record);
        return;
    }
    ObservedFlow &sum = at->second;
    sum.forwarded += record.forwarded;
    sum.dropped += record.dropped;
    if (record.dropped > 0 && record.droppedAt >= sum.droppedAt)
        sum.dropReason = record.dropReason;
    sum.forwardedAt = std::max(sum.forwardedAt, record.forwardedAt);
    sum.droppedAt = std::max(sum.droppedAt, record.droppedAt);
    sum.since = earlier(sum.since, record.since);
}

void FlowSum::moveInto(FlowLog &log)
{
    log.flows.clear();
    for (auto &[kind, flow] : std::exchange(m_flows, {}))
        log.flows.push_back(std::move(flow));
    log.leftOut += std::exchange(m_leftOut, 0);
}

} // namespace portolan
