#pragma once

#include "model/policy/policy_model.h"

#include <memory>
#include <string>
#include <string_view>

namespace portolan::ctl {

/// Answers checks, one JSON object a line: {"src", "dst", "proto", "port"}, of ICMP perhaps "icmpType" and
/// "icmpCode" instead of the port. The answer is the same line with "verdict" (and "reason" where it is
/// unknown, and "by" where `explain`), or {"error": …} in its place. Fields of these names that the line has
/// already are replaced. Not thread-safe.
class CheckAnswerer
{
public:
    CheckAnswerer(const policy::PolicyModel &model, bool explain);
    ~CheckAnswerer();

    /// Appends the answer and a line end to `out`. `line` has to be followed by 64 readable bytes.
    /// False for a line that makes no sense.
    bool answer(std::string_view line, std::string &out);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::ctl
