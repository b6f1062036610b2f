#include "model/kube/api_error.h"

#include "model/cluster/decode.h"

#include <algorithm>
#include <charconv>

namespace portolan::kube {

namespace {

constexpr std::size_t longestMessage = 300;

std::string shortened(std::string text)
{
    text = withoutControlCharacters(text);
    if (text.size() <= longestMessage)
        return text;
    std::size_t end = longestMessage;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.substr(0, end) + "…";
}

/// Retry-After in seconds. Its other form, a date, is not sent by API servers and counts as absent.
std::chrono::seconds retryAfterOf(std::string_view header)
{
    int seconds = 0;
    const auto [end, problem] = std::from_chars(header.data(), header.data() + header.size(), seconds);
    const bool whole = problem == std::errc() && end == header.data() + header.size();
    return std::chrono::seconds(whole ? std::max(seconds, 0) : 0);
}

ApiFailure failure(const ApiStatus &status, const std::string &where)
{
    ApiFailure result;
    result.status = status.code;
    result.error = {codeOfStatus(status.code), shortened(status.message), where};
    result.retryAfter = std::chrono::seconds(std::clamp(status.retryAfterSeconds, 0, 86'400));
    result.tooLargeVersion =
        status.code == 504 && status.message.find("Too large resource version") != std::string::npos;
    // An expired watch may come with the reason alone.
    if (status.reason == "Expired" || status.reason == "Gone")
        result.error.code = ErrorCode::Expired;
    return result;
}

} // namespace

ErrorCode codeOfStatus(int status)
{
    switch (status) {
    case 400:
    case 405:
    case 422:
        return ErrorCode::InvalidInput;
    case 401:
        return ErrorCode::Unauthorized;
    case 403:
        return ErrorCode::PermissionDenied;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::Conflict;
    case 410:
        return ErrorCode::Expired;
    case 413:
        return ErrorCode::TooLarge;
    case 429:
        return ErrorCode::Unavailable;
    default:
        return status >= 500 && status <= 599 ? ErrorCode::Unavailable : ErrorCode::Protocol;
    }
}

ApiFailure failureOf(const HttpResponse &response, const std::string &where)
{
    ApiStatus status;
    if (auto body = Decoder().status(response.body))
        status = std::move(*body);
    else
        status.message = response.body;
    // What HTTP says counts: a body may be a proxy's, or say less.
    status.code = response.status;
    if (status.message.empty())
        status.message = "HTTP " + std::to_string(response.status);
    ApiFailure result = failure(status, where);
    result.retryAfter =
        std::max(result.retryAfter, std::chrono::milliseconds(retryAfterOf(response.header("retry-after"))));
    return result;
}

ApiFailure failureOf(const ApiStatus &status, const std::string &where)
{
    return failure(status, where);
}

ApiFailure failureOf(const Error &error, const std::string &where)
{
    ApiFailure result;
    result.error = error;
    if (result.error.where.empty())
        result.error.where = where;
    return result;
}

} // namespace portolan::kube
