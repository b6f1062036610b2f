#pragma once

#include "tests/fakes/fake_api_server.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The server's end of exec over WebSocket, for FakeApiServer: correct where the test wants it, wrong
/// where it wants that.
namespace portolan::fakes {

struct FakeFrame
{
    std::uint8_t opcode = 0x2;
    std::string payload;
    bool last = true;
    std::uint8_t reservedBits = 0; ///< 0x70 sets all three
    bool masked = false;           ///< which a server must not
};

std::string frameBytes(const FakeFrame &frame);

class FakeWebSocket
{
public:
    explicit FakeWebSocket(FakeConnection &connection) : m_connection(connection) {}

    bool send(const FakeFrame &frame) { return m_connection.write(frameBytes(frame)); }
    /// A binary message on a channel: 1 stdout, 2 stderr, 3 Status.
    bool sendOn(std::uint8_t channel, std::string_view bytes);
    bool sendRaw(std::string_view bytes) { return m_connection.write(bytes); }
    bool sendClose(std::uint16_t code = 1000, std::string_view reason = {});
    /// The client's next frame, unmasked; `masked` tells whether it was. Nothing at the end of the stream.
    std::optional<FakeFrame> receive();
    FakeConnection &connection() { return m_connection; }

private:
    FakeConnection &m_connection;
    std::string m_bytes;
};

/// A correct 101 to `request` that chooses `protocol`, then `talk`, then the end of the connection.
FakeReply upgrade(const FakeRequest &request, std::function<void(FakeWebSocket &)> talk,
                  const std::string &protocol = "v5.channel.k8s.io");

/// What servers send: empty messages first, then output, the Status and a Close.
FakeReply execReply(const FakeRequest &request, const std::string &out, int exitCode = 0,
                    const std::string &err = {});

std::string successStatus();
std::string exitStatus(int code);
std::string failureStatus(int code, const std::string &reason, const std::string &message);

/// The values of `key` in the query of a target, decoded, in order.
std::vector<std::string> queryValues(const std::string &target, const std::string &key);

} // namespace portolan::fakes
