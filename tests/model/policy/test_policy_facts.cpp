#include "model/policy/agreement.h"
#include "model/policy/policy_facts.h"
#include "model/policy/policy_kinds.h"
#include "model/policy/subject_facts.h"
#include "tests/model/policy/policy_cluster.h"

#include <QTest>

using namespace portolan;
using namespace portolan::policy;
using namespace portolan::policytest;

namespace {

const CancelToken noCancel = CancelSource().token();

ObjectRef networkPolicy(const std::string &name)
{
    return {ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", name};
}

std::string calico(const std::string &kind, const std::string &name, const std::string &spec)
{
    const bool global = kind.find("Global") != std::string::npos;
    return "---\napiVersion: projectcalico.org/v3\nkind: " + kind + "\nmetadata: {name: " + name +
           (global ? "" : ", namespace: shop") + "}\nspec: " + spec + "\n";
}

ObjectRef calicoRef(const std::string &kind, const std::string &name)
{
    const bool global = kind.find("Global") != std::string::npos;
    return {ObjectKind::Other, kind + ".projectcalico.org", global ? "" : "shop", name};
}

SubjectFacts factsOfPods(const PolicyModel &model, const std::string &ns, const std::string &workload)
{
    std::vector<ObjectRef> pods;
    for (const EndpointId id : model.endpoints().podsOfWorkload(ns, workload))
        pods.push_back(refOf(model.endpoints().pod(id)));
    SubjectFacts facts;
    addSubjectFacts(
        facts, model, pods, true, [](const ObjectRef &) { return true; }, noCancel);
    return facts;
}

const RuleFacts *ruleAt(const PolicyFacts &facts, const std::string &path)
{
    for (const RuleFacts &rule : facts.rules) {
        if (rule.path == path)
            return &rule;
    }
    return nullptr;
}

Decision by(Decision::Effect effect, const std::string &name)
{
    Decision decision;
    decision.object = networkPolicy(name);
    decision.effect = effect;
    return decision;
}

} // namespace

class TestPolicyFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSubjectKnowsItsPoliciesByDirection()
    {
        const auto model = modelOf(shop() + closedApi + closedWeb);
        const SubjectFacts api = factsOfPods(*model, "shop", "api");
        QCOMPARE(api.pods, std::size_t(1));
        QCOMPARE(api.openness, (std::array{Openness::Isolated, Openness::Open}));
        QCOMPARE(api.policies.size(), std::size_t(1));
        QCOMPARE(api.policies[0].object, networkPolicy("api-closed"));
        QCOMPARE(api.policies[0].isolates, (std::array{true, false}));
        QVERIFY(api.policies[0].tier.empty() && api.policies[0].isCertain && api.policies[0].isEnforced);
        QCOMPARE(factsOfPods(*model, "shop", "web").openness,
                 (std::array{Openness::Open, Openness::Isolated}));
        const SubjectFacts jobs = factsOfPods(*model, "batch", "jobs");
        QCOMPARE(jobs.openness, (std::array{Openness::Open, Openness::Open}));
        QVERIFY(jobs.policies.empty());
    }

    void tiersAndStagedPoliciesAreNamed()
    {
        const auto model = modelOf(
            shop() + calico("Tier", "security", "{order: 10}") +
                calico("GlobalNetworkPolicy", "security.log-out",
                       "{tier: security, selector: app == 'web', egress: [{action: Pass}]}") +
                calico("StagedGlobalNetworkPolicy", "later", "{selector: app == 'web', types: [Ingress]}"),
            Enforcer::Calico);
        const SubjectFacts web = factsOfPods(*model, "shop", "web");
        QCOMPARE(web.policies.size(), std::size_t(2));
        QCOMPARE(web.policies[0].tier, std::string("security"));
        QVERIFY(web.policies[0].concerns[1] && !web.policies[0].concerns[0]);
        QVERIFY(web.policies[1].isPending);
        QCOMPARE(web.openness[0], Openness::Open); // staged policies isolate nobody

        const PolicyFacts later =
            policyFacts(model, calicoRef("StagedGlobalNetworkPolicy", "later"), noCancel);
        QVERIFY(later.isPending && later.isCompiled && later.isolates[0]);
        QCOMPARE(later.selected.pods, std::size_t(1));
        QCOMPARE(later.selected.named[0].object.name, std::string("web"));
    }

    void whatCouldNotBeReadIsUnknown()
    {
        auto state = std::make_shared<ClusterState>(modelOf(shop())->endpoints().state());
        state->gaps.push_back({{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true},
                               "shop",
                               {ErrorCode::PermissionDenied, "forbidden", ""}});
        const auto model = PolicyModel::make(state);
        const SubjectFacts web = factsOfPods(*model, "shop", "web");
        QCOMPARE(web.openness, (std::array{Openness::Unknown, Openness::Unknown}));
        QCOMPARE(web.policies.size(), std::size_t(1));
        QVERIFY(!web.policies[0].object.isValid() && !web.policies[0].isCertain);
        QVERIFY(web.policies[0].unknown.find("could not be read") != std::string::npos);
        QCOMPARE(factsOfPods(*model, "batch", "jobs").openness[0], Openness::Open);
    }

    void aPolicyKnowsWhomItSelectsAndAdmits()
    {
        const auto model = modelOf(
            shop() +
            policyYaml(
                "shop", "api",
                "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}], ports: "
                "[{port: 8080}]}, {from: [{namespaceSelector: {matchLabels: {x: z}}}]}, {from: "
                "[{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {namespaceSelector: "
                "{matchLabels: {kubernetes.io/metadata.name: batch}}}]}, {}]}"));
        const PolicyFacts facts = policyFacts(model, networkPolicy("api"), noCancel);
        QVERIFY(facts.isCompiled && facts.podsAreKnown && facts.faults.empty());
        QCOMPARE(facts.isolates, (std::array{true, false}));
        QCOMPARE(facts.selected.pods, std::size_t(1));
        QCOMPARE(facts.selected.named[0].object.name, std::string("api"));

        const RuleFacts *own = ruleAt(facts, "spec.ingress[0]");
        QVERIFY(own);
        QCOMPARE(own->traffic.size(), std::size_t(1));
        // Both workloads of the namespace: the namespace is named.
        QCOMPARE(own->peers.pods.pods, std::size_t(2));
        QCOMPARE(own->peers.pods.named.size(), std::size_t(1));
        QCOMPARE(own->peers.pods.named[0].object.kind, ObjectKind::Namespace);

        const RuleFacts *nobody = ruleAt(facts, "spec.ingress[1]");
        QVERIFY(nobody && nobody->peers.pods.pods == 0 && nobody->peers.rangeCount == 0);

        const RuleFacts *outside = ruleAt(facts, "spec.ingress[2]");
        QVERIFY(outside);
        QCOMPARE(outside->peers.pods.named[0].object.name, std::string("jobs"));
        QVERIFY(outside->peers.rangeCount >= 2);
        QVERIFY(!outside->peers.isEveryAddress);
        QCOMPARE(outside->peers.ranges[0], std::string("10.0.0.0/16"));

        const RuleFacts *anyone = ruleAt(facts, "spec.ingress[3]");
        QVERIFY(anyone && anyone->peers.isEveryone && anyone->traffic.empty());
    }

    void aPolicyThatSelectsNobodySaysSo()
    {
        const auto model =
            modelOf(shop() + policyYaml("shop", "typo", "{podSelector: {matchLabels: {app: apo}}}"));
        const PolicyFacts facts = policyFacts(model, networkPolicy("typo"), noCancel);
        QVERIFY(facts.isCompiled && facts.podsAreKnown);
        QCOMPARE(facts.selected.pods + facts.selected.maybePods, std::size_t(0));
        QVERIFY(!policyFacts(model, networkPolicy("not-there"), noCancel).isCompiled);
    }

    void faultsAreThoseOfThePolicy()
    {
        const auto model =
            modelOf(shop() + closedApi +
                        calico("NetworkPolicy", "odd", "{selector: 'app ==', ingress: [{action: Alow}]}"),
                    Enforcer::Calico);
        const PolicyFacts facts = policyFacts(model, calicoRef("NetworkPolicy", "odd"), noCancel);
        QVERIFY(facts.faultCount >= 1);
        QVERIFY(facts.faults[0].field.starts_with("spec."));
        QVERIFY(policyFacts(model, networkPolicy("api-closed"), noCancel).faults.empty());
    }

    void kindsAreKnown()
    {
        QVERIFY(isPolicy(networkPolicy("x")));
        QVERIFY(isPolicy(calicoRef("StagedKubernetesNetworkPolicy", "x")));
        QVERIFY(!isPolicy(calicoRef("GlobalNetworkSet", "x")));
        QVERIFY(!isPolicy(pod("shop", "web")));
        QCOMPARE(nativeEnforcer(calicoRef("NetworkPolicy", "x")), std::optional(Enforcer::Calico));
        QVERIFY(!isEnforcedBy(networkPolicy("x"), Enforcer::None));
        QVERIFY(hasTiers(calicoRef("NetworkPolicy", "x")) && !hasTiers(networkPolicy("x")));
    }

    void onlyWhatIsCertainContradicts_data()
    {
        QTest::addColumn<Outcome>("predicted");
        QTest::addColumn<ProbeOutcome>("measured");
        QTest::addColumn<Protocol>("protocol");
        QTest::addColumn<Agreement>("agreement");
        const auto row = [](const char *name, Outcome predicted, ProbeOutcome measured, Protocol protocol,
                            Agreement agreement) {
            QTest::newRow(name) << predicted << measured << protocol << agreement;
        };
        using A = Agreement;
        using P = ProbeOutcome;
        row("allowed, reached", Outcome::Allow, P::Reached, Protocol::Tcp, A::Agrees);
        row("allowed, lost", Outcome::Allow, P::Timeout, Protocol::Tcp, A::Contradicted);
        row("allowed, no route", Outcome::Allow, P::NoRoute, Protocol::Tcp, A::Contradicted);
        row("allowed, UDP silent", Outcome::Allow, P::Timeout, Protocol::Udp, A::None);
        row("allowed, refused", Outcome::Allow, P::Refused, Protocol::Tcp, A::None);
        row("allowed, no name", Outcome::Allow, P::Dns, Protocol::Tcp, A::None);
        row("denied, reached", Outcome::Deny, P::Reached, Protocol::Tcp, A::Contradicted);
        row("denied, UDP answered", Outcome::Deny, P::Reached, Protocol::Udp, A::Contradicted);
        row("denied, lost", Outcome::Deny, P::Timeout, Protocol::Tcp, A::Agrees);
        row("denied, UDP silent", Outcome::Deny, P::Timeout, Protocol::Udp, A::None);
        row("denied, refused", Outcome::Deny, P::Refused, Protocol::Tcp, A::None);
        row("denied, no name", Outcome::Deny, P::Dns, Protocol::Tcp, A::None);
        row("denied, no tool", Outcome::Deny, P::ToolMissing, Protocol::Tcp, A::None);
        row("unknown, lost", Outcome::Unknown, P::Timeout, Protocol::Tcp, A::None);
        row("unknown, reached", Outcome::Unknown, P::Reached, Protocol::Tcp, A::None);
    }
    void onlyWhatIsCertainContradicts()
    {
        QFETCH(Outcome, predicted);
        QFETCH(ProbeOutcome, measured);
        QFETCH(Protocol, protocol);
        QTEST(agreementOf(predicted, measured, protocol), "agreement");
    }

    void theStepOfThePodCounts()
    {
        ProbeResult probe;
        probe.outcome = ProbeOutcome::Reached;
        QCOMPARE(measuredAt(probe, pod("shop", "a"), 80), std::optional(ProbeOutcome::Reached));
        ProbeStep step;
        step.kind = ProbeStepKind::Endpoint;
        step.endpoint = pod("shop", "a");
        step.port = 80;
        step.outcome = ProbeOutcome::Timeout;
        probe.steps.push_back(step);
        QCOMPARE(measuredAt(probe, pod("shop", "a"), 80), std::optional(ProbeOutcome::Timeout));
        QVERIFY(!measuredAt(probe, pod("shop", "b"), 80));
        QVERIFY(!measuredAt(probe, pod("shop", "a"), 81));
    }

    void theOneThatSettlesIsFound()
    {
        using Effect = Decision::Effect;
        Verdict verdict;
        verdict.by = {by(Effect::Passes, "first"), by(Effect::Allows, "second"),
                      by(Effect::Isolates, "third"), by(Effect::Denies, "fourth")};
        verdict.outcome = Outcome::Deny;
        QCOMPARE(settledBy(verdict)->object.name, std::string("third"));
        verdict.outcome = Outcome::Allow;
        QCOMPARE(settledBy(verdict)->object.name, std::string("second"));
        verdict.outcome = Outcome::Unknown;
        QVERIFY(!settledBy(verdict));
    }
};

QTEST_GUILESS_MAIN(TestPolicyFacts)
#include "test_policy_facts.moc"
