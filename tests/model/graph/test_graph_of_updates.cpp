#include "model/graph/graph_builder.h"
#include "model/manifest/manifest.h"
#include "tests/fakes/random_changes.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::policy;
using fakes::PolicyMix;

/// The map of policies that were updated change by change is the one of policies that are made anew.
class TestGraphOfUpdates : public QObject
{
    Q_OBJECT

    static int changes()
    {
#ifdef NDEBUG
        return 200;
#else
        return 40; // the same in slow motion
#endif
    }

    /// The first thing that differs; "" where nothing does.
    static QString difference(const TopologyGraph &a, const TopologyGraph &b)
    {
        const auto differing = [](const auto &one, const auto &other) {
            return std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
        };
        if (a == b)
            return {};
        if (const auto node = differing(a.nodes, b.nodes);
            node != a.nodes.end() || a.nodes.size() != b.nodes.size())
            return QStringLiteral("%1 and %2 cards, from %3")
                .arg(a.nodes.size())
                .arg(b.nodes.size())
                .arg(node == a.nodes.end() ? QString() : QString::fromStdString(node->object.toString()));
        const auto edge = differing(a.edges, b.edges);
        if (edge == a.edges.end() || a.edges.size() != b.edges.size())
            return QStringLiteral("%1 and %2 lines").arg(a.edges.size()).arg(b.edges.size());
        const GraphEdge &other = b.edges[std::size_t(edge - a.edges.begin())];
        const auto said = [](const GraphEdge &e) {
            return QStringLiteral("verdict %1, %2 ports, %3 reasons, probe of %4")
                .arg(int(e.verdict))
                .arg(e.ports.size())
                .arg(e.because.size())
                .arg(QString::fromStdString(e.probe.source.toString()));
        };
        return QString::fromStdString(a.node(edge->from)->object.toString() + " to " +
                                      a.node(edge->to)->object.toString()) +
               QStringLiteral(": ") + said(*edge) + QStringLiteral(" or ") + said(other);
    }

private Q_SLOTS:
    void changeAfterChange_data()
    {
        QTest::addColumn<int>("mix");
        QTest::addColumn<int>("enforcer");
        const auto row = [](const char *name, PolicyMix mix, Enforcer enforcer) {
            QTest::newRow(name) << int(mix) << int(enforcer);
        };
        row("NetworkPolicy", PolicyMix::NetworkPolicies, Enforcer::Generic);
        row("ClusterNetworkPolicy", PolicyMix::Cluster, Enforcer::Generic);
        row("Cilium", PolicyMix::Cilium, Enforcer::Cilium);
        row("Calico", PolicyMix::Calico, Enforcer::Calico);
        row("all on Calico", PolicyMix::All, Enforcer::Calico);
        row("all on Cilium", PolicyMix::All, Enforcer::Cilium);
    }

    void changeAfterChange()
    {
        QFETCH(int, mix);
        QFETCH(int, enforcer);
        fakes::Random random(unsigned(mix * 100 + enforcer + 7));
        const ModelOptions options{Enforcer(enforcer), false};
        const auto cluster = [&] {
            return readManifests({{"random.json", fakes::randomManifests(random, PolicyMix(mix))}}).state;
        };
        ClusterStatePtr state = cluster();
        auto model = PolicyModel::make(state, options);
        int kept = 0;
        for (int i = 0; i < changes(); ++i) {
            state = applied(state, fakes::randomChange(*state, *cluster(), random));
            model = model->updated(state);
            kept += model->history().keptClasses ? 1 : 0;
            const QString wrong =
                difference(buildGraph(*model, {GraphView::Services, {}}),
                           buildGraph(*PolicyModel::make(state, options), {GraphView::Services, {}}));
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("change %1: %2").arg(i).arg(wrong)));
        }
        QVERIFY(kept * 4 >= changes());
    }
};

QTEST_GUILESS_MAIN(TestGraphOfUpdates)
#include "test_graph_of_updates.moc"
