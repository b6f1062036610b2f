#include "model/kube/refreshed_file.h"

#include "model/kube/file_content.h"

namespace portolan::kube {

namespace {

constexpr std::size_t maxBytes = std::size_t{8} << 20;
constexpr std::chrono::seconds retryAfter{10};

} // namespace

RefreshedFile::RefreshedFile(PemSource source, std::string field, std::chrono::milliseconds period,
                             Check check)
    : m_source(std::move(source)),
      m_field(std::move(field)),
      m_period(period),
      m_check(std::move(check)),
      m_due(m_source.isSet() ? Clock::Instant::min() : Clock::Instant::max())
{
}

Result<void> RefreshedFile::refresh(Clock::Instant now)
{
    if (!isDue(now))
        return {};
    const bool isFile = m_source.data.empty();
    auto taken = take(isFile ? readFile(m_source.file, maxBytes) : Result<std::string>(m_source.data));
    if (!taken && !m_good)
        return taken;
    if (!isFile)
        m_due = Clock::Instant::max();
    else
        m_due = now + (taken ? m_period : std::chrono::milliseconds(retryAfter));
    return {};
}

Result<void> RefreshedFile::take(const Result<std::string> &content)
{
    const std::string file = withoutControlCharacters(m_source.file.string());
    if (!content)
        return Error{content.error().code, file + ": " + content.error().detail, m_field};
    if (const std::string problem = m_check(*content); !problem.empty())
        return Error{ErrorCode::InvalidInput, file.empty() ? problem : file + ": " + problem, m_field};
    m_content = *content;
    m_good = true;
    return {};
}

void RefreshedFile::expire()
{
    if (isSet() && m_source.data.empty())
        m_due = Clock::Instant::min();
}

} // namespace portolan::kube
