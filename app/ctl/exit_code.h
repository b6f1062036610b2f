#pragma once

#include "model/base/error.h"

namespace portolan::ctl {

/// What portolanctl answers to the shell; the man page lists them.
enum ExitCode : int {
    Success = 0,
    AnswerIsNo = 1,  ///< the question was answered, and not with yes: a probe that did not get through
    Usage = 2,       ///< the command line makes no sense
    BadInput = 3,    ///< a snapshot or kubeconfig that is missing, unreadable, cut or contradictory
    Unreachable = 4, ///< the cluster does not answer, or does not let us
    Failure = 5,     ///< anything else: a file that cannot be written, a program that is not there
    AnswerIsUnknown =
        6, ///< a probe that was made and tells nothing for certain, or found no tool to be made with
    Interrupted = 130,
};

inline ExitCode exitCodeOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Cancelled:
        return Interrupted;
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::TooLarge:
    case ErrorCode::Unsupported:
        return BadInput;
    case ErrorCode::Timeout:
    case ErrorCode::Unauthorized:
    case ErrorCode::PermissionDenied:
    case ErrorCode::Unavailable:
    case ErrorCode::Expired:
    case ErrorCode::Protocol:
        return Unreachable;
    case ErrorCode::Conflict:
    case ErrorCode::Io:
        break;
    }
    return Failure;
}

} // namespace portolan::ctl
