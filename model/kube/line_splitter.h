#pragma once

#include "model/base/result.h"

#include <functional>
#include <string>
#include <string_view>

namespace portolan::kube {

/// Cuts a stream of newline-ended JSON documents into lines, whatever the network's chunks look like: a
/// line, and a UTF-8 character in it, may come in many pieces. Empty lines are skipped; "\r\n" counts as
/// one end. What follows the last newline is never handed out: at the end of a stream it is a cut line.
class LineSplitter
{
public:
    explicit LineSplitter(std::size_t longestLine) : m_longestLine(longestLine) {}

    /// Calls `take` for every line that is complete, until it returns false. TooLarge: a line is longer
    /// than the bound; the splitter is of no use after that.
    Result<void> feed(std::string_view chunk, const std::function<bool(std::string_view)> &take);

private:
    std::size_t m_longestLine;
    std::string m_partial;
};

} // namespace portolan::kube
