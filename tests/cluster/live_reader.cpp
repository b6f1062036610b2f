#include "tests/cluster/live_reader.h"

#include "model/kube/curl_transport.h"

#include <utility>

namespace portolan::fakes {

using namespace kube;

LiveReader::LiveReader(ClusterAccess access, ReadScope scope, ReaderOptions options)
    : m_thread([this, access = std::move(access), scope = std::move(scope), options]() mutable {
          run(access, std::move(scope), options);
      })
{
}

LiveReader::~LiveReader()
{
    m_cancel.cancel();
    m_thread.join();
}

void LiveReader::run(const ClusterAccess &access, ReadScope scope, ReaderOptions options)
{
    CurlTransport transport(
        std::make_shared<CredentialSource>(access, [](const ExecPluginSpec &) { return true; }));
    ReaderHandlers handlers;
    handlers.onDelta = [this](const ClusterDelta &delta) {
        edit([&](Picture &now) {
            now.state = applied(now.state, delta);
            now.replacements += delta.replacements.size();
        });
    };
    handlers.onStatus = [this](const std::vector<WatchStatus> &statuses) {
        edit([&](Picture &now) { now.statuses = statuses; });
    };
    handlers.onUnreachable = [this](const Error &error) {
        edit([&](Picture &now) { now.unreachable.push_back(error); });
    };
    handlers.onSynced = [this] { edit([](Picture &now) { now.synced = true; }); };
    ClusterReader reader(transport, std::move(scope), std::move(handlers), options);
    transport.post([&reader] { reader.start(); });
    transport.run(m_cancel.token());
}

void LiveReader::edit(const std::function<void(Picture &)> &change)
{
    const std::lock_guard lock(m_mutex);
    change(m_picture);
    m_changed.notify_all();
}

LiveReader::Picture LiveReader::picture() const
{
    const std::lock_guard lock(m_mutex);
    return m_picture;
}

bool LiveReader::waitUntil(const std::function<bool(const Picture &)> &isSo, std::chrono::seconds most)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, most, [&] { return isSo(m_picture); });
}

} // namespace portolan::fakes
