#include "tests/fakes/fake_transport.h"

#include <algorithm>
#include <utility>

namespace portolan::fakes {

using namespace kube;

RequestId FakeTransport::start(HttpRequest request, HttpHandlers handlers)
{
    const RequestId id{++m_lastId};
    m_paths.push_back(request.path);
    m_exchanges[id] = {std::move(request), std::move(handlers), m_now, m_now, false, {}};
    post([this, id] {
        const auto found = m_exchanges.find(id);
        if (found != m_exchanges.end() && onRequest)
            onRequest(id, HttpRequest(found->second.request));
    });
    return id;
}

void FakeTransport::cancel(RequestId id)
{
    m_exchanges.erase(id);
}

TimerId FakeTransport::after(std::chrono::milliseconds delay, std::function<void()> callback)
{
    const TimerId id{++m_lastId};
    m_timers[{m_now + delay, id.value}] = {id, std::move(callback)};
    return id;
}

void FakeTransport::cancelTimer(TimerId id)
{
    std::erase_if(m_timers, [id](const auto &entry) { return entry.second.id == id; });
}

void FakeTransport::post(std::function<void()> callback)
{
    after(std::chrono::milliseconds(0), std::move(callback));
}

void FakeTransport::answer(RequestId id, int status, const std::string &body, HttpHeaders headers)
{
    sendHeaders(id, status, std::move(headers));
    sendChunk(id, body);
    end(id);
}

void FakeTransport::sendHeaders(RequestId id, int status, HttpHeaders headers)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    Exchange &exchange = found->second;
    exchange.headersSent = true;
    exchange.lastByte = m_now;
    exchange.response.status = status;
    exchange.response.headers = std::move(headers);
    if (const auto onHeaders = exchange.handlers.onHeaders)
        onHeaders(HttpResponse(exchange.response));
}

void FakeTransport::sendChunk(RequestId id, std::string_view bytes)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    Exchange &exchange = found->second;
    exchange.lastByte = m_now;
    const bool good = exchange.response.status >= 200 && exchange.response.status <= 299;
    if (const auto onChunk = exchange.handlers.onChunk; onChunk && good)
        onChunk(bytes);
    else
        exchange.response.body += bytes;
}

void FakeTransport::end(RequestId id)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    const Exchange exchange = std::move(found->second);
    m_exchanges.erase(found);
    exchange.handlers.onDone(exchange.response);
}

void FakeTransport::fail(RequestId id, Error error)
{
    const auto found = m_exchanges.find(id);
    if (found == m_exchanges.end())
        return;
    const Exchange exchange = std::move(found->second);
    m_exchanges.erase(found);
    exchange.handlers.onDone(std::move(error));
}

FakeTransport::Instant FakeTransport::limitOf(const Exchange &exchange) const
{
    const Instant idle = exchange.lastByte + exchange.request.idleLimit;
    const bool endless = exchange.request.deadline.count() == 0;
    return endless ? idle : std::min(idle, exchange.started + exchange.request.deadline);
}

/// The earliest timer or limit up to `until`; false where there is none.
bool FakeTransport::runNextDue(Instant until)
{
    const auto late =
        std::min_element(m_exchanges.begin(), m_exchanges.end(), [this](const auto &a, const auto &b) {
            return limitOf(a.second) < limitOf(b.second);
        });
    const bool anyLate = late != m_exchanges.end() && limitOf(late->second) <= until;
    const bool anyTimer = !m_timers.empty() && m_timers.begin()->first.first <= until;
    if (!anyLate && !anyTimer)
        return false;
    if (anyTimer && (!anyLate || m_timers.begin()->first.first <= limitOf(late->second))) {
        const auto node = m_timers.extract(m_timers.begin());
        m_now = std::max(m_now, node.key().first);
        node.mapped().callback();
        return true;
    }
    m_now = std::max(m_now, limitOf(late->second));
    fail(late->first, {ErrorCode::Timeout, "no byte came in time", late->second.request.path});
    return true;
}

void FakeTransport::settle()
{
    while (runNextDue(m_now)) {
    }
}

void FakeTransport::advance(std::chrono::milliseconds time)
{
    const Instant until = m_now + time;
    while (runNextDue(until)) {
    }
    m_now = until;
}

std::vector<FakeTransport::Open> FakeTransport::open() const
{
    return open({});
}

std::vector<FakeTransport::Open> FakeTransport::open(std::string_view part) const
{
    std::vector<Open> matching;
    for (const auto &[id, exchange] : m_exchanges) {
        if (exchange.request.path.find(part) != std::string::npos)
            matching.push_back({id, exchange.request});
    }
    return matching;
}

std::vector<std::string> FakeTransport::pathsWith(std::string_view part) const
{
    std::vector<std::string> matching;
    for (const std::string &path : m_paths) {
        if (path.find(part) != std::string::npos)
            matching.push_back(path);
    }
    return matching;
}

} // namespace portolan::fakes
