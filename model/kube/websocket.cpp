#include "model/kube/websocket.h"

#include <QtCore/QRandomGenerator>

#include <cassert>

namespace portolan::kube {

namespace {

constexpr std::size_t maxControlPayload = 125;

Error violation(std::string detail)
{
    return {ErrorCode::Protocol, "WebSocket: " + std::move(detail), {}};
}

bool isControl(WebSocketOpcode opcode)
{
    return (std::uint8_t(opcode) & 0x8U) != 0;
}

bool isKnown(std::uint8_t opcode)
{
    return opcode <= 0x2 || (opcode >= 0x8 && opcode <= 0xa);
}

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes)
        value = value << 8U | std::uint8_t(c);
    return value;
}

void appendBigEndian(std::string &out, std::uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(char(value >> unsigned(shift) & 0xffU));
}

/// RFC 6455, section 7.4: 1004, 1005, 1006 and 1015 never travel; 3000 to 4999 belong to applications.
bool maySend(std::uint16_t code)
{
    if (code >= 3000 && code <= 4999)
        return true;
    return code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
}

} // namespace

WebSocketReader::WebSocketReader(std::size_t maxMessage) : m_maxMessage(maxMessage) {}

void WebSocketReader::feed(std::string_view bytes)
{
    if (m_broken)
        return;
    m_bytes.erase(0, m_at);
    m_at = 0;
    m_bytes.append(bytes);
}

Result<std::optional<WebSocketReader::Header>> WebSocketReader::readHeader() const
{
    const std::string_view bytes = rest();
    if (bytes.size() < 2)
        return std::optional<Header>();
    const auto first = std::uint8_t(bytes[0]);
    const auto second = std::uint8_t(bytes[1]);
    if ((first & 0x70U) != 0)
        return violation("reserved bits without an extension");
    if (!isKnown(first & 0xfU))
        return violation("reserved opcode");
    if ((second & 0x80U) != 0)
        return violation("the server masked a frame");
    Header header{(first & 0x80U) != 0, WebSocketOpcode(first & 0xfU), second & 0x7fU, 2};
    const std::size_t extra = header.length == 126 ? 2 : header.length == 127 ? 8 : 0;
    if (extra == 0)
        return std::optional(header);
    if (bytes.size() < 2 + extra)
        return std::optional<Header>();
    header.length = bigEndian(bytes.substr(2, extra));
    header.size += extra;
    if (header.length < (extra == 2 ? 126U : 0x10000U))
        return violation("a length in more bytes than it needs");
    return std::optional(header);
}

Result<void> WebSocketReader::check(const Header &header) const
{
    if (isControl(header.opcode)) {
        if (!header.last || header.length > maxControlPayload)
            return violation("a fragmented or oversized control frame");
        return {};
    }
    if (header.opcode == WebSocketOpcode::Continuation && !m_unfinished)
        return violation("a continuation of nothing");
    if (header.opcode != WebSocketOpcode::Continuation && m_unfinished)
        return violation("a new message inside another one");
    const std::size_t have = m_unfinished ? m_unfinished->payload.size() : 0;
    if (header.length > m_maxMessage - have)
        return Error{ErrorCode::TooLarge,
                     "WebSocket: a message of more than " + std::to_string(m_maxMessage) + " bytes",
                     {}};
    return {};
}

Result<std::optional<WebSocketMessage>> WebSocketReader::take(const Header &header)
{
    const std::string_view payload = rest().substr(header.size, std::size_t(header.length));
    m_at += header.size + payload.size();
    if (isControl(header.opcode))
        return std::optional(WebSocketMessage{header.opcode, std::string(payload)});
    if (header.opcode == WebSocketOpcode::Continuation)
        m_unfinished->payload.append(payload);
    else
        m_unfinished = WebSocketMessage{header.opcode, std::string(payload)};
    std::optional<WebSocketMessage> whole;
    if (header.last)
        whole.swap(m_unfinished);
    return whole;
}

Result<std::optional<WebSocketMessage>> WebSocketReader::next()
{
    while (!m_broken) {
        const auto header = readHeader();
        if (!header) {
            m_broken = header.error();
            break;
        }
        if (!*header)
            return std::optional<WebSocketMessage>();
        if (const auto good = check(**header); !good) {
            m_broken = good.error();
            break;
        }
        if (rest().size() - (*header)->size < (*header)->length)
            return std::optional<WebSocketMessage>();
        auto message = take(**header);
        if (message->has_value())
            return message;
    }
    return *m_broken;
}

std::string webSocketFrame(WebSocketOpcode opcode, std::string_view payload)
{
    assert(!isControl(opcode) || payload.size() <= maxControlPayload);
    std::string frame(1, char(0x80U | std::uint8_t(opcode)));
    if (payload.size() < 126) {
        frame.push_back(char(0x80U | payload.size()));
    } else if (payload.size() < 0x10000) {
        frame.push_back(char(0x80U | 126U));
        appendBigEndian(frame, payload.size(), 2);
    } else {
        frame.push_back(char(0x80U | 127U));
        appendBigEndian(frame, payload.size(), 8);
    }
    std::string mask;
    // The mask must not be predictable for the one who chose the payload (RFC 6455, section 10.3).
    appendBigEndian(mask, QRandomGenerator::system()->generate(), 4);
    frame += mask;
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame.push_back(char(payload[i] ^ mask[i % 4]));
    return frame;
}

Result<WebSocketClose> parseWebSocketClose(std::string_view payload)
{
    if (payload.empty())
        return WebSocketClose{};
    if (payload.size() == 1)
        return violation("a close frame with half a code");
    const auto code = std::uint16_t(bigEndian(payload.substr(0, 2)));
    if (!maySend(code))
        return violation("close code " + std::to_string(code));
    return WebSocketClose{code, std::string(payload.substr(2))};
}

} // namespace portolan::kube
