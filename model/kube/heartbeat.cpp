#include "model/kube/heartbeat.h"

#include <utility>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds silence = 15s;
constexpr std::chrono::milliseconds patience = 10s;

} // namespace

Heartbeat::Heartbeat(HttpTransport &transport, std::function<void(const Error &)> onDead)
    : m_transport(transport),
      m_onDead(std::move(onDead))
{
}

Heartbeat::~Heartbeat()
{
    if (m_timer.isValid())
        m_transport.cancelTimer(m_timer);
    if (m_request.isValid())
        m_transport.cancel(m_request);
}

void Heartbeat::start()
{
    if (m_timer.isValid() || m_request.isValid())
        return;
    heard();
    waitForSilence();
}

void Heartbeat::waitForSilence()
{
    const auto quiet = std::chrono::duration_cast<std::chrono::milliseconds>(m_transport.now() - m_lastHeard);
    if (quiet >= silence) {
        ask();
        return;
    }
    m_timer = m_transport.after(silence - quiet, [this] {
        m_timer = {};
        waitForSilence();
    });
}

void Heartbeat::ask()
{
    HttpRequest request;
    request.path = "/version";
    request.headers = {{"accept", "application/json"}};
    request.deadline = patience;
    request.idleLimit = patience;
    request.maxBody = std::size_t{1} << 20;
    HttpHandlers handlers;
    handlers.onDone = [this](const Result<HttpResponse> &answer) {
        m_request = {};
        heard();
        waitForSilence();
        if (!answer)
            m_onDead(answer.error());
    };
    m_request = m_transport.start(std::move(request), std::move(handlers));
}

} // namespace portolan::kube
