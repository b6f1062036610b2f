#include "app/ctl/reading_report.h"

#include "model/cluster/read_gaps.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <unistd.h>

namespace portolan::ctl {

namespace {

constexpr std::chrono::milliseconds betweenLines{150};

bool isListed(kube::WatchPhase phase)
{
    return phase == kube::WatchPhase::Watching || phase == kube::WatchPhase::Forbidden;
}

} // namespace

ReadingReport::ReadingReport() : m_onTerminal(isatty(STDERR_FILENO) != 0) {}

ReadingReport::~ReadingReport()
{
    clear();
}

void ReadingReport::show(const std::vector<kube::WatchStatus> &watches)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_onTerminal || now - m_last < betweenLines)
        return;
    m_last = now;
    std::size_t objects = 0;
    std::size_t listed = 0;
    const kube::WatchStatus *busiest = nullptr;
    for (const kube::WatchStatus &watch : watches) {
        objects += watch.listed;
        listed += isListed(watch.phase);
        if (!isListed(watch.phase) && (!busiest || watch.listed > busiest->listed))
            busiest = &watch;
    }
    const std::string name = busiest ? withoutControlCharacters(busiest->resource.qualifiedName()) : "";
    std::fprintf(stderr, "\r\033[Kreading: %zu objects, %zu of %zu resources%s%s", objects, listed,
                 watches.size(), name.empty() ? "" : ", now ", name.c_str());
    m_shown = true;
}

void ReadingReport::clear()
{
    if (m_shown)
        std::fputs("\r\033[K", stderr);
    m_shown = false;
}

void ReadingReport::tellBroken(const std::vector<kube::WatchStatus> &watches)
{
    const auto broken = std::find_if(watches.begin(), watches.end(), [](const kube::WatchStatus &watch) {
        return watch.problem &&
               (watch.phase == kube::WatchPhase::BackingOff || watch.phase == kube::WatchPhase::Failed);
    });
    const bool isBroken = broken != watches.end();
    if (isBroken == m_isBroken)
        return;
    m_isBroken = isBroken;
    if (isBroken)
        std::fprintf(stderr, "portolanctl: behind: %s: %s\n", broken->resource.qualifiedName().c_str(),
                     broken->problem->oneLine().c_str());
    else
        std::fprintf(stderr, "portolanctl: watching again\n");
}

void reportGaps(const ClusterState &state)
{
    constexpr std::size_t mostLines = 20;
    std::set<std::string> lines;
    std::size_t namespaces = 0;
    for (const ReadGap &gap : state.gaps) {
        // That others were left out is what was asked for.
        if (isLeftOut(gap)) {
            ++namespaces;
            continue;
        }
        const std::string what =
            gap.resource.kind == "*" && gap.resource.group.empty()
                ? std::string()
                : gap.resource.qualifiedName() + (gap.ns.empty() ? "" : " in " + gap.ns) + ": ";
        lines.insert(what + gap.reason.oneLine());
    }
    std::size_t shown = 0;
    for (const std::string &line : lines) {
        if (++shown > mostLines)
            break;
        std::fprintf(stderr, "portolanctl: could not be read: %s\n", withoutControlCharacters(line).c_str());
    }
    if (lines.size() > mostLines)
        std::fprintf(stderr, "portolanctl: could not be read: %zu more\n", lines.size() - mostLines);
    if (namespaces > 0)
        std::fprintf(stderr, "portolanctl: not asked for: %zu other namespace%s\n", namespaces,
                     namespaces == 1 ? "" : "s");
}

} // namespace portolan::ctl
