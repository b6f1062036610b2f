#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace portolan::kube {

struct ProcessRequest
{
    std::string program; ///< a path; PATH is not searched
    std::vector<std::string> args;
    /// Added to this process's own environment, replacing what has the same name.
    std::vector<std::pair<std::string, std::string>> env;
    std::chrono::milliseconds timeout{60'000};
    std::size_t maxOut = std::size_t{1} << 20;
    std::size_t maxErr = std::size_t{16} << 10;
};

struct ProcessOutcome
{
    std::string out;
    std::string err;   ///< the first maxErr bytes
    int exitCode = -1; ///< of a normal exit
    int signal = 0;    ///< that ended it
};

/// Runs a program without a shell, without a terminal (a session of its own, stdin is /dev/null) and waits.
/// Past the timeout, or when cancelled, its whole process group is asked to end and then killed. Children
/// that it leaves behind on a normal exit are left alone. Blocks; starts no thread.
/// Errors: NotFound and PermissionDenied where it cannot be started, Timeout, Cancelled, TooLarge past
/// maxOut, Io. `where` is the program.
Result<ProcessOutcome> runProcess(const ProcessRequest &request, const CancelToken &cancel);

} // namespace portolan::kube
