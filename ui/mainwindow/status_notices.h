#pragma once

#include "model/session/session.h"
#include "ui/mainwindow/notice_bar.h"

namespace portolan::ui {

/// What the window says above the map about the state of reading, by key: progress while it connects and
/// lists, an explanation where it fails or falls behind. Pure.
struct StatusNotices
{
    static const QString connectionKey;

    struct Intents
    {
        std::function<void()> stop;
        std::function<void()> retry;
        std::function<void()> showGaps;
    };
    /// The notice for the connection, or nothing where all is well.
    static std::optional<Notice> forStatus(const SessionStatus &status, const QString &cluster,
                                           const Intents &intents);
};

/// How far the first lists are, in percent; -1 where the server does not tell.
int listProgress(const SessionStatus &status);

} // namespace portolan::ui
