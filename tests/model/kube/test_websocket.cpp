#include "model/kube/exec_status.h"
#include "model/kube/websocket.h"
#include "model/kube/websocket_handshake.h"
#include "tests/fakes/fake_exec_server.h"

#include <QTest>

#include <random>
#include <set>

using namespace portolan;
using namespace portolan::kube;
using fakes::frameBytes;

namespace {

constexpr std::size_t bound = 1000;

/// Every message of `bytes`, fed in pieces of `piece`; or the error that ended it.
Result<std::vector<WebSocketMessage>> readAll(const std::string &bytes, std::size_t piece = 1)
{
    WebSocketReader reader(bound);
    std::vector<WebSocketMessage> messages;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        reader.feed(std::string_view(bytes).substr(at, piece));
        while (true) {
            auto message = reader.next();
            if (!message)
                return message.error();
            if (!*message)
                break;
            messages.push_back(std::move(**message));
        }
    }
    return messages;
}

HttpResponse upgradeFor(const std::string &request)
{
    const std::string name = "Sec-WebSocket-Key: ";
    const auto at = request.find(name) + name.size();
    const std::string key = request.substr(at, request.find("\r\n", at) - at);
    return {101,
            {{"upgrade", "WebSocket"},
             {"connection", "keep-alive, Upgrade"},
             {"sec-websocket-accept", webSocketAccept(key)},
             {"sec-websocket-protocol", "v4.channel.k8s.io"}},
            {}};
}

void setHeader(HttpResponse &response, const std::string &name, const std::string &value)
{
    for (auto &[key, old] : response.headers) {
        if (key == name) {
            old = value;
            return;
        }
    }
    response.headers.emplace_back(name, value);
}

} // namespace

class TestWebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptIsTheOneOfTheRfc()
    {
        // The example of RFC 6455, section 1.3.
        QCOMPARE(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    }

    void messagesAreWholeHoweverTheyAreCut()
    {
        const std::string bytes = frameBytes({0x2, "first", false}) + frameBytes({0x9, "ping"}) +
                                  frameBytes({0x0, "", false}) + frameBytes({0x0, "-last"}) +
                                  frameBytes({0x2, std::string(700, 'x')}) + frameBytes({0x1, "text"}) +
                                  frameBytes({0x2, ""});
        for (const std::size_t piece : {1, 2, 3, 7, 4096}) {
            const auto messages = readAll(bytes, piece);
            QVERIFY(messages.has_value());
            QCOMPARE(messages->size(), std::size_t(5));
            QCOMPARE((*messages)[0].opcode, WebSocketOpcode::Ping);
            QCOMPARE((*messages)[1].payload, std::string("first-last"));
            QCOMPARE((*messages)[2].payload, std::string(700, 'x'));
            QCOMPARE((*messages)[3].opcode, WebSocketOpcode::Text);
            QCOMPARE((*messages)[4].payload, std::string());
        }
    }

    void brokenFramesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const std::string &bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes);
        };
        row("masked by the server", frameBytes({0x2, "a", true, 0, true}));
        row("reserved bits", frameBytes({0x2, "a", true, 0x40}));
        row("reserved opcode", frameBytes({0x3, "a"}));
        row("reserved control opcode", frameBytes({0xb, "a"}));
        row("fragmented ping", frameBytes({0x9, "a", false}));
        row("long ping", frameBytes({0x9, std::string(126, 'a')}));
        row("continuation of nothing", frameBytes({0x0, "a"}));
        row("message inside a message", frameBytes({0x2, "a", false}) + frameBytes({0x2, "b"}));
        row("overlong length of two bytes", std::string("\x82\x7e\x00\x05hello", 9));
        row("overlong length of eight bytes", std::string("\x82\x7f\0\0\0\0\0\0\xff\xff", 10));
        row("another protocol", "SSH-2.0-OpenSSH_9.2\r\n");
    }

    void brokenFramesAreErrors()
    {
        QFETCH(QByteArray, bytes);
        const auto messages = readAll(bytes.toStdString());
        QVERIFY(!messages);
        QCOMPARE(messages.error().code, ErrorCode::Protocol);
    }

    void oversizedMessagesAreRefusedBeforeTheyCome()
    {
        // Only the header is there: nothing may be allocated for what it announces.
        const auto huge = readAll(std::string("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10));
        QVERIFY(!huge);
        QCOMPARE(huge.error().code, ErrorCode::TooLarge);
        const auto pieces = readAll(frameBytes({0x2, std::string(600, 'a'), false}) +
                                    frameBytes({0x0, std::string(401, 'a')}));
        QVERIFY(!pieces);
        QCOMPARE(pieces.error().code, ErrorCode::TooLarge);
        QVERIFY(readAll(frameBytes({0x2, std::string(600, 'a'), false}) +
                        frameBytes({0x0, std::string(400, 'a')}))
                    .has_value());
    }

    void anErrorStays()
    {
        WebSocketReader reader(bound);
        reader.feed(frameBytes({0x3, "a"}));
        QVERIFY(!reader.next());
        reader.feed(frameBytes({0x2, "a"}));
        QVERIFY(!reader.next());
    }

    void clientFramesAreMaskedDifferentlyEachTime()
    {
        std::set<std::string> masks;
        for (const std::size_t size : {0, 5, 125, 126, 65535, 65536}) {
            const std::string payload(size, 'p');
            const std::string frame = webSocketFrame(WebSocketOpcode::Binary, payload);
            const std::size_t head = size < 126 ? 2 : size < 65536 ? 4 : 10;
            QVERIFY(std::uint8_t(frame[1]) & 0x80U);
            QCOMPARE(frame.size(), head + 4 + size);
            const std::string mask = frame.substr(head, 4);
            masks.insert(mask);
            std::string plain;
            for (std::size_t i = 0; i < size; ++i)
                plain.push_back(char(frame[head + 4 + i] ^ mask[i % 4]));
            QVERIFY(plain == payload);
        }
        QVERIFY(masks.size() > 4);
    }

    void closeCodesAreChecked()
    {
        QCOMPARE(int(parseWebSocketClose("")->code), 1005);
        const auto normal = parseWebSocketClose(std::string("\x03\xe8") + "bye");
        QCOMPARE(int(normal->code), 1000);
        QCOMPARE(normal->reason, std::string("bye"));
        QVERIFY(!parseWebSocketClose("\x03"));
        for (const int code : {0, 999, 1004, 1005, 1006, 1015, 2000, 5000}) {
            const std::string payload{char(code >> 8), char(code & 0xff)};
            QVERIFY2(!parseWebSocketClose(payload), std::to_string(code).c_str());
        }
        for (const int code : {1000, 1003, 1007, 1011, 1014, 3000, 4999}) {
            const std::string payload{char(code >> 8), char(code & 0xff)};
            QVERIFY2(parseWebSocketClose(payload).has_value(), std::to_string(code).c_str());
        }
    }

    /// Random frames, cut at random places and at times damaged: the reader always ends in messages or an
    /// error, never holds more than its bound, and reads undamaged ones exactly.
    void randomFramesNeverSurprise()
    {
        std::mt19937 random(20261122); // NOLINT: the same run every time
        const auto below = [&](unsigned n) { return unsigned(random() % n); };
        for (int round = 0; round < 3000; ++round) {
            std::string bytes;
            std::vector<std::string> sent;
            for (unsigned message = 0, messages = 1 + below(5); message < messages; ++message) {
                std::string whole;
                for (unsigned piece = 0, pieces = 1 + below(3); piece < pieces; ++piece) {
                    std::string part(below(200), char(random()));
                    bytes += frameBytes({std::uint8_t(piece == 0 ? 0x2 : 0x0), part, piece + 1 == pieces});
                    whole += part;
                    if (below(4) == 0)
                        bytes +=
                            frameBytes({std::uint8_t(below(2) ? 0x9 : 0xa), std::string(below(126), 'c')});
                }
                sent.push_back(whole);
            }
            const bool damaged = below(2) == 0;
            if (damaged) {
                for (unsigned i = 0, hits = 1 + below(4); i < hits; ++i)
                    bytes[below(unsigned(bytes.size()))] = char(random());
            }
            const auto messages = readAll(bytes, 1 + below(300));
            if (!damaged) {
                QVERIFY(messages.has_value());
                std::vector<std::string> read;
                for (const auto &message : *messages) {
                    if (message.opcode == WebSocketOpcode::Binary)
                        read.push_back(message.payload);
                }
                QVERIFY(read == sent);
            } else if (messages) {
                for (const auto &message : *messages)
                    QVERIFY(message.payload.size() <= bound);
            } else {
                QVERIFY(messages.error().code == ErrorCode::Protocol ||
                        messages.error().code == ErrorCode::TooLarge);
            }
        }
    }

    void handshakeAsksForWhatItOffers()
    {
        const WebSocketHandshake handshake({"v5.channel.k8s.io", "v4.channel.k8s.io"});
        const auto request = handshake.request("/exec?x=1", "host:6443", {{"authorization", "Bearer abc"}});
        QVERIFY(request.has_value());
        QVERIFY(request->starts_with("GET /exec?x=1 HTTP/1.1\r\nHost: host:6443\r\n"));
        QVERIFY(request->ends_with("\r\n\r\n"));
        for (const char *line : {"\r\nUpgrade: websocket\r\n", "\r\nConnection: Upgrade\r\n",
                                 "\r\nSec-WebSocket-Version: 13\r\n", "\r\nauthorization: Bearer abc\r\n",
                                 "\r\nSec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n"})
            QVERIFY2(request->find(line) != std::string::npos, line);
        const WebSocketHandshake other({"a"});
        QVERIFY(*request != *other.request("/exec?x=1", "host:6443", {{"authorization", "Bearer abc"}}));
    }

    void nothingCanBeSmuggledIntoTheHandshake()
    {
        const WebSocketHandshake handshake({"a"});
        QVERIFY(!handshake.request("/a b", "h", {}));
        QVERIFY(!handshake.request("/a\r\nX: y", "h", {}));
        QVERIFY(!handshake.request("relative", "h", {}));
        QVERIFY(!handshake.request("/", "h\r\nX: y", {}));
        QVERIFY(!handshake.request("/", "h", {{"a", "b\r\nX: y"}}));
        QVERIFY(!handshake.request("/", "h", {{"a:\n", "b"}}));
        QVERIFY(handshake.request("/", "h", {{"a", "b c"}}).has_value());
    }

    void badHandshake_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("no upgrade") << QByteArray("upgrade") << QByteArray("h2c");
        QTest::newRow("no connection") << QByteArray("connection") << QByteArray("keep-alive");
        QTest::newRow("accept of another key")
            << QByteArray("sec-websocket-accept") << QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        QTest::newRow("protocol that nobody offered")
            << QByteArray("sec-websocket-protocol") << QByteArray("channel.k8s.io");
        QTest::newRow("no protocol") << QByteArray("sec-websocket-protocol") << QByteArray("");
        QTest::newRow("extension") << QByteArray("sec-websocket-extensions")
                                   << QByteArray("permessage-deflate");
    }

    void badHandshake()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        const WebSocketHandshake handshake({"v5.channel.k8s.io", "v4.channel.k8s.io"});
        HttpResponse response = upgradeFor(*handshake.request("/", "h", {}));
        QCOMPARE(handshake.accepted(response).value_or(""), std::string("v4.channel.k8s.io"));
        setHeader(response, header.toStdString(), value.toStdString());
        const auto accepted = handshake.accepted(response);
        QVERIFY(!accepted);
        QCOMPARE(accepted.error().code, ErrorCode::Protocol);
    }

    void responseHeadsAreParsedOrRefused()
    {
        const std::string text = "HTTP/1.1 403 Forbidden\r\nA-Name:  value \r\nEmpty:\r\n\r\nbody";
        for (std::size_t size = 0; size < text.size() - 4; ++size) {
            const auto part = parseResponseHead(std::string_view(text).substr(0, size));
            QVERIFY(part.has_value());
            QVERIFY(!*part);
        }
        const auto head = parseResponseHead(text);
        QVERIFY(head.has_value() && head->has_value());
        QCOMPARE((*head)->response.status, 403);
        QCOMPARE((*head)->response.header("a-name"), std::string_view("value"));
        QCOMPARE((*head)->size, text.size() - 4);
        for (const std::string bad : {"SSH-2.0", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
                                      "HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"})
            QVERIFY2(!parseResponseHead(bad), bad.c_str());
        QVERIFY(!parseResponseHead("HTTP/1.1 200 OK\r\n" + std::string(70'000, 'a')));
    }

    void statusTellsTheExitCodeOrNothing()
    {
        QCOMPARE(parseExecStatus(fakes::successStatus())->exitCode, std::optional<int>(0));
        QCOMPARE(parseExecStatus(fakes::exitStatus(124))->exitCode, std::optional<int>(124));
        for (const char *code : {"0", "256", "-1", "1x", "", "99999999999999999999"}) {
            std::string text = fakes::exitStatus(77);
            text.replace(text.find("77"), 2, code);
            QVERIFY2(!parseExecStatus(text)->exitCode, code);
        }
        const auto failure = parseExecStatus(fakes::failureStatus(500, "InternalError", "exec failed"));
        QVERIFY(!failure->exitCode);
        QCOMPARE(failure->message, std::string("exec failed"));
        QCOMPARE(failure->code, 500);
        for (const char *text : {"", "{", "[]", "null", "{}", R"({"status":7})", R"({"status":"success"})",
                                 R"({"status":"Success")", "\xff\xfe"})
            QVERIFY2(!parseExecStatus(text), text);
        const auto odd = parseExecStatus(
            R"({"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[1,{"reason":2},{}]}})");
        QVERIFY(odd && !odd->exitCode && !odd->message.empty());
    }

    void refusalsSayWhatTheyAre()
    {
        const auto rights = execRefused(
            {403, {}, fakes::failureStatus(403, "Forbidden", "User x cannot create pods/exec")}, "Pod a/b");
        QCOMPARE(rights.code, ErrorCode::PermissionDenied);
        QVERIFY(rights.detail.find("User x cannot create pods/exec") != std::string::npos);
        const auto bare = execRefused({403, {}, "\n"}, "Pod a/b");
        QCOMPARE(bare.code, ErrorCode::Unsupported);
        QVERIFY(bare.detail.find("no missing permission") != std::string::npos);
        QCOMPARE(execRefused({404, {}, fakes::failureStatus(404, "NotFound", "pods b not found")}, "w").code,
                 ErrorCode::NotFound);
        QCOMPARE(execRefused({400, {}, "container required"}, "w").code, ErrorCode::InvalidInput);
        QCOMPARE(execRefused({401, {}, ""}, "w").code, ErrorCode::Unauthorized);
        QCOMPARE(execRefused({429, {}, "slow down"}, "w").code, ErrorCode::Unavailable);
        QCOMPARE(execRefused({502, {}, "<html>"}, "w").code, ErrorCode::Unavailable);
        QCOMPARE(execRefused({200, {}, "<html>"}, "w").code, ErrorCode::Protocol);
        QCOMPARE(execRefused({302, {}, ""}, "w").code, ErrorCode::Protocol);
        QVERIFY(execRefused({500, {}, std::string("a\x1b[31m\nb")}, "w").detail.find('\x1b') ==
                std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestWebSocket)
#include "test_websocket.moc"
