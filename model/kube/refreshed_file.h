#pragma once

#include "model/base/clock.h"
#include "model/base/result.h"
#include "model/kube/kubeconfig.h"

#include <chrono>
#include <functional>
#include <string>

namespace portolan::kube {

/// A text that is given, or is in a file that somebody else rewrites from time to time. Not thread-safe.
class RefreshedFile
{
public:
    using Check = std::function<std::string(std::string_view)>; ///< what is wrong with a content, or ""

    /// `field` names it in messages; `check` judges every content before it is used.
    RefreshedFile(PemSource source, std::string field, std::chrono::milliseconds period, Check check);

    bool isSet() const { return m_source.isSet(); }
    /// Whether refresh() would read something.
    bool isDue(Clock::Instant now) const { return now >= m_due; }
    /// Reads where it is due. A failure with a good content at hand keeps that and is forgotten for 10 s.
    Result<void> refresh(Clock::Instant now);
    /// The next refresh() reads, whenever that is.
    void expire();

    const std::string &content() const { return m_content; }

private:
    Result<void> take(const Result<std::string> &content);

    PemSource m_source;
    std::string m_field;
    std::chrono::milliseconds m_period;
    Check m_check;
    std::string m_content;
    bool m_good = false;
    Clock::Instant m_due;
};

} // namespace portolan::kube
