#include "model/policy/calico_selector.h"

#include <QTest>

#include <map>

using namespace portolan;
using namespace portolan::policy;

namespace {

using LabelMap = std::map<std::string, std::string>;

CalicoSelector parsed(const std::string &text)
{
    const Result<CalicoSelector> selector = CalicoSelector::parse(text);
    if (!selector)
        qFatal("%s: %s", text.c_str(), selector.error().detail.c_str());
    return *selector;
}

bool matches(const CalicoSelector &selector, const LabelMap &labels)
{
    return selector.matches([&](std::string_view key) -> const std::string * {
        const auto found = labels.find(std::string(key));
        return found == labels.end() ? nullptr : &found->second;
    });
}

bool matches(const std::string &selector, const LabelMap &labels)
{
    return matches(parsed(selector), labels);
}

std::string errorOf(const std::string &text)
{
    const Result<CalicoSelector> selector = CalicoSelector::parse(text);
    return selector ? "no error" : selector.error().detail;
}

} // namespace

class TestCalicoSelector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void absentLabelsMatchNegationsAlone();
    void bindsNotBeforeAndBeforeOr();
    void takesBothQuotesAndNoEscapes();
    void takesSetsOfAnySize();
    void takesOperatorsAsLabels();
    void takesEveryBlankThatCalicoTakes();
    void refusesWhatCalicoRefuses_data();
    void refusesWhatCalicoRefuses();
    void saysWhereAnErrorIs();
    void boundsDepthAndLength();
    void listsItsKeysOnce();
    void prefixesKeysEverywhere();
    void tellsNamespacedFromGlobal();
    void joinsPartsWithoutAll();
    void printsWhatItReads_data();
    void printsWhatItReads();
};

void TestCalicoSelector::absentLabelsMatchNegationsAlone()
{
    for (const char *text : {"a != 'x'", "a not in {'x'}", "!has(a)", "!a == 'x'", "!(a contains 'x')"})
        QVERIFY2(matches(text, {}), text);
    for (const char *text :
         {"a == 'x'", "a in {'x'}", "has(a)", "a contains ''", "a starts with ''", "a ends with ''"})
        QVERIFY2(!matches(text, {}), text);
}

void TestCalicoSelector::bindsNotBeforeAndBeforeOr()
{
    // a || (b && c), not (a || b) && c.
    QVERIFY(matches("has(a) || has(b) && has(c)", {{"a", ""}}));
    QVERIFY(!matches("(has(a) || has(b)) && has(c)", {{"a", ""}}));
    // (!a) || b, not !(a || b).
    QVERIFY(matches("!has(a) || has(b)", {{"a", ""}, {"b", ""}}));
    QVERIFY(!matches("!(has(a) || has(b))", {{"a", ""}, {"b", ""}}));
    // The negation takes the whole comparison.
    QVERIFY(matches("!a == 'x' && has(a)", {{"a", "y"}}));
    QVERIFY(!matches("!!has(a)", {}));
}

void TestCalicoSelector::takesBothQuotesAndNoEscapes()
{
    QVERIFY(matches("a == \"it's\"", {{"a", "it's"}}));
    QVERIFY(matches("a == 'say \"x\"'", {{"a", "say \"x\""}}));
    QVERIFY(matches("a == 'b\\'", {{"a", "b\\"}}));
    QVERIFY(matches("a == ''", {{"a", ""}}));
    QVERIFY(!matches("a == ''", {}));
}

void TestCalicoSelector::takesSetsOfAnySize()
{
    QVERIFY(!matches("a in {}", {{"a", ""}}));
    QVERIFY(matches("a not in {}", {{"a", "x"}}));
    QVERIFY(matches("a in {'x', 'y',}", {{"a", "y"}}));
    QVERIFY(matches("a in {'b','a','c'}", {{"a", "a"}}));
    QVERIFY(!matches("a in {'b','a','c'}", {{"a", "d"}}));
}

void TestCalicoSelector::takesOperatorsAsLabels()
{
    QVERIFY(matches("in in {'in'}", {{"in", "in"}}));
    QVERIFY(matches("has == 'x' && all == 'y' && not not in {'z'}", {{"has", "x"}, {"all", "y"}}));
    QVERIFY(matches("has(has)", {{"has", ""}}));
    QVERIFY(matches("projectcalico.org/name == 'a'", {{"projectcalico.org/name", "a"}}));
    QVERIFY(matches("0_.-/ == 'a'", {{"0_.-/", "a"}}));
}

void TestCalicoSelector::takesEveryBlankThatCalicoTakes()
{
    QVERIFY(matches("\t a=='x'&&!has( b )||all( ) ", {}));
    QVERIFY(matches("a startswith 'x'", {{"a", "xy"}}));
    QVERIFY(matches("a ends  with'y'", {{"a", "xy"}}));
    QVERIFY(matches("a notin{'x'}", {{"a", "y"}}));
    QVERIFY(matches("a contains'y'", {{"a", "xyz"}}));
}

void TestCalicoSelector::refusesWhatCalicoRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"a = 'x'",
                             "a == x",
                             "a == 1",
                             "a",
                             "'a' == 'a'",
                             "a == 'x' b == 'y'",
                             "a == 'x' 'y'",
                             "== 'x'",
                             "a ==",
                             "a in",
                             "a in {",
                             "a in {'x'",
                             "a in {'x' 'y'}",
                             "a in {,}",
                             "a in ('x')",
                             "a inside {'x'}",
                             "!",
                             "a !",
                             "!= 'x'",
                             "(",
                             ")",
                             "()",
                             "(a == 'x'",
                             "a == 'x')",
                             "has()",
                             "has(a",
                             "has (a)",
                             "has(a b)",
                             "has('a')",
                             "all",
                             "all (",
                             "all() all()",
                             "global",
                             "a & b",
                             "has(a) & has(b)",
                             "has(a) &&",
                             "&& has(a)",
                             "has(a) || || has(b)",
                             "a == 'x",
                             "a == \"x'",
                             "%",
                             "a == 'x'\n",
                             "\nall()",
                             "a starts 'x'",
                             "a with 'x'",
                             "ä == 'x'",
                             "a == 'x' ; b"})
        QTest::newRow(text) << QByteArray(text);
}

void TestCalicoSelector::refusesWhatCalicoRefuses()
{
    QFETCH(QByteArray, text);
    const Result<CalicoSelector> selector = CalicoSelector::parse(text.toStdString());
    QVERIFY2(!selector, selector ? selector->toString().c_str() : "");
    QCOMPARE(selector.error().code, ErrorCode::InvalidInput);
    QVERIFY(selector.error().detail.starts_with("column "));
}

void TestCalicoSelector::saysWhereAnErrorIs()
{
    QCOMPARE(errorOf("a == b"), std::string("column 6: expected a value in quotes"));
    QCOMPARE(errorOf("has(a) && "), std::string("column 11: the expression ends too early"));
    QCOMPARE(errorOf("(has(a)"), std::string("column 8: expected )"));
    QCOMPARE(errorOf("has(a) x"), std::string("column 8: unexpected text after the expression"));
    QCOMPARE(errorOf("a == 'x"), std::string("column 6: the value has no closing quote"));
}

void TestCalicoSelector::boundsDepthAndLength()
{
    const auto nested = [](int depth) {
        return std::string(std::size_t(depth), '(') + "has(a)" + std::string(std::size_t(depth), ')');
    };
    QVERIFY(matches(nested(CalicoSelector::maxDepth), {{"a", ""}}));
    const Result<CalicoSelector> deep = CalicoSelector::parse(nested(CalicoSelector::maxDepth + 1));
    QVERIFY(!deep);
    QCOMPARE(deep.error().code, ErrorCode::TooLarge);
    // A negation does not nest: a hundred thousand of them cost no stack.
    QVERIFY(matches(std::string(100'000, '!') + "has(a)", {{"a", ""}}));

    const std::string longest = "a != '" + std::string(CalicoSelector::maxLength - 7, 'x') + "'";
    QCOMPARE(longest.size(), CalicoSelector::maxLength);
    QVERIFY(matches(longest, {}));
    const Result<CalicoSelector> longText =
        CalicoSelector::parse(std::string(CalicoSelector::maxLength + 1, ' '));
    QVERIFY(!longText);
    QCOMPARE(longText.error().code, ErrorCode::TooLarge);

    QVERIFY(matches("has(" + std::string(512, 'k') + ")", {{std::string(512, 'k'), ""}}));
    QVERIFY(!CalicoSelector::parse("has(" + std::string(513, 'k') + ")"));
    QVERIFY(!CalicoSelector::parse(std::string(513, 'k') + " == 'x'"));
}

void TestCalicoSelector::listsItsKeysOnce()
{
    QCOMPARE(parsed("b == 'x' && (has(a) || !has(b)) && c in {'d'}").keys(),
             (std::vector<std::string>{"a", "b", "c"}));
    QVERIFY(parsed("all() || global()").keys().empty());
}

void TestCalicoSelector::prefixesKeysEverywhere()
{
    const CalicoSelector selector = parsed("!a == 'x' && (has(b) || all())").withKeyPrefix("pcns.");
    QCOMPARE(selector.keys(), (std::vector<std::string>{"pcns.a", "pcns.b"}));
    QVERIFY(matches(selector, {{"pcns.b", ""}, {"a", "x"}}));
    QVERIFY(!matches(selector, {{"pcns.a", "x"}}));
}

void TestCalicoSelector::tellsNamespacedFromGlobal()
{
    const LabelMap pod{{"projectcalico.org/namespace", "shop"}};
    const auto meaning = [](const char *text) {
        return parsed(text).withAllMeaning("projectcalico.org/namespace");
    };
    QVERIFY(matches(meaning("all()"), pod));
    QVERIFY(!matches(meaning("all()"), {}));
    QVERIFY(matches(meaning(""), pod));
    QVERIFY(!matches(meaning("global()"), pod));
    QVERIFY(matches(meaning("global()"), {}));
    QVERIFY(matches(meaning("all() || global()"), {}));
    QVERIFY(matches(meaning("!global() && has(projectcalico.org/namespace)"), pod));
}

void TestCalicoSelector::joinsPartsWithoutAll()
{
    QVERIFY(CalicoSelector::allOf({}).isAll());
    QVERIFY(CalicoSelector::allOf({CalicoSelector(), CalicoSelector()}).isAll());
    QCOMPARE(CalicoSelector::allOf({CalicoSelector(), parsed("has(a)")}), parsed("has(a)"));
    const CalicoSelector both =
        CalicoSelector::allOf({parsed("has(a) || has(b)"), CalicoSelector::isIn("c", {"y", "x"})});
    QCOMPARE(both.toString(), std::string("(has(a) || has(b)) && c in {\"x\", \"y\"}"));
    QVERIFY(matches(both, {{"a", ""}, {"c", "y"}}));
    QVERIFY(!matches(both, {{"a", ""}}));
    QVERIFY(matches(CalicoSelector::equals("a", "x"), {{"a", "x"}}));
}

void TestCalicoSelector::printsWhatItReads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("printed");
    const auto row = [](const char *text, const char *printed) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(printed);
    };
    row("", "all()");
    row("global( )", "global()");
    row("a=='x'||b!='y'&&!!c contains 'z'", "a == \"x\" || b != \"y\" && c contains \"z\"");
    row("(has(a)||has(b))&&has(c)", "(has(a) || has(b)) && has(c)");
    row("!(has(a)&&has(b))", "!(has(a) && has(b))");
    row("!!!has(a)", "!has(a)");
    row("!(!has(a))", "has(a)");
    row("!(!(!has(a)))", "!has(a)");
    row("a in {'z','y','z'}", "a in {\"y\", \"z\"}");
    row("a not  in {'\"'}", "a not in {'\"'}");
    row("a startswith 'x' && (a endswith 'y' && has(a))",
        "a starts with \"x\" && (a ends with \"y\" && has(a))");
}

void TestCalicoSelector::printsWhatItReads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, printed);
    const CalicoSelector selector = parsed(text.toStdString());
    QCOMPARE(selector.toString(), printed.toStdString());
    QCOMPARE(parsed(selector.toString()), selector);
}

QTEST_APPLESS_MAIN(TestCalicoSelector)
#include "test_calico_selector.moc"
