#include "model/kube/watch_stream.h"

#include <utility>

namespace portolan::kube {

namespace {

constexpr std::size_t longestLine = std::size_t{64} << 20;

} // namespace

WatchStream::WatchStream(HttpTransport &transport, Decoder &decoder, ResourceType resource, Handlers handlers)
    : m_transport(transport),
      m_decoder(decoder),
      m_resource(std::move(resource)),
      m_handlers(std::move(handlers)),
      m_lines(longestLine)
{
}

WatchStream::~WatchStream()
{
    if (m_request.isValid())
        m_transport.cancel(m_request);
}

void WatchStream::start(std::string path, std::chrono::milliseconds idleLimit)
{
    m_path = path.substr(0, path.find('?'));
    m_started = m_transport.now();
    HttpRequest request;
    request.path = std::move(path);
    request.headers = {{"accept", "application/json"}};
    request.deadline = std::chrono::milliseconds(0);
    request.idleLimit = idleLimit;
    HttpHandlers handlers;
    handlers.onHeaders = [this](const HttpResponse &response) {
        m_end.opened = response.status == 200;
        if (m_end.opened)
            m_handlers.onOpened();
    };
    handlers.onChunk = [this](std::string_view chunk) { takeChunk(chunk); };
    handlers.onDone = [this](const Result<HttpResponse> &answer) { takeEnd(answer); };
    m_request = m_transport.start(std::move(request), std::move(handlers));
}

void WatchStream::takeChunk(std::string_view chunk)
{
    m_handlers.onHeard();
    std::vector<WatchEvent> events;
    const auto fed = m_lines.feed(chunk, [&](std::string_view line) { return takeLine(line, events); });
    if (!fed)
        m_failure = failureOf(fed.error(), m_path);
    if (!events.empty()) {
        m_end.hadEvents = true;
        m_handlers.onEvents(std::move(events));
    }
    if (m_failure)
        fail(*m_failure);
}

/// False where the stream is of no use any more.
bool WatchStream::takeLine(std::string_view line, std::vector<WatchEvent> &events)
{
    auto event = m_decoder.watchEvent(m_resource, line);
    if (!event) {
        m_failure = failureOf(event.error(), m_path);
        return false;
    }
    if (event->type == WatchEvent::Type::Error) {
        m_failure = failureOf(event->status, m_path);
        return false;
    }
    events.push_back(std::move(*event));
    return true;
}

void WatchStream::fail(const ApiFailure &failure)
{
    m_transport.cancel(std::exchange(m_request, {}));
    end(failure);
}

void WatchStream::takeEnd(const Result<HttpResponse> &answer)
{
    m_request = {};
    if (!answer)
        end(failureOf(answer.error(), m_path));
    else if (answer->status != 200)
        end(failureOf(*answer, m_path));
    else
        end(std::nullopt);
}

void WatchStream::end(std::optional<ApiFailure> failure)
{
    m_end.failure = std::move(failure);
    m_end.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(m_transport.now() - m_started);
    const auto onEnd = std::move(m_handlers.onEnd);
    onEnd(std::move(m_end));
}

} // namespace portolan::kube
