#include "model/session/policy_questions.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

using namespace portolan;
using namespace portolan::fakes;

namespace {

ClusterMaker clientAndServer()
{
    ClusterMaker maker;
    maker.ns("a");
    maker.workload("Deployment", "a", "client", 1, {{"app", "client"}});
    maker.workload("Deployment", "a", "server", 1, {{"app", "server"}}, {{"http", 8080, Protocol::Tcp}});
    maker.service("a", "server", {{"app", "server"}}, {servicePort(80, 8080)});
    admit(maker.policy("a", "server", withLabels({{"app", "server"}})), {podsLike({{"app", "client"}})},
          {{Protocol::Tcp, PortRef(std::uint16_t(8080)), {}}});
    return maker;
}

ProbeRequest toService(ClusterMaker &maker)
{
    return {{ObjectKind::Pod, "Pod", "a", maker.podsOf("a", "client")[0]->meta.name},
            {},
            {ObjectKind::Service, "Service", "a", "server"},
            80,
            Protocol::Tcp,
            ProbeMethod::Tcp};
}

} // namespace

class TestPolicyQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Policies see the connection after the service has been translated.
    void aServiceIsAskedAboutBehindItsTranslation()
    {
        ClusterMaker maker = clientAndServer();
        PolicyQuestions questions;
        const auto reason = questions.reason(maker.state(), toService(maker), CancelSource().token());
        QVERIFY(reason);
        QCOMPARE(reason->destination.name, maker.podsOf("a", "server")[0]->meta.name);
        QCOMPARE(reason->traffic.port, std::uint16_t(8080));
        QCOMPARE(reason->verdict.outcome, policy::Outcome::Allow);
        const policy::Decision &last = reason->verdict.by.back();
        QCOMPARE(last.object.name, std::string("server"));
        QCOMPARE(last.path, std::string("spec.ingress[0]"));
    }

    void theAnswerIsOfTheStateThatIsAsked()
    {
        ClusterMaker maker = clientAndServer();
        PolicyQuestions questions;
        const ProbeRequest request = toService(maker);
        QCOMPARE(questions.reason(maker.state(), request, CancelSource().token())->verdict.outcome,
                 policy::Outcome::Allow);
        maker.policy("a", "shut", withLabels({{"app", "client"}})).isolatesEgress = true;
        const auto reason = questions.reason(maker.state(), request, CancelSource().token());
        QCOMPARE(reason->verdict.outcome, policy::Outcome::Deny);
        QCOMPARE(reason->verdict.by.front().object.name, std::string("shut"));
    }

    void aSuggestionIsAboutTheEndpointBehindTheService()
    {
        ClusterMaker maker = clientAndServer();
        maker.policy("a", "shut", withLabels({{"app", "client"}})).isolatesEgress = true;
        PolicyQuestions questions;
        const auto found = questions.suggestion(maker.state(), toService(maker), CancelSource().token());
        QVERIFY(found);
        QCOMPARE(found->answer, policy::Suggestion::Answer::Suggested);
        QCOMPARE(found->traffic.port, std::uint16_t(8080));
        QVERIFY(found->yaml.find("- Egress") != std::string::npos);
        const auto answer = questions.whatIf(maker.state(), found->yaml, CancelSource().token());
        QVERIFY(answer && answer->flips == found->check->flips);
        const auto none = questions.leastPrivilege(maker.state(), toService(maker).source, CancelToken());
        QCOMPARE(none->answer, policy::Suggestion::Answer::NothingObserved);
    }

    /// The frame's policies are used where they are of that state, and only there.
    void keptPoliciesAnswerForTheirOwnState()
    {
        ClusterMaker maker = clientAndServer();
        const ProbeRequest request = toService(maker);
        const ClusterStatePtr state = maker.state();
        PolicyQuestions questions;
        questions.keep(policy::PolicyModel::make(state, {.enforcer = policy::Enforcer::None}));
        const auto reason = questions.reason(state, request, CancelSource().token());
        QCOMPARE(reason->verdict.by.back().effect, policy::Decision::Effect::Default); // of no policy at all
        questions.keep(policy::PolicyModel::make(state));
        maker.policy("a", "shut", withLabels({{"app", "client"}})).isolatesEgress = true;
        const auto later = questions.reason(maker.state(), request, CancelSource().token());
        QCOMPARE(later->verdict.outcome, policy::Outcome::Deny);
    }

    /// Where nobody enforces, the policies are listed all the same.
    void policiesThatNobodyEnforcesAreToldOf()
    {
        ClusterMaker maker = clientAndServer();
        maker.workload("DaemonSet", "kube-flannel", "kube-flannel-ds", 1, {{"app", "flannel"}});
        PolicyQuestions questions;
        const ObjectRef server{ObjectKind::Workload, "Deployment", "a", "server"};
        const auto pods = questions.about(maker.state(), server, CancelSource().token());
        QVERIFY(pods && pods->subject && !pods->policy);
        QCOMPARE(pods->enforcer.enforcer, policy::Enforcer::None);
        QCOMPARE(pods->subject->openness[0], policy::Openness::Open);
        QCOMPARE(pods->subject->policies.size(), std::size_t(1));
        QVERIFY(!pods->subject->policies[0].isEnforced);
        const ObjectRef policy{ObjectKind::NetworkPolicy, "NetworkPolicy", "a", "server"};
        const auto answer = questions.about(maker.state(), policy, CancelSource().token());
        QVERIFY(answer && answer->policy && !answer->isEnforced);
        QVERIFY(answer->policy->isCompiled);
        QCOMPARE(answer->policy->selected.pods, std::size_t(1));
    }

    void aPodIsAskedAboutAndAServiceIsNot()
    {
        ClusterMaker maker = clientAndServer();
        PolicyQuestions questions;
        const ObjectRef pod = refOf(*maker.podsOf("a", "server")[0]);
        const auto answer = questions.about(maker.state(), pod, CancelSource().token());
        QVERIFY(answer && answer->subject);
        QCOMPARE(answer->object, pod);
        QCOMPARE(answer->subject->openness, (std::array{policy::Openness::Isolated, policy::Openness::Open}));
        QVERIFY(answer->subject->policies[0].isEnforced);
        QVERIFY(!questions.about(maker.state(), toService(maker).destination, CancelSource().token()));
        CancelSource cancel;
        cancel.cancel();
        QVERIFY(!questions.about(maker.state(), pod, cancel.token()));
    }

    void whatHasNoTwoEndsHasNoReason()
    {
        ClusterMaker maker = clientAndServer();
        PolicyQuestions questions;
        ProbeRequest nobody = toService(maker);
        nobody.source.name = "no-such";
        QVERIFY(!questions.reason(maker.state(), nobody, CancelSource().token()));
        CancelSource cancel;
        cancel.cancel();
        QVERIFY(!questions.reason(maker.state(), toService(maker), cancel.token()));
        QVERIFY(!questions.matrix(maker.state(), {}, cancel.token()));
        const auto none = questions.suggestion(maker.state(), nobody, CancelSource().token());
        QCOMPARE(none->answer, policy::Suggestion::Answer::NotNameable);
        QVERIFY(none->reason.find("no-such") != std::string::npos);
        QVERIFY(!questions.suggestion(maker.state(), toService(maker), cancel.token()));
        QVERIFY(!questions.whatIf(maker.state(), {}, cancel.token()));
        QVERIFY(!questions.leastPrivilege(maker.state(), nobody.source, cancel.token()));
    }
};

QTEST_GUILESS_MAIN(TestPolicyQuestions)
#include "test_policy_questions.moc"
