#include "tests/fakes/shop_cluster.h"
#include "ui/inspector/content_view.h"
#include "ui/path/hop_card.h"
#include "ui/path/hop_strip.h"
#include "ui/path/path_view.h"
#include "ui/path/path_words.h"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QTest>

using namespace portolan;
using namespace portolan::ui;

namespace {

PathHop hop(PathHop::Kind kind, const std::string &name, CheckState state)
{
    PathHop made;
    made.kind = kind;
    made.name = name;
    made.state = state;
    if (kind == PathHop::Kind::Pod)
        made.object = {ObjectKind::Pod, "Pod", "shop", name};
    if (kind == PathHop::Kind::Node)
        made.object = {ObjectKind::Node, "Node", {}, name};
    return made;
}

/// From web to api, on two nodes; broken at `at`.
ConnectionPathPtr pathBrokenAt(std::optional<std::size_t> at, const std::string &policy = "shop/closed")
{
    auto path = std::make_shared<ConnectionPath>();
    path->request = {{ObjectKind::Pod, "Pod", "shop", "web"},
                     {},
                     {ObjectKind::Pod, "Pod", "shop", "api"},
                     80,
                     Protocol::Tcp,
                     ProbeMethod::Tcp};
    const CheckState passed = at ? CheckState::Unknown : CheckState::Good;
    path->hops = {hop(PathHop::Kind::Pod, "web", passed), hop(PathHop::Kind::Node, "node-a", passed),
                  hop(PathHop::Kind::Underlay, "", passed), hop(PathHop::Kind::Node, "node-b", passed),
                  hop(PathHop::Kind::Pod, "api", at ? CheckState::Bad : passed)};
    path->brokenAt = at;
    path->measuredAt = WallTime(std::chrono::milliseconds(1'000'000));
    PathCheck ingress;
    ingress.check = "policy-ingress";
    ingress.state = at ? CheckState::Bad : CheckState::Good;
    ingress.hop = 4;
    ingress.facts = {{"by", policy}, {"rule", "spec.ingress[0]"}};
    PathCheck connection;
    connection.check = "connection";
    connection.hop = 4;
    connection.state = at ? CheckState::Bad : CheckState::Good;
    connection.facts = {{"port", "80"}};
    ProbeStep step;
    step.outcome = at ? ProbeOutcome::Timeout : ProbeOutcome::Reached;
    step.command = {"nc", "-z", "10.0.0.1", "80"};
    step.output = "timed out";
    connection.measured = step;
    path->checks = {ingress, connection};
    return path;
}

QList<HopCard *> cardsOf(const PathView &view)
{
    return view.strip()->findChildren<HopCard *>();
}

} // namespace

class TestPathView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHopIsReadOut()
    {
        PathView view;
        view.setTheme(lightTheme());
        view.setPath(pathBrokenAt(4));
        const auto cards = cardsOf(view);
        QCOMPARE(cards.size(), 5);
        QVERIFY(cards[0]->accessibleName().contains(QLatin1String("web")));
        QVERIFY(cards[2]->accessibleName().contains(QLatin1String("Between the nodes")));
        QVERIFY(cards[4]->accessibleName().contains(QLatin1String("broken here")));
        for (int i = 0; i < 4; ++i)
            QVERIFY(!cards[i]->accessibleName().contains(QLatin1String("broken")));
        QVERIFY(view.verdict().contains(QLatin1String("api")));
    }

    void aHopLeadsToItsObject()
    {
        PathView view;
        view.setTheme(darkTheme());
        view.setPath(pathBrokenAt({}));
        QSignalSpy wanted(&view, &PathView::subjectRequested);
        QTest::keyClick(cardsOf(view)[1], Qt::Key_Space);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<Subject>().object.name, std::string("node-a"));
        QTest::keyClick(cardsOf(view)[2], Qt::Key_Space); // no object lies between the nodes
        QCOMPARE(wanted.size(), 1);
    }

    void checksCarryTheirEvidence()
    {
        const StepRow row = rowOf(pathBrokenAt(4)->checks[1]);
        QCOMPARE(row.command, QStringLiteral("nc -z 10.0.0.1 80"));
        QCOMPARE(row.output, QStringLiteral("timed out"));
        const StepRow policy = rowOf(pathBrokenAt(4)->checks[0]);
        QVERIFY(policy.text.contains(QLatin1String("shop/closed spec.ingress[0] denies it")));
        QCOMPARE(policy.state, QStringLiteral("denied")); // and no "timeout"
    }

    void namesAreShownAsTheyAreWritten()
    {
        const StepRow row = rowOf(pathBrokenAt(4, "<b>bold</b>\n")->checks[0]);
        QVERIFY(row.text.contains(QLatin1String("<b>bold</b>")));
        QVERIFY(!row.text.contains(QLatin1Char('\n')));
    }

    void aBreakIsDrawnInAnotherShape()
    {
        const auto pictureOf = [](const ConnectionPathPtr &path) {
            PathView view;
            view.setTheme(lightTheme());
            view.resize(1000, 700);
            view.setPath(path);
            view.ensurePolished();
            view.show();
            return view.strip()->grab().toImage().convertToFormat(QImage::Format_Grayscale8);
        };
        QVERIFY(pictureOf(pathBrokenAt(4)) != pictureOf(pathBrokenAt(1)));
        QVERIFY(pictureOf(pathBrokenAt(4)) != pictureOf(pathBrokenAt({})));
    }

    void withoutAConnectionTheViewSaysHowToChooseOne()
    {
        PathView view;
        view.setTheme(lightTheme());
        view.setPath(pathBrokenAt({}));
        QCOMPARE(view.verdict(), QStringLiteral("reached"));
        view.setPath(nullptr);
        QVERIFY(cardsOf(view).isEmpty());
        QVERIFY(view.strip()->isHidden());
        QVERIFY(view.verdict().isEmpty());
    }
};

QTEST_MAIN(TestPathView)
#include "test_path_view.moc"
