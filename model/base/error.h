#pragma once

#include <string>
#include <string_view>

namespace portolan {

/// What went wrong, in words that callers branch on and ui translates.
enum class ErrorCode {
    Cancelled,        ///< the caller's CancelToken fired
    Timeout,          ///< a deadline of our own passed
    NotFound,         ///< a file, context, object or program that is not there
    InvalidInput,     ///< malformed or contradictory input: kubeconfig, snapshot, argument
    Unauthorized,     ///< HTTP 401: the server does not know who we are
    PermissionDenied, ///< HTTP 403 or a file mode: known, but not allowed
    Unavailable,      ///< refused, reset, 429 or 5xx: may work later
    Expired,          ///< HTTP 410: a resourceVersion or continue token is too old
    Protocol,         ///< the peer answered something that its protocol does not allow
    Unsupported,      ///< understood and deliberately not done
    TooLarge,         ///< past one of our own bounds
    Conflict,         ///< HTTP 409, or a state that does not permit the action
    Io,               ///< reading or writing a file or pipe failed
};

/// Stable lower-case English name of a code ("permission denied"), for logs and for portolanctl.
std::string_view errorCodeName(ErrorCode code);

/// A failure with its reason. `detail` is plain English text without secrets; `where` names the file,
/// field, URL or object that it is about, and is never empty where there is one to name.
struct Error
{
    ErrorCode code = ErrorCode::Protocol;
    std::string detail;
    std::string where;

    /// "where: detail", or whichever of the two is there; one line, control characters removed.
    std::string oneLine() const;

    friend bool operator==(const Error &, const Error &) = default;
};

/// `text` with every control character (ESC, CR, LF, …) replaced by a space: untrusted text for one line.
std::string withoutControlCharacters(std::string_view text);

} // namespace portolan
