#include "model/policy/policy_model.h"
#include "model/policy/verdict_rows.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

#include <set>

using namespace portolan;
using namespace portolan::policy;

/// What an updated model shares with the one before, and when it is made anew.
class TestModelSharing : public QObject
{
    Q_OBJECT

    /// Three namespaces with two workloads and a policy each.
    static fakes::ClusterMaker cluster()
    {
        fakes::ClusterMaker maker;
        maker.node("node-a");
        for (const char *ns : {"one", "two", "three"}) {
            maker.ns(ns, {{"team", ns}});
            maker.workload("Deployment", ns, "web", 2, {{"app", "web"}});
            maker.workload("Deployment", ns, "db", 1, {{"app", "db"}});
            NetworkPolicy &policy = maker.policy(ns, "guard", LabelSelector{{{"app", "db"}}, {}});
            policy.isolatesIngress = true;
            policy.ingress = {PolicyRule{{peer({{"app", "web"}})}, {}}};
        }
        return maker;
    }

    static PolicyPeer peer(std::vector<Labels::Entry> labels)
    {
        PolicyPeer peer;
        peer.podSelector = LabelSelector{std::move(labels), {}};
        return peer;
    }

    static Labels oneLabel(const char *key, const char *value)
    {
        return Labels(std::vector<Labels::Entry>{{key, value}});
    }

    static std::shared_ptr<const PolicyModel> made(const ClusterStatePtr &state)
    {
        return PolicyModel::make(state);
    }

    template<class T, class Edit>
    static ClusterStatePtr edited(const ClusterStatePtr &state, const T &object, Edit edit)
    {
        auto copy = std::make_shared<T>(object);
        edit(*copy);
        ClusterDelta delta;
        delta.upserts.emplace_back(std::shared_ptr<const T>(copy));
        return applied(state, delta);
    }

    template<class Edit>
    static ClusterStatePtr withGuard(const ClusterStatePtr &state, Edit edit)
    {
        return edited(state, *state->networkPolicies.find("two", "guard"), edit);
    }

    static std::set<const SubjectGroup *> groupsOf(const PolicyModel &model, Direction direction)
    {
        std::set<const SubjectGroup *> groups;
        for (const SubjectGroup &group : model.classified().groups[std::size_t(direction)].groups())
            groups.insert(&group);
        return groups;
    }

    static Outcome outcome(const PolicyModel &model, std::pair<const char *, const char *> from,
                           std::pair<const char *, const char *> to)
    {
        const EndpointTable &table = model.endpoints();
        const auto first = [&](const auto &name) {
            return table.podsOfWorkload(name.first, name.second).front();
        };
        return PairVerdicts(model).outcome(first(from), first(to), {protocol::tcp, 80, 0, 0});
    }

private Q_SLOTS:
    void anEditedPolicyLeavesTheOtherGroupsShared()
    {
        const ClusterStatePtr state = cluster().state();
        const auto before = made(state);
        QVERIFY(outcome(*before, {"two", "web"}, {"two", "db"}) == Outcome::Allow);
        const auto after = before->updated(withGuard(state, [](NetworkPolicy &policy) {
            policy.ingress = {PolicyRule{{peer({{"app", "db"}})}, {}}};
        }));
        QVERIFY(after->history().keptClasses);
        QVERIFY(outcome(*after, {"two", "web"}, {"two", "db"}) == Outcome::Deny);
        QVERIFY(outcome(*after, {"one", "web"}, {"one", "db"}) == Outcome::Allow);
        QVERIFY(outcome(*before, {"two", "web"}, {"two", "db"}) == Outcome::Allow);

        QCOMPARE(after->classified().classes.traits(), before->classified().classes.traits());
        const auto old = groupsOf(*before, Direction::Ingress);
        const auto now = groupsOf(*after, Direction::Ingress);
        QCOMPARE(now.size(), old.size());
        const auto isNew = [&](const SubjectGroup *group) { return !old.contains(group); };
        QCOMPARE(std::count_if(now.begin(), now.end(), isNew), 1);
        QCOMPARE((*std::find_if(now.begin(), now.end(), isNew))->classes.size(), std::size_t{1});
        QVERIFY(groupsOf(*after, Direction::Egress) == groupsOf(*before, Direction::Egress));
        // The sets of what the other policies say are the very same.
        for (std::uint32_t p = 0; p < after->policies().policies.size(); ++p) {
            const Policy &policy = after->policies().policies[p];
            const bool isShared = &policy == &before->policies().policies[p];
            QCOMPARE(isShared, policy.object.ns != "two");
            QCOMPARE(after->classified().peers[0][p][0] == before->classified().peers[0][p][0], isShared);
        }
    }

    void aPolicyThatGoesLeavesNothingOfItself()
    {
        const ClusterStatePtr state = cluster().state();
        const auto before = made(state);
        ClusterDelta delta;
        delta.removed = {refOf(*state->networkPolicies.find("one", "guard"))};
        const auto after = before->updated(applied(state, delta));
        QVERIFY(after->history().keptClasses);
        QCOMPARE(after->policies().policies.size(), std::size_t{2});
        QVERIFY(outcome(*after, {"two", "web"}, {"one", "db"}) == Outcome::Allow);
        QVERIFY(outcome(*after, {"one", "web"}, {"two", "db"}) == Outcome::Deny);
        // Its pods are with those that nothing selects.
        QCOMPARE(groupsOf(*after, Direction::Ingress).size(),
                 groupsOf(*before, Direction::Ingress).size() - 1);
    }

    void aPodLikeOthersIsOneMoreOfThem()
    {
        const ClusterStatePtr state = cluster().state();
        const auto before = made(state);
        const Pod &old = before->endpoints().pod(before->endpoints().podsOfWorkload("two", "web").front());
        const auto after = before->updated(edited(state, old, [](Pod &pod) {
            pod.meta.name = "another";
            pod.ips = {"10.9.9.9"};
        }));
        QVERIFY(after->history().keptClasses);
        const EndpointId id = after->endpoints().find("two", "another");
        QVERIFY(id != noEndpoint);
        const ClassId its = after->classified().classes.classOf(id, 0);
        QCOMPARE(after->classified().classes.podsIn(its), before->classified().classes.podsIn(its) + 1);
        QCOMPARE(&after->policies(), &before->policies());
        for (const Direction direction : bothDirections)
            QVERIFY(groupsOf(*after, direction) == groupsOf(*before, direction));
        QCOMPARE(after->endpoints().withAddress(IpRange::parse("10.9.9.9")->first()), id);
    }

    void theLastOfAClassMayGoAndComeBack()
    {
        const ClusterStatePtr state = cluster().state();
        const auto before = made(state);
        const EndpointId id = before->endpoints().podsOfWorkload("two", "db").front();
        const auto pod = std::make_shared<const Pod>(before->endpoints().pod(id));
        const ClassId its = before->classified().classes.classOf(id, 0);
        ClusterDelta removal;
        removal.removed = {refOf(*pod)};
        const ClusterStatePtr without = applied(state, removal);
        auto after = before->updated(without);
        QVERIFY(after->history().keptClasses);
        QCOMPARE(after->classified().classes.podsIn(its), 0U);
        QCOMPARE(after->classified().classes.representative(its).ref, refOf(*pod));
        QVERIFY(after->countPairs({}) == made(without)->countPairs({}));

        ClusterDelta addition;
        addition.upserts.emplace_back(pod);
        after = after->updated(applied(without, addition));
        QVERIFY(after->history().keptClasses);
        QCOMPARE(after->classified().classes.podsIn(its), 1U);
        QVERIFY(outcome(*after, {"one", "web"}, {"two", "db"}) == Outcome::Deny);
    }

    void whatPoliciesDoNotLookAtChangesNothing()
    {
        const ClusterStatePtr state = cluster().state();
        const auto before = made(state);
        const ClusterStatePtr next =
            edited(state, *state->nodes.all().front(), [](Node &node) { node.ready = !node.ready; });
        const auto after = before->updated(next);
        QVERIFY(after->history().keptClasses);
        QCOMPARE(&after->policies(), &before->policies());
        QCOMPARE(&after->endpoints().state(), next.get());
        QCOMPARE(after->history().updates, 1U);
    }

    void classesAreMadeAnewWhereTheyAreOthers_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("a label that no policy looked at") << 0;
        QTest::newRow("a pod like none before") << 1;
        QTest::newRow("labels of a namespace") << 2;
        QTest::newRow("labels of a node") << 3;
        QTest::newRow("a service account") << 4;
    }

    void classesAreMadeAnewWhereTheyAreOthers()
    {
        QFETCH(int, what);
        const ClusterStatePtr state = cluster().state();
        const auto before = made(state);
        ClusterStatePtr next;
        switch (what) {
        case 0:
            next = withGuard(state, [](NetworkPolicy &policy) {
                policy.ingress = {PolicyRule{{peer({{"pod-template-hash", "x"}})}, {}}};
            });
            break;
        case 1:
            next = edited(state, *state->pods.all().front(),
                          [](Pod &pod) { pod.meta.labels = oneLabel("app", "other"); });
            break;
        case 2:
            next = edited(state, *state->namespaces.find("", "two"),
                          [](Namespace &ns) { ns.meta.labels = oneLabel("team", "red"); });
            break;
        case 3:
            next = edited(state, *state->nodes.all().front(),
                          [](Node &node) { node.meta.labels = oneLabel("zone", "z"); });
            break;
        default: {
            auto account = std::make_shared<ApiObject>();
            account->kind = "ServiceAccount";
            account->meta.ns = "two";
            account->meta.name = "robot";
            ClusterDelta delta;
            delta.upserts.emplace_back(std::shared_ptr<const ApiObject>(account));
            next = applied(state, delta);
        }
        }
        const auto after = before->updated(next);
        QVERIFY(after->history().keptPolicies);
        QVERIFY(!after->history().keptClasses);
        QVERIFY(after->countPairs({}) == made(next)->countPairs({}));
    }

    void anotherEnforcerIsAnotherModel()
    {
        const ClusterStatePtr state = cluster().state();
        auto maker = cluster();
        maker.workload("DaemonSet", "one", "cilium", 1, {{"k8s-app", "cilium"}});
        const auto after = made(state)->updated(maker.state());
        QVERIFY(after->enforcer().enforcer == Enforcer::Cilium);
        QVERIFY(!after->history().keptPolicies);
    }
};

QTEST_GUILESS_MAIN(TestModelSharing)
#include "test_model_sharing.moc"
