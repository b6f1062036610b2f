#include "tests/fakes/cluster_maker.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/raw_field.h"
#include "ui/inspector/rule_widget.h"
#include "ui/inspector/yaml_text.h"
#include "ui/words/policy_words.h"
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

/// Whether any block has a text that is exactly this.
bool has(const InspectorContent &content, const QString &text)
{
    for (const Section &section : content.sections) {
        for (const Block &block : section.blocks) {
            QStringList texts;
            if (const auto *remark = std::get_if<Remark>(&block))
                texts = {remark->title, remark->text};
            else if (const auto *paragraph = std::get_if<Paragraph>(&block))
                texts = {paragraph->text};
            else if (const auto *fact = std::get_if<Fact>(&block))
                texts = {fact->name, fact->value};
            else if (const auto *row = std::get_if<LinkRow>(&block))
                texts = {row->text, row->more};
            if (texts.contains(text))
                return true;
        }
    }
    return false;
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

    /// A policy that is there is shown with the lines of its rule, and leads to itself with them.
    void theLinesOfTheRuleAreMarked()
    {
        EdgeId edge;
        auto frame =
            std::make_shared<TopologyFrame>(*probedFrame(EdgeVerdict::Allowed, ProbeOutcome::Reached, edge));
        auto state = std::make_shared<ClusterState>(*frame->state);
        auto object = std::make_shared<ApiObject>();
        object->group = "cilium.io";
        object->version = "v2";
        object->kind = "CiliumNetworkPolicy";
        object->meta.ns = "shop";
        object->meta.name = "web";
        object->json = std::make_shared<const std::string>(
            R"({"kind":"CiliumNetworkPolicy","spec":{"endpointSelector":{},"ingress":[{},{"fromEntities":["<b>"]}]}})");
        state->others = ObjectTable<ApiObject>({object});
        frame->state = state;
        auto reason = std::make_shared<PolicyReason>();
        reason->request = frame->graph->edge(edge)->probe;
        policy::Decision decision;
        decision.object = refOf(*object);
        decision.path = "spec.ingress[1]";
        decision.effect = policy::Decision::Effect::Allows;
        reason->verdict.by = {decision};
        const Subject connection = Subject::of(edge);
        const InspectorContent content = pageOf(connection, {frame, {}, reason});
        const RuleRow *row = blockIn<RuleRow>(content);
        QVERIFY(row && row->open && row->yaml.marked);
        const QStringList lines = row->yaml.text.split(u'\n');
        QCOMPARE(row->yaml.marked->first, row->yaml.marked->last - 1);
        QCOMPARE(lines[int(row->yaml.marked->first)], QStringLiteral("  - fromEntities:"));
        QCOMPARE(row->subject, Subject::of(refOf(*object), "spec.ingress[1]"));
        const InspectorContent page = pageOf(row->subject, {frame, {}});
        const RawText *raw = blockIn<RawText>(page);
        QVERIFY(raw && raw->marked == row->yaml.marked);

        Inspector inspector;
        inspector.setFrame(frame);
        inspector.setSubject(connection);
        inspector.setReason(reason);
        auto *rule = inspector.findChild<RuleWidget *>();
        QVERIFY(rule && rule->isOpen());
        QVERIFY(rule->findChild<RawField *>()->extraSelections().size() == 2);
        auto *head = inspector.findChild<QAbstractButton *>(QStringLiteral("rule-head"));
        QVERIFY(head->accessibleName().contains(QStringLiteral("CiliumNetworkPolicy shop/web")));
        head->click();
        QVERIFY(!rule->isOpen());
        QSignalSpy wanted(inspector.contentView(), &ContentView::subjectRequested);
        inspector.findChild<QPushButton *>(QStringLiteral("rule-go"))->click();
        QCOMPARE(wanted.first().first().value<Subject>(), row->subject);
    }

    void contradictionNamesBothAndWhoDecided()
    {
        EdgeId edge;
        const auto frame = probedFrame(EdgeVerdict::Denied, ProbeOutcome::Reached, edge);
        auto reason = std::make_shared<PolicyReason>();
        reason->request = frame->graph->edge(edge)->probe;
        reason->verdict.outcome = policy::Outcome::Deny;
        policy::Decision decision;
        decision.object = {ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", "no-such"};
        decision.effect = policy::Decision::Effect::Isolates;
        reason->verdict.by = {decision};
        const InspectorContent content = pageOf(Subject::of(edge), {frame, {}, reason});
        const Remark *remark = blockIn<Remark>(content);
        QVERIFY(remark);
        QCOMPARE(remark->title, disagree);
        QCOMPARE(remark->tone, Tone::Bad);
        QVERIFY(remark->text.contains(QStringLiteral("NetworkPolicy shop/no-such, isolates ingress")));
        QVERIFY(remark->text.contains(words::outcomeText(ProbeOutcome::Reached)));
    }

    /// No policy is blamed for what no policy did.
    void onlyWhatPoliciesDidIsPutDownToThem()
    {
        for (const ProbeOutcome outcome :
             {ProbeOutcome::Dns, ProbeOutcome::ToolMissing, ProbeOutcome::Unknown, ProbeOutcome::Refused,
              ProbeOutcome::NoRoute}) {
            EdgeId edge;
            const auto frame = probedFrame(EdgeVerdict::Denied, outcome, edge);
            const InspectorContent content = pageOf(Subject::of(edge), {frame, {}});
            const Remark *remark = blockIn<Remark>(content);
            QCOMPARE(remark->title, words::outcomeText(outcome));
        }
        EdgeId edge;
        const auto frame = probedFrame(EdgeVerdict::Unknown, ProbeOutcome::Timeout, edge);
        QCOMPARE(blockIn<Remark>(pageOf(Subject::of(edge), {frame, {}}))->title,
                 words::outcomeText(ProbeOutcome::Timeout));
    }

    void aPodListsThePoliciesThatSelectIt()
    {
        const auto frame = frameOf(shopState());
        const Pod &pod = *frame->state->pods.inNamespace("shop").front();
        const Subject subject = Subject::of(refOf(pod));
        auto answer = std::make_shared<PolicyAnswer>();
        answer->object = refOf(pod);
        answer->subject.emplace();
        answer->subject->pods = 1;
        QVERIFY(has(pageOf(subject, {frame, {}}), QStringLiteral("Asking the policies…")));
        QVERIFY(has(pageOf(subject, {frame, {}, {}, answer}),
                    QStringLiteral("no policy selects it: open to all")));

        policy::SelectingPolicy staged;
        staged.object = {ObjectKind::Other, "StagedNetworkPolicy.projectcalico.org", "shop", "later"};
        staged.tier = "security";
        staged.concerns = staged.isolates = {true, false};
        staged.isPending = true;
        staged.pods = 1;
        policy::SelectingPolicy unread;
        unread.kind = "NetworkPolicy";
        unread.isCertain = false;
        answer->subject->policies = {staged, unread};
        answer->subject->openness = {policy::Openness::Unknown, policy::Openness::Isolated};
        const InspectorContent content = pageOf(subject, {frame, {}, {}, answer});
        QVERIFY(has(content, QStringLiteral("isolates ingress · tier security · staged: not enforced")));
        QVERIFY(has(content, QStringLiteral("could not be read: unknown")));
        QVERIFY(has(content, words::opennessText(policy::Openness::Isolated)));
        QVERIFY(!has(content, QStringLiteral("no policy selects it: open to all")));
        answer->enforcer.enforcer = policy::Enforcer::None;
        QVERIFY(has(pageOf(subject, {frame, {}, {}, answer}), QStringLiteral("not enforced: open to all")));
    }

    void aPolicyListsWhomItSelectsAndAdmits()
    {
        const auto frame = frameOf(shopState());
        const ObjectRef ref = refOf(**frame->state->networkPolicies.begin());
        PolicyQuestions questions;
        const auto real = questions.about(frame->state, ref, CancelSource().token());
        QVERIFY(real && real->policy);
        const InspectorContent content = pageOf(Subject::of(ref), {frame, {}, {}, real});
        QVERIFY(has(content, QStringLiteral("isolates what it selects")));
        QVERIFY(blockIn<LinkRow>(content));

        auto answer = std::make_shared<PolicyAnswer>(*real);
        answer->policy = policy::PolicyFacts{};
        answer->policy->isCompiled = true;
        answer->policy->isPending = true;
        answer->policy->faults = {{ref, "spec.<i>", "is wrong"}};
        answer->policy->faultCount = 1;
        policy::RuleFacts rule;
        rule.effect = policy::RuleEffect::Deny;
        rule.path = "spec.ingress[0]";
        rule.traffic.push_back({{}, {{6, 80, 90}}, {{17, "dns"}}, {}, false, {}});
        rule.peers.pods.pods = 30;
        rule.peers.pods.groups = 14;
        rule.peers.pods.named = {{{ObjectKind::Workload, "Deployment", "shop", "web"}, 3}};
        rule.peers.ranges = {"10.0.0.0/8"};
        rule.peers.rangeCount = 1;
        answer->policy->rules = {rule};
        answer->policy->ruleCount = 1;
        const InspectorContent made = pageOf(Subject::of(ref), {frame, {}, {}, answer});
        for (const char *text : {"Staged: not enforced", "Selects no pod", "spec.<i>",
                                 "Denies 80-90/TCP, dns/UDP", "30 pod(s), 1 range(s) of addresses outside",
                                 "Deployment shop/web", "… and 13 more", "10.0.0.0/8", "ingress[0]"})
            QVERIFY2(has(made, QString::fromUtf8(text)), text);
        answer->isEnforced = false;
        answer->policy->isPending = false;
        QVERIFY(has(pageOf(Subject::of(ref), {frame, {}, {}, answer}), QStringLiteral("Not enforced")));

        Inspector inspector;
        inspector.setFrame(frame);
        inspector.setSubject(Subject::of(ref));
        inspector.setPolicyAnswer(real);
        QVERIFY(has(inspector.contentView()->content(), QStringLiteral("isolates what it selects")));
        auto other = std::make_shared<PolicyAnswer>(*answer);
        other->object.name = "another";
        inspector.setPolicyAnswer(other);
        QVERIFY(has(inspector.contentView()->content(), QStringLiteral("isolates what it selects")));
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

    void whatJoinsTwoMachinesHasAPage()
    {
        fakes::ClusterMaker maker;
        maker.node("node-a").ready = false;
        maker.node("node-b");
        maker.workload("DaemonSet", "kube-system", "cilium", 2, {{"k8s-app", "cilium"}});
        maker.other("", "ConfigMap", "kube-system", "cilium-config").json =
            std::make_shared<const std::string>(R"({"data": {"routing-mode": "tunnel", "mtu": "1450"}})");
        const auto frame = frameOf(maker.state(), GraphView::Nodes);
        QCOMPARE(frame->graph->edges.size(), std::size_t(1));
        const InspectorContent link = pageOf(Subject::of(frame->graph->edges.front().id), {frame, {}});
        QVERIFY2(link.heading.contains(QStringLiteral("node-a")) && link.heading.contains(u'↔'),
                 qPrintable(link.heading));
        QVERIFY(has(link, QStringLiteral("VXLAN tunnel")));
        QVERIFY(has(link, QStringLiteral("VXLAN (Cilium)")));
        QVERIFY(has(link, QStringLiteral("1450 (ConfigMap kube-system/cilium-config: mtu)")));
        const ObjectRef node{ObjectKind::Node, "Node", "", "node-b"};
        QVERIFY(has(pageOf(Subject::of(node), {frame, {}}), QStringLiteral("VXLAN (Cilium)")));
        QVERIFY(has(pageOf({}, {frame, {}}), QStringLiteral("VXLAN (Cilium)")));
    }
};

QTEST_MAIN(TestInspector)
#include "test_inspector.moc"
