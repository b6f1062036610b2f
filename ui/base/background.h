#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>

namespace portolan::ui {

/// Held while a task is handed to a pool's thread, and by that before it begins. Qt's own locks do the same,
/// where a thread sanitizer does not see it: Qt's library comes without its instrumentation.
inline std::mutex &handOverMutex()
{
    static std::mutex mutex;
    return mutex;
}

/// Runs `work` on a pool thread and then `done(result)` on the thread of `receiver`, unless that is gone by
/// then. For files, which the GUI thread neither reads nor writes, and for what takes long. `work` takes and
/// returns values and shares nothing with the receiver. (No QFuture::then with a context: Qt 6.4 aborts where
/// the context dies first.)
template<class Work, class Done>
void runInBackground(QObject *receiver, Work work, Done done,
                     QThreadPool *pool = QThreadPool::globalInstance())
{
    using Value = std::invoke_result_t<Work>;
    auto *watcher = new QFutureWatcher<Value>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0)
            done(watcher->future().result());
    });
    auto promise = std::make_shared<QPromise<Value>>();
    watcher->setFuture(promise->future());
    promise->start();
    const std::lock_guard lock(handOverMutex());
    pool->start([promise, work = std::move(work)]() mutable {
        {
            const std::lock_guard taken(handOverMutex());
        }
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace portolan::ui
