#pragma once

#include "model/kube/http_transport.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::kube {

/// The opening handshake of RFC 6455, section 4, from the client's side; no socket in here.
class WebSocketHandshake
{
public:
    /// Offers these subprotocols, best first. The nonce is random.
    explicit WebSocketHandshake(std::vector<std::string> protocols);

    /// The GET request. Error InvalidInput: what cannot stand in a request line or header.
    Result<std::string> request(std::string_view target, std::string_view host,
                                const HttpHeaders &headers) const;

    /// Checks a 101: Upgrade, Connection, Sec-WebSocket-Accept, no extension, and that the subprotocol
    /// is one that was offered; gives that one. Error Protocol.
    Result<std::string> accepted(const HttpResponse &response) const;

private:
    std::vector<std::string> m_protocols;
    std::string m_key;
};

/// The answer to a key (section 4.2.2, step 5.4).
std::string webSocketAccept(std::string_view key);

/// Status line and headers out of the front of `bytes`, with the number of bytes they take; nothing while
/// the empty line is missing. Error Protocol for what is no HTTP/1.1 answer.
struct ResponseHead
{
    HttpResponse response;
    std::size_t size = 0;
};
Result<std::optional<ResponseHead>> parseResponseHead(std::string_view bytes);

} // namespace portolan::kube
