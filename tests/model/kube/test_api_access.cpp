#include "model/kube/api_access.h"
#include "tests/fakes/access_to.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace portolan;
using namespace portolan::kube;
using namespace portolan::fakes;

namespace {

QJsonObject attributesIn(const FakeRequest &request)
{
    const auto review = QJsonDocument::fromJson(QByteArray::fromStdString(request.body)).object();
    return review[QStringLiteral("spec")].toObject()[QStringLiteral("resourceAttributes")].toObject();
}

FakeReply review(const char *status)
{
    return FakeReply::json(std::string("{\"kind\":\"SelfSubjectAccessReview\",\"status\":") + status + "}",
                           201);
}

} // namespace

class TestApiAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void execIsAskedForBothVerbs()
    {
        FakeApiServer server([](const FakeRequest &request) {
            const bool get = attributesIn(request)[QStringLiteral("verb")] == QStringLiteral("get");
            return get ? review("{\"allowed\":true}")
                       : review("{\"allowed\":false,\"reason\":\"RBAC: no\\nrole\"}");
        });
        const auto access = reviewExec(*credentialsFor(accessTo(server.url())), "shop", "web-0", {});
        QVERIFY(access.has_value());
        QVERIFY(access->get.allowed);
        QVERIFY(!access->create.allowed);
        QCOMPARE(access->create.reason, std::string("RBAC: no role"));
        const FakeRequest asked = server.requests().at(0);
        QCOMPARE(asked.method + " " + asked.target,
                 std::string("POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews"));
        const QJsonObject expected{{QStringLiteral("verb"), QStringLiteral("get")},
                                   {QStringLiteral("resource"), QStringLiteral("pods")},
                                   {QStringLiteral("subresource"), QStringLiteral("exec")},
                                   {QStringLiteral("namespace"), QStringLiteral("shop")},
                                   {QStringLiteral("name"), QStringLiteral("web-0")}};
        QCOMPARE(attributesIn(asked), expected);
    }

    void whatIsNoReviewIsAnError_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("forbidden") << QByteArray("{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}")
                                   << 403 << QByteArray("permission denied");
        QTest::newRow("unauthorized") << QByteArray("Unauthorized") << 401 << QByteArray("unauthorized");
        QTest::newRow("garbage") << QByteArray("<html>") << 200 << QByteArray("protocol error");
        QTest::newRow("no status") << QByteArray("{\"kind\":\"SelfSubjectAccessReview\"}") << 201
                                   << QByteArray("protocol error");
        QTest::newRow("text") << QByteArray("{\"status\":{\"allowed\":\"yes\"}}") << 201
                              << QByteArray("protocol error");
        QTest::newRow("a list") << QByteArray("[{\"status\":1}]") << 201 << QByteArray("protocol error");
    }

    void whatIsNoReviewIsAnError()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QByteArray, code);
        FakeApiServer server(
            [&](const FakeRequest &) { return FakeReply::json(body.toStdString(), status); });
        const auto answer =
            reviewAccess(*credentialsFor(accessTo(server.url())), {"list", {}, "pods", {}, {}, {}}, {});
        QVERIFY(!answer);
        QVERIFY2(errorCodeName(answer.error().code) == code.toStdString(), answer.error().oneLine().c_str());
        QVERIFY(answer.error().where.starts_with(server.url()));
    }
};

QTEST_GUILESS_MAIN(TestApiAccess)
#include "test_api_access.moc"
