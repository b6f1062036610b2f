#include "test_decode_hostile.h"

#include "decode_resources.h"
#include "model/cluster/decode.h"

#include <QTest>

#include <string>
#include <vector>

using namespace portolan;
using namespace portolan::decode_tests;

namespace {

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        text += piece;
    return text;
}

std::string listOf(const std::string &items)
{
    return R"({"kind":"List","metadata":{"resourceVersion":"1"},"items":[)" + items + "]}";
}

const std::vector<ResourceType> everyKind{pods,
                                          services,
                                          nodes,
                                          namespaces,
                                          endpoints,
                                          events,
                                          endpointSlices,
                                          networkPolicies,
                                          ingresses,
                                          ciliumPolicies,
                                          {"apps", "v1", "Deployment", "deployments", true}};

} // namespace

/// Whatever comes, the answer is a value, and a good document after it is read as ever.
void TestDecodeHostile::hostileDocumentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const std::string &json) {
        QTest::newRow(name) << QByteArray(json.data(), int(json.size()));
    };
    row("empty", "");
    row("white space", " \n\t ");
    row("null", "null");
    row("number", "17");
    row("text", "\"items\"");
    row("array", "[]");
    row("text/plain", "Too many requests, please try again later.\n");
    row("html", "<html><body>502 Bad Gateway</body></html>");
    row("no items", R"({"kind":"PodList","metadata":{}})");
    row("items of another type", R"({"kind":"PodList","items":"none"})");
    row("items is an object", R"({"kind":"PodList","items":{"a":1}})");
    row("a Status", R"({"kind":"Status","message":"forbidden","code":403,"items":[]})");
    row("cut in a string", R"({"kind":"PodList","items":[{"metadata":{"name":"a)");
    row("cut after an item", R"({"kind":"PodList","items":[{"metadata":{"name":"a"}})");
    row("cut after a comma", R"({"kind":"PodList","items":[{"metadata":{"name":"a"}},)");
    row("cut before the last brace", R"({"kind":"PodList","items":[{"metadata":{"name":"a"}}])");
    row("two documents", R"({"kind":"PodList","items":[]}{"kind":"PodList","items":[]})");
    row("mixed brackets", R"({"kind":"PodList","items":[{"metadata":{"name":"a"]}})");
    row("NUL in a string",
        std::string("{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\0b\"}}]}", 52));
    row("NULs only", std::string(4096, '\0'));
    row("invalid UTF-8", "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"\xff\xfe\"}}]}");
    row("overlong UTF-8", "{\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"\xc0\xaf\"}}]}");
    row("deep and open", repeated("[", 200'000));
    row("deep objects", repeated("{\"a\":", 200'000));
    row("braces only", repeated("}", 4096));
    row("commas only", repeated(",", 4096));
    row("quotes only", repeated("\"", 4097));
    row("backslashes", "{\"kind\":\"" + repeated("\\", 4097));
}
void TestDecodeHostile::hostileDocumentsAreRefused()
{
    QFETCH(QByteArray, json);
    const std::string text = json.toStdString();
    const std::string_view exact(json.constData(), std::size_t(json.size()));
    for (const ResourceType &resource : everyKind) {
        Decoder decoder;
        const auto page = decoder.list(resource, exact);
        QVERIFY2(!page, resource.kind.c_str());
        QVERIFY(!page.error().detail.empty());
        QCOMPARE(page.error().where, resource.qualifiedName());
        std::string own = text;
        QVERIFY(!decoder.listInPlace(resource, own));
        QVERIFY(!decoder.object(resource, exact));
        QVERIFY(!decoder.watchEvent(resource, exact));
        const auto good = decoder.list(resource, listOf(R"({"metadata":{"name":"a"}})"));
        QVERIFY(good.has_value());
        QCOMPARE(good->objects.size(), 1u);
    }
}
void TestDecodeHostile::oneOddItemIsDroppedAndNamed_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char *name, const char *item, const char *object, const char *field) {
        QTest::newRow(name) << QByteArray(item) << QByteArray(object) << QByteArray(field);
    };
    row("port as text",
        R"({"metadata":{"name":"odd","namespace":"n"},"spec":{"containers":[{"ports":[{"containerPort":"80"}]}]}})",
        "Pod n/odd", "spec.containers[0].ports[0].containerPort");
    row("port too large",
        R"({"metadata":{"name":"odd","namespace":"n"},"spec":{"containers":[{},{"ports":[{},{"containerPort":65536}]}]}})",
        "Pod n/odd", "spec.containers[1].ports[1].containerPort");
    row("port negative",
        R"({"metadata":{"name":"odd"},"spec":{"containers":[{"ports":[{"containerPort":-1}]}]}})", "Pod odd",
        "spec.containers[0].ports[0].containerPort");
    row("huge number",
        R"({"metadata":{"name":"odd"},"status":{"containerStatuses":[{"restartCount":99999999999999999999999999}]}})",
        "Pod odd", "status.containerStatuses[0].restartCount");
    row("exponent", R"({"metadata":{"name":"odd"},"status":{"containerStatuses":[{"restartCount":1e999}]}})",
        "Pod odd", "status.containerStatuses[0].restartCount");
    row("fraction", R"({"metadata":{"name":"odd"},"status":{"containerStatuses":[{"restartCount":1.5}]}})",
        "Pod odd", "status.containerStatuses[0].restartCount");
    row("labels as a list", R"({"metadata":{"name":"odd","labels":["a"]}})", "Pod odd", "metadata.labels");
    row("label value as a number", R"({"metadata":{"name":"odd","labels":{"a":1}}})", "Pod odd",
        "metadata.labels.a");
    row("name as a number", R"({"metadata":{"name":7}})", "Pod ", "items[1].metadata.name");
    row("no name", R"({"metadata":{"namespace":"n"}})", "Pod n/", "items[1].metadata.name");
    row("no metadata name, empty", R"({"metadata":{"name":""}})", "Pod ", "items[1].metadata.name");
    row("no metadata", "{}", "Pod ", "items[1].metadata.name");
    row("item is a number", "5", "Pod ", "items[1]");
    row("item is null", "null", "Pod ", "items[1]");
    row("spec as text", R"({"metadata":{"name":"odd"},"spec":"x"})", "Pod odd", "spec");
    row("containers as an object", R"({"metadata":{"name":"odd"},"spec":{"containers":{"a":1}}})", "Pod odd",
        "spec.containers");
    row("ready as text", R"({"metadata":{"name":"odd"},"status":{"containerStatuses":[{"ready":"true"}]}})",
        "Pod odd", "status.containerStatuses[0].ready");
    row("half a surrogate", R"({"metadata":{"name":"odd"},"spec":{"nodeName":"\ud800"}})", "Pod odd",
        "spec.nodeName");
    row("no time", R"({"metadata":{"name":"odd","creationTimestamp":"yesterday"}})", "Pod odd",
        "metadata.creationTimestamp");
    row("protocol of the future",
        R"({"metadata":{"name":"odd"},"spec":{"containers":[{"ports":[{"protocol":"QUIC"}]}]}})", "Pod odd",
        "spec.containers[0].ports[0].protocol");
}
void TestDecodeHostile::oneOddItemIsDroppedAndNamed()
{
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, object);
    QFETCH(QByteArray, field);
    const std::string good = R"({"metadata":{"name":"first"}},)";
    const std::string after = R"(,{"metadata":{"name":"last"},"spec":{"nodeName":"node-a"}})";
    Decoder decoder;
    const auto page = decoder.list(pods, listOf(good + item.toStdString() + after));
    QVERIFY2(page.has_value(), page ? "" : page.error().oneLine().c_str());
    QCOMPARE(page->objects.size(), 2u);
    QCOMPARE(refOf(page->objects[1]).name, std::string("last"));
    QCOMPARE(page->faults.size(), 1u);
    QCOMPARE(QByteArray::fromStdString(page->faults[0].object.toString()), object);
    QCOMPARE(QByteArray::fromStdString(page->faults[0].field), field);
    QVERIFY(!page->faults[0].reason.empty());
}
void TestDecodeHostile::anOddObjectInAWatchDoesNotEndTheStream()
{
    Decoder decoder;
    const auto event = decoder.watchEvent(
        services,
        R"({"type":"ADDED","object":{"metadata":{"name":"s","namespace":"n"},"spec":{"type":"Portal"}}})");
    QVERIFY(event.has_value());
    QVERIFY(!event->object && event->fault);
    QVERIFY(event->type == WatchEvent::Type::Added);
    QCOMPARE(errorOf(services, *event->fault).where, std::string("Service n/s spec.type"));
    for (const char *broken : {R"({"type":"RENAMED","object":{}})", R"({"type":"ADDED"})", R"({"object":{}})",
                               "{}", R"({"type":"ADDED","object":{"metadata":{"name":"s"}})", "ADDED"}) {
        const auto refused = decoder.watchEvent(services, broken);
        QVERIFY2(!refused, broken);
        QVERIFY2(refused.error().code == ErrorCode::Protocol, broken);
    }
}
void TestDecodeHostile::ofEqualKeysTheLastOneCounts()
{
    Decoder decoder;
    const auto object = decoder.object(
        pods,
        R"({"metadata":{"name":"a","name":"b","labels":{"k":"1","k":"2"}},"spec":{"containers":[{"name":"x"}],)"
        R"("containers":[{"name":"y"}]},"status":{"podIPs":[{"ip":"1.1.1.1"}],"podIPs":[{"ip":"2.2.2.2"}]}})");
    QVERIFY(object.has_value());
    const auto pod = std::get<std::shared_ptr<const Pod>>(*object);
    QCOMPARE(pod->meta.name, std::string("b"));
    QCOMPARE(*pod->meta.labels.find("k"), std::string("2"));
    QCOMPARE(pod->containers.size(), 1u);
    QCOMPARE(pod->containers[0].name, std::string("y"));
    QCOMPARE(pod->ips.size(), 1u);
    QCOMPARE(pod->ips[0], std::string("2.2.2.2"));
}
void TestDecodeHostile::fieldsThatAreNotReadMayBeDeep()
{
    const std::string deep = repeated("[", 5'000) + repeated("]", 5'000);
    Decoder decoder;
    const auto skipped = decoder.list(pods, listOf(R"({"metadata":{"name":"a"},"future":)" + deep + "}"));
    QVERIFY(skipped.has_value());
    QCOMPARE(skipped->objects.size(), 1u);
    const auto kept = decoder.list(ciliumPolicies, listOf(R"({"metadata":{"name":"a"},"spec":)" + deep +
                                                          R"(},{"metadata":{"name":"b"}})"));
    QVERIFY(kept.has_value());
    QCOMPARE(kept->objects.size(), 1u);
    QCOMPARE(kept->faults.size(), 1u);
}
void TestDecodeHostile::textsMayBeLong()
{
    const std::string name(3 << 20, 'n');
    Decoder decoder;
    const auto page = decoder.list(pods, listOf(R"({"metadata":{"name":")" + name + R"("}})"));
    QVERIFY(page.has_value());
    QCOMPARE(refOf(page->objects.at(0)).name.size(), name.size());
}

/// Every cut and many flipped bytes of real documents: an Error, faults or objects, but never a crash
/// (the sanitizer presets give this test its teeth).
void TestDecodeHostile::cutAndFlippedDocuments_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("kind");
    QTest::newRow("pods") << QByteArray("pods.json") << 0;
    QTest::newRow("services") << QByteArray("services.json") << 1;
    QTest::newRow("nodes") << QByteArray("nodes.json") << 2;
    QTest::newRow("endpoints") << QByteArray("endpoints.json") << 4;
    QTest::newRow("events") << QByteArray("events.json") << 5;
    QTest::newRow("endpointslices") << QByteArray("endpointslices.json") << 6;
    QTest::newRow("networkpolicies") << QByteArray("networkpolicies.json") << 7;
    QTest::newRow("ingresses") << QByteArray("ingresses.json") << 8;
    QTest::newRow("ciliumpolicies") << QByteArray("ciliumpolicies.json") << 9;
}
void TestDecodeHostile::cutAndFlippedDocuments()
{
    QFETCH(QByteArray, file);
    QFETCH(int, kind);
    const ResourceType &resource = everyKind[std::size_t(kind)];
    std::string text = document(file.constData());
    while (text.back() == '\n')
        text.pop_back();
    Decoder decoder;
    for (std::size_t length = 0; length < text.size(); length += 3)
        QVERIFY(!decoder.list(resource, std::string_view(text).substr(0, length)));

    static constexpr std::string_view replacements = "{}[]\",:\\0-e\0 n\xff";
    std::size_t refused = 0;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        std::string flipped = text;
        flipped[at] = replacements[at / 2 % replacements.size()];
        if (!decoder.listInPlace(resource, flipped))
            ++refused;
    }
    QVERIFY(refused > 0);
    QVERIFY(decoder.list(resource, text).has_value());
}

QTEST_GUILESS_MAIN(TestDecodeHostile)
