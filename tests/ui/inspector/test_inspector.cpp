#include "tests/ui/support/ui_frames.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/yaml_text.h"
#include "ui/words/words.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace portolan;
using namespace portolan::ui;
using portolan::uitest::frameOf;
using portolan::uitest::shopState;

namespace {

template<class T>
const T *blockIn(const InspectorContent &content)
{
    for (const Section &section : content.sections) {
        for (const Block &block : section.blocks) {
            if (const T *found = std::get_if<T>(&block))
                return found;
        }
    }
    return nullptr;
}

/// A frame whose only probe of its first probeable line of that verdict ended so.
TopologyFramePtr probedFrame(EdgeVerdict verdict, ProbeOutcome outcome, EdgeId &edge)
{
    auto state = std::make_shared<ClusterState>(*shopState());
    state->probes.clear();
    auto frame = std::make_shared<TopologyFrame>(*frameOf(state));
    auto graph = std::make_shared<TopologyGraph>(*frame->graph);
    for (GraphEdge &candidate : graph->edges) {
        if (!candidate.probe.source.isValid() || edge.isValid())
            continue;
        edge = candidate.id;
        candidate.verdict = verdict;
        ProbeResult result;
        result.request = candidate.probe;
        result.outcome = outcome;
        result.tool = "nc";
        ProbeStep step;
        step.kind = ProbeStepKind::Name;
        step.host = "web.shop.svc";
        step.port = 80;
        step.outcome = outcome;
        step.command = {"nc", "-zv", "web.shop.svc", "80"};
        step.kubectl = "kubectl exec web -- nc -zv web.shop.svc 80";
        step.output = "\x1b[31m<b>refused</b>\nsecond";
        result.steps.push_back(step);
        state->probes.push_back(result);
    }
    frame->state = state;
    frame->graph = graph;
    return frame;
}

const QString disagree = QStringLiteral("Policy and probe disagree");

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyObjectHasAPage()
    {
        const auto frame = frameOf(shopState());
        int pages = 0;
        const auto check = [&](const auto &table) {
            for (const auto &object : table) {
                const InspectorContent content = pageOf(Subject::of(refOf(*object)), {frame, {}});
                QVERIFY(!content.caption.isEmpty());
                QCOMPARE(content.heading, QString::fromStdString(object->meta.name));
                QVERIFY(!content.sections.empty());
                ++pages;
            }
        };
        check(frame->state->pods);
        check(frame->state->services);
        check(frame->state->networkPolicies);
        check(frame->state->workloads);
        check(frame->state->nodes);
        check(frame->state->namespaces);
        check(frame->state->ingresses);
        check(frame->state->endpointSlices);
        QVERIFY(pages > 60);
        for (const GraphEdge &edge : frame->graph->edges)
            QVERIFY(pageOf(Subject::of(edge.id), {frame, {}}).heading.contains(QStringLiteral(" → ")));
        QVERIFY(!pageOf({}, {frame, {}}).heading.isEmpty());
    }

    void whatIsGoneSaysSo()
    {
        const auto frame = frameOf(shopState());
        const Subject gone = Subject::of(ObjectRef{ObjectKind::Pod, "Pod", "shop", "no-such"});
        const InspectorContent content = pageOf(gone, {frame, {}});
        QVERIFY(blockIn<Remark>(content));
        QCOMPARE(pageOf(gone, {}), InspectorContent{});
    }

    /// The evaluator's word about the pair goes before the line's, with everything that decided.
    void whatDecidedIsListedInOrder()
    {
        EdgeId edge;
        const auto frame = probedFrame(EdgeVerdict::Allowed, ProbeOutcome::Timeout, edge);
        auto reason = std::make_shared<PolicyReason>();
        reason->request = frame->graph->edge(edge)->probe;
        reason->verdict.outcome = policy::Outcome::Deny;
        policy::Decision first;
        first.direction = policy::Direction::Egress;
        policy::Decision second;
        second.object = {ObjectKind::Other, "GlobalNetworkPolicy.crd.projectcalico.org", "",
                         "lock <b>down</b>"};
        second.path = "spec.ingress[2]";
        second.effect = policy::Decision::Effect::Denies;
        reason->verdict.by = {first, second};
        const InspectorContent content = pageOf(Subject::of(edge), {frame, {}, reason});
        QCOMPARE(blockIn<Remark>(content)->title, QStringLiteral("As the policies say"));
        QVERIFY(
            blockIn<Paragraph>(content)->text.startsWith(QStringLiteral("No policy restricts what leaves")));
        const LinkRow *row = blockIn<LinkRow>(content);
        QCOMPARE(row->text, QStringLiteral("GlobalNetworkPolicy lock <b>down</b>"));
        QCOMPARE(row->more, QStringLiteral("ingress[2] denies"));
    }

    void probeAndPolicyAreCompared_data()
    {
        QTest::addColumn<int>("verdict");
        QTest::addColumn<int>("outcome");
        QTest::addColumn<bool>("disagree");
        const auto row = [](const char *name, EdgeVerdict verdict, ProbeOutcome outcome, bool said) {
            QTest::newRow(name) << int(verdict) << int(outcome) << said;
        };
        row("allowed, timeout", EdgeVerdict::Allowed, ProbeOutcome::Timeout, true);
        row("allowed, reached", EdgeVerdict::Allowed, ProbeOutcome::Reached, false);
        row("allowed, refused", EdgeVerdict::Allowed, ProbeOutcome::Refused, false);
        row("denied, reached", EdgeVerdict::Denied, ProbeOutcome::Reached, true);
        row("denied, timeout", EdgeVerdict::Denied, ProbeOutcome::Timeout, false);
    }
    void probeAndPolicyAreCompared()
    {
        QFETCH(int, verdict);
        QFETCH(int, outcome);
        EdgeId edge;
        const auto frame = probedFrame(EdgeVerdict(verdict), ProbeOutcome(outcome), edge);
        const InspectorContent content = pageOf(Subject::of(edge), {frame, {}});
        const Remark *remark = blockIn<Remark>(content);
        QTEST(remark && remark->title == disagree, "disagree");
        const Tiles *tiles = blockIn<Tiles>(content);
        QCOMPARE(tiles->tiles.size(), std::size_t(3));
        QVERIFY(tiles->tiles[2].value.startsWith(words::outcomeText(ProbeOutcome(outcome))));
        const StepRow *step = blockIn<StepRow>(content);
        QCOMPARE(step->command, QStringLiteral("nc -zv web.shop.svc 80"));
        QCOMPARE(step->output, QStringLiteral(" [31m<b>refused</b>\nsecond"));
    }

    void namesAreShownAsTheyAreWritten()
    {
        auto state = std::make_shared<ClusterState>(*shopState());
        auto pod = std::make_shared<Pod>();
        pod->meta.ns = "<i>ns</i>";
        pod->meta.name = "<b>bold</b>";
        pod->meta.labels = Labels(std::vector<Labels::Entry>{{"<u>k</u>", "<h1>v</h1>"}});
        pod->containers.push_back({});
        pod->containers.back().name = "<img src=x>";
        state->pods = ObjectTable<Pod>({pod});
        Inspector inspector;
        inspector.setFrame(frameOf(state));
        inspector.setSubject(Subject::of(refOf(*pod)));
        int labels = 0;
        for (const QLabel *label : inspector.findChildren<QLabel *>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(!label->toolTip().contains(QLatin1String("<b>")));
            labels += label->text().contains(u'<') ? 1 : 0;
        }
        QVERIFY(labels >= 4);
    }

    void aRecordingOffersNoProbe()
    {
        const auto frame = frameOf(shopState(SourceKind::Demo));
        const EdgeId edge = uitest::edgeTo(*frame, "shop", "checkout");
        QVERIFY(edge.isValid());
        Inspector inspector;
        inspector.setFrame(frame);
        inspector.setSubject(Subject::of(edge));
        QVERIFY(inspector.findChild<QLabel *>(QStringLiteral("offline-note")));
        QVERIFY(!inspector.findChild<QPushButton *>(QStringLiteral("probe-main")));
        const Subject pod = Subject::of(refOf(*frame->state->pods.inNamespace("shop").front()));
        QVERIFY(!blockIn<ProbeStarter>(pageOf(pod, {frame, {}})));
        QVERIFY(blockIn<ProbeStarter>(pageOf(pod, {frameOf(shopState()), {}})));
    }

    void theButtonProbesAndThenCancels()
    {
        const auto frame = frameOf(shopState());
        const EdgeId edge = uitest::edgeTo(*frame, "shop", "checkout");
        Inspector inspector;
        inspector.setFrame(frame);
        inspector.setSubject(Subject::of(edge));
        QSignalSpy probes(inspector.contentView(), &ContentView::probeRequested);
        QSignalSpy cancels(inspector.contentView(), &ContentView::cancelRequested);
        inspector.findChild<QPushButton *>(QStringLiteral("probe-main"))->click();
        QCOMPARE(probes.count(), 1);
        const auto request = probes.first().first().value<ProbeRequest>();
        QCOMPARE(request, frame->graph->edge(edge)->probe);

        ProbeActivity activity;
        activity.request = request;
        activity.running = activity.active = true;
        inspector.setActivity(activity);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        inspector.findChild<QPushButton *>(QStringLiteral("probe-main"))->click();
        QCOMPARE(cancels.count(), 1);
        QCOMPARE(probes.count(), 1);
    }

    void jsonReadsAsYaml()
    {
        const char *json = R"({"spec":{"ports":[{"port":80,"names":["a","no"]},8.5],"empty":{},"none":[]},
            "kind":"X","apiVersion":"v1","metadata":{"name":"1e5","on":true,"t":"a: b"}})";
        QCOMPARE(yamlText(json),
                 QStringLiteral("apiVersion: v1\nkind: X\nmetadata:\n  name: \"1e5\"\n"
                                "  \"on\": true\n  t: \"a: b\"\nspec:\n  empty: {}\n  none: []\n"
                                "  ports:\n  - names:\n    - a\n    - \"no\"\n    port: 80\n  - 8.5\n"));
        QCOMPARE(yamlText("no json"), QStringLiteral("no json"));
        QVERIFY(yamlText("{\"a\":\"" + std::string(400'000, 'x') + "\"}").size() < 300'000);
    }
};

QTEST_MAIN(TestInspector)
#include "test_inspector.moc"
