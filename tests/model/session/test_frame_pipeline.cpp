#include "model/session/frame_pipeline.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

#include <condition_variable>
#include <deque>
#include <future>

using namespace portolan;
using namespace std::chrono_literals;

namespace {

/// Puts every node into one row and tells what it was asked.
class RowLayout final : public LayoutEngine
{
public:
    struct Log
    {
        std::mutex mutex;
        std::vector<LayoutRequest> requests;
        std::optional<std::promise<void>> entered; ///< where set, the next layout waits for its cancel
    };
    explicit RowLayout(Log &log) : m_log(log) {}

    Result<LayoutResult> layout(const LayoutRequest &request, const CancelToken &cancel) override
    {
        std::optional<std::promise<void>> entered;
        {
            const std::lock_guard lock(m_log.mutex);
            m_log.requests.push_back(request);
            entered = std::exchange(m_log.entered, std::nullopt);
        }
        if (entered) {
            std::promise<void> cancelled;
            const auto listening = cancel.onCancel([&] { cancelled.set_value(); });
            entered->set_value();
            cancelled.get_future().wait();
            return Error{ErrorCode::Cancelled, {}, {}};
        }
        LayoutResult result;
        if (request.previous)
            result.nodes = request.previous->nodes;
        double x = 200 * double(result.nodes.size());
        for (const GraphNode &node : request.graph->nodes) {
            if (!result.nodes.contains(node.id))
                result.nodes[node.id] = {std::exchange(x, x + 200), 0, 160, 56};
        }
        std::erase_if(result.nodes, [&](const auto &place) { return !request.graph->node(place.first); });
        return result;
    }

private:
    Log &m_log;
};

/// Takes frames on the test's thread.
class Frames
{
public:
    void put(TopologyFramePtr frame)
    {
        const std::lock_guard lock(m_mutex);
        m_frames.push_back(std::move(frame));
        m_there.notify_all();
    }
    TopologyFramePtr next()
    {
        std::unique_lock lock(m_mutex);
        if (!m_there.wait_for(lock, 20s, [this] { return !m_frames.empty(); }))
            return nullptr;
        TopologyFramePtr frame = m_frames.front();
        m_frames.pop_front();
        return frame;
    }
    std::size_t waiting()
    {
        const std::lock_guard lock(m_mutex);
        return m_frames.size();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_there;
    std::deque<TopologyFramePtr> m_frames;
};

AnyObject pod(const std::string &name, const std::string &ns = "shop")
{
    auto object = std::make_shared<Pod>();
    object->meta.ns = ns;
    object->meta.name = name;
    object->phase = PodPhase::Running;
    object->ready = true;
    object->ips = {"10.0.0.1"};
    return std::shared_ptr<const Pod>(std::move(object));
}

AnyObject nameSpace(const std::string &name)
{
    auto object = std::make_shared<Namespace>();
    object->meta.name = name;
    return std::shared_ptr<const Namespace>(std::move(object));
}

FramePipeline::Change adding(const std::vector<AnyObject> &objects)
{
    return [objects](const ClusterStatePtr &state) {
        ClusterDelta delta;
        delta.upserts = objects;
        return applied(state, delta);
    };
}

} // namespace

class TestFramePipeline : public QObject
{
    Q_OBJECT

    RowLayout::Log m_log;
    std::unique_ptr<Frames> m_frames;

    std::unique_ptr<FramePipeline> pipeline()
    {
        m_log.requests.clear();
        m_frames = std::make_unique<Frames>();
        FramePipeline::Options options;
        options.interval = 0ms;
        return std::make_unique<FramePipeline>(
            options, std::make_unique<RowLayout>(m_log),
            FramePipeline::Handlers{[this](TopologyFramePtr frame) { m_frames->put(std::move(frame)); }, {}});
    }

private Q_SLOTS:
    void aChangeBecomesAFrame()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        const TopologyFramePtr frame = m_frames->next();
        QVERIFY(frame);
        QCOMPARE(frame->generation, 1u);
        QCOMPARE(frame->state->pods.size(), 1u);
        QCOMPARE(frame->layout->nodes.size(), frame->graph->nodes.size());
        QCOMPARE(frame->diff.addedNodes.size(), frame->graph->nodes.size());
        QVERIFY(frame->findings);
    }

    void changesGatherUntilTheFrameIsTaken()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        QVERIFY(m_frames->next());
        std::promise<void> applied;
        for (int i = 2; i <= 9; ++i)
            p->change(adding({pod("web-" + std::to_string(i))}));
        p->change([&](const ClusterStatePtr &state) {
            applied.set_value();
            return state;
        });
        applied.get_future().wait();
        QCOMPARE(m_frames->waiting(), 0u);
        p->frameTaken();
        const TopologyFramePtr frame = m_frames->next();
        QVERIFY(frame);
        QCOMPARE(frame->state->pods.size(), 9u);
        QCOMPARE(frame->generation, 2u);
    }

    void nothingIsDrawnWhileHeld()
    {
        const auto p = pipeline();
        p->setHeld(true);
        std::promise<void> applied;
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        p->change([&](const ClusterStatePtr &state) {
            applied.set_value();
            return state;
        });
        applied.get_future().wait();
        QCOMPARE(m_frames->waiting(), 0u);
        p->setHeld(false);
        QVERIFY(m_frames->next());
        QCOMPARE(m_log.requests.size(), 1u);
    }

    void policiesAreTakenOverFromFrameToFrame()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        const TopologyFramePtr first = m_frames->next();
        QVERIFY(first);
        QCOMPARE(first->policies->history().updates, 0u);
        p->frameTaken();
        p->change(adding({pod("web-2")}));
        const TopologyFramePtr second = m_frames->next();
        QVERIFY(second);
        QCOMPARE(second->policies->history().updates, 1u);
        QCOMPARE(&second->policies->endpoints().state(), second->state.get());
    }

    void whatIsKnownOfNodesIsThatOfTheState()
    {
        const auto p = pipeline();
        auto node = std::make_shared<Node>();
        node->meta.name = "node-a";
        node->podCidrs = {"10.42.0.0/24"};
        p->change(adding({node}));
        const TopologyFramePtr first = m_frames->next();
        QVERIFY(first);
        QCOMPARE(first->nodeFacts->podNetworks.of(*node), node->podCidrs);
        p->frameTaken();
        GraphOptions options;
        options.view = GraphView::Nodes;
        p->setGraphOptions(options);
        const TopologyFramePtr same = m_frames->next();
        QVERIFY(same && same->nodeFacts == first->nodeFacts);
        p->frameTaken();
        auto affinity = std::make_shared<ApiObject>();
        affinity->group = "crd.projectcalico.org";
        affinity->kind = "BlockAffinity";
        affinity->meta.name = "a";
        affinity->json = std::make_shared<const std::string>(
            R"({"spec":{"node":"node-a","cidr":"10.244.1.0/26","state":"confirmed"}})");
        p->change(adding({affinity}));
        const TopologyFramePtr later = m_frames->next();
        QVERIFY(later);
        QCOMPARE(later->nodeFacts->podNetworks.of(*node), std::vector<std::string>{"10.244.1.0/26"});
    }

    void whoEnforcesCanBeChosen()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        const TopologyFramePtr detected = m_frames->next();
        QVERIFY(detected && !detected->graph->chosenEnforcer && detected->graph->policiesAreEnforced);
        p->frameTaken();
        GraphOptions options;
        options.enforcer = policy::Enforcer::None;
        p->setGraphOptions(options);
        const TopologyFramePtr chosen = m_frames->next();
        QVERIFY(chosen);
        QCOMPARE(chosen->graph->chosenEnforcer, options.enforcer);
        QCOMPARE(chosen->policies->enforcer().enforcer, policy::Enforcer::None);
        QVERIFY(!chosen->graph->policiesAreEnforced);
        p->frameTaken();
        p->setGraphOptions({});
        const TopologyFramePtr again = m_frames->next();
        QVERIFY(again && !again->graph->chosenEnforcer && again->graph->policiesAreEnforced);
    }

    void theLayoutLearnsWhereThingsStood()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        const TopologyFramePtr first = m_frames->next();
        p->frameTaken();
        p->change(adding({pod("web-2")}));
        QVERIFY(m_frames->next());
        QCOMPARE(m_log.requests.size(), 2u);
        QVERIFY(!m_log.requests[0].previous);
        QVERIFY(m_log.requests[1].previous);
        for (const auto &[id, rect] : first->layout->nodes)
            QVERIFY(m_log.requests[1].previous->nodes.at(id) == rect);
    }

    void hidingAndShowingKeepsThePlaces()
    {
        const auto p = pipeline();
        std::vector<AnyObject> objects{nameSpace("shop"), nameSpace("data"), pod("web-1")};
        for (int i = 0; i < 20; ++i) // what is left is a small part
            objects.push_back(pod("db-" + std::to_string(i), "data"));
        p->change(adding(objects));
        const TopologyFramePtr first = m_frames->next();
        p->frameTaken();
        p->setGraphOptions({GraphView::Services, {"data"}});
        const TopologyFramePtr hidden = m_frames->next();
        QVERIFY(hidden->graph->nodes.size() * 10 < first->graph->nodes.size());
        QCOMPARE(hidden->layout->nodes.size(), hidden->graph->nodes.size());
        QCOMPARE(hidden->places->nodes, first->layout->nodes);
        p->frameTaken();
        p->setGraphOptions({GraphView::Services, {}});
        QVERIFY(m_frames->next());
        const LayoutRequest &last = m_log.requests.back();
        for (const auto &[id, rect] : first->layout->nodes)
            QVERIFY(last.previous->nodes.contains(id));
    }

    void aFilterLeavesAPartInItsPlace()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), nameSpace("data"), pod("web-1"), pod("db-1", "data")}));
        const TopologyFramePtr whole = m_frames->next();
        p->frameTaken();
        GraphOptions options;
        options.filter = GraphFilter::parse("ns:shop").value();
        p->setGraphOptions(options);
        const TopologyFramePtr part = m_frames->next();
        QCOMPARE(part->graph->filter, std::string("ns:shop"));
        QCOMPARE(part->graph->nodes.size(), whole->graph->nodes.size() - 1);
        QCOMPARE(part->graph->omissions.filteredNodes, 1u);
        for (const GraphNode &node : part->graph->nodes)
            QVERIFY(m_log.requests.back().previous->nodes.at(node.id) == whole->layout->nodes.at(node.id));
    }

    void whatIsGoneForGoodIsForgottenInTheEnd()
    {
        const auto p = pipeline();
        std::vector<AnyObject> objects{nameSpace("shop"), pod("web-1")};
        ClusterDelta gone;
        for (int i = 0; i < 20; ++i) {
            objects.push_back(pod("old-" + std::to_string(i)));
            gone.removed.push_back({ObjectKind::Pod, "Pod", "shop", "old-" + std::to_string(i)});
        }
        p->change(adding(objects));
        QVERIFY(m_frames->next());
        p->frameTaken();
        p->change([gone](const ClusterStatePtr &state) { return applied(state, gone); });
        const TopologyFramePtr last = m_frames->next();
        QCOMPARE(last->graph->nodes.size(), std::size_t(1));
        QCOMPARE(last->places->nodes, last->layout->nodes);
    }

    void whatAProbeContradictsIsFoundFirst()
    {
        fakes::ClusterMaker maker;
        maker.ns("a");
        maker.workload("Deployment", "a", "client", 1, {{"app", "client"}});
        maker.workload("Deployment", "a", "server", 1, {{"app", "server"}});
        maker.policy("a", "closed", fakes::withLabels({{"app", "server"}})).isolatesIngress = true;
        const ObjectRef client = refOf(*maker.podsOf("a", "client")[0]);
        const ObjectRef server = refOf(*maker.podsOf("a", "server")[0]);
        maker.probe({client, {}, server, 80, Protocol::Tcp, ProbeMethod::Tcp}, ProbeOutcome::Reached);
        const auto p = pipeline();
        p->change([state = maker.state()](const ClusterStatePtr &) { return state; });
        const TopologyFramePtr frame = m_frames->next();
        QVERIFY(frame && !frame->findings->empty());
        QCOMPARE(frame->findings->front().rule, std::string_view("policy-contradicted"));
    }

    void relayoutForgetsThePlaces()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        QVERIFY(m_frames->next());
        p->frameTaken();
        p->relayout();
        QVERIFY(m_frames->next());
        QCOMPARE(m_log.requests.size(), 2u);
        QVERIFY(!m_log.requests[1].previous);
    }

    void givenPlacesAreThoseOfTheNextLayout()
    {
        const auto p = pipeline();
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        const TopologyFramePtr first = m_frames->next();
        QVERIFY(first);
        p->frameTaken();
        const NodeId node = first->graph->nodes.front().id;
        auto places = std::make_shared<LayoutResult>(*first->layout);
        places->nodes[node] = {4'000, 3'000, 158, 56};
        places->pinnedNodes.insert(node);
        p->setPlaces(places);
        QVERIFY(m_frames->next());
        QCOMPARE(m_log.requests.size(), 2u);
        QCOMPARE(m_log.requests[1].previous->nodes.at(node), (Rect{4'000, 3'000, 158, 56}));
        QVERIFY(m_log.requests[1].previous->pinnedNodes.contains(node));
    }

    void newOptionsCancelTheRunningLayout()
    {
        const auto p = pipeline();
        std::promise<void> entered;
        auto isIn = entered.get_future();
        m_log.entered = std::move(entered);
        p->change(adding({nameSpace("shop"), nameSpace("data"), pod("web-1"), pod("db-1", "data")}));
        isIn.wait();
        p->setGraphOptions({GraphView::Services, {"data"}});
        const TopologyFramePtr frame = m_frames->next();
        QVERIFY(frame);
        QCOMPARE(frame->graph->omissions.hiddenNamespaces, 1u);
    }

    void closingCancelsTheLayout()
    {
        auto p = pipeline();
        std::promise<void> entered;
        auto isIn = entered.get_future();
        m_log.entered = std::move(entered);
        p->change(adding({nameSpace("shop"), pod("web-1")}));
        isIn.wait();
        p.reset(); // returns only where the layout gave up
        QCOMPARE(m_frames->waiting(), 0u);
    }
};

QTEST_GUILESS_MAIN(TestFramePipeline)
#include "test_frame_pipeline.moc"
