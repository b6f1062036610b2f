#pragma once

#include "model/base/cancel_token.h"
#include "model/kube/cluster_reader.h"
#include "model/kube/credentials.h"

#include <memory>
#include <thread>

namespace portolan {

/// The network thread of one live cluster: the transport's loop and the reader on it. Handlers are called
/// on that thread. The destructor stops reading and joins.
class LiveConnection
{
public:
    LiveConnection(std::shared_ptr<kube::CredentialSource> credentials, kube::ReadScope scope,
                   kube::ReaderHandlers handlers);
    ~LiveConnection();

    /// Nothing more is read; the destructor waits for what is under way.
    void stop() { m_cancel.cancel(); }

private:
    CancelSource m_cancel;
    std::thread m_thread;
};

} // namespace portolan
