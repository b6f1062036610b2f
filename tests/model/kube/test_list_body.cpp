#include "model/kube/list_body.h"

#include <QTest>

#include <random>

using namespace portolan;
using namespace portolan::kube;

namespace {

const ResourceType pods{"", "v1", "Pod", "pods", true};

std::string pod(int number)
{
    const std::string name = "pod-" + std::to_string(number);
    // Braces, quotes and the word "items" inside of strings and objects must not confuse anybody.
    return "{\"metadata\":{\"name\":\"" + name +
           "\",\"namespace\":\"shop\",\"annotations\":{\"items\":\"[{\\\"a\\\\\\\":[}\",\"x\":\"]}\"},"
           "\"labels\":{\"items\":\"x\"}},\"spec\":{\"items\":[{\"a\":[1,2,{\"b\":\"}\"}]}],"
           "\"nodeName\":\"node-a\"}}";
}

std::string list(int count)
{
    std::string text =
        R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"next",)"
        R"("remainingItemCount":9},"items":[)";
    for (int i = 0; i < count; ++i)
        text += (i ? ", " : " ") + pod(i);
    return text + "]}\n";
}

Result<ListPage> readInChunks(const std::string &text, const std::function<std::size_t()> &chunkSize)
{
    Decoder decoder;
    ListBody body(decoder, pods);
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::string chunk(rest.substr(0, chunkSize()));
        rest.remove_prefix(chunk.size());
        if (auto fed = body.feed(chunk); !fed)
            return fed.error();
    }
    return body.finish();
}

std::vector<std::string> namesOf(const ListPage &page)
{
    std::vector<std::string> names;
    for (const AnyObject &object : page.objects)
        names.push_back(metaOf(object).name);
    return names;
}

} // namespace

class TestListBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheDecoderReadsWhateverTheChunks()
    {
        std::mt19937_64 random(7);
        for (const int count : {0, 1, 2, 57, 900}) {
            const std::string text = list(count);
            Decoder decoder;
            const auto expected = decoder.list(pods, text);
            QVERIFY(expected.has_value());
            for (const std::size_t most : {std::size_t(1), std::size_t(7), std::size_t(500), text.size()}) {
                const auto page = readInChunks(text, [&] { return 1 + random() % most; });
                QVERIFY2(page.has_value(), page ? "" : page.error().oneLine().c_str());
                QCOMPARE(namesOf(*page), namesOf(*expected));
                QCOMPARE(page->resourceVersion, std::string("42"));
                QCOMPARE(page->continueToken, std::string("next"));
                QCOMPARE(page->remaining, std::optional<std::int64_t>(9));
                QVERIFY(page->faults.empty());
            }
        }
    }

    void metadataMayComeLast()
    {
        const std::string text =
            R"({"items":[)" + pod(1) + R"(],"kind":"PodList","metadata":{"resourceVersion":"8"}})";
        const auto page = readInChunks(text, [] { return 3; });
        QVERIFY(page.has_value());
        QCOMPARE(page->resourceVersion, std::string("8"));
        QCOMPARE(page->objects.size(), std::size_t(1));
    }

    void noItemsAtAll()
    {
        const auto null = readInChunks(
            R"({"kind":"PodList","metadata":{"resourceVersion":"8"},"items":null})", [] { return 5; });
        QVERIFY(null.has_value());
        QVERIFY(null->objects.empty());
    }

    void anOddItemIsAFaultAndTheRestIsRead()
    {
        const std::string text =
            R"({"kind":"PodList","items":[)" + pod(1) + R"(,{"metadata":{"name":7}},)" + pod(2) + "]}";
        const auto page = readInChunks(text, [] { return 11; });
        QVERIFY(page.has_value());
        QCOMPARE(namesOf(*page), (std::vector<std::string>{"pod-1", "pod-2"}));
        QCOMPARE(page->faults.size(), std::size_t(1));
    }

    void everyCutIsAnError()
    {
        const std::string text = list(3);
        for (std::size_t size = 0; size + 2 < text.size(); ++size)
            QVERIFY2(!readInChunks(text.substr(0, size), [] { return 64; }), text.substr(0, size).c_str());
    }

    void garbageIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("html") << QByteArray("<html><body>login</body></html>");
        QTest::newRow("array") << QByteArray("[1,2]");
        QTest::newRow("status") << QByteArray(R"({"kind":"Status","message":"no"})");
        QTest::newRow("twice") << QByteArray(R"({"kind":"PodList","items":[],"items":[]})");
        QTest::newRow("after the end") << QByteArray(R"({"kind":"PodList","items":[]}{})");
        QTest::newRow("mismatched") << QByteArray(R"({"kind":"PodList","items":[{]]})");
        QTest::newRow("closers") << QByteArray("]]]}}}");
        QTest::newRow("comma first") << QByteArray(
            R"({"kind":"PodList","items":[,{"metadata":{"name":"a"}}]})");
        QTest::newRow("text between")
            << QByteArray(R"({"kind":"PodList","items":[{"metadata":{"name":"a"}} x]})");
        QTest::newRow("empty") << QByteArray();
    }

    void garbageIsAnError()
    {
        QFETCH(QByteArray, text);
        for (const std::size_t size : {std::size_t(1), std::size_t(1000)}) {
            const auto page = readInChunks(text.toStdString(), [size] { return size; });
            QVERIFY(!page);
            QCOMPARE(page.error().code, ErrorCode::Protocol);
        }
    }

    void hugeMetadataIsRefused()
    {
        std::string text = "{\"kind\":\"";
        text.append(2'000'000, 'x');
        text += "\",\"items\":[]}";
        const auto page = readInChunks(text, [] { return 65'536; });
        QCOMPARE(page.error().code, ErrorCode::TooLarge);
    }

    void randomBytesNeverCrash()
    {
        const std::string alphabet = "{}[]\",:\\itemsa0 \n";
        for (unsigned seed = 0; seed < 3000; ++seed) {
            std::mt19937 random(seed);
            std::string text = seed % 2 ? std::string(R"({"items":[)") : std::string();
            const std::size_t length = random() % 200;
            while (text.size() < length)
                text += alphabet[random() % alphabet.size()];
            const auto page = readInChunks(text, [&] { return 1 + random() % 20; });
            QVERIFY(!page || page->objects.empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestListBody)
#include "test_list_body.moc"
