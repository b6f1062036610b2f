#include "model/kube/credential_worker.h"

namespace portolan::kube {

CredentialWorker::CredentialWorker(std::shared_ptr<CredentialSource> credentials, Deliver deliver)
    : m_credentials(std::move(credentials)),
      m_deliver(std::move(deliver))
{
}

CredentialWorker::~CredentialWorker()
{
    m_cancel.cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void CredentialWorker::ask()
{
    if (m_thread.joinable())
        m_thread.join();
    m_thread = std::thread([this] { m_deliver(m_credentials->current(m_cancel.token())); });
}

} // namespace portolan::kube
