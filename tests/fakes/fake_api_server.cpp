#include "tests/fakes/fake_api_server.h"

#include "tests/fakes/fake_socket.h"

#include <sys/socket.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

namespace portolan::fakes {

namespace {

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return char(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return text;
}

/// Splits the head of a request; an empty method where it is none.
FakeRequest parseHead(std::string_view head)
{
    FakeRequest request;
    const std::size_t lineEnd = head.find("\r\n");
    const std::string_view line = head.substr(0, lineEnd);
    const std::size_t first = line.find(' ');
    const std::size_t second = line.rfind(' ');
    if (first == std::string_view::npos || second <= first)
        return request;
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, second - first - 1);
    std::size_t at = lineEnd == std::string_view::npos ? head.size() : lineEnd + 2;
    while (at < head.size()) {
        const std::size_t end = std::min(head.find("\r\n", at), head.size());
        const std::string_view field = head.substr(at, end - at);
        const std::size_t colon = field.find(':');
        if (colon != std::string_view::npos) {
            const std::size_t value = field.find_first_not_of(' ', colon + 1);
            request.headers.emplace_back(lower(std::string(field.substr(0, colon))),
                                         value == std::string_view::npos ? "" : field.substr(value));
        }
        at = end + 2;
    }
    return request;
}

std::string headOf(const FakeReply &reply)
{
    std::string head = "HTTP/1.1 " + std::to_string(reply.status) + " Fake\r\n";
    for (const auto &[name, value] : reply.headers)
        head += name + ": " + value + "\r\n";
    if (!reply.takeOver)
        head += "content-length: " + std::to_string(reply.body.size()) + "\r\n";
    return head + "\r\n";
}

} // namespace

std::string FakeRequest::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

bool FakeConnection::writeChunk(std::string_view bytes)
{
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return write(std::string(size) + std::string(bytes) + "\r\n");
}

FakeReply FakeReply::json(std::string body, int status)
{
    FakeReply reply;
    reply.status = status;
    reply.headers = {{"content-type", "application/json"}};
    reply.body = std::move(body);
    return reply;
}

FakeReply FakeReply::broken(Fault fault, std::string body, std::size_t after)
{
    FakeReply reply;
    reply.fault = fault;
    reply.body = std::move(body);
    reply.faultAfter = after;
    return reply;
}

struct FakeApiServer::Private
{
    class Connection;

    Handler handler;
    ListeningSocket listener;
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    bool stopping = false;
    bool secure = false;
    std::shared_ptr<ServerTlsContext> tls;
    std::vector<FakeRequest> requests;
    std::map<std::size_t, int> openSockets;
    std::size_t connections = 0;
    std::vector<std::thread> threads;
    std::thread acceptor;

    void acceptLoop();
    void serve(int socket, std::size_t number, const std::shared_ptr<ServerTlsContext> &context);
    void shutAll();
};

class FakeApiServer::Private::Connection final : public FakeConnection
{
public:
    Connection(Private &server, int socket, ServerTlsContext *tls) : m_server(server), m_stream(socket, tls)
    {
    }

    bool write(std::string_view bytes) override { return m_stream.write(bytes); }
    std::optional<std::string> readSome() override
    {
        if (!m_ahead.empty())
            return std::exchange(m_ahead, {});
        return m_stream.readSome();
    }
    bool waitForStop(std::chrono::milliseconds most) override
    {
        std::unique_lock lock(m_server.mutex);
        return m_server.changed.wait_for(lock, most, [this] { return m_server.stopping; });
    }
    void reset() override { m_stream.resetOnClose(); }

    bool handshake() { return m_stream.handshake(); }
    std::optional<FakeRequest> nextRequest();
    /// False when the connection must close.
    bool answer(const FakeReply &reply);

private:
    void waitForEver() { waitForStop(std::chrono::hours(1)); }
    bool writeBody(const FakeReply &reply, std::string_view body);

    Private &m_server;
    ServerStream m_stream;
    std::string m_ahead;
};

std::optional<FakeRequest> FakeApiServer::Private::Connection::nextRequest()
{
    std::size_t end;
    while ((end = m_ahead.find("\r\n\r\n")) == std::string::npos) {
        auto more = m_stream.readSome();
        if (!more)
            return std::nullopt;
        m_ahead += *more;
    }
    FakeRequest request = parseHead(std::string_view(m_ahead).substr(0, end));
    m_ahead.erase(0, end + 4);
    const std::string length = request.header("content-length");
    const std::size_t wanted = length.empty() ? 0 : std::stoul(length);
    while (m_ahead.size() < wanted) {
        auto more = m_stream.readSome();
        if (!more)
            return std::nullopt;
        m_ahead += *more;
    }
    request.body = m_ahead.substr(0, wanted);
    m_ahead.erase(0, wanted);
    request.sni = m_stream.sni();
    request.clientName = m_stream.clientName();
    return request;
}

bool FakeApiServer::Private::Connection::writeBody(const FakeReply &reply, std::string_view body)
{
    if (reply.slowBytes == 0)
        return write(body);
    for (std::size_t at = 0; at < body.size(); at += reply.slowBytes) {
        if (!write(body.substr(at, reply.slowBytes)) || waitForStop(reply.slowPause))
            return false;
    }
    return true;
}

bool FakeApiServer::Private::Connection::answer(const FakeReply &reply)
{
    using Fault = FakeReply::Fault;
    switch (reply.fault) {
    case Fault::StallBeforeAnswer:
        waitForEver();
        return false;
    case Fault::ResetBeforeAnswer:
        reset();
        return false;
    case Fault::CloseBeforeAnswer:
        return false;
    case Fault::Garbage:
        write(reply.body);
        return false;
    case Fault::CutBody:
    case Fault::StallBody:
        write(headOf(reply));
        writeBody(reply, std::string_view(reply.body).substr(0, reply.faultAfter));
        if (reply.fault == Fault::StallBody)
            waitForEver();
        return false;
    case Fault::None:
        break;
    }
    if (!write(headOf(reply)))
        return false;
    if (reply.takeOver) {
        reply.takeOver(*this);
        return false;
    }
    return writeBody(reply, reply.body);
}

void FakeApiServer::Private::serve(int socket, std::size_t number,
                                   const std::shared_ptr<ServerTlsContext> &context)
{
    {
        Connection connection(*this, socket, context.get());
        while (connection.handshake()) {
            auto request = connection.nextRequest();
            if (!request)
                break;
            request->connection = number;
            {
                const std::lock_guard lock(mutex);
                requests.push_back(*request);
            }
            changed.notify_all();
            if (!connection.answer(handler(*request)))
                break;
        }
        // Inside the lock, so that nobody shuts a socket whose number lives on as another's.
        const std::lock_guard lock(mutex);
        openSockets.erase(number);
    }
}

void FakeApiServer::Private::acceptLoop()
{
    for (int socket = listener.accept(); socket >= 0; socket = listener.accept()) {
        const std::lock_guard lock(mutex);
        const std::size_t number = ++connections;
        openSockets[number] = socket;
        threads.emplace_back([this, socket, number, context = tls] { serve(socket, number, context); });
    }
}

void FakeApiServer::Private::shutAll()
{
    const std::lock_guard lock(mutex);
    for (const auto &[number, socket] : openSockets)
        ::shutdown(socket, SHUT_RDWR);
}

FakeApiServer::FakeApiServer(Handler handler, std::optional<FakeServerTls> tls)
    : d(std::make_unique<Private>())
{
    std::signal(SIGPIPE, SIG_IGN);
    d->handler = std::move(handler);
    d->secure = tls.has_value();
    if (tls)
        d->tls = std::make_shared<ServerTlsContext>(*tls);
    d->acceptor = std::thread([this] { d->acceptLoop(); });
}

FakeApiServer::~FakeApiServer()
{
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
    }
    d->changed.notify_all();
    d->listener.stop();
    d->acceptor.join();
    d->shutAll();
    for (auto &thread : d->threads)
        thread.join();
}

std::uint16_t FakeApiServer::port() const
{
    return d->listener.port();
}

std::string FakeApiServer::url() const
{
    return (d->secure ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port());
}

std::vector<FakeRequest> FakeApiServer::requests() const
{
    const std::lock_guard lock(d->mutex);
    return d->requests;
}

std::size_t FakeApiServer::connectionCount() const
{
    const std::lock_guard lock(d->mutex);
    return d->connections;
}

bool FakeApiServer::waitForRequests(std::size_t count) const
{
    std::unique_lock lock(d->mutex);
    return d->changed.wait_for(lock, std::chrono::seconds(20),
                               [this, count] { return d->requests.size() >= count; });
}

void FakeApiServer::useTls(const FakeServerTls &tls)
{
    auto context = std::make_shared<ServerTlsContext>(tls);
    const std::lock_guard lock(d->mutex);
    d->tls = std::move(context);
}

void FakeApiServer::dropConnections()
{
    d->shutAll();
}

std::uint16_t unusedPort()
{
    return ListeningSocket().port();
}

} // namespace portolan::fakes
