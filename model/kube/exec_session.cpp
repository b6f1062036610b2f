#include "model/kube/exec_session.h"

#include "model/kube/curl_stream.h"
#include "model/kube/exec_status.h"
#include "model/kube/websocket.h"
#include "model/kube/websocket_handshake.h"

#include <algorithm>
#include <array>

namespace portolan::kube {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// Channels of remotecommand (k8s.io/apimachinery, pkg/util/remotecommand).
enum class Channel : std::uint8_t { Stdout = 1, Stderr = 2, Status = 3 };

constexpr std::size_t maxRefusal = std::size_t{64} << 10;
constexpr std::size_t maxStatus = std::size_t{64} << 10;

std::string escaped(std::string_view text)
{
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = std::uint8_t(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out.push_back(c);
        else
            out.append({'%', hex[byte >> 4U], hex[byte & 0xfU]});
    }
    return out;
}

std::string nameOf(const ExecRequest &request)
{
    return "Pod " + request.ns + "/" + request.pod + ", container " + request.container;
}

class ExecSession
{
public:
    ExecSession(CurlStream &stream, const ExecRequest &request, const ExecTuning &tuning,
                SteadyClock::time_point deadline)
        : m_stream(stream),
          m_request(request),
          m_tuning(tuning),
          m_deadline(deadline),
          m_reader(tuning.maxMessage)
    {
    }

    Result<void> openUp(const HttpHeaders &credential);
    Result<ExecOutcome> run();

private:
    Result<HttpResponse> readHead();
    Result<void> readRefusal(HttpResponse &response);
    Result<std::size_t> readMore(std::string &into);
    Result<void> pingOrTimeout();
    Result<void> wait();
    Result<void> readMessages();
    Result<void> handle(const WebSocketMessage &message);
    void demultiplex(std::string_view message);
    void gather(std::string &stream, std::string_view piece, bool isStdout);
    void gatherStatus(std::string_view piece);
    Result<void> handleClose(std::string_view payload);
    void lost(const std::string &how);
    Result<ExecOutcome> finished();
    Error timeout(const std::string &detail) const { return {ErrorCode::Timeout, detail, nameOf(m_request)}; }

    CurlStream &m_stream;
    std::array<char, 32768> m_buffer{};
    const ExecRequest &m_request;
    const ExecTuning &m_tuning;
    SteadyClock::time_point m_deadline;
    WebSocketReader m_reader;
    std::string m_head; ///< bytes before the first frame
    ExecOutcome m_outcome;
    std::size_t m_received = 0;
    std::string m_statusText;
    std::optional<ExecStatus> m_status;
    bool m_over = false;
    SteadyClock::time_point m_started;
    SteadyClock::time_point m_lastHeard;
    SteadyClock::time_point m_nextPing;
    SteadyClock::time_point m_closeBy = SteadyClock::time_point::max();
};

Result<void> ExecSession::openUp(const HttpHeaders &credential)
{
    const WebSocketHandshake handshake({"v5.channel.k8s.io", "v4.channel.k8s.io"});
    const auto path = execPath(m_request);
    if (!path)
        return path.error();
    const ServerAddress &server = m_stream.server();
    const auto request = handshake.request(server.basePath + *path, server.authority(), credential);
    if (!request)
        return request.error();
    if (auto sent = m_stream.write(*request); !sent)
        return sent;
    auto response = readHead();
    if (!response)
        return response.error();
    if (response->status != 101) {
        if (auto read = readRefusal(*response); !read)
            return read;
        return execRefused(*response, nameOf(m_request));
    }
    const auto protocol = handshake.accepted(*response);
    if (!protocol)
        return Error{protocol.error().code, protocol.error().detail, server.url()};
    m_started = m_lastHeard = SteadyClock::now();
    m_nextPing = m_started + m_tuning.pingInterval;
    return {};
}

/// Appends what is there; 0 at the end of the stream. Blocks until the deadline.
Result<std::size_t> ExecSession::readMore(std::string &into)
{
    while (true) {
        const auto got = m_stream.read(m_buffer);
        if (!got)
            return got.error();
        if (*got) {
            into.append(m_buffer.data(), **got);
            return **got;
        }
        if (SteadyClock::now() >= m_deadline)
            return timeout("no answer in time");
        if (auto waited = m_stream.wait(m_deadline); !waited)
            return waited.error();
    }
}

Result<HttpResponse> ExecSession::readHead()
{
    while (true) {
        auto head = parseResponseHead(m_head);
        if (!head)
            return Error{head.error().code, head.error().detail, m_stream.server().url()};
        if (*head) {
            m_head.erase(0, (*head)->size);
            return std::move((*head)->response);
        }
        const auto got = readMore(m_head);
        if (!got)
            return got.error();
        if (*got == 0)
            return Error{ErrorCode::Unavailable, "the server closed the connection without an answer",
                         m_stream.server().url()};
    }
}

/// Gathers the body of an answer that is no upgrade; a body that is cut is taken as far as it came.
Result<void> ExecSession::readRefusal(HttpResponse &response)
{
    const std::string length(response.header("content-length"));
    std::size_t wanted = maxRefusal;
    if (!length.empty() && length.size() < 8 &&
        std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; }))
        wanted = std::min(wanted, std::size_t(std::stoul(length)));
    m_deadline = std::min(m_deadline, SteadyClock::now() + m_tuning.connectLimit);
    const bool chunked = !response.header("transfer-encoding").empty();
    while (m_head.size() < wanted && !(chunked && m_head.ends_with("0\r\n\r\n"))) {
        const auto got = readMore(m_head);
        if (!got && got.error().code == ErrorCode::Cancelled)
            return got.error();
        if (!got || *got == 0)
            break;
    }
    response.body = m_head.substr(0, wanted);
    return {};
}

Result<ExecOutcome> ExecSession::run()
{
    m_reader.feed(m_head);
    m_head.clear();
    while (true) {
        if (auto read = readMessages(); !read)
            return read.error();
        if (m_over || SteadyClock::now() >= m_closeBy)
            return finished();
        if (auto good = pingOrTimeout(); !good)
            return good.error();
        const auto got = m_stream.read(m_buffer);
        if (!got) {
            lost(got.error().detail);
        } else if (!*got) {
            if (auto waited = wait(); !waited)
                return waited.error();
        } else if (**got == 0) {
            lost("the connection ended");
        } else {
            m_lastHeard = SteadyClock::now();
            m_reader.feed({m_buffer.data(), **got});
        }
    }
}

Result<void> ExecSession::pingOrTimeout()
{
    const auto now = SteadyClock::now();
    if (now >= m_deadline)
        return timeout("the command did not end in time");
    if (now >= m_lastHeard + m_tuning.heartbeat)
        return timeout("the server does not answer pings");
    if (now >= m_nextPing) {
        m_nextPing = now + m_tuning.pingInterval;
        // A broken connection shows when it is read from, after what came before.
        (void)m_stream.write(webSocketFrame(WebSocketOpcode::Ping, {}));
    }
    return {};
}

Result<void> ExecSession::wait()
{
    const auto waited =
        m_stream.wait(std::min({m_deadline, m_lastHeard + m_tuning.heartbeat, m_nextPing, m_closeBy}));
    if (!waited && waited.error().code == ErrorCode::Cancelled)
        return waited;
    return {};
}

Result<void> ExecSession::readMessages()
{
    while (!m_over) {
        const auto message = m_reader.next();
        if (!message)
            return Error{message.error().code, message.error().detail, nameOf(m_request)};
        if (!*message)
            return {};
        if (auto handled = handle(**message); !handled)
            return handled;
    }
    return {};
}

Result<void> ExecSession::handle(const WebSocketMessage &message)
{
    switch (message.opcode) {
    case WebSocketOpcode::Binary:
        demultiplex(message.payload);
        return {};
    case WebSocketOpcode::Ping:
        (void)m_stream.write(webSocketFrame(WebSocketOpcode::Pong, message.payload));
        return {};
    case WebSocketOpcode::Pong:
        return {};
    case WebSocketOpcode::Close:
        return handleClose(message.payload);
    default:
        return Error{ErrorCode::Protocol, "the server sent text where bytes belong", nameOf(m_request)};
    }
}

void ExecSession::demultiplex(std::string_view message)
{
    // Servers begin with an empty message on each channel; [255, id] ends a stream (v5). Neither says
    // anything that we wait for.
    if (message.size() < 2)
        return;
    const auto channel = Channel(message.front());
    message.remove_prefix(1);
    if (channel == Channel::Stdout)
        gather(m_outcome.out, message, true);
    else if (channel == Channel::Stderr)
        gather(m_outcome.err, message, false);
    else if (channel == Channel::Status)
        gatherStatus(message);
}

void ExecSession::gather(std::string &stream, std::string_view piece, bool isStdout)
{
    m_received += piece.size();
    if (m_received > m_tuning.maxReceived)
        lost("more output than " + std::to_string(m_tuning.maxReceived) + " bytes");
    const std::size_t room = m_request.maxOutput - stream.size();
    if (piece.size() > room)
        m_outcome.truncated = true;
    piece = piece.substr(0, room);
    stream += piece;
    if (isStdout && m_request.onStdout && !piece.empty())
        m_request.onStdout(piece);
}

void ExecSession::gatherStatus(std::string_view piece)
{
    if (m_status || m_statusText.size() + piece.size() > maxStatus)
        return;
    m_statusText += piece;
    m_status = parseExecStatus(m_statusText);
    if (!m_status)
        return;
    const auto now = SteadyClock::now();
    m_outcome.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(now - m_started);
    m_closeBy = now + m_tuning.closeGrace;
}

Result<void> ExecSession::handleClose(std::string_view payload)
{
    const auto close = parseWebSocketClose(payload);
    if (!close)
        return Error{close.error().code, close.error().detail, nameOf(m_request)};
    (void)m_stream.write(webSocketFrame(WebSocketOpcode::Close, payload.substr(0, 2)));
    lost("the server closed the stream (" + std::to_string(close->code) +
         (close->reason.empty() ? "" : ", " + withoutControlCharacters(close->reason)) + ")");
    return {};
}

/// Ends the exec; without a Status before it `how` is all that is known of its end.
void ExecSession::lost(const std::string &how)
{
    m_over = true;
    if (!m_status)
        m_outcome.statusMessage = how + " before the command's exit code was told";
}

Result<ExecOutcome> ExecSession::finished()
{
    if (!m_status) {
        m_outcome.elapsed =
            std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - m_started);
        return std::move(m_outcome);
    }
    const bool isGone =
        m_status->code == 404 || m_status->message.find("container not found") != std::string::npos;
    if (!m_status->exitCode && isGone)
        return Error{ErrorCode::NotFound, m_status->message, nameOf(m_request)};
    if (!m_status->exitCode && m_status->code == 403)
        return Error{ErrorCode::PermissionDenied, m_status->message, nameOf(m_request)};
    m_outcome.exitCode = m_status->exitCode;
    m_outcome.statusMessage = m_status->message;
    return std::move(m_outcome);
}

} // namespace

Result<std::string> execPath(const ExecRequest &request)
{
    const Error incomplete{ErrorCode::InvalidInput, "exec needs a namespace, pod, container and command",
                           nameOf(request)};
    if (request.ns.empty() || request.pod.empty() || request.container.empty() || request.command.empty())
        return incomplete;
    std::string path = "/api/v1/namespaces/" + escaped(request.ns) + "/pods/" + escaped(request.pod) +
                       "/exec?container=" + escaped(request.container) + "&stdout=true&stderr=true";
    for (const std::string &argument : request.command)
        path += "&command=" + escaped(argument);
    return path;
}

Result<ExecOutcome> execOnce(const ClusterAccess &access, const Credential &credential,
                             const ExecRequest &request, const ExecTuning &tuning, const CancelToken &cancel)
{
    const auto now = SteadyClock::now();
    const auto deadline = now + request.deadline;
    auto stream = CurlStream::open(access, credential, std::min(deadline, now + tuning.connectLimit), cancel);
    if (!stream)
        return stream.error();
    ExecSession session(**stream, request, tuning, deadline);
    // Secrets never travel in the clear.
    const HttpHeaders headers = (*stream)->server().secure ? credential.headers : HttpHeaders{};
    if (auto opened = session.openUp(headers); !opened)
        return opened.error();
    return session.run();
}

} // namespace portolan::kube
