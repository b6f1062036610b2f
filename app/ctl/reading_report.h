#pragma once

#include "model/cluster/cluster_state.h"
#include "model/kube/cluster_reader.h"

#include <chrono>
#include <vector>

namespace portolan::ctl {

/// Tells on stderr how the reading of a cluster gets on: a line that is written over where stderr is a
/// terminal, nothing elsewhere.
class ReadingReport
{
public:
    ReadingReport();
    ~ReadingReport();
    ReadingReport(const ReadingReport &) = delete;
    ReadingReport &operator=(const ReadingReport &) = delete;

    void show(const std::vector<kube::WatchStatus> &watches);
    /// Takes the line away.
    void clear();
    /// One line where watches begin to fail, and one where all go on.
    void tellBroken(const std::vector<kube::WatchStatus> &watches);

private:
    bool m_onTerminal;
    bool m_shown = false;
    bool m_isBroken = false; ///< what was told last
    std::chrono::steady_clock::time_point m_last;
};

/// One line on stderr about what could not be read; nothing where there is nothing to say.
void reportGaps(const ClusterState &state);

} // namespace portolan::ctl
