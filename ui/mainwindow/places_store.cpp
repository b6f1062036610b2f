#include "ui/mainwindow/places_store.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <cmath>

namespace portolan::ui::places {

namespace {

constexpr quint32 magic = 0x504c4332; // "PLC2"
constexpr qint64 mostBytes = qint64{64} * 1024 * 1024;
constexpr qsizetype digestSize = 32;
constexpr double mostCoordinate = 1e7;

template<class Id>
void write(QDataStream &out, const std::unordered_map<Id, Rect> &places)
{
    out << quint32(places.size());
    for (const auto &[id, rect] : places)
        out << quint64(id.value) << rect.x << rect.y << rect.width << rect.height;
}

bool isSane(const Rect &rect)
{
    const auto within = [](double value) { return std::isfinite(value) && std::abs(value) < mostCoordinate; };
    return within(rect.x) && within(rect.y) && within(rect.width) && within(rect.height) && rect.width >= 0 &&
           rect.height >= 0;
}

template<class Id>
bool read(QDataStream &in, std::unordered_map<Id, Rect> &places)
{
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        quint64 id = 0;
        Rect rect;
        in >> id >> rect.x >> rect.y >> rect.width >> rect.height;
        if (in.status() != QDataStream::Ok || !isSane(rect))
            return false;
        places[Id{id}] = rect;
    }
    return in.status() == QDataStream::Ok;
}

template<class Id>
void write(QDataStream &out, const std::unordered_set<Id> &ids)
{
    out << quint32(ids.size());
    for (const Id id : ids)
        out << quint64(id.value);
}

template<class Id>
bool read(QDataStream &in, std::unordered_set<Id> &ids)
{
    quint32 count = 0;
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        quint64 id = 0;
        in >> id;
        ids.insert(Id{id});
    }
    return in.status() == QDataStream::Ok;
}

Error invalid(const char *why)
{
    return {ErrorCode::InvalidInput, why, "remembered places"};
}

} // namespace

QString defaultDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/places");
}

QString fileFor(const QString &directory, const QString &contextName, const QString &serverUrl,
                GraphView view)
{
    QByteArray key = contextName.toUtf8() + '\0' + serverUrl.toUtf8();
    if (view == GraphView::Nodes)
        key += QByteArray("\0nodes", 6);
    const QByteArray hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().left(24);
    return directory + u'/' + QString::fromLatin1(hash) + QStringLiteral(".places");
}

QByteArray encode(const LayoutResult &layout)
{
    QByteArray body;
    QDataStream out(&body, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << magic;
    write(out, layout.nodes);
    write(out, layout.groups);
    write(out, layout.pinnedNodes);
    write(out, layout.pinnedGroups);
    out << layout.bounds.x << layout.bounds.y << layout.bounds.width << layout.bounds.height;
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256) + body;
}

Result<LayoutResult> decode(const QByteArray &bytes)
{
    if (bytes.size() > mostBytes)
        return Error{ErrorCode::TooLarge, "more than 64 MiB", "remembered places"};
    const QByteArray body = bytes.mid(digestSize);
    if (QCryptographicHash::hash(body, QCryptographicHash::Sha256) != bytes.left(digestSize))
        return invalid("cut or edited");
    QDataStream in(body);
    in.setVersion(QDataStream::Qt_6_4);
    quint32 version = 0;
    in >> version;
    if (version != magic)
        return invalid("of another version");
    LayoutResult layout;
    if (!read(in, layout.nodes) || !read(in, layout.groups) || !read(in, layout.pinnedNodes) ||
        !read(in, layout.pinnedGroups))
        return invalid("not understood");
    in >> layout.bounds.x >> layout.bounds.y >> layout.bounds.width >> layout.bounds.height;
    if (in.status() != QDataStream::Ok || !isSane(layout.bounds))
        return invalid("not understood");
    return layout;
}

Result<void> save(const QString &file, const LayoutResult &layout)
{
    const auto failed = [&file](const QString &why) {
        return Error{ErrorCode::Io, why.toStdString(), file.toStdString()};
    };
    if (!QDir().mkpath(QFileInfo(file).path()))
        return failed(QStringLiteral("the directory cannot be made"));
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly))
        return failed(out.errorString());
    out.write(encode(layout));
    if (!out.commit())
        return failed(out.errorString());
    return {};
}

LayoutResultPtr load(const QString &file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly) || in.size() > mostBytes)
        return nullptr;
    auto layout = decode(in.readAll());
    return layout ? std::make_shared<const LayoutResult>(std::move(layout).value()) : nullptr;
}

} // namespace portolan::ui::places
