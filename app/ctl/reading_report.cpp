#include "app/ctl/reading_report.h"

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

void reportGaps(const ClusterState &state)
{
    std::set<std::string> unread;
    for (const ReadGap &gap : state.gaps)
        unread.insert(gap.resource.qualifiedName() + (gap.ns.empty() ? "" : " in " + gap.ns));
    if (unread.empty())
        return;
    std::string line;
    for (const std::string &each : unread)
        line += (line.empty() ? "" : ", ") + each;
    std::fprintf(stderr, "portolanctl: could not be read: %s\n", withoutControlCharacters(line).c_str());
}

} // namespace portolan::ctl
