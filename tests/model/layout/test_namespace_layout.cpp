#include "model/graph/graph_builder.h"
#include "model/layout/layout_engine.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/fakes/synthetic_cluster.h"
#include "tests/model/layout/layout_checks.h"

#include <QTest>

using namespace portolan;
using namespace portolan::fakes;

namespace {

LayoutRequest requestFor(const ClusterState &state, const GraphOptions &options = {})
{
    return {std::make_shared<TopologyGraph>(buildGraph(state, options)), defaultMapFonts(), {}, 1.6};
}

} // namespace

class TestNamespaceLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsItsPromisesForTheShop()
    {
        const LayoutRequest request = requestFor(*shopCluster().state());
        const auto layout = makeNamespaceLayout({})->layout(request, {});
        QVERIFY(layout.has_value());
        QCOMPARE(checks::breachOf(*request.graph, *layout), QString());
    }

    void keepsItsPromisesForMachines()
    {
        const LayoutRequest request = requestFor(*shopCluster().state(), {GraphView::Nodes, {}});
        const auto layout = makeNamespaceLayout({})->layout(request, {});
        QVERIFY(layout.has_value());
        QCOMPARE(checks::breachOf(*request.graph, *layout), QString());
    }

    void placesNothingForNothing()
    {
        const LayoutRequest request = requestFor(ClusterState{});
        const auto layout = makeNamespaceLayout({})->layout(request, {});
        QVERIFY(layout.has_value());
        QVERIFY(layout->nodes.empty());
        QCOMPARE(layout->bounds, Rect{});
    }

    void equalRequestsGiveEqualResults()
    {
        SyntheticOptions options;
        options.pods = 400;
        const LayoutRequest request = requestFor(*syntheticCluster(options));
        const auto a = makeNamespaceLayout({})->layout(request, {});
        const auto b = makeNamespaceLayout({})->layout(request, {});
        QVERIFY(a && b);
        QCOMPARE(checks::breachOf(*request.graph, *a), QString());
        QVERIFY(a->nodes == b->nodes);
        QVERIFY(a->groups == b->groups);
        QVERIFY(a->edges == b->edges);
    }

    void stopsWhenCancelled()
    {
        CancelSource source;
        source.cancel();
        const auto layout =
            makeNamespaceLayout({})->layout(requestFor(*shopCluster().state()), source.token());
        QVERIFY(!layout.has_value());
        QCOMPARE(layout.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestNamespaceLayout)
#include "test_namespace_layout.moc"
