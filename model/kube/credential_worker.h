#pragma once

#include "model/kube/credentials.h"

#include <functional>
#include <memory>
#include <thread>

namespace portolan::kube {

/// Calls CredentialSource::current() where it may block: on a thread of its own, started when there is
/// something to ask and joined by the destructor (which cancels first). Internal to CurlTransport.
class CredentialWorker
{
public:
    using Deliver = std::function<void(Result<Credential>)>; ///< called on the worker's thread

    CredentialWorker(std::shared_ptr<CredentialSource> credentials, Deliver deliver);
    ~CredentialWorker();

    /// Precondition: the answer to an earlier question has been delivered. Always on the same thread.
    void ask();

private:
    std::shared_ptr<CredentialSource> m_credentials;
    Deliver m_deliver;
    CancelSource m_cancel;
    std::thread m_thread;
};

} // namespace portolan::kube
