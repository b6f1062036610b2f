#pragma once

#include "model/base/result.h"
#include "model/kube/http_transport.h"

#include <optional>
#include <string>
#include <string_view>

namespace portolan::kube {

/// What a metav1.Status on channel 3 says of how the command ended.
struct ExecStatus
{
    std::optional<int> exitCode; ///< 0 for Success; of the cause ExitCode for NonZeroExitCode; else nothing
    std::string message;         ///< where there is no exit code; plain text
    int code = 0;                ///< HTTP-like: 404, 500…, or 0
};

/// Nothing where `json` is no (whole) Status.
std::optional<ExecStatus> parseExecStatus(std::string_view json);

/// What an API server's answer other than 2xx (or 101) means, with the Status's message where the body
/// has one. `where` names the object or URL.
Error httpFailure(const HttpResponse &response, const std::string &where);

/// The same for an exec that was not upgraded: tells a 403 for want of rights from the bare 403 of a
/// server that knows none of our subprotocols.
Error execRefused(const HttpResponse &response, const std::string &where);

} // namespace portolan::kube
