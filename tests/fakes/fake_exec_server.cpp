#include "tests/fakes/fake_exec_server.h"

#include "model/kube/websocket_handshake.h"

namespace portolan::fakes {

namespace {

void appendBigEndian(std::string &out, std::uint64_t value, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(char(value >> unsigned(shift) & 0xffU));
}

std::string decoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out.push_back(char(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16)));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

} // namespace

std::string frameBytes(const FakeFrame &frame)
{
    std::string bytes(1, char((frame.last ? 0x80U : 0U) | frame.reservedBits | frame.opcode));
    const unsigned mask = frame.masked ? 0x80U : 0U;
    const std::size_t size = frame.payload.size();
    if (size < 126) {
        bytes.push_back(char(mask | size));
    } else if (size < 0x10000) {
        bytes.push_back(char(mask | 126U));
        appendBigEndian(bytes, size, 2);
    } else {
        bytes.push_back(char(mask | 127U));
        appendBigEndian(bytes, size, 8);
    }
    if (frame.masked)
        bytes.append(4, '\0');
    return bytes + frame.payload;
}

bool FakeWebSocket::sendOn(std::uint8_t channel, std::string_view bytes)
{
    return send({0x2, std::string(1, char(channel)) + std::string(bytes)});
}

bool FakeWebSocket::sendClose(std::uint16_t code, std::string_view reason)
{
    std::string payload;
    appendBigEndian(payload, code, 2);
    return send({0x8, payload + std::string(reason)});
}

std::optional<FakeFrame> FakeWebSocket::receive()
{
    const auto need = [this](std::size_t size) {
        while (m_bytes.size() < size) {
            auto more = m_connection.readSome();
            if (!more)
                return false;
            m_bytes += *more;
        }
        return true;
    };
    // The frames that clients send here are short.
    if (!need(2) || !need(2 + (m_bytes[1] & 0x80 ? 4 : 0) + std::size_t(m_bytes[1] & 0x7f)))
        return std::nullopt;
    FakeFrame frame;
    frame.last = (m_bytes[0] & 0x80) != 0;
    frame.opcode = std::uint8_t(m_bytes[0] & 0xf);
    frame.masked = (m_bytes[1] & 0x80) != 0;
    const std::size_t size = m_bytes[1] & 0x7f;
    const std::size_t head = frame.masked ? 6 : 2;
    for (std::size_t i = 0; i < size; ++i)
        frame.payload.push_back(char(m_bytes[head + i] ^ (frame.masked ? m_bytes[2 + i % 4] : 0)));
    m_bytes.erase(0, head + size);
    return frame;
}

FakeReply upgrade(const FakeRequest &request, std::function<void(FakeWebSocket &)> talk,
                  const std::string &protocol)
{
    FakeReply reply;
    reply.status = 101;
    reply.headers = {{"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Accept", kube::webSocketAccept(request.header("sec-websocket-key"))}};
    if (!protocol.empty())
        reply.headers.emplace_back("Sec-WebSocket-Protocol", protocol);
    reply.takeOver = [talk = std::move(talk)](FakeConnection &connection) {
        FakeWebSocket socket(connection);
        talk(socket);
    };
    return reply;
}

FakeReply execReply(const FakeRequest &request, const std::string &out, int exitCode, const std::string &err)
{
    return upgrade(request, [=](FakeWebSocket &socket) {
        for (const std::uint8_t channel : {0, 1, 2, 3})
            socket.sendOn(channel, {});
        if (!out.empty())
            socket.sendOn(1, out);
        if (!err.empty())
            socket.sendOn(2, err);
        socket.sendOn(3, exitCode == 0 ? successStatus() : exitStatus(exitCode));
        socket.sendClose();
        socket.receive();
    });
}

std::string successStatus()
{
    return R"({"metadata":{},"status":"Success"})";
}

std::string exitStatus(int code)
{
    const std::string text = std::to_string(code);
    return R"({"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code",)"
           R"("reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":")" +
           text + R"("}]}})";
}

std::string failureStatus(int code, const std::string &reason, const std::string &message)
{
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")" + message +
           R"(","reason":")" + reason + R"(","code":)" + std::to_string(code) + "}";
}

std::vector<std::string> queryValues(const std::string &target, const std::string &key)
{
    std::vector<std::string> values;
    std::size_t at = target.find('?');
    while (at != std::string::npos) {
        const std::size_t next = target.find('&', at + 1);
        const std::string part = target.substr(at + 1, next == std::string::npos ? next : next - at - 1);
        if (part.starts_with(key + "="))
            values.push_back(decoded(std::string_view(part).substr(key.size() + 1)));
        at = next;
    }
    return values;
}

} // namespace portolan::fakes
