#include "model/base/error.h"

namespace portolan {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Timeout:
        return "timeout";
    case ErrorCode::NotFound:
        return "not found";
    case ErrorCode::InvalidInput:
        return "invalid input";
    case ErrorCode::Unauthorized:
        return "unauthorized";
    case ErrorCode::PermissionDenied:
        return "permission denied";
    case ErrorCode::Unavailable:
        return "unavailable";
    case ErrorCode::Expired:
        return "expired";
    case ErrorCode::Protocol:
        return "protocol error";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::TooLarge:
        return "too large";
    case ErrorCode::Conflict:
        return "conflict";
    case ErrorCode::Io:
        return "input/output error";
    }
    return "unknown error";
}

std::string Error::oneLine() const
{
    if (where.empty())
        return withoutControlCharacters(detail);
    if (detail.empty())
        return withoutControlCharacters(where);
    return withoutControlCharacters(where + ": " + detail);
}

std::string withoutControlCharacters(std::string_view text)
{
    std::string clean(text);
    for (char &c : clean) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f)
            c = ' ';
    }
    return clean;
}

} // namespace portolan
