#pragma once

#include "model/base/result.h"
#include "ui/mainwindow/shown_view.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <memory>
#include <mutex>
#include <vector>

namespace portolan::ui {

struct SavedView
{
    std::string name;
    ShownView view;
    friend bool operator==(const SavedView &, const SavedView &) = default;
};

/// What the user saved of one cluster, to return to it, in the order of their names; kept from run to run in
/// a small JSON file a cluster. Files are read and written on pool threads; one that cannot be read counts as
/// none and is replaced at the next save. GUI thread.
class SavedViews : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t most =
        100; ///< views of a cluster; the name of each has at most 80 characters

    explicit SavedViews(QObject *parent = nullptr) : QObject(parent) {}

    /// Of the cluster that is opened; changed() tells when they are there. "": none, and none is written
    /// down.
    void begin(const QString &file);
    const std::vector<SavedView> &views() const { return m_views; }
    /// Replaces one of the same name. False where there are too many, or the name is empty or too long.
    bool save(const QString &name, const ShownView &view);
    void remove(const std::string &name);

    static QByteArray encode(const std::vector<SavedView> &views);
    /// Errors: InvalidInput where it is not such a file, TooLarge past 1 MiB. Views that are not understood
    /// are left out.
    static Result<std::vector<SavedView>> decode(const QByteArray &bytes);

Q_SIGNALS:
    void changed();
    /// They are kept until the program ends, and no longer.
    void writeFailed(const QString &problem);

private:
    void take(const std::vector<SavedView> &read);
    void write();

    QString m_file;
    std::vector<SavedView> m_views;
    bool m_isRead = false;
    struct Newest
    {
        std::mutex mutex;
        QByteArray bytes;
    };
    std::shared_ptr<Newest> m_newest; ///< what the file is to hold
    std::uint64_t m_attempt = 0;      ///< answers of older attempts are dropped
};

} // namespace portolan::ui
