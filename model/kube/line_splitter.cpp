#include "model/kube/line_splitter.h"

#include <utility>

namespace portolan::kube {

namespace {

/// What a long line needed is given back after it.
constexpr std::size_t keptRoom = std::size_t{1} << 20;

std::string_view withoutCarriageReturn(std::string_view line)
{
    return !line.empty() && line.back() == '\r' ? line.substr(0, line.size() - 1) : line;
}

} // namespace

Result<void> LineSplitter::feed(std::string_view chunk, const std::function<bool(std::string_view)> &take)
{
    while (!chunk.empty()) {
        const std::size_t end = chunk.find('\n');
        const std::string_view piece = chunk.substr(0, end);
        if (m_partial.size() + piece.size() > m_longestLine)
            return Error{
                ErrorCode::TooLarge, "a line is longer than " + std::to_string(m_longestLine) + " bytes", {}};
        if (end == std::string_view::npos) {
            m_partial += piece;
            return {};
        }
        chunk.remove_prefix(end + 1);
        bool goOn = true;
        if (m_partial.empty()) {
            const std::string_view line = withoutCarriageReturn(piece);
            goOn = line.empty() || take(line);
        } else {
            m_partial += piece;
            const std::string whole = std::exchange(m_partial, {});
            const std::string_view line = withoutCarriageReturn(whole);
            goOn = line.empty() || take(line);
            if (whole.capacity() > keptRoom)
                m_partial.shrink_to_fit();
        }
        if (!goOn)
            return {};
    }
    return {};
}

} // namespace portolan::kube
