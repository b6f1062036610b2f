#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The frames of RFC 6455 as a client sends and reads them; no socket in here.
namespace portolan::kube {

enum class WebSocketOpcode : std::uint8_t {
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xa,
};

/// A whole message: Text and Binary put together from their fragments, or a control frame.
struct WebSocketMessage
{
    WebSocketOpcode opcode = WebSocketOpcode::Binary;
    std::string payload;
};

/// What a Close frame says. 1005 stands for "no code was sent" (RFC 6455, section 7.1.5).
struct WebSocketClose
{
    std::uint16_t code = 1005;
    std::string reason;
};

/// Puts a server's bytes together into messages, however they are cut. Masked frames, reserved bits and
/// opcodes, fragmented or long control frames, continuations of nothing, overlong lengths and bad close
/// codes are errors, after which nothing more is read.
class WebSocketReader
{
public:
    /// `maxMessage` bounds one message in bytes, put together from however many frames.
    explicit WebSocketReader(std::size_t maxMessage);

    void feed(std::string_view bytes);
    /// The next whole message, or nothing until more is fed. Errors: Protocol, TooLarge.
    Result<std::optional<WebSocketMessage>> next();

private:
    struct Header
    {
        bool last = false;
        WebSocketOpcode opcode = WebSocketOpcode::Binary;
        std::uint64_t length = 0;
        std::size_t size = 0; ///< of the header itself
    };

    Result<std::optional<Header>> readHeader() const;
    Result<void> check(const Header &header) const;
    Result<std::optional<WebSocketMessage>> take(const Header &header);
    std::string_view rest() const { return std::string_view(m_bytes).substr(m_at); }

    std::size_t m_maxMessage;
    std::string m_bytes;
    std::size_t m_at = 0;
    std::optional<WebSocketMessage> m_unfinished;
    std::optional<Error> m_broken;
};

/// One unfragmented frame as a client must send it, masked with four random bytes.
/// Precondition: a control frame's payload has at most 125 bytes.
std::string webSocketFrame(WebSocketOpcode opcode, std::string_view payload);

/// Reads a Close frame's payload. Error Protocol: half a code, or a code that may not be sent.
Result<WebSocketClose> parseWebSocketClose(std::string_view payload);

} // namespace portolan::kube
