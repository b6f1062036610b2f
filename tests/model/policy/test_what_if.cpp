#include "model/policy/what_if.h"
#include "tests/model/policy/policy_cluster.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::policy;
using namespace portolan::policytest;

namespace {

/// "web>api deny 8080" for every flip between workloads: from, to, what it is now, ports.
QStringList flipsOf(const WhatIf &answer)
{
    QStringList lines;
    for (const Flip &flip : answer.flips.flips) {
        const auto end = [](const Party &party) {
            return QString::fromStdString(party.range.empty() ? party.workload.name : "outside");
        };
        lines << end(flip.from) + u'>' + end(flip.to) + u' ' +
                     QString::fromUtf8(outcomeName(flip.now).data()) + u' ' +
                     QString::fromStdString(portSpansText(flip.ports));
    }
    lines.sort();
    return lines;
}

QStringList faultsOf(const WhatIf &answer)
{
    QStringList lines;
    for (const EditFault &fault : answer.faults)
        lines << QString::fromStdString(fault.oneLine());
    return lines;
}

const Flip *flip(const WhatIf &answer, const std::string &from, const std::string &to)
{
    for (const Flip &one : answer.flips.flips) {
        if (one.from.workload.name == from && one.to.workload.name == to)
            return &one;
    }
    return nullptr;
}

} // namespace

class TestWhatIf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddedPolicyCutsOffAllButWhatItAdmits()
    {
        const auto model = modelOf(shop());
        const auto answer =
            whatIf(model, policyYaml("shop", "api",
                                     "{podSelector: {matchLabels: {app: api}}, ingress: [{from: "
                                     "[{podSelector: {matchLabels: {app: web}}}], ports: [{port: "
                                     "8080}]}]}"));
        QCOMPARE(faultsOf(*answer), QStringList());
        QCOMPARE(answer->objects.size(), std::size_t(1));
        QCOMPARE(answer->objects[0].edit, EditedObject::Edit::Adds);
        QCOMPARE(flipsOf(*answer),
                 (QStringList{QStringLiteral("jobs>api deny all"), QStringLiteral("outside>api deny all"),
                              QStringLiteral("web>api deny TCP 1-8079, 8081-65535; UDP all; "
                                             "SCTP all")}));
        const Flip *cut = flip(*answer, "jobs", "api");
        QVERIFY(cut);
        QCOMPARE(cut->was, Outcome::Allow);
        QCOMPARE(cut->by.back().object.name, std::string("api"));
        QCOMPARE(cut->by.back().effect, Decision::Effect::Isolates);
        // What is asked about is not changed.
        QVERIFY(model->endpoints().state().networkPolicies.empty());
    }

    void aReplacedPolicyIsComparedWithWhatItWas()
    {
        const auto model = modelOf(shop() + closedApi);
        const auto answer = whatIf(
            model,
            policyYaml("shop", "api-closed",
                       "{podSelector: {matchLabels: {app: api}}, ingress: [{from: "
                       "[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: batch}}}]}]}"));
        QCOMPARE(answer->objects[0].edit, EditedObject::Edit::Replaces);
        QCOMPARE(flipsOf(*answer), QStringList{QStringLiteral("jobs>api allow all")});
        QCOMPARE(flip(*answer, "jobs", "api")->by.back().path, std::string("spec.ingress[0]"));
    }

    void aRemovedPolicyOpensWhatItClosed()
    {
        const auto model = modelOf(shop() + closedApi);
        const auto object = findObject(model->endpoints().state(),
                                       {ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", "api-closed"});
        const auto answer = whatIf(model, removalOf(*object));
        QCOMPARE(faultsOf(*answer), QStringList());
        QCOMPARE(answer->objects[0].edit, EditedObject::Edit::Removes);
        QCOMPARE(flipsOf(*answer),
                 (QStringList{QStringLiteral("jobs>api allow all"), QStringLiteral("outside>api allow all"),
                              QStringLiteral("web>api allow all")}));
        const auto gone = whatIf(modelOf(shop()), removalOf(*object));
        QVERIFY(faultsOf(*gone).join(u' ').contains(QLatin1String("nothing to take away")));
        QVERIFY(gone->flips.flips.empty());
    }

    void theTextOfAPolicyThatIsThereChangesNothing()
    {
        const auto model = modelOf(shop() + closedApi);
        const auto object = findObject(model->endpoints().state(),
                                       {ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", "api-closed"});
        const std::string text = editablePolicy(*object);
        QVERIFY(text.find("api-closed") != text.npos);
        const auto answer = whatIf(model, text);
        QCOMPARE(faultsOf(*answer), QStringList());
        QCOMPARE(answer->objects[0].edit, EditedObject::Edit::Replaces);
        QVERIFY(answer->flips.flips.empty());
    }

    void everyApiCanBeEdited_data()
    {
        QTest::addColumn<int>("enforcer");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("flipped");
        const auto row = [](const char *name, Enforcer enforcer, const char *text, const char *flipped) {
            QTest::newRow(name) << int(enforcer) << QString::fromUtf8(text) << QString::fromUtf8(flipped);
        };
        row("AdminNetworkPolicy", Enforcer::Generic,
            "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: AdminNetworkPolicy\nmetadata: {name: "
            "no-jobs}\n"
            "spec: {priority: 5, subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}, "
            "ingress: [{name: d, action: Deny, from: [{namespaces: {matchLabels: "
            "{kubernetes.io/metadata.name: "
            "batch}}}]}]}\n",
            "jobs>api deny all|jobs>web deny all");
        row("BaselineAdminNetworkPolicy", Enforcer::Generic,
            "apiVersion: policy.networking.k8s.io/v1alpha1\nkind: BaselineAdminNetworkPolicy\nmetadata: "
            "{name: "
            "default}\nspec: {subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: batch}}}, "
            "ingress: [{name: d, action: Deny, from: [{namespaces: {}}]}]}\n",
            "api>jobs deny all|web>jobs deny all");
        row("ClusterNetworkPolicy", Enforcer::Generic,
            "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: "
            "no-jobs}\n"
            "spec: {tier: Admin, priority: 5, subject: {namespaces: {matchLabels: "
            "{kubernetes.io/metadata.name: "
            "shop}}}, ingress: [{name: d, action: Deny, from: [{namespaces: {matchLabels: "
            "{kubernetes.io/metadata.name: batch}}}]}]}\n",
            "jobs>api deny all|jobs>web deny all");
        row("CiliumNetworkPolicy", Enforcer::Cilium,
            "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: "
            "shop}\nspec: "
            "{endpointSelector: {matchLabels: {app: api}}, enableDefaultDeny: {ingress: false}, ingressDeny: "
            "[{fromEndpoints: [{matchLabels: {app: web}}]}]}\n",
            "web>api deny TCP all; UDP all"); // SCTP may be dropped anyway
        row("Calico GlobalNetworkPolicy", Enforcer::Calico,
            "apiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: g}\nspec: {order: "
            "10, "
            "selector: app == 'api', types: [Ingress], ingress: [{action: Deny, source: {selector: app == "
            "'web'}}, {action: Allow}]}\n",
            "web>api deny all");
    }

    void everyApiCanBeEdited()
    {
        QFETCH(int, enforcer);
        QFETCH(QString, text);
        QFETCH(QString, flipped);
        const auto model = modelOf(shop(), Enforcer(enforcer));
        const auto answer = whatIf(model, text.toStdString());
        QCOMPARE(faultsOf(*answer), QStringList());
        QCOMPARE(flipsOf(*answer).join(u'|'), flipped);
    }

    /// A tier is no policy of its own: anything may change with it.
    void aTierMovesThePoliciesInIt()
    {
        const std::string tier =
            "---\napiVersion: projectcalico.org/v3\nkind: Tier\nmetadata: {name: t}\nspec: {order: ";
        const std::string denies =
            "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: "
            "{name: t.deny}\nspec: {tier: t, order: 1, selector: app == 'api', types: "
            "[Ingress], ingress: [{action: Deny}]}\n";
        const std::string allows =
            "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: "
            "{name: allow}\nspec: {order: 1, selector: app == 'api', types: [Ingress], "
            "ingress: [{action: Allow}]}\n";
        const auto model = modelOf(shop() + tier + "2000000}\n" + denies + allows, Enforcer::Calico);
        const auto answer = whatIf(model, tier + "5}\n");
        QCOMPARE(faultsOf(*answer), QStringList());
        QVERIFY(flip(*answer, "web", "api"));
        QCOMPARE(flip(*answer, "web", "api")->now, Outcome::Deny);
    }

    void whatIsWrongNamesItsLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("fault");
        const auto row = [](const char *name, const char *text, const char *fault) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(fault);
        };
        row("no YAML", "apiVersion: v1\nkind: [\n", "line 3: is no YAML");
        row("no kind", "apiVersion: v1\nmetadata: {name: a}\n", "kind: is missing");
        row("no policy", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n",
            "line 1: Service default/a: is no policy");
        row("bad network",
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: "
            "shop\nspec:\n  podSelector: {}\n  ingress:\n  - from:\n    - ipBlock:\n        cidr: "
            "10.0.0.0/99\n",
            "line 11: NetworkPolicy shop/p: spec.ingress[0].from[0].ipBlock.cidr: ");
        row("wrong type",
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: "
            "shop\nspec:\n  podSelector:\n    matchLabels: 7\n",
            "NetworkPolicy shop/p");
        row("no namespace",
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p\n  namespace: "
            "nowhere\nspec: {podSelector: {}}\n",
            "line 5: NetworkPolicy nowhere/p: metadata.namespace: names a namespace that is not in the "
            "cluster");
        row("another enforcer's",
            "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: "
            "shop}\nspec: {endpointSelector: {}, ingress: [{}]}\n",
            "is not enforced in this cluster");
    }

    void whatIsWrongNamesItsLine()
    {
        QFETCH(QString, text);
        QFETCH(QString, fault);
        const auto answer = whatIf(modelOf(shop(), Enforcer::Generic), text.toStdString());
        const QStringList faults = faultsOf(*answer);
        QVERIFY2(std::any_of(faults.begin(), faults.end(),
                             [&](const QString &one) { return one.contains(fault); }),
                 qPrintable(faults.join(u'\n')));
    }

    /// A server would refuse it: nothing is said about what it would do, nor that it does nothing.
    void anInvalidPolicyLeavesItsNamespaceUnknown()
    {
        const auto answer =
            whatIf(modelOf(shop()),
                   policyYaml("shop", "bad", "{podSelector: {}, ingress: [{ports: [{port: 99999}]}]}"));
        QVERIFY(!answer->faults.empty());
        const Flip *now = flip(*answer, "jobs", "api");
        QVERIFY(now);
        QCOMPARE(now->now, Outcome::Unknown);
    }

    void hostileTextsAreBounded()
    {
        const auto model = modelOf(shop());
        const auto large = whatIf(model, std::string(3 << 20, 'x'));
        QVERIFY(faultsOf(*large).join(u' ').contains(QLatin1String("larger than 1 MiB")));
        std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 9; ++i) {
            const std::string before = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
            for (int j = 0; j < 10; ++j)
                bomb += (j ? "," : "") + before;
            bomb += "]\n";
        }
        QVERIFY(!whatIf(model, bomb)->faults.empty());
        QVERIFY(!whatIf(model, std::string(100'000, '['))->faults.empty());
        const auto cyclic = whatIf(model, "a: &a [*a]\n");
        QVERIFY(!cyclic->faults.empty());
        QVERIFY(cyclic->flips.flips.empty());
        const auto odd = whatIf(model, policyYaml("shop", "\"a\\nb\\e[31m\"", "{podSelector: {}}"));
        for (const EditFault &fault : odd->faults)
            QVERIFY(fault.oneLine().find('\n') == std::string::npos);
    }

    void aCancelledQuestionHasNoAnswer()
    {
        CancelSource source;
        source.cancel();
        QVERIFY(!whatIf(modelOf(shop()), closedApi, source.token()));
    }

    /// Ranges outside are told apart by the blocks of both sides, and joined where the same becomes of them.
    void addressesOutsideFlipByRanges()
    {
        const auto model = modelOf(shop());
        const auto answer = whatIf(
            model, policyYaml("shop", "web",
                              "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: "
                              "[{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]}"));
        QStringList ranges;
        for (const Flip &one : answer->flips.flips) {
            if (!one.to.range.empty())
                ranges << QString::fromStdString(one.to.range);
        }
        QCOMPARE(ranges, (QStringList{QStringLiteral("0.0.0.0-203.0.112.255"),
                                      QStringLiteral("203.0.114.0-255.255.255.255")}));
    }

    /// The narrow search finds what the whole comparison finds.
    void onlyWhatIsSelectedIsLookedAtAndNothingIsMissed()
    {
        const auto before = modelOf(shop() + closedApi + closedWeb);
        const auto after = modelOf(shop() + closedWeb);
        const std::vector<ObjectRef> changed{
            {ObjectKind::NetworkPolicy, "NetworkPolicy", "shop", "api-closed"}};
        const auto narrow = policyFlips(*before, *after, changed);
        const auto whole = policyFlips(*before, *after, std::nullopt);
        QVERIFY(narrow && whole && !whole->flips.empty());
        QVERIFY(narrow->flips == whole->flips);
        QVERIFY(policyFlips(*before, *after, std::vector<ObjectRef>())->flips.empty());
    }
};

QTEST_GUILESS_MAIN(TestWhatIf)
#include "test_what_if.moc"
