#include "tests/fakes/fake_http2_server.h"

#include "tests/fakes/fake_socket.h"

#include <sys/socket.h>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace portolan::fakes {

namespace {

constexpr std::string_view preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr std::size_t frameHead = 9;

namespace type {
constexpr char data = 0, headers = 1, rstStream = 3, settings = 4, ping = 6, goAway = 7;
}
namespace flag {
constexpr char ack = 1, endStream = 1, endHeaders = 4;
}

std::string number(std::uint32_t value, int bytes = 4)
{
    std::string text;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        text += char(value >> shift & 0xff);
    return text;
}

std::uint32_t numberAt(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

} // namespace

struct FakeHttp2Server::Private
{
    Script script;
    ServerTlsContext tls;
    std::uint32_t maxStreams;
    ListeningSocket listener;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> requests = 0;
    std::mutex mutex;
    std::map<std::size_t, int> openSockets;
    std::vector<std::thread> threads;
    std::thread acceptor;

    Private(Script s, const FakeServerTls &t, std::uint32_t most)
        : script(std::move(s)),
          tls(t, "h2"),
          maxStreams(most)
    {
    }

    void acceptLoop();
};

class FakeHttp2Server::Connection
{
public:
    Connection(Private &server, int socket, std::size_t number)
        : m_server(server),
          m_stream(socket, &server.tls),
          m_number(number)
    {
    }

    void serve()
    {
        if (!m_stream.handshake() || !receive(preface.size()))
            return;
        m_input.erase(0, preface.size());
        constexpr std::uint32_t maxConcurrentStreams = 3;
        send(type::settings, 0, 0, number(maxConcurrentStreams, 2) + number(m_server.maxStreams));
        while (oneFrame()) {
        }
    }

private:
    /// Trickling streams get their byte while nothing comes.
    bool receive(std::size_t wanted)
    {
        while (m_input.size() < wanted) {
            while (!m_trickling.empty() && !m_stream.waitReadable(std::chrono::milliseconds(5))) {
                for (const std::uint32_t stream : m_trickling)
                    send(type::data, 0, stream, "t");
            }
            const auto more = m_stream.readSome();
            if (!more)
                return false;
            m_input += *more;
        }
        return true;
    }

    bool send(char frame, int flags, std::uint32_t stream, const std::string &payload)
    {
        return m_stream.write(number(std::uint32_t(payload.size()), 3) + frame + char(flags) +
                              number(stream) + payload);
    }

    bool oneFrame()
    {
        if (!receive(frameHead))
            return false;
        const std::size_t length = numberAt(m_input, 0, 3);
        if (!receive(frameHead + length))
            return false;
        const char frame = m_input[3];
        const char flags = m_input[4];
        const std::uint32_t stream = numberAt(m_input, 5, 4);
        const std::string payload = m_input.substr(frameHead, length);
        m_input.erase(0, frameHead + length);
        if (frame == type::settings && !(flags & flag::ack))
            return send(type::settings, flag::ack, 0, {});
        if (frame == type::ping && !(flags & flag::ack))
            return send(type::ping, flag::ack, 0, payload);
        if (frame == type::rstStream) {
            m_waiting.erase(stream);
            m_trickling.erase(stream);
        }
        return frame == type::headers ? act(stream) : true;
    }

    void startAnswer(std::uint32_t stream)
    {
        // 0x88: ":status: 200" of HPACK's static table.
        send(type::headers, flag::endHeaders, stream, "\x88");
    }

    void answer(std::uint32_t stream)
    {
        startAnswer(stream);
        send(type::data, flag::endStream, stream, "answer");
    }

    bool act(std::uint32_t stream)
    {
        constexpr std::uint32_t refusedStream = 7;
        switch (m_server.script(m_number, ++m_server.requests)) {
        case Act::Answer:
            answer(stream);
            break;
        case Act::AnswerAll:
            m_waiting.insert(stream);
            for (const std::uint32_t waiting : m_waiting)
                answer(waiting);
            m_waiting.clear();
            break;
        case Act::Silence:
            m_waiting.insert(stream);
            break;
        case Act::Trickle:
            startAnswer(stream);
            m_trickling.insert(stream);
            break;
        case Act::Refuse:
            send(type::rstStream, 0, stream, number(refusedStream));
            break;
        case Act::AnswerAndGoAway:
            send(type::goAway, 0, 0, number(stream) + number(0));
            answer(stream);
            break;
        }
        return true;
    }

    Private &m_server;
    ServerStream m_stream;
    std::size_t m_number;
    std::string m_input;
    std::set<std::uint32_t> m_waiting;
    std::set<std::uint32_t> m_trickling;
};

void FakeHttp2Server::Private::acceptLoop()
{
    for (int socket = listener.accept(); socket >= 0; socket = listener.accept()) {
        const std::lock_guard lock(mutex);
        const std::size_t index = ++connections;
        openSockets[index] = socket;
        threads.emplace_back([this, socket, index] {
            Connection connection(*this, socket, index);
            connection.serve();
            // Inside the lock, so that nobody shuts a socket whose number lives on as another's.
            const std::lock_guard closing(mutex);
            openSockets.erase(index);
        });
    }
}

FakeHttp2Server::FakeHttp2Server(Script script, const FakeServerTls &tls, std::uint32_t maxConcurrentStreams)
    : d(std::make_unique<Private>(std::move(script), tls, maxConcurrentStreams))
{
    std::signal(SIGPIPE, SIG_IGN);
    d->acceptor = std::thread([this] { d->acceptLoop(); });
}

FakeHttp2Server::~FakeHttp2Server()
{
    d->listener.stop();
    d->acceptor.join();
    {
        const std::lock_guard lock(d->mutex);
        for (const auto &[index, socket] : d->openSockets)
            ::shutdown(socket, SHUT_RDWR);
    }
    for (auto &thread : d->threads)
        thread.join();
}

std::string FakeHttp2Server::url() const
{
    return "https://127.0.0.1:" + std::to_string(d->listener.port());
}

std::size_t FakeHttp2Server::connectionCount() const
{
    return d->connections;
}

std::size_t FakeHttp2Server::requestCount() const
{
    return d->requests;
}

} // namespace portolan::fakes
