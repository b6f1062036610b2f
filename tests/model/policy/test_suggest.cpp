#include "model/policy/pod_choice.h"
#include "model/policy/suggest.h"
#include "tests/fakes/cluster_maker.h"
#include "tests/model/policy/policy_cluster.h"

#include <QTest>

using namespace portolan;
using namespace portolan::policy;
using namespace portolan::policytest;

namespace {

using Answer = Suggestion::Answer;
constexpr Traffic http{protocol::tcp, 8080, 0, 0};

ObjectRef outside(const std::string &address)
{
    return {ObjectKind::Other, "Address", "", address};
}

Outcome after(const Suggestion &suggestion, const ObjectRef &from, const ObjectRef &to,
              const Traffic &traffic)
{
    const PolicyModel &model = *suggestion.check->after;
    const auto &table = model.endpoints();
    return model
        .explain(table.endpoint(table.find(from.ns, from.name)), table.endpoint(table.find(to.ns, to.name)),
                 traffic)
        .outcome;
}

std::shared_ptr<const PolicyModel> modelOf(fakes::ClusterMaker &maker)
{
    return PolicyModel::make(maker.state());
}

} // namespace

class TestSuggest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCombinationOfDirections_data()
    {
        QTest::addColumn<QString>("policies");
        QTest::addColumn<bool>("egress");
        QTest::addColumn<bool>("ingress");
        QTest::newRow("ingress denies") << QString::fromStdString(closedApi) << false << true;
        QTest::newRow("egress denies") << QString::fromStdString(closedWeb) << true << false;
        QTest::newRow("both deny") << QString::fromStdString(closedApi + closedWeb) << true << true;
    }

    void everyCombinationOfDirections()
    {
        QFETCH(QString, policies);
        QFETCH(bool, egress);
        QFETCH(bool, ingress);
        const auto model = policytest::modelOf(shop() + policies.toStdString());
        const auto answer = suggestAllowing(model, pod("shop", "web"), pod("shop", "api"), http);
        QCOMPARE(answer->answer, Answer::Suggested);
        const QString yaml = QString::fromStdString(answer->yaml);
        QCOMPARE(yaml.contains(QLatin1String("- Egress")), egress);
        QCOMPARE(yaml.contains(QLatin1String("- Ingress")), ingress);
        QVERIFY(!yaml.contains(QLatin1String("pod-template-hash")));
        QCOMPARE(after(*answer, pod("shop", "web"), pod("shop", "api"), http), Outcome::Allow);
        // Nothing but what was wanted.
        for (const Flip &flip : answer->check->flips.flips) {
            QCOMPARE(flip.from.workload.name, std::string("web"));
            QCOMPARE(flip.to.workload.name, std::string("api"));
            QCOMPARE(flip.ports, (PortSpans{{protocol::tcp, 8080, 8080}}));
        }
        QCOMPARE(answer->check->flips.flips.size(), std::size_t(1));
        // It stands as it is written.
        QVERIFY(whatIf(model, answer->yaml)->faults.empty());
    }

    void anotherNamespaceIsNamedByItsOwnLabel()
    {
        const auto model = policytest::modelOf(shop() + closedApi);
        const auto answer = suggestAllowing(model, pod("batch", "jobs"), pod("shop", "api"), http);
        QCOMPARE(answer->answer, Answer::Suggested);
        QCOMPARE(QString::fromStdString(answer->yaml),
                 QStringLiteral("apiVersion: networking.k8s.io/v1\n"
                                "kind: NetworkPolicy\n"
                                "metadata:\n"
                                "  name: api-from-jobs-8080\n"
                                "  namespace: shop\n"
                                "spec:\n"
                                "  podSelector:\n"
                                "    matchLabels:\n"
                                "      app: api\n"
                                "  policyTypes:\n"
                                "    - Ingress\n"
                                "  ingress:\n"
                                "    - from:\n"
                                "        - namespaceSelector:\n"
                                "            matchLabels:\n"
                                "              kubernetes.io/metadata.name: batch\n"
                                "          podSelector:\n"
                                "            matchLabels:\n"
                                "              app: jobs\n"
                                "      ports:\n"
                                "        - protocol: TCP\n"
                                "          port: 8080\n"));
    }

    void addressesOutsideAreBlocks()
    {
        const auto model = policytest::modelOf(shop() + closedWeb);
        const auto answer =
            suggestAllowing(model, pod("shop", "web"), outside("203.0.113.7"), {protocol::udp, 514, 0, 0});
        QCOMPARE(answer->answer, Answer::Suggested);
        const QString yaml = QString::fromStdString(answer->yaml);
        QVERIFY(yaml.contains(QLatin1String("cidr: \"203.0.113.7/32\"")));
        QVERIFY(yaml.contains(QLatin1String("protocol: UDP")));
    }

    void whatIsAllowedNeedsNothing()
    {
        const auto answer =
            suggestAllowing(policytest::modelOf(shop()), pod("shop", "web"), pod("shop", "api"), http);
        QCOMPARE(answer->answer, Answer::AlreadyAllowed);
        QVERIFY(answer->yaml.empty());
    }

    /// Above NetworkPolicy nothing that a NetworkPolicy says counts.
    void whatAnAdminDeniesNoNetworkPolicyCanAllow()
    {
        const std::string admin =
            "---\napiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: "
            "wall}\n"
            "spec: {priority: 5, subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}, "
            "ingress: [{name: d, action: Deny, from: [{namespaces: {}}]}]}\n";
        const auto model = policytest::modelOf(shop() + closedWeb + admin);
        const auto answer = suggestAllowing(model, pod("shop", "web"), pod("shop", "api"), http);
        QCOMPARE(answer->answer, Answer::NotByPolicy);
        QVERIFY(answer->yaml.empty() && !answer->check);
        QCOMPARE(answer->blockedBy.size(), std::size_t(1));
        QCOMPARE(answer->blockedBy[0].object.name, std::string("wall"));
        QCOMPARE(answer->blockedBy[0].path, std::string("spec.ingress[0]"));
    }

    void whatACiliumDenyDeniesNoNetworkPolicyCanAllow()
    {
        const std::string deny =
            "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: shut, namespace: "
            "shop}\nspec: "
            "{endpointSelector: {matchLabels: {app: api}}, ingressDeny: [{fromEndpoints: [{}]}]}\n";
        const auto model = policytest::modelOf(shop() + deny, Enforcer::Cilium);
        const auto answer = suggestAllowing(model, pod("shop", "web"), pod("shop", "api"), http);
        QCOMPARE(answer->answer, Answer::NotByPolicy);
        QCOMPARE(answer->blockedBy.at(0).object.name, std::string("shut"));
    }

    void whatNoPolicyCanNameIsSaid()
    {
        const auto model = policytest::modelOf(shop() + closedApi);
        const auto ping =
            suggestAllowing(model, pod("shop", "web"), pod("shop", "api"), {protocol::icmp, 0, 8, 0});
        QCOMPARE(ping->answer, Answer::NotNameable);
        QVERIFY(ping->reason.find("TCP, UDP and SCTP") != std::string::npos);
        const auto nobody = suggestAllowing(model, pod("shop", "gone"), pod("shop", "api"), http);
        QCOMPARE(nobody->answer, Answer::NotNameable);
        QVERIFY(nobody->reason.find("shop/gone") != std::string::npos);
    }

    void aPolicyOfThatNameIsNotReplaced()
    {
        const std::string taken =
            policyYaml("shop", "api-from-web-8080", "{podSelector: {matchLabels: {app: api}}}");
        const auto answer = suggestAllowing(policytest::modelOf(shop() + taken), pod("shop", "web"),
                                            pod("shop", "api"), http);
        QCOMPARE(answer->answer, Answer::Suggested);
        QVERIFY(answer->yaml.find("name: api-from-web-8080-2\n") != std::string::npos);
    }

    void theFewestStableLabelsThatTellApart()
    {
        fakes::ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "one", 2,
                       {{"app", "shop"}, {"tier", "one"}, {"pod-template-hash", "x"}});
        maker.workload("Deployment", "a", "two", 2,
                       {{"app", "shop"}, {"tier", "two"}, {"pod-template-hash", "y"}});
        maker.workload("StatefulSet", "a", "db", 1,
                       {{"app", "db"}, {"statefulset.kubernetes.io/pod-name", "db-0"}});
        maker.barePod("a", "bare", {{"job-name", "j"}});
        const auto model = modelOf(maker);
        const auto choice = [&](const char *name) {
            return choosePods(*model, model->endpoints().find("a", name));
        };
        using List = std::vector<Labels::Entry>;
        QCOMPARE(choice("one-7d9f-0").labels, (List{{"app", "shop"}, {"tier", "one"}}));
        QVERIFY(choice("one-7d9f-0").isExact);
        QCOMPARE(choice("db-0").labels, (List{{"app", "db"}}));
        QCOMPARE(choice("bare").labels, List());
        QVERIFY(!choice("bare").isExact);
    }

    /// Whatever names and labels say, the text is one that means what was meant, or none is handed out.
    void hostileNamesStayNames()
    {
        fakes::ClusterMaker maker;
        maker.ns("yes");
        maker.workload("Deployment", "yes", "web: [x]\n- y", 1,
                       {{"app", "true"}, {"evil", "a\"\nkind: Pod"}, {"x: y", "z"}});
        maker.workload("Deployment", "yes", "1e3", 1, {{"app", "1e3"}});
        maker.policy("yes", "closed", fakes::everything()).isolatesIngress = true;
        const auto model = modelOf(maker);
        const ObjectTable<Pod> pods = maker.state()->pods;
        QCOMPARE(pods.size(), std::size_t(2));
        const auto answer = suggestAllowing(model, refOf(*pods.all()[1]), refOf(*pods.all()[0]), http);
        QCOMPARE(answer->answer, Answer::Suggested);
        QVERIFY(answer->yaml.find("app: \"true\"") != std::string::npos);
        QVERIFY(answer->yaml.find("app: \"1e3\"") != std::string::npos);
        QVERIFY(answer->yaml.find("evil") == std::string::npos);
        QVERIFY(answer->yaml.find("namespace: \"yes\"") != std::string::npos);
        QCOMPARE(answer->check->objects.size(), std::size_t(1));
    }

    void leastPrivilegeAdmitsWhatWasSeenAndNoMore()
    {
        fakes::ClusterMaker maker = probed();
        const auto model = modelOf(maker);
        const auto answer = suggestLeastPrivilege(model, {ObjectKind::Workload, "Deployment", "shop", "api"});
        QCOMPARE(answer->answer, Answer::Suggested);
        const auto web = refOf(*maker.podsOf("shop", "web")[0]);
        const auto api = refOf(*maker.podsOf("shop", "api")[0]);
        const auto db = refOf(*maker.podsOf("data", "db")[0]);
        const auto dns = refOf(*maker.podsOf("kube-system", "coredns")[0]);
        QCOMPARE(after(*answer, web, api, http), Outcome::Allow);
        QCOMPARE(after(*answer, web, api, {protocol::tcp, 22, 0, 0}), Outcome::Deny);
        QCOMPARE(after(*answer, db, api, http), Outcome::Deny);
        QCOMPARE(after(*answer, api, db, {protocol::tcp, 5432, 0, 0}), Outcome::Allow);
        QCOMPARE(after(*answer, api, web, http), Outcome::Deny);
        // It asked the service by its name.
        QCOMPARE(after(*answer, api, dns, {protocol::udp, 53, 0, 0}), Outcome::Allow);
        QCOMPARE(after(*answer, api, dns, {protocol::tcp, 9153, 0, 0}), Outcome::Deny);
        QVERIFY(answer->yaml.find("name: api-least-privilege") != std::string::npos);
    }

    void leastPrivilegeAdmitsWhatAFlowLogSaw()
    {
        fakes::ClusterMaker maker;
        for (const char *ns : {"shop", "data", "kube-system"})
            maker.ns(ns);
        maker.workload("Deployment", "shop", "api", 2, {{"app", "api"}});
        maker.workload("Deployment", "shop", "web", 1, {{"app", "web"}});
        maker.workload("Deployment", "data", "db", 1, {{"app", "db"}});
        maker.workload("Deployment", "kube-system", "coredns", 1, {{"k8s-app", "kube-dns"}});
        maker.service("kube-system", "kube-dns", {{"k8s-app", "kube-dns"}},
                      {{"dns", Protocol::Udp, 53, std::uint16_t{53}, 0, {}}});
        const auto pod = [&](const char *ns, const char *name) { return refOf(*maker.podsOf(ns, name)[0]); };
        const ObjectRef node{ObjectKind::Other, "ClusterAddress", {}, "192.0.2.10"};
        FlowLog log;
        const auto see = [&](ObjectRef from, ObjectRef to, std::uint16_t port, Protocol protocol,
                             bool works) {
            ObservedFlow flow{std::move(from), std::move(to), port, protocol, 0, 0, {}, {}, {}, {}};
            (works ? flow.forwarded : flow.dropped) = 1;
            log.flows.push_back(std::move(flow));
        };
        see(pod("shop", "api"), pod("data", "db"), 5432, Protocol::Tcp, true);
        see(pod("shop", "api"), pod("data", "db"), 22, Protocol::Tcp, false);
        see(pod("shop", "web"), pod("shop", "api"), 8080, Protocol::Tcp, true);
        see(pod("shop", "api"), pod("kube-system", "coredns"), 53, Protocol::Udp, true);
        see(node, pod("shop", "api"), 8081, Protocol::Tcp, true);
        const auto model =
            PolicyModel::make(withFlows(maker.state(), std::make_shared<const FlowLog>(std::move(log))));
        const auto answer = suggestLeastPrivilege(model, {ObjectKind::Workload, "Deployment", "shop", "api"});
        QCOMPARE(answer->answer, Answer::Suggested);
        const auto api = pod("shop", "api"), db = pod("data", "db"), web = pod("shop", "web");
        QCOMPARE(after(*answer, api, db, {protocol::tcp, 5432, 0, 0}), Outcome::Allow);
        QCOMPARE(after(*answer, api, db, {protocol::tcp, 22, 0, 0}), Outcome::Deny);
        QCOMPARE(after(*answer, web, api, {protocol::tcp, 8080, 0, 0}), Outcome::Allow);
        QCOMPARE(after(*answer, db, api, {protocol::tcp, 8080, 0, 0}), Outcome::Deny);
        QCOMPARE(after(*answer, api, pod("kube-system", "coredns"), {protocol::udp, 53, 0, 0}),
                 Outcome::Allow);
        QVERIFY2(answer->yaml.find("192.0.2.10") == std::string::npos, answer->yaml.c_str());
        QVERIFY(answer->yaml.find("8081") == std::string::npos);
    }

    void namesAreResolvedOnlyWhereTheyWereUsed()
    {
        fakes::ClusterMaker maker = probed();
        const auto answer = suggestLeastPrivilege(modelOf(maker), refOf(*maker.podsOf("shop", "web")[0]));
        QCOMPARE(answer->answer, Answer::Suggested);
        QVERIFY(answer->yaml.find("kube-system") == std::string::npos);
        QVERIFY(answer->yaml.find("ingress: []") != std::string::npos);
    }

    void whatWasNeverSeenIsNotGuessed()
    {
        fakes::ClusterMaker maker = probed();
        const auto answer =
            suggestLeastPrivilege(modelOf(maker), {ObjectKind::Workload, "Deployment", "shop", "idle"});
        QCOMPARE(answer->answer, Answer::NothingObserved);
        const auto none =
            suggestLeastPrivilege(modelOf(maker), {ObjectKind::Workload, "Deployment", "shop", "no"});
        QCOMPARE(none->answer, Answer::NotNameable);
    }

    void otherPoliciesThatAllowInAdditionAreNamed()
    {
        fakes::ClusterMaker maker = probed();
        fakes::admit(maker.policy("shop", "open", fakes::withLabels({{"app", "api"}})), {});
        const auto answer =
            suggestLeastPrivilege(modelOf(maker), {ObjectKind::Workload, "Deployment", "shop", "api"});
        QCOMPARE(answer->answer, Answer::Suggested);
        QVERIFY(answer->yaml.find(
                    "# Selects these pods as well, and allows in addition: NetworkPolicy shop/open") !=
                std::string::npos);
    }

private:
    /// web reached api, api reached db by the name of its service; what api tried at idle failed.
    static fakes::ClusterMaker probed()
    {
        fakes::ClusterMaker maker;
        for (const char *ns : {"shop", "data", "kube-system"})
            maker.ns(ns);
        maker.workload("Deployment", "shop", "web", 1, {{"app", "web"}});
        maker.workload("Deployment", "shop", "api", 2, {{"app", "api"}}, {{"http", 8080, Protocol::Tcp}});
        maker.workload("Deployment", "shop", "idle", 1, {{"app", "idle"}});
        maker.workload("StatefulSet", "data", "db", 1, {{"app", "db"}});
        maker.workload("Deployment", "kube-system", "coredns", 1, {{"k8s-app", "kube-dns"}});
        maker.service("data", "db", {{"app", "db"}}, {fakes::servicePort(5432)});
        maker.service("kube-system", "kube-dns", {{"k8s-app", "kube-dns"}},
                      {fakes::servicePort(53, 53, Protocol::Udp, "dns"),
                       fakes::servicePort(53, 53, Protocol::Tcp, "dns-tcp")});
        const auto request = [&](const std::string &from, const ObjectRef &to, std::uint16_t port) {
            return ProbeRequest{
                refOf(*maker.podsOf("shop", from)[0]), {}, to, port, Protocol::Tcp, ProbeMethod::Tcp};
        };
        maker.probe(request("web", refOf(*maker.podsOf("shop", "api")[0]), 8080), ProbeOutcome::Reached);
        maker.probe(request("api", refOf(*maker.podsOf("shop", "idle")[0]), 80), ProbeOutcome::Timeout);
        ProbeResult byName;
        byName.request = request("api", {ObjectKind::Service, "Service", "data", "db"}, 5432);
        byName.outcome = ProbeOutcome::Reached;
        ProbeStep name;
        name.kind = ProbeStepKind::Name;
        name.outcome = ProbeOutcome::Reached;
        byName.steps = {name};
        maker.probe(byName);
        return maker;
    }
};

QTEST_GUILESS_MAIN(TestSuggest)
#include "test_suggest.moc"
