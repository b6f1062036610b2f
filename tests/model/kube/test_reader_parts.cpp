#include "model/kube/api_error.h"
#include "model/kube/api_paths.h"
#include "model/kube/backoff.h"
#include "model/kube/line_splitter.h"
#include "model/kube/list_slots.h"
#include "model/kube/server_version.h"

#include "model/cluster/decode.h"

#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace std::chrono_literals;

namespace {

const ResourceType pods{"", "v1", "Pod", "pods", true};
const ResourceType nodes{"", "v1", "Node", "nodes", false};
const ResourceType policies{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true};

std::vector<std::string> linesOf(const std::vector<std::string> &chunks, LineSplitter &splitter)
{
    std::vector<std::string> lines;
    for (const std::string &chunk : chunks) {
        const auto fed = splitter.feed(chunk, [&](std::string_view line) {
            lines.emplace_back(line);
            return true;
        });
        if (!fed)
            lines.push_back("error: " + fed.error().oneLine());
    }
    return lines;
}

HttpResponse response(int status, std::string body, HttpHeaders headers = {})
{
    return {status, std::move(headers), std::move(body)};
}

} // namespace

class TestReaderParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initBackoff()
    {
        Backoff backoff(1);
        Backoff::Instant now{1h};
        std::chrono::milliseconds length = 800ms;
        for (int attempt = 0; attempt < 12; ++attempt) {
            const auto wait = backoff.next(now);
            QVERIFY2(wait >= length && wait <= 2 * length, std::to_string(wait.count()).c_str());
            now += wait;
            length = std::min<std::chrono::milliseconds>(length * 2, 30s);
        }
    }

    void backoffStartsAnewAfterTwoQuietMinutes()
    {
        Backoff backoff(2);
        Backoff::Instant now{1h};
        for (int attempt = 0; attempt < 8; ++attempt)
            now += backoff.next(now);
        QVERIFY(backoff.next(now) >= 30s);
        now += 2min;
        QVERIFY(backoff.next(now) >= 30s); // its own wait of up to a minute is part of that time
        now += 3min + 1s;
        QVERIFY(backoff.next(now) <= 1600ms);
    }

    void backoffDiffersBetweenClients()
    {
        QVERIFY(Backoff(3).next({}) != Backoff(4).next({}));
        QCOMPARE(Backoff(3).next({}), Backoff(3).next({}));
    }

    void retryAfterIsHonouredAndBounded()
    {
        Backoff backoff(5);
        QCOMPARE(backoff.next(Backoff::Instant{1h}, 20s), 20'000ms);
        QCOMPARE(backoff.next(Backoff::Instant{1h}, 24h), std::chrono::milliseconds(5min));
    }

    void linesComeWholeWhateverTheChunks()
    {
        const std::string text = "{\"a\":\"h\xc3\xa9\xe2\x82\xac\"}\n\r\n{\"b\":2}\r\n{\"c\":3}\n";
        const std::vector<std::string> expected{"{\"a\":\"h\xc3\xa9\xe2\x82\xac\"}", "{\"b\":2}",
                                                "{\"c\":3}"};
        for (std::size_t size = 1; size <= text.size(); ++size) {
            std::vector<std::string> chunks;
            for (std::size_t at = 0; at < text.size(); at += size)
                chunks.push_back(text.substr(at, size));
            LineSplitter splitter(100);
            QCOMPARE(linesOf(chunks, splitter), expected);
        }
    }

    void aCutLineIsNotHandedOut()
    {
        LineSplitter splitter(100);
        QCOMPARE(linesOf({"{\"a\":1}\n{\"b\""}, splitter), std::vector<std::string>{"{\"a\":1}"});
    }

    void aLineTooLongIsAnError()
    {
        LineSplitter atOnce(10);
        QCOMPARE(linesOf({"12345678901\n"}, atOnce).front(),
                 std::string("error: a line is longer than 10 bytes"));
        LineSplitter inPieces(10);
        const auto lines = linesOf({"1234567890", "\n123", "456", "7890", "1"}, inPieces);
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[0], std::string("1234567890"));
        QVERIFY(lines[1].starts_with("error"));
    }

    void takingCanStop()
    {
        LineSplitter splitter(10);
        int taken = 0;
        QVERIFY(splitter.feed("1\n2\n3\n", [&](std::string_view) { return ++taken < 2; }).has_value());
        QCOMPARE(taken, 2);
    }

    void pathsAreThoseOfTheApi()
    {
        QCOMPARE(collectionPath(pods, ""), std::string("/api/v1/pods"));
        QCOMPARE(collectionPath(pods, "shop"), std::string("/api/v1/namespaces/shop/pods"));
        QCOMPARE(collectionPath(nodes, "shop"), std::string("/api/v1/nodes"));
        QCOMPARE(collectionPath(policies, ""), std::string("/apis/networking.k8s.io/v1/networkpolicies"));
        QCOMPARE(collectionPath(pods, "../x y"), std::string("/api/v1/namespaces/..%2Fx%20y/pods"));
    }

    void listQueriesNeverMixVersionAndContinue()
    {
        QCOMPARE(listPath(pods, "", {"0", 500, "", ""}),
                 std::string("/api/v1/pods?limit=500&resourceVersion=0"));
        QCOMPARE(listPath(pods, "", {"0", 500, "a=/b", "type!=Normal"}),
                 std::string("/api/v1/pods?fieldSelector=type%21%3DNormal&limit=500&continue=a%3D%2Fb"));
    }

    void initialEventsAlwaysSayHowTheVersionMatches()
    {
        const std::string path = watchPath(pods, "", {"", 300s, true, ""});
        QVERIFY(path.find("sendInitialEvents=true") != std::string::npos);
        QVERIFY(path.find("resourceVersionMatch=NotOlderThan") != std::string::npos);
        const std::string plain = watchPath(pods, "", {"7", 300s, false, ""});
        QCOMPARE(
            plain,
            std::string(
                "/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=300"));
    }

    void failuresAreReadFromStatusOrFromAnything()
    {
        const auto expired = failureOf(
            response(410, R"({"kind":"Status","message":"too old","reason":"Expired","code":410})"), "/p");
        QVERIFY(expired.isExpired());
        QCOMPARE(expired.error.oneLine(), std::string("/p: too old"));

        const auto busy = failureOf(response(429, "slow down\n", {{"retry-after", "7"}}), "/p");
        QCOMPARE(busy.error.code, ErrorCode::Unavailable);
        QCOMPARE(busy.retryAfter, 7'000ms);
        QCOMPARE(busy.error.detail, std::string("slow down "));

        QCOMPARE(failureOf(response(503, "", {{"retry-after", "-3"}}), "/p").retryAfter, 0ms);
        QCOMPARE(failureOf(response(503, "", {{"retry-after", "Wed, 25 Nov 2026"}}), "/p").retryAfter, 0ms);
        QCOMPARE(failureOf(response(503, ""), "/p").error.detail, std::string("HTTP 503"));
        QVERIFY(failureOf(response(403, "{}"), "/p").isForbidden());
        QVERIFY(failureOf(response(401, "<html>"), "/p").isForbidden());
        QCOMPARE(failureOf(response(302, ""), "/p").error.code, ErrorCode::Protocol);
    }

    void tooLargeResourceVersionIsTold()
    {
        const auto large = failureOf(
            response(
                504,
                R"({"kind":"Status","message":"Timeout: Too large resource version: 9, current: 3","code":504})"),
            "/p");
        QVERIFY(large.tooLargeVersion);
        const auto slow =
            failureOf(response(504, R"({"kind":"Status","message":"timed out","code":504})"), "/p");
        QVERIFY(!slow.tooLargeVersion);
    }

    void expiryInAWatchIsTold()
    {
        QVERIFY(failureOf(ApiStatus{410, "Expired", "too old", 0}, "/p").isExpired());
        QVERIFY(failureOf(ApiStatus{0, "Gone", "too old", 0}, "/p").isExpired());
        QVERIFY(!failureOf(ApiStatus{500, "InternalError", "etcd", 0}, "/p").isExpired());
    }

    void longMessagesAreCutBetweenCharacters()
    {
        std::string text;
        while (text.size() < 1000)
            text += "\xe2\x82\xac";
        const std::string detail = failureOf(response(500, text), "/p").error.detail;
        QVERIFY(detail.size() < 310);
        QCOMPARE(QString::fromStdString(detail).toStdString(), detail);
    }

    void listsWaitForTheirTurn()
    {
        ListSlots slots(2);
        std::vector<int> going;
        const auto first = slots.enter([&] { going.push_back(1); });
        const auto second = slots.enter([&] { going.push_back(2); });
        const auto third = slots.enter([&] { going.push_back(3); });
        const auto fourth = slots.enter([&] { going.push_back(4); });
        QCOMPARE(going, (std::vector<int>{1, 2}));
        slots.leave(third);
        slots.leave(0);
        QCOMPARE(going, (std::vector<int>{1, 2}));
        slots.leave(first);
        slots.leave(first);
        QCOMPARE(going, (std::vector<int>{1, 2, 4}));
        slots.close();
        slots.enter([&] { going.push_back(5); });
        slots.leave(second);
        slots.leave(fourth);
        QCOMPARE(going.size(), std::size_t(3));
    }

    void onlyAKubernetesServerHasAVersion()
    {
        QCOMPARE(*readServerVersion(R"({"gitVersion":"v1.34.4","major":"1"})"), std::string("v1.34.4"));
        for (const char *text : {"", "<html>login</html>", "[]", "{}", R"({"gitVersion":7})"})
            QCOMPARE(readServerVersion(text).error().code, ErrorCode::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestReaderParts)
#include "test_reader_parts.moc"
