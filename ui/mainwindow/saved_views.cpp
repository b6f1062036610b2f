#include "ui/mainwindow/saved_views.h"

#include "model/graph/graph_filter.h"
#include "ui/base/background.h"
#include "ui/words/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <array>
#include <cmath>

namespace portolan::ui {

namespace {

constexpr qint64 mostBytes = qint64{1024} * 1024;
constexpr qsizetype longestName = 80;
constexpr int version = 1;
constexpr double farthest = 1e7;

constexpr std::array pageNames{QLatin1String("services"), QLatin1String("nodes"), QLatin1String("matrix"),
                               QLatin1String("path")};
constexpr std::array layerNames{QLatin1String("policy"), QLatin1String("observed"), QLatin1String("probed"),
                                QLatin1String("all")};

template<std::size_t size>
std::optional<std::size_t> indexIn(const std::array<QLatin1String, size> &names, const QString &name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(std::size_t(found - names.begin()));
}

QJsonObject toJson(const SavedView &saved)
{
    const ShownView &view = saved.view;
    QJsonObject object{{QStringLiteral("name"), QString::fromStdString(saved.name)},
                       {QStringLiteral("page"), pageNames[std::size_t(view.page)]},
                       {QStringLiteral("layer"), layerNames[std::size_t(view.layer)]},
                       {QStringLiteral("filter"), QString::fromStdString(view.filter)}};
    QJsonArray hidden;
    for (const std::string &name : view.hidden)
        hidden << QString::fromStdString(name);
    object[QStringLiteral("hidden")] = hidden;
    if (view.viewport)
        object[QStringLiteral("viewport")] =
            QJsonArray{view.viewport->origin().x(), view.viewport->origin().y(), view.viewport->zoom()};
    return object;
}

std::optional<Viewport> viewportFrom(const QJsonArray &numbers)
{
    if (numbers.size() != 3)
        return std::nullopt;
    const double x = numbers[0].toDouble(farthest), y = numbers[1].toDouble(farthest);
    const double zoom = numbers[2].toDouble();
    if (!(std::abs(x) < farthest) || !(std::abs(y) < farthest) || !(zoom >= Viewport::minZoom) ||
        !(zoom <= Viewport::maxZoom))
        return std::nullopt;
    return Viewport({x, y}, zoom);
}

bool isName(const QString &name)
{
    return !name.isEmpty() && name.size() <= longestName;
}

std::optional<SavedView> fromJson(const QJsonObject &object)
{
    const QString name = object[QStringLiteral("name")].toString();
    const auto page = indexIn(pageNames, object[QStringLiteral("page")].toString());
    const auto layer = indexIn(layerNames, object[QStringLiteral("layer")].toString());
    const std::string filter = object[QStringLiteral("filter")].toString().toStdString();
    if (!isName(name) || !page || !layer || !GraphFilter::parse(filter))
        return std::nullopt;
    SavedView saved{name.toStdString(), {ShownView::Page(*page), filter, {}, MapLayer(*layer), {}}};
    for (const auto hidden : object[QStringLiteral("hidden")].toArray())
        saved.view.hidden.insert(hidden.toString().toStdString());
    saved.view.hidden.erase(std::string());
    saved.view.viewport = viewportFrom(object[QStringLiteral("viewport")].toArray());
    return saved;
}

std::vector<SavedView> readFile(const QString &file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly) || in.size() > mostBytes)
        return {};
    return SavedViews::decode(in.readAll()).value_or({});
}

/// What went wrong; "" where nothing did. Written whole or not at all.
QString writeFile(const QString &file, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(file).path());
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit())
        return {};
    return file + QStringLiteral(": ") + out.errorString();
}

void sortByName(std::vector<SavedView> &views)
{
    std::sort(views.begin(), views.end(),
              [](const SavedView &a, const SavedView &b) { return a.name < b.name; });
}

} // namespace

QByteArray SavedViews::encode(const std::vector<SavedView> &views)
{
    QJsonArray array;
    for (const SavedView &view : views)
        array << toJson(view);
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), version}, {QStringLiteral("views"), array}})
        .toJson();
}

Result<std::vector<SavedView>> SavedViews::decode(const QByteArray &bytes)
{
    if (bytes.size() > mostBytes)
        return Error{ErrorCode::TooLarge, "more than 1 MiB", "saved views"};
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (root[QStringLiteral("version")].toInt() != version)
        return Error{ErrorCode::InvalidInput, "not a file of saved views", "saved views"};
    std::vector<SavedView> views;
    for (const auto value : root[QStringLiteral("views")].toArray()) {
        auto saved = fromJson(value.toObject());
        const bool isKnown = saved && std::any_of(views.begin(), views.end(), [&](const SavedView &other) {
                                 return other.name == saved->name;
                             });
        if (saved && !isKnown && views.size() < most)
            views.push_back(std::move(*saved));
    }
    sortByName(views);
    return views;
}

void SavedViews::begin(const QString &file)
{
    m_file = file;
    m_newest = std::make_shared<Newest>();
    m_views.clear();
    m_isRead = false;
    ++m_attempt;
    Q_EMIT changed();
    if (file.isEmpty())
        return;
    runInBackground(
        this, [file] { return readFile(file); },
        [this, attempt = m_attempt](const std::vector<SavedView> &views) {
            if (attempt == m_attempt)
                take(views);
        });
}

void SavedViews::take(const std::vector<SavedView> &read)
{
    const bool wasSaved = !m_views.empty(); // before the file was read
    for (const SavedView &view : read) {
        if (std::none_of(m_views.begin(), m_views.end(),
                         [&](const SavedView &other) { return other.name == view.name; }))
            m_views.push_back(view);
    }
    sortByName(m_views);
    m_isRead = true;
    if (wasSaved)
        write();
    Q_EMIT changed();
}

bool SavedViews::save(const QString &name, const ShownView &view)
{
    const QString trimmed = plainText(name.trimmed().toStdString());
    const std::string key = trimmed.toStdString();
    const auto same =
        std::find_if(m_views.begin(), m_views.end(), [&](const SavedView &v) { return v.name == key; });
    if (!isName(trimmed) || (same == m_views.end() && m_views.size() >= most))
        return false;
    if (same != m_views.end())
        same->view = view;
    else
        m_views.push_back({key, view});
    sortByName(m_views);
    write();
    Q_EMIT changed();
    return true;
}

void SavedViews::remove(const std::string &name)
{
    if (std::erase_if(m_views, [&](const SavedView &view) { return view.name == name; }) == 0)
        return;
    write();
    Q_EMIT changed();
}

void SavedViews::write()
{
    if (m_file.isEmpty() || !m_isRead) // take() will
        return;
    {
        const std::lock_guard lock(m_newest->mutex);
        m_newest->bytes = encode(m_views);
    }
    // Whichever of several comes last writes what is newest.
    const auto work = [file = m_file, newest = m_newest] {
        const std::lock_guard lock(newest->mutex);
        return writeFile(file, newest->bytes);
    };
    runInBackground(this, work, [this](const QString &problem) {
        if (!problem.isEmpty())
            Q_EMIT writeFailed(problem);
    });
}

} // namespace portolan::ui
