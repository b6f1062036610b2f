#include "model/kube/websocket_handshake.h"

#include "model/base/ascii_case.h"

#include <QtCore/QByteArray>
#include <QtCore/QCryptographicHash>
#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <array>
#include <charconv>

namespace portolan::kube {

namespace {

constexpr std::size_t maxHead = std::size_t{64} << 10;

Error badHandshake(std::string detail)
{
    return {ErrorCode::Protocol, "WebSocket handshake: " + std::move(detail), {}};
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Whether a comma-separated header has `token`, in any case.
bool hasToken(std::string_view header, std::string_view token)
{
    while (!header.empty()) {
        const auto comma = header.find(',');
        if (lowered(trimmed(header.substr(0, comma))) == token)
            return true;
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
    }
    return false;
}

bool isVisible(std::string_view text, bool spaces)
{
    return std::all_of(text.begin(), text.end(), [spaces](unsigned char c) {
        return (c > 0x20 && c != 0x7f) || (spaces && (c == ' ' || c == '\t'));
    });
}

std::string joined(const std::vector<std::string> &parts)
{
    std::string all;
    for (const std::string &part : parts)
        all += (all.empty() ? "" : ", ") + part;
    return all;
}

std::optional<int> statusOf(std::string_view line)
{
    int status = 0;
    if (!line.starts_with("HTTP/1.") || line.size() < 12 || line[8] != ' ')
        return std::nullopt;
    const auto [end, error] = std::from_chars(line.data() + 9, line.data() + 12, status);
    if (error != std::errc() || end != line.data() + 12 || status < 100)
        return std::nullopt;
    return status;
}

} // namespace

WebSocketHandshake::WebSocketHandshake(std::vector<std::string> protocols) : m_protocols(std::move(protocols))
{
    std::array<quint32, 4> nonce{};
    QRandomGenerator::system()->fillRange(nonce.data(), qsizetype(nonce.size()));
    m_key = QByteArray(reinterpret_cast<const char *>(nonce.data()), sizeof nonce).toBase64().toStdString();
}

Result<std::string> WebSocketHandshake::request(std::string_view target, std::string_view host,
                                                const HttpHeaders &headers) const
{
    if (!target.starts_with('/') || !isVisible(target, false) || !isVisible(host, false))
        return Error{ErrorCode::InvalidInput, "not a request path", withoutControlCharacters(target)};
    std::string text = "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) +
                       "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                       "\r\nSec-WebSocket-Key: " +
                       m_key + "\r\nSec-WebSocket-Protocol: " + joined(m_protocols) +
                       "\r\nUser-Agent: portolan/" PORTOLAN_VERSION "\r\n";
    for (const auto &[name, value] : headers) {
        if (name.empty() || !isVisible(name, false) || !isVisible(value, true))
            return Error{
                ErrorCode::InvalidInput, "header " + withoutControlCharacters(name) + " is malformed", {}};
        text.append(name).append(": ").append(value).append("\r\n");
    }
    return text + "\r\n";
}

Result<std::string> WebSocketHandshake::accepted(const HttpResponse &response) const
{
    if (!hasToken(response.header("upgrade"), "websocket") ||
        !hasToken(response.header("connection"), "upgrade"))
        return badHandshake("the answer does not upgrade to websocket");
    if (trimmed(response.header("sec-websocket-accept")) != webSocketAccept(m_key))
        return badHandshake("Sec-WebSocket-Accept does not belong to our key");
    if (!trimmed(response.header("sec-websocket-extensions")).empty())
        return badHandshake("the server uses an extension that nobody offered");
    const std::string chosen(trimmed(response.header("sec-websocket-protocol")));
    if (chosen.empty())
        return badHandshake("the server chose none of " + joined(m_protocols));
    if (std::find(m_protocols.begin(), m_protocols.end(), chosen) == m_protocols.end())
        return badHandshake("the server chose the subprotocol \"" + chosen + "\", which nobody offered");
    return chosen;
}

std::string webSocketAccept(std::string_view key)
{
    QByteArray text(key.data(), qsizetype(key.size()));
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64().toStdString();
}

Result<std::optional<ResponseHead>> parseResponseHead(std::string_view bytes)
{
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        constexpr std::string_view start = "HTTP/1.";
        if (bytes.size() > maxHead || bytes.substr(0, start.size()) != start.substr(0, bytes.size()))
            return badHandshake("the peer does not speak HTTP/1.1");
        return std::optional<ResponseHead>();
    }
    ResponseHead head;
    head.size = end + 4;
    std::string_view lines = bytes.substr(0, end + 2);
    const auto status = statusOf(lines.substr(0, lines.find("\r\n")));
    if (!status)
        return badHandshake("the peer does not speak HTTP/1.1");
    head.response.status = *status;
    lines.remove_prefix(lines.find("\r\n") + 2);
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find("\r\n"));
        lines.remove_prefix(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos)
            return badHandshake("a header without a colon");
        head.response.headers.emplace_back(lowered(trimmed(line.substr(0, colon))),
                                           trimmed(line.substr(colon + 1)));
    }
    return std::optional(std::move(head));
}

} // namespace portolan::kube
