#include "model/policy/calico_selector.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace portolan;
using namespace portolan::policy;

/// Each line of calico_selectors.jsonl: a selector with labels and what it answers, or one to be refused.
class TestCalicoSelectorOracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesOnEveryLine();
};

void TestCalicoSelectorOracle::agreesOnEveryLine()
{
    const QString folder = qEnvironmentVariable("PORTOLAN_ORACLES");
    if (folder.isEmpty())
        QSKIP("PORTOLAN_ORACLES is not set");
    QFile file(folder + QStringLiteral("/calico_selectors.jsonl"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    int lines = 0;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        const nlohmann::json json = nlohmann::json::parse(line.begin(), line.end());
        const Result<CalicoSelector> selector = CalicoSelector::parse(json["selector"].get<std::string>());
        QVERIFY2(selector.has_value() != json.value("error", false), line.constData());
        ++lines;
        if (!selector)
            continue;
        const auto labels = json["labels"].get<std::map<std::string, std::string>>();
        const bool matches = selector->matches([&](std::string_view key) -> const std::string * {
            const auto found = labels.find(std::string(key));
            return found == labels.end() ? nullptr : &found->second;
        });
        QVERIFY2(matches == json["match"].get<bool>(), line.constData());
    }
    QCOMPARE(lines, 124);
}

QTEST_APPLESS_MAIN(TestCalicoSelectorOracle)
#include "test_calico_selector_oracle.moc"
