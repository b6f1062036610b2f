#pragma once

#include "ui/theme/theme.h"
#include "ui/words/tone.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QVBoxLayout;

namespace portolan::ui {

/// Something that the window has to say above the map: work in progress, an error, what a recording is.
struct Notice
{
    struct Action
    {
        QString text;
        std::function<void()> run;
    };

    QString key; ///< a notice of the same key takes its place
    Tone tone = Tone::None;
    QString text;
    QString detail;
    std::optional<int> percent; ///< of work in progress; -1 where it is not known
    std::vector<Action> actions;
    bool closable = false;
};

/// The notices, one below the other; takes no room without any.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void put(const Notice &notice);
    void remove(const QString &key);
    void clear();
    bool isShown(const QString &key) const;
    QString textOf(const QString &key) const; ///< "" where there is none

private:
    struct Entry
    {
        Notice notice;
        QWidget *widget = nullptr;
    };
    QWidget *makeWidget(const Notice &notice);
    bool updateInPlace(Entry &entry, const Notice &notice);

    std::vector<Entry> m_entries;
    QVBoxLayout *m_rows = nullptr;
    Theme m_theme;
};

} // namespace portolan::ui
