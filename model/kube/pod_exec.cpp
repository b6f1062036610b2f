#include "model/kube/pod_exec.h"

#include "model/kube/exec_session.h"

namespace portolan::kube {

namespace {

class WebSocketExec final : public PodExec
{
public:
    explicit WebSocketExec(std::shared_ptr<CredentialSource> credentials)
        : m_credentials(std::move(credentials))
    {
    }

    Result<ExecOutcome> exec(const ExecRequest &request, const CancelToken &cancel) override
    {
        bool again = false;
        while (true) {
            const auto credential = m_credentials->current(cancel);
            if (!credential)
                return credential.error();
            auto outcome = execOnce(m_credentials->access(), *credential, request, ExecTuning(), cancel);
            if (outcome || outcome.error().code != ErrorCode::Unauthorized || again)
                return outcome;
            m_credentials->invalidate(*credential);
            again = true;
        }
    }

private:
    std::shared_ptr<CredentialSource> m_credentials;
};

} // namespace

std::unique_ptr<PodExec> makeWebSocketExec(std::shared_ptr<CredentialSource> credentials)
{
    return std::make_unique<WebSocketExec>(std::move(credentials));
}

} // namespace portolan::kube
