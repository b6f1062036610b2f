#include "model/session/live_connection.h"

#include "model/kube/curl_transport.h"

#include <utility>

namespace portolan {

LiveConnection::LiveConnection(std::shared_ptr<kube::CredentialSource> credentials, kube::ReadScope scope,
                               kube::ReaderHandlers handlers)
{
    m_thread = std::thread([credentials = std::move(credentials), scope = std::move(scope),
                            handlers = std::move(handlers), cancel = m_cancel.token()]() mutable {
        kube::CurlTransport transport(std::move(credentials));
        kube::ClusterReader reader(transport, std::move(scope), std::move(handlers));
        transport.post([&reader] { reader.start(); });
        transport.run(cancel);
    });
}

LiveConnection::~LiveConnection()
{
    m_cancel.cancel();
    m_thread.join();
}

} // namespace portolan
