#include "model/diagnosis/finding.h"
#include "model/policy/policy_model.h"

#include <QTest>

#include <algorithm>

using namespace portolan;

namespace {

template<class T>
std::shared_ptr<T> object(const std::string &ns, const std::string &name)
{
    auto made = std::make_shared<T>();
    made->meta.ns = ns;
    made->meta.name = name;
    return made;
}

std::shared_ptr<Pod> readyPod(const std::string &ns, const std::string &name, const std::string &app)
{
    auto pod = object<Pod>(ns, name);
    pod->meta.labels = Labels({{"app", app}});
    pod->phase = PodPhase::Running;
    pod->ready = true;
    return pod;
}

std::shared_ptr<Service> webService()
{
    auto service = object<Service>("shop", "web");
    service->selector = {{"app", "web"}};
    service->clusterIps = {"10.96.0.9"};
    service->ports = {{"http", Protocol::Tcp, 80, PortRef(std::string("http")), 0, {}}};
    return service;
}

std::shared_ptr<EndpointSlice> webSlice(bool ready)
{
    auto slice = object<EndpointSlice>("shop", "web-1");
    slice->serviceName = "web";
    Endpoint endpoint;
    endpoint.addresses = {"10.244.0.5"};
    endpoint.ready = ready;
    endpoint.serving = ready;
    slice->endpoints = {endpoint};
    return slice;
}

std::shared_ptr<NetworkPolicy> closingPolicy(const std::string &name)
{
    auto policy = object<NetworkPolicy>("shop", name);
    policy->isolatesIngress = true;
    return policy;
}

/// Collects objects and turns them into a state.
struct Cluster
{
    ClusterDelta delta;
    ClusterStatePtr base;

    template<class T>
    Cluster &add(std::shared_ptr<T> made)
    {
        delta.upserts.push_back(std::shared_ptr<const T>(std::move(made)));
        return *this;
    }
    ClusterStatePtr state() const { return applied(base, delta); }
    std::vector<Finding> findings(std::string_view rule) const
    {
        std::vector<Finding> all = findFindings(*policy::PolicyModel::make(state()));
        std::erase_if(all, [&](const Finding &finding) { return finding.rule != rule; });
        return all;
    }
};

std::string fact(const Finding &finding, std::string_view name)
{
    for (const auto &[key, value] : finding.facts) {
        if (key == name)
            return value;
    }
    return "(absent)";
}

/// A namespace with a policy over its pods, a service and its endpoint: nothing to find.
Cluster soundShop()
{
    Cluster cluster;
    auto pod = readyPod("shop", "web-1", "web");
    Container container;
    container.name = "web";
    container.ports = {{"http", 8080, Protocol::Tcp}};
    pod->containers = {container};
    cluster.add(object<Namespace>("", "shop")).add(pod).add(webService()).add(webSlice(true));
    auto node = object<Node>("", "node-a");
    node->ready = true;
    cluster.add(node).add(closingPolicy("default-deny"));
    return cluster;
}

std::shared_ptr<ApiObject> calicoPolicy(const std::string &name, const std::string &selector)
{
    auto policy = object<ApiObject>("", name);
    policy->group = "crd.projectcalico.org";
    policy->kind = "GlobalNetworkPolicy";
    policy->json = std::make_shared<const std::string>(R"({"spec":{"types":["Ingress"],"selector":")" +
                                                       selector + "\"}}");
    return policy;
}

ProbeResult probe(ProbeOutcome outcome, std::vector<ProbeOutcome> steps = {})
{
    ProbeResult result;
    result.request.source = {ObjectKind::Pod, "Pod", "shop", "web-1"};
    result.request.destination = {ObjectKind::Service, "Service", "shop", "cart"};
    result.request.port = 6379;
    result.outcome = outcome;
    const ProbeStepKind kinds[] = {ProbeStepKind::Name, ProbeStepKind::ClusterIp, ProbeStepKind::Endpoint};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        ProbeStep step;
        step.kind = kinds[i];
        step.host = "10.0.0." + std::to_string(i);
        step.outcome = steps[i];
        result.steps.push_back(step);
    }
    return result;
}

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundClusterHasNone()
    {
        const auto findings = findFindings(*policy::PolicyModel::make(soundShop().state()));
        QVERIFY2(findings.empty(), findings.empty() ? "" : std::string(findings.front().rule).c_str());
    }

    void aServiceWithoutEndpointsSaysWhy()
    {
        Cluster nothing;
        nothing.add(webService());
        QCOMPARE(nothing.findings("service-without-endpoints").size(), 1u);
        QCOMPARE(fact(nothing.findings("service-without-endpoints")[0], "cause"),
                 std::string("selector-matches-nothing"));

        Cluster unready;
        auto pod = readyPod("shop", "web-1", "web");
        pod->ready = false;
        unready.add(webService()).add(pod).add(webSlice(false));
        const auto found = unready.findings("service-without-endpoints");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "cause"), std::string("pods-not-ready"));
        QCOMPARE(found[0].evidence.size(), 1u);

        Cluster unlisted;
        unlisted.add(webService()).add(readyPod("shop", "web-1", "web"));
        QCOMPARE(fact(unlisted.findings("service-without-endpoints")[0], "cause"), std::string("not-listed"));
    }

    void podsOnTheHostNetworkStandBehindServices()
    {
        auto pod = readyPod("shop", "agent-1", "web");
        pod->hostNetwork = true;
        pod->ready = false;
        const auto found =
            Cluster().add(pod).add(webService()).add(webSlice(false)).findings("service-without-endpoints");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "cause"), std::string("pods-not-ready"));
        QCOMPARE(fact(found[0], "pods"), std::string("1"));
        QCOMPARE(Cluster().add(pod).add(webService()).findings("target-port-missing").size(), 1u);
    }

    void evidenceIsBounded()
    {
        Cluster cluster;
        for (int i = 0; i < 50; ++i) {
            auto pod = readyPod("shop", "web-" + std::to_string(i), "web");
            pod->ready = false;
            cluster.add(pod);
        }
        const auto found = cluster.add(webService()).findings("service-without-endpoints");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "pods"), std::string("50"));
        QCOMPARE(found[0].evidence.size(), 10u);
    }

    void selectorsByExpressionFindTheirPods()
    {
        const auto findingsWith = [](LabelRequirement requirement) {
            auto policy = closingPolicy("p");
            policy->podSelector.matchExpressions = {std::move(requirement)};
            return Cluster()
                .add(readyPod("shop", "web-1", "web"))
                .add(readyPod("shop", "api-1", "api"))
                .add(policy)
                .findings("policy-selects-nothing")
                .size();
        };
        using Operator = LabelRequirement::Operator;
        QCOMPARE(findingsWith({"app", Operator::In, {"web"}}), 0u);
        QCOMPARE(findingsWith({"app", Operator::In, {"db"}}), 1u);
        QCOMPARE(findingsWith({"app", Operator::In, {"db", "api"}}), 0u);
        QCOMPARE(findingsWith({"app", Operator::NotIn, {"web", "api"}}), 1u);
        QCOMPARE(findingsWith({"zone", Operator::DoesNotExist, {}}), 0u);
    }

    void aTerminatingEndpointThatServesIsOne()
    {
        Cluster cluster;
        auto slice = webSlice(false);
        slice->endpoints[0].serving = true;
        slice->endpoints[0].terminating = true;
        cluster.add(webService()).add(readyPod("shop", "web-1", "web")).add(slice);
        QVERIFY(cluster.findings("service-without-endpoints").empty());
    }

    void servicesThatNeedNoEndpointsAreLeftAlone()
    {
        auto external = object<Service>("shop", "mail");
        external->type = ServiceType::ExternalName;
        Cluster cluster;
        cluster.add(external).add(object<Service>("shop", "by-hand"));
        QVERIFY(cluster.findings("service-without-endpoints").empty());
    }

    void whatCannotBeReadProvesNothing()
    {
        Cluster cluster;
        cluster.add(webService()).add(object<Namespace>("", "shop")).add(readyPod("shop", "x", "x"));
        const Error forbidden{ErrorCode::PermissionDenied, "no", "u"};
        cluster.delta.gaps = {
            ReadGap{{"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true}, "", forbidden},
            ReadGap{
                {"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true}, "shop", forbidden}};
        QVERIFY(cluster.findings("service-without-endpoints").empty());
        QVERIFY(cluster.findings("namespace-open-to-all").empty());
        QCOMPARE(cluster.findings("resource-not-readable").size(), 2u);
    }

    void aNamedTargetPortHasToExist()
    {
        Cluster cluster = soundShop();
        QVERIFY(cluster.findings("target-port-missing").empty());
        auto pod = readyPod("shop", "web-1", "web");
        cluster.add(pod); // the same pod, without its port
        const auto found = cluster.findings("target-port-missing");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "target"), std::string("http"));
    }

    void aLoadBalancerWaitsForItsAddress()
    {
        auto service = webService();
        service->type = ServiceType::LoadBalancer;
        Cluster pending;
        pending.add(service);
        QCOMPARE(pending.findings("load-balancer-pending").size(), 1u);
        auto served = std::make_shared<Service>(*service);
        served->loadBalancerAddresses = {"192.0.2.1"};
        QVERIFY(Cluster().add(served).findings("load-balancer-pending").empty());
    }

    void anIngressNamesWhatIsThere()
    {
        auto ingress = object<Ingress>("shop", "front");
        ingress->paths = {{"shop.example", "/", "Prefix", {"web", PortRef(std::uint16_t{80})}},
                          {"shop.example", "/a", "Prefix", {"web", PortRef(std::uint16_t{81})}},
                          {"shop.example", "/b", "Prefix", {"gone", PortRef(std::uint16_t{80})}}};
        Cluster cluster = soundShop();
        cluster.add(ingress);
        const auto found = cluster.findings("ingress-backend-missing");
        QCOMPARE(found.size(), 2u);
        std::vector<std::string> missing{fact(found[0], "missing"), fact(found[1], "missing")};
        std::sort(missing.begin(), missing.end());
        QCOMPARE(missing, (std::vector<std::string>{"port", "service"}));
    }

    void aPolicyThatSelectsNothingIsNoted()
    {
        auto policy = closingPolicy("for-nobody");
        policy->podSelector.matchLabels = {{"app", "nobody"}};
        Cluster cluster = soundShop();
        cluster.add(policy);
        const auto found = cluster.findings("policy-selects-nothing");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found[0].object.name, std::string("for-nobody"));
        QCOMPARE(fact(found[0], "selector"), std::string("app=nobody"));
    }

    void aNamespaceIsOpenWhereNoPolicySelects()
    {
        Cluster cluster;
        cluster.add(object<Namespace>("", "shop")).add(readyPod("shop", "web-1", "web"));
        QCOMPARE(cluster.findings("namespace-open-to-all").size(), 1u);
        Cluster elsewhere = cluster;
        elsewhere.add(calicoPolicy("deny-others", "app == 'other'"));
        QCOMPARE(elsewhere.findings("namespace-open-to-all").size(), 1u);
        cluster.add(calicoPolicy("deny-all", "all()"));
        QVERIFY(cluster.findings("namespace-open-to-all").empty());
    }

    /// One of an API that the enforcer is not known to look at: nothing is claimed.
    void aPolicyThatMayCountLeavesItOpenWhetherANamespaceIsOpen()
    {
        Cluster cluster;
        cluster.add(object<Namespace>("", "shop")).add(readyPod("shop", "web-1", "web"));
        cluster.add(calicoPolicy("deny-all", "all()"));
        auto other = object<ApiObject>("shop", "of-cilium");
        other->group = "cilium.io";
        other->kind = "CiliumNetworkPolicy";
        QCOMPARE(policy::PolicyModel::make(cluster.add(other).state())->enforcer().enforcer,
                 policy::Enforcer::Generic);
        QVERIFY(cluster.findings("namespace-open-to-all").empty());
    }

    void policiesOfEveryApiAreToSelectSomebody()
    {
        Cluster cluster = soundShop();
        cluster.add(calicoPolicy("for-nobody", "app == 'nobody'")).add(calicoPolicy("for-all", "all()"));
        const auto found = cluster.findings("policy-selects-nothing");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found[0].object.name, std::string("for-nobody"));
        const Error forbidden{ErrorCode::PermissionDenied, "no", "u"};
        cluster.delta.gaps = {ReadGap{{"", "v1", "Pod", "pods", true}, "shop", forbidden}};
        QVERIFY(cluster.findings("policy-selects-nothing").empty());
    }

    void policiesThatNothingEnforcesAreAProblem()
    {
        Cluster cluster = soundShop();
        QVERIFY(cluster.findings("policies-not-enforced").empty());
        auto flannel = object<Workload>("kube-flannel", "kube-flannel-ds");
        flannel->kind = "DaemonSet";
        flannel->templateLabels = Labels(std::vector<Labels::Entry>{{"app", "flannel"}});
        cluster.add(flannel);
        const auto found = cluster.findings("policies-not-enforced");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "policies"), std::string("1"));
        QVERIFY(fact(found[0], "because").find("kube-flannel-ds") != std::string::npos);
        QVERIFY(cluster.findings("namespace-open-to-all").empty()); // said by the above
    }

    void policiesThatASettingTurnsOffAreAProblem()
    {
        const auto foundWith = [](const char *data) {
            Cluster cluster = soundShop();
            auto cilium = object<Workload>("kube-system", "cilium");
            cilium->kind = "DaemonSet";
            auto config = object<ApiObject>("kube-system", "cilium-config");
            config->kind = "ConfigMap";
            config->json = std::make_shared<const std::string>(data);
            cluster.add(cilium).add(config);
            return cluster.findings("policies-not-enforced");
        };
        QVERIFY(foundWith(R"({"data": {"enable-policy": "default"}})").empty());
        const auto never = foundWith(R"({"data": {"enable-policy": "never"}})");
        QCOMPARE(never.size(), 1u);
        QVERIFY(fact(never[0], "because").find("enable-policy=never") != std::string::npos);
        const auto some = foundWith(R"({"data": {"enable-k8s-networkpolicy": "false"}})");
        QCOMPARE(some.size(), 1u);
        QCOMPARE(fact(some[0], "policies"), std::string("1"));
        QVERIFY(fact(some[0], "because").find("enable-k8s-networkpolicy=false") != std::string::npos);
    }

    void podsOnTheHostNetworkOrDoneDoNotCount()
    {
        Cluster cluster;
        auto host = readyPod("shop", "host-1", "x");
        host->hostNetwork = true;
        auto done = readyPod("shop", "job-1", "x");
        done->phase = PodPhase::Succeeded;
        done->ready = false;
        cluster.add(object<Namespace>("", "shop")).add(host).add(done);
        QVERIFY(cluster.findings("namespace-open-to-all").empty());
        QVERIFY(cluster.findings("pod-not-ready").empty());
    }

    void aPodThatKeepsFailingIsAProblem()
    {
        auto waiting = readyPod("shop", "slow", "x");
        waiting->ready = false;
        waiting->reason = "ContainersNotReady";
        auto crashing = readyPod("shop", "crash", "x");
        crashing->ready = false;
        Container container;
        container.reason = "CrashLoopBackOff";
        container.restarts = 7;
        crashing->containers = {container};
        Cluster cluster;
        cluster.add(waiting).add(crashing);
        const auto found = cluster.findings("pod-not-ready");
        QCOMPARE(found.size(), 2u);
        QCOMPARE(found[0].severity, Severity::Problem);
        QCOMPARE(fact(found[0], "restarts"), std::string("7"));
        QCOMPARE(found[1].severity, Severity::Warning);
        QCOMPARE(fact(found[1], "reason"), std::string("ContainersNotReady"));
    }

    void aNodeThatIsNotReadyIsAProblem()
    {
        auto node = object<Node>("", "node-b");
        node->notReadyReason = "NodeStatusUnknown";
        const auto found = Cluster().add(node).findings("node-not-ready");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "reason"), std::string("NodeStatusUnknown"));
    }

    void aNodeWhoseAgentIsNotReadyIsAProblem()
    {
        auto node = object<Node>("", "node-b");
        node->ready = true;
        auto agent = object<Pod>("kube-system", "cilium-x");
        agent->meta.owners = {{"DaemonSet", "cilium", true}};
        agent->nodeName = "node-b";
        agent->reason = "CrashLoopBackOff";
        const auto found = Cluster().add(node).add(agent).findings("cni-agent-not-ready");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(found[0].object, refOf(*node));
        QCOMPARE(found[0].evidence, std::vector{refOf(*agent)});
        QCOMPARE(fact(found[0], "agent"), std::string("cilium"));
        QCOMPARE(fact(found[0], "reason"), std::string("CrashLoopBackOff"));
        auto down = object<Node>("", "node-b"); // as a whole, and that is told
        QVERIFY(Cluster().add(down).add(agent).findings("cni-agent-not-ready").empty());
        auto sound = std::make_shared<Pod>(*agent);
        sound->ready = true;
        QVERIFY(Cluster().add(node).add(sound).findings("cni-agent-not-ready").empty());
    }

    void onlyTheLastProbeOfAPairCounts()
    {
        Cluster cluster;
        cluster.base =
            withProbe(withProbe(nullptr, probe(ProbeOutcome::Timeout)), probe(ProbeOutcome::Reached));
        QVERIFY(cluster.findings("probe-failed").empty());
        cluster.base = withProbe(cluster.base, probe(ProbeOutcome::Timeout));
        const auto found = cluster.findings("probe-failed");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "outcome"), std::string("TIMEOUT"));
        QCOMPARE(fact(found[0], "port"), std::string("6379/TCP"));
    }

    void aMissingToolIsNoNetworkFinding()
    {
        Cluster cluster;
        cluster.base = withProbe(nullptr, probe(ProbeOutcome::ToolMissing));
        QVERIFY(cluster.findings("probe-failed").empty());
        cluster.base = withProbe(nullptr, probe(ProbeOutcome::Unknown));
        QVERIFY(cluster.findings("probe-failed").empty());
    }

    void aProbeNamesThePartThatFails()
    {
        using enum ProbeOutcome;
        Cluster cluster;
        cluster.base = withProbe(nullptr, probe(Reached, {Reached, Reached, Refused}));
        const auto found = cluster.findings("probe-failed");
        QCOMPARE(found.size(), 1u);
        QCOMPARE(fact(found[0], "failing"), std::string("endpoint 10.0.0.2"));
    }

    void problemsComeFirstAndTheOrderIsStable()
    {
        Cluster cluster = soundShop();
        cluster.add(object<Node>("", "node-z"));
        auto policy = closingPolicy("for-nobody");
        policy->podSelector.matchLabels = {{"app", "nobody"}};
        cluster.add(policy);
        const auto findings = findFindings(*policy::PolicyModel::make(cluster.state()));
        QCOMPARE(findings.size(), 2u);
        QCOMPARE(findings[0].rule, std::string_view("node-not-ready"));
        QVERIFY(findFindings(*policy::PolicyModel::make(cluster.state())) == findings);
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "test_findings.moc"
