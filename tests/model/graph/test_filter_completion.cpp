#include "model/graph/filter_completion.h"
#include "model/graph/graph_filter.h"
#include "tests/fakes/shop_cluster.h"

#include <QTest>

#include <algorithm>

using namespace portolan;

class TestFilterCompletion : public QObject
{
    Q_OBJECT

    const FilterWords m_words{*fakes::shopCluster().state()};

    std::vector<std::string> offered(const char *typed) const { return filterCompletions(typed, m_words); }

private Q_SLOTS:
    void keysAndLabels()
    {
        QCOMPARE(offered("n"), (std::vector<std::string>{"name:", "node:", "ns:"}));
        QCOMPARE(offered("ns:shop -fi"), std::vector<std::string>{"ns:shop -finding:"});
        QCOMPARE(offered("ap").front(), std::string("app="));
        QVERIFY(offered("").empty());
        QVERIFY(offered("ns:shop ").empty());
    }

    void valuesOfTheCluster()
    {
        QCOMPARE(offered("ns:sh"), std::vector<std::string>{"ns:shop"});
        QCOMPARE(offered("-ns:SH"), std::vector<std::string>{"-ns:shop"});
        QCOMPARE(offered("ns:data,sh"), std::vector<std::string>{"ns:data,shop"});
        QVERIFY(offered("ns:shop").empty()); // complete
        const auto apps = offered("kind:svc app=w");
        QVERIFY(std::find(apps.begin(), apps.end(), "kind:svc app=web") != apps.end());
        QVERIFY(offered("no-such-label=").empty());
        QCOMPARE(offered("verdict:d"), std::vector<std::string>{"verdict:deny"});
        QVERIFY(offered("nokey:x").empty());
    }

    void noMoreThanAsked() { QCOMPARE(filterCompletions("kind:", m_words, 3).size(), std::size_t(3)); }

    void everyOfferCanBeRead()
    {
        for (const char *typed : {"ns:", "node:", "kind:", "verdict:", "app="}) {
            QVERIFY2(!offered(typed).empty(), typed);
            for (const std::string &text : offered(typed))
                QVERIFY2(GraphFilter::parse(text).has_value(), text.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestFilterCompletion)
#include "test_filter_completion.moc"
