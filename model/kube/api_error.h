#pragma once

#include "model/base/error.h"
#include "model/kube/http_transport.h"

#include <chrono>
#include <string>

namespace portolan {
struct ApiStatus;
}

namespace portolan::kube {

/// What kept an API request from succeeding, as far as a reflector must know it.
struct ApiFailure
{
    Error error;    ///< `where` is the request's path
    int status = 0; ///< HTTP status or the code of a watch's ERROR event; 0: no answer came
    std::chrono::milliseconds retryAfter{0};
    /// 504 "Too large resource version": the server has not yet seen what was asked for, or never will
    /// (an etcd restored from a backup).
    bool tooLargeVersion = false;

    bool isExpired() const { return error.code == ErrorCode::Expired; }
    bool isForbidden() const
    {
        return error.code == ErrorCode::PermissionDenied || error.code == ErrorCode::Unauthorized;
    }
};

/// The code for an HTTP status that is no 2xx.
ErrorCode codeOfStatus(int status);

/// The failure in an answer that is no 2xx. The body may be a metav1.Status, or anything at all: a 429 comes
/// as text/plain, and proxies answer in HTML.
ApiFailure failureOf(const HttpResponse &response, const std::string &where);
/// The failure in the ERROR event of a watch: HTTP was 200, the code is in the Status.
ApiFailure failureOf(const ApiStatus &status, const std::string &where);
/// No answer came.
ApiFailure failureOf(const Error &error, const std::string &where);

} // namespace portolan::kube
