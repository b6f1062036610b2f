#include "ui/words/words.h"

#include "ui/words/text.h"

#include <QCoreApplication>

namespace portolan::ui::words {

namespace {
struct ErrorWords
{
    Q_DECLARE_TR_FUNCTIONS(ErrorWords)
};
} // namespace

QString errorTitle(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled:
        return ErrorWords::tr("Cancelled");
    case ErrorCode::Timeout:
        return ErrorWords::tr("No answer in time");
    case ErrorCode::NotFound:
        return ErrorWords::tr("Not found");
    case ErrorCode::InvalidInput:
        return ErrorWords::tr("Not understood");
    case ErrorCode::Unauthorized:
        return ErrorWords::tr("The server does not know these credentials");
    case ErrorCode::PermissionDenied:
        return ErrorWords::tr("Permission denied");
    case ErrorCode::Unavailable:
        return ErrorWords::tr("Not reachable now");
    case ErrorCode::Expired:
        return ErrorWords::tr("Too old for the server");
    case ErrorCode::Protocol:
        return ErrorWords::tr("Unexpected answer");
    case ErrorCode::Unsupported:
        return ErrorWords::tr("Not possible here");
    case ErrorCode::TooLarge:
        return ErrorWords::tr("Too large");
    case ErrorCode::Conflict:
        return ErrorWords::tr("Not possible in this state");
    case ErrorCode::Io:
        return ErrorWords::tr("Reading or writing failed");
    }
    return {};
}

QString errorText(const Error &error)
{
    const QString detail = plainText(error.oneLine());
    const QString title = errorTitle(error.code);
    return detail.isEmpty() ? title
                            : ErrorWords::tr("%1. %2", "title of an error, its details").arg(title, detail);
}

} // namespace portolan::ui::words
