#include "model/kube/curl_stream.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

int millisecondsUntil(CurlStream::Deadline until)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    return int(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

} // namespace

WakeEvent::WakeEvent() : m_descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

WakeEvent::~WakeEvent()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void WakeEvent::signal() const
{
    ::eventfd_write(m_descriptor, 1);
}

CurlStream::CurlStream(const CancelToken &cancel)
    : m_cancel(cancel),
      m_onCancel(m_cancel.onCancel([this] { m_wake.signal(); })),
      m_multi(curl_multi_init())
{
}

CurlStream::~CurlStream()
{
    curl_multi_remove_handle(m_multi, m_handle.get());
    curl_multi_cleanup(m_multi);
}

Result<std::unique_ptr<CurlStream>> CurlStream::open(const ClusterAccess &access,
                                                     const Credential &credential, Deadline deadline,
                                                     const CancelToken &cancel)
{
    std::unique_ptr<CurlStream> stream(new CurlStream(cancel));
    if (stream->m_wake.descriptor() < 0)
        return Error{ErrorCode::Io, "no more file descriptors", "eventfd"};
    if (auto done = stream->connect(access, credential, deadline); !done) {
        // A name that is still being looked up must not hold the caller.
        curl_easy_setopt(stream->m_handle.get(), CURLOPT_QUICK_EXIT, 1L);
        return done.error();
    }
    return stream;
}

Result<void> CurlStream::connect(const ClusterAccess &access, const Credential &credential, Deadline deadline)
{
    if (auto done = m_handle.connectTo(access, credential); !done)
        return done;
    if (auto done = m_handle.request("/", {}); !done)
        return done;
    CURL *easy = m_handle.get();
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_multi_add_handle(m_multi, easy);
    const auto code = runConnect(deadline);
    if (!code)
        return code.error();
    if (*code != CURLE_OK)
        return m_handle.error(*code);
    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &m_socket) != CURLE_OK || m_socket == CURL_SOCKET_BAD)
        return Error{ErrorCode::Unavailable, "the connection broke", m_handle.url()};
    return {};
}

Result<CURLcode> CurlStream::runConnect(Deadline deadline)
{
    while (true) {
        int running = 0;
        curl_multi_perform(m_multi, &running);
        int queued = 0;
        if (const CURLMsg *message = curl_multi_info_read(m_multi, &queued))
            return message->data.result;
        if (m_cancel.isCancelled())
            return cancelled();
        if (std::chrono::steady_clock::now() >= deadline)
            return Error{ErrorCode::Timeout, "no connection in time", m_handle.url()};
        curl_waitfd wake{m_wake.descriptor(), CURL_WAIT_POLLIN, 0};
        curl_multi_poll(m_multi, &wake, 1, millisecondsUntil(deadline), nullptr);
    }
}

Error CurlStream::cancelled() const
{
    return {ErrorCode::Cancelled, "cancelled", m_handle.url()};
}

Result<std::optional<std::size_t>> CurlStream::read(std::span<char> into)
{
    std::size_t got = 0;
    const CURLcode code = curl_easy_recv(m_handle.get(), into.data(), into.size(), &got);
    if (code == CURLE_AGAIN)
        return std::optional<std::size_t>();
    if (code != CURLE_OK)
        return m_handle.error(code);
    return std::optional(got);
}

Result<void> CurlStream::write(std::string_view bytes)
{
    m_unsent += bytes;
    return flush();
}

Result<void> CurlStream::flush()
{
    while (!m_unsent.empty()) {
        std::size_t sent = 0;
        const CURLcode code = curl_easy_send(m_handle.get(), m_unsent.data(), m_unsent.size(), &sent);
        if (code == CURLE_AGAIN)
            return {};
        if (code != CURLE_OK)
            return m_handle.error(code);
        m_unsent.erase(0, sent);
    }
    return {};
}

Result<void> CurlStream::wait(Deadline until)
{
    std::array<pollfd, 2> sources{pollfd{m_socket, POLLIN, 0}, pollfd{m_wake.descriptor(), POLLIN, 0}};
    if (!m_unsent.empty())
        sources[0].events |= POLLOUT;
    ::poll(sources.data(), sources.size(), millisecondsUntil(until));
    if (m_cancel.isCancelled())
        return cancelled();
    return flush();
}

} // namespace portolan::kube
