#include "model/cluster/label_selector.h"

#include <QTest>

using namespace portolan;
using Operator = LabelRequirement::Operator;

namespace {

using Entries = std::vector<Labels::Entry>;

const Labels web(Entries{{"app", "web"}, {"tier", "front"}, {"empty", ""}});

LabelSelector expression(std::string key, Operator op, std::vector<std::string> values = {})
{
    return {{}, {{std::move(key), op, std::move(values)}}};
}

} // namespace

class TestLabelSelector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsAreSortedAndTheLastOfEqualKeysWins()
    {
        const Labels labels({{"b", "1"}, {"a", "1"}, {"b", "2"}, {"a", "2"}, {"c", "1"}});
        QVERIFY((labels.entries() == Entries{{"a", "2"}, {"b", "2"}, {"c", "1"}}));
        QCOMPARE(*labels.find("b"), std::string("2"));
        QVERIFY(labels.find("d") == nullptr);
        QVERIFY(labels.find("") == nullptr);
        QVERIFY(Labels().empty() && Labels(Entries()).empty());
        QVERIFY(Labels(Entries{{"a", "1"}}) == Labels(Entries{{"a", "0"}, {"a", "1"}}));
    }

    void theEmptySelectorMatchesEverything()
    {
        QVERIFY(LabelSelector().matches(web));
        QVERIFY(LabelSelector().matches(Labels()));
        QCOMPARE(LabelSelector().toString(), std::string());
    }

    void matchLabelsAreAllNeeded()
    {
        QVERIFY((LabelSelector{{{"app", "web"}, {"tier", "front"}}, {}}.matches(web)));
        QVERIFY((!LabelSelector{{{"app", "web"}, {"tier", "back"}}, {}}.matches(web)));
        QVERIFY((!LabelSelector{{{"app", "web"}, {"zone", ""}}, {}}.matches(web)));
        QVERIFY((LabelSelector{{{"empty", ""}}, {}}.matches(web)));
    }

    void expressions_data()
    {
        QTest::addColumn<int>("op");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<bool>("matches");
        QTest::newRow("In, listed") << int(Operator::In) << QByteArray("app") << true;
        QTest::newRow("In, not listed") << int(Operator::In) << QByteArray("tier") << false;
        QTest::newRow("In, absent") << int(Operator::In) << QByteArray("zone") << false;
        QTest::newRow("NotIn, listed") << int(Operator::NotIn) << QByteArray("app") << false;
        QTest::newRow("NotIn, not listed") << int(Operator::NotIn) << QByteArray("tier") << true;
        QTest::newRow("NotIn, absent") << int(Operator::NotIn) << QByteArray("zone") << true;
        QTest::newRow("Exists") << int(Operator::Exists) << QByteArray("empty") << true;
        QTest::newRow("Exists, absent") << int(Operator::Exists) << QByteArray("zone") << false;
        QTest::newRow("DoesNotExist") << int(Operator::DoesNotExist) << QByteArray("app") << false;
        QTest::newRow("DoesNotExist, absent") << int(Operator::DoesNotExist) << QByteArray("zone") << true;
        QTest::newRow("Unknown") << int(Operator::Unknown) << QByteArray("app") << false;
    }

    void expressions()
    {
        QFETCH(int, op);
        QFETCH(QByteArray, key);
        const LabelSelector selector = expression(key.toStdString(), Operator(op), {"web", "api"});
        QTEST(selector.matches(web), "matches");
        QCOMPARE(selector.isUnderstood(), Operator(op) != Operator::Unknown);
    }

    void labelsAndExpressionsAreJoined()
    {
        LabelSelector selector = expression("legacy", Operator::DoesNotExist);
        selector.matchLabels = {{"app", "web"}};
        QVERIFY(selector.matches(web));
        QVERIFY(!selector.matches(Labels(Entries{{"app", "web"}, {"legacy", "1"}})));
        QVERIFY(!selector.matches(Labels(Entries{{"app", "api"}})));
        selector.matchExpressions.push_back({"tier", Operator::NotIn, {"a", "b"}});
        QCOMPARE(selector.toString(), std::string("app=web, !legacy, tier notin (a, b)"));
    }
};

QTEST_GUILESS_MAIN(TestLabelSelector)
#include "test_label_selector.moc"
