#include "model/manifest/manifest.h"
#include "tests/fakes/cluster_maker.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/whatif/flip_words.h"
#include "ui/whatif/flips_model.h"
#include "ui/whatif/what_if_panel.h"
#include "ui/whatif/what_if_text.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextBlock>

using namespace portolan;
using namespace portolan::ui;
using portolan::uitest::frameOf;

namespace {

constexpr auto closed = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: closed\n  "
                        "namespace: shop\nspec:\n  podSelector:\n    matchLabels:\n      app: api\n";

ClusterStatePtr smallShop()
{
    fakes::ClusterMaker maker;
    maker.ns("shop");
    maker.workload("Deployment", "shop", "web", 1, {{"app", "web"}});
    maker.workload("Deployment", "shop", "api", 1, {{"app", "api"}}, {{"http", 8080, Protocol::Tcp}});
    return maker.state();
}

policy::WhatIfPtr answerTo(const ClusterStatePtr &state, const QString &text)
{
    return policy::whatIf(policy::PolicyModel::make(state), text.toStdString());
}

/// A panel that answers its own questions, as a session would.
struct ShownPanel
{
    ClusterStatePtr state = smallShop();
    WhatIfPanel panel;
    int asked = 0;
    policy::WhatIfPtr shown;

    ShownPanel()
    {
        QObject::connect(&panel, &WhatIfPanel::questionAsked, &panel, [this](const std::string &text) {
            ++asked;
            panel.setAnswer(answerTo(state, QString::fromStdString(text)));
        });
        QObject::connect(&panel, &WhatIfPanel::answerShown, &panel,
                         [this](const policy::WhatIfPtr &answer) { shown = answer; });
        panel.setTheme(lightTheme());
        panel.resize(900, 320);
        panel.setFrame(frameOf(state));
    }
};

QString cell(const FlipsModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestWhatIfPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theListFollowsTheText()
    {
        ShownPanel test;
        test.panel.open(QString());
        QCOMPARE(test.panel.summary(), QStringLiteral("No policy in the text yet"));
        QVERIFY(!test.panel.isAnswered() || test.panel.flips()->rowCount() == 0);
        test.panel.editor()->setPlainText(QString::fromUtf8(closed));
        QVERIFY(!test.panel.isAnswered());
        QTRY_VERIFY(test.panel.isAnswered());
        const FlipsModel &flips = *test.panel.flips();
        QCOMPARE(flips.rowCount(), 2);
        QCOMPARE(cell(flips, 0, FlipsModel::Change), QStringLiteral("Allowed → denied"));
        QStringList sources{cell(flips, 0, FlipsModel::From), cell(flips, 1, FlipsModel::From)};
        QVERIFY(sources.contains(QStringLiteral("shop/web")));
        QCOMPARE(cell(flips, 0, FlipsModel::To), QStringLiteral("shop/api"));
        QCOMPARE(cell(flips, 0, FlipsModel::Ports), QStringLiteral("every port"));
        QCOMPARE(cell(flips, 0, FlipsModel::DecidedBy),
                 QStringLiteral("NetworkPolicy shop/closed isolates ingress"));
        QCOMPARE(test.panel.summary(), QStringLiteral("2 cut off"));
        QCOMPARE(test.shown, flips.answer());
    }

    /// Not a question a key.
    void manyKeysAreOneQuestion()
    {
        ShownPanel test;
        test.panel.open(QString());
        const int before = test.asked;
        QTest::keyClicks(test.panel.editor(), QStringLiteral("apiVersion: v1"));
        QTRY_COMPARE(test.asked, before + 1);
    }

    void anAnswerToAnOlderTextIsIgnored()
    {
        ShownPanel test;
        test.panel.open(QString::fromUtf8(closed));
        const auto now = test.panel.flips()->answer();
        test.panel.setAnswer(answerTo(test.state, QStringLiteral("# older")));
        QCOMPARE(test.panel.flips()->answer(), now);
    }

    void aClusterThatChangesIsAskedAboutAnew()
    {
        ShownPanel test;
        test.panel.open(QString::fromUtf8(closed));
        const int before = test.asked;
        test.panel.setFrame(frameOf(test.state)); // the same state
        test.state = uitest::withoutPod(test.state, "shop", test.state->pods.all()[1]->meta.name);
        test.panel.setFrame(frameOf(test.state));
        QTRY_COMPARE(test.asked, before + 1);
        QTRY_COMPARE(test.panel.flips()->answer()->before->endpoints().podCount(), std::size_t(1));
    }

    void problemsLeadToTheirLines()
    {
        ShownPanel test;
        test.panel.open(QString::fromUtf8(closed) +
                        QStringLiteral("  ingress:\n    - ports:\n        - port: 99999\n"));
        QListWidget *faults = test.panel.faults();
        QVERIFY(!faults->isHidden());
        QVERIFY(faults->item(0)->text().startsWith(QLatin1String("Line 12: NetworkPolicy shop/closed")));
        QTest::mouseClick(faults->viewport(), Qt::LeftButton, {},
                          faults->visualItemRect(faults->item(0)).center());
        QCOMPARE(test.panel.editor()->textCursor().blockNumber(), 11);
        test.panel.open(QString::fromUtf8(closed));
        QVERIFY(faults->isHidden());
    }

    void closingTakesEverythingBack()
    {
        ShownPanel test;
        test.panel.open(QString::fromUtf8(closed));
        QVERIFY(test.shown);
        QSignalSpy shut(&test.panel, &WhatIfPanel::shutDown);
        QTest::keyClick(test.panel.list(), Qt::Key_Escape);
        QCOMPARE(shut.count(), 1);
        QVERIFY(test.panel.isHidden());
        QVERIFY(!test.shown);
        QCOMPARE(test.panel.flips()->rowCount(), 0);
        // What comes late is not shown.
        test.panel.setAnswer(answerTo(test.state, QString::fromUtf8(closed)));
        QVERIFY(!test.shown);
    }

    void aSuggestionIsShownWithWhatItDoes()
    {
        fakes::ClusterMaker maker;
        maker.ns("shop");
        maker.workload("Deployment", "shop", "web", 1, {{"app", "web"}});
        maker.workload("Deployment", "shop", "api", 1, {{"app", "api"}});
        maker.policy("shop", "closed", fakes::withLabels({{"app", "api"}})).isolatesIngress = true;
        ShownPanel test;
        test.state = maker.state();
        const auto model = policy::PolicyModel::make(test.state);
        const auto web = refOf(*maker.podsOf("shop", "web")[0]);
        const auto api = refOf(*maker.podsOf("shop", "api")[0]);
        test.panel.setSuggestion(
            *policy::suggestAllowing(model, web, api, {policy::protocol::tcp, 8080, 0, 0}));
        QVERIFY(test.panel.note().contains(QLatin1String("8080/TCP")));
        QVERIFY(test.panel.editor()->toPlainText().contains(QLatin1String("kind: NetworkPolicy")));
        QCOMPARE(test.panel.flips()->rowCount(), 1);
        QCOMPARE(cell(*test.panel.flips(), 0, FlipsModel::Change), QStringLiteral("Denied → allowed"));
        QCOMPARE(cell(*test.panel.flips(), 0, FlipsModel::Ports), QStringLiteral("8080/TCP"));
        // Every other answer says why.
        test.panel.setSuggestion(*policy::suggestAllowing(model, api, web, {policy::protocol::tcp, 1, 0, 0}));
        QVERIFY(test.panel.note().contains(QLatin1String("already")));
        QVERIFY(test.panel.editor()->toPlainText().isEmpty());
        policy::Suggestion blocked;
        blocked.answer = policy::Suggestion::Answer::NotByPolicy;
        blocked.source = web;
        blocked.destination = api;
        policy::Decision wall;
        wall.object = {ObjectKind::Other, "AdminNetworkPolicy.policy.networking.k8s.io", "", "wall"};
        wall.path = "spec.ingress[0]";
        wall.effect = policy::Decision::Effect::Denies;
        blocked.blockedBy = {wall};
        QVERIFY(words::suggestionText(blocked).contains(QLatin1String("wall, ingress[0] denies")));
    }

    void theListIsWrittenAsItIsShown()
    {
        const FlipsModel none;
        QCOMPARE(flipsText(none), QString());
        FlipsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setAnswer(answerTo(smallShop(), QString::fromUtf8(closed)));
        model.setAnswer(answerTo(smallShop(), QString()));
        model.setAnswer(answerTo(smallShop(), QString::fromUtf8(closed)));
        const QString csv = flipsCsv(model);
        QVERIFY(csv.startsWith(QLatin1String("\"Change\",\"From\",\"To\",\"Ports\",\"Decided by\"\r\n")));
        QCOMPARE(csv.count(QLatin1String("\r\n")), 3);
        QVERIFY(csv.contains(QLatin1String("\"shop/web\",\"shop/api\"")));
        QCOMPARE(flipsText(model).count(u'\n'), 2);
        // What a spreadsheet would run stays text.
        auto hostile = std::make_shared<policy::WhatIf>(*model.answer());
        hostile->flips.flips[0].from = {{ObjectKind::Workload, "Deployment", "", "=cmd\"x\n"}, {}};
        model.setAnswer(hostile);
        QVERIFY(flipsCsv(model).contains(QLatin1String("\"'=cmd\"\"x \"")));
    }

    void whatIsEditedIsThePolicyWithoutTheServersFields()
    {
        const auto state =
            readManifests(
                {{"a.json", R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":)"
                            R"({"name":"p","namespace":"shop","uid":"1","resourceVersion":"7"},)"
                            R"("spec":{"podSelector":{}},"status":{}})"}})
                .state;
        const ObjectRef ref{ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", "p"};
        const QString text = policyTextOf(*state, ref);
        QVERIFY(text.startsWith(QLatin1String("apiVersion: ")));
        QVERIFY(!text.contains(QLatin1String("resourceVersion")) && !text.contains(QLatin1String("status")));
        QVERIFY(answerTo(state, text)->faults.empty());
        QVERIFY(removalTextOf(*state, ref).contains(QLatin1String("$patch: delete")));
        QCOMPARE(policyTextOf(*state, {ObjectKind::Namespace, "Namespace", "", "shop"}), QString());
        QVERIFY(answerTo(state, policyTemplate("shop"))->faults.empty());
    }

    void everythingIsReachedByKeyAndHasAName()
    {
        ShownPanel test;
        test.panel.open(QString::fromUtf8(closed) + QStringLiteral("oops: 1\n"));
        for (QWidget *widget : test.panel.findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<QAbstractButton *>(widget) || widget == test.panel.editor() ||
                                   widget == test.panel.list() || widget == test.panel.faults();
            if (!isControl || widget->isHidden() || !widget->parentWidget()->isVisibleTo(&test.panel))
                continue;
            auto *button = qobject_cast<QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     widget->metaObject()->className());
            if (!qobject_cast<QAbstractItemView *>(widget->parentWidget()))
                QVERIFY2(widget->focusPolicy() & Qt::TabFocus, widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestWhatIfPanel)
#include "test_whatif.moc"
