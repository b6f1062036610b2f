#include "model/session/frame_pipeline.h"

#include "model/graph/filtered_graph.h"
#include "model/layout/place_change.h"

#include <utility>

namespace portolan {

namespace {

/// Of the frame's state, policies and findings: what the options ask for.
TopologyGraphPtr graphOf(const TopologyFrame &frame, const GraphOptions &options)
{
    TopologyGraph graph = buildGraph(*frame.policies, options);
    if (!options.filter.isEmpty()) {
        FindingsOf findings;
        for (const Finding &finding : *frame.findings)
            findings[finding.object].push_back(finding.rule);
        graph = filteredGraph(graph, options.filter, *frame.state, findings);
    }
    return std::make_shared<const TopologyGraph>(std::move(graph));
}

} // namespace

FramePipeline::FramePipeline(Options options, std::unique_ptr<LayoutEngine> engine, Handlers handlers)
    : m_fonts(options.fonts),
      m_aspect(options.aspect),
      m_interval(options.interval),
      m_engine(std::move(engine)),
      m_handlers(std::move(handlers)),
      m_options(std::move(options.graph))
{
    m_places = std::move(options.rememberedPlaces);
    m_thread = std::thread([this] { run(); });
}

FramePipeline::~FramePipeline()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_layoutCancel.cancel();
    }
    m_wake.notify_all();
    m_thread.join();
}

ClusterStatePtr FramePipeline::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

void FramePipeline::change(Change change)
{
    {
        const std::lock_guard lock(m_mutex);
        m_changes.push_back(std::move(change));
    }
    m_wake.notify_all();
}

void FramePipeline::setHeld(bool held)
{
    {
        const std::lock_guard lock(m_mutex);
        m_held = held;
    }
    m_wake.notify_all();
}

void FramePipeline::frameTaken()
{
    {
        const std::lock_guard lock(m_mutex);
        m_outstanding = false;
    }
    m_wake.notify_all();
}

void FramePipeline::setGraphOptions(GraphOptions options)
{
    {
        const std::lock_guard lock(m_mutex);
        m_options = std::move(options);
        m_dirty = true;
        // What is being laid out is of the old options: nobody waits for it any more.
        m_layoutCancel.cancel();
    }
    m_wake.notify_all();
}

void FramePipeline::relayout()
{
    {
        const std::lock_guard lock(m_mutex);
        m_forgetPlaces = true;
        m_dirty = true;
        m_layoutCancel.cancel();
    }
    m_wake.notify_all();
}

void FramePipeline::setPlaces(LayoutResultPtr places)
{
    {
        const std::lock_guard lock(m_mutex);
        m_newPlaces = std::move(places);
        m_dirty = true;
        m_layoutCancel.cancel();
    }
    m_wake.notify_all();
}

bool FramePipeline::hasWork() const
{
    return m_closing || !m_changes.empty() || (m_dirty && m_state && !m_held && !m_outstanding);
}

void FramePipeline::run()
{
    auto nextTurn = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return hasWork(); });
        // More changes may come meanwhile: those of one turn are applied together, and are for one frame.
        m_wake.wait_until(lock, nextTurn, [this] { return m_closing; });
        if (m_closing)
            return;
        while (!m_changes.empty()) {
            const std::vector<Change> changes = std::exchange(m_changes, {});
            ClusterStatePtr state = m_state;
            lock.unlock();
            for (const Change &change : changes)
                state = change(state);
            lock.lock();
            m_dirty = m_dirty || state != m_state;
            m_state = std::move(state);
        }
        if (m_dirty && m_state && !m_held && !m_outstanding)
            makeFrame(lock);
        if (m_last)
            nextTurn = std::chrono::steady_clock::now() + m_interval;
    }
}

/// Called with the lock held, which it gives up while it works.
void FramePipeline::makeFrame(std::unique_lock<std::mutex> &lock)
{
    const ClusterStatePtr state = m_state;
    const GraphOptions options = m_options;
    m_dirty = false;
    m_layoutCancel = CancelSource();
    const CancelToken cancel = m_layoutCancel.token();
    const bool forget = std::exchange(m_forgetPlaces, false);
    const LayoutResultPtr given = std::exchange(m_newPlaces, nullptr);
    lock.unlock();

    takePlaces(options.view, forget, given);
    auto frame = std::make_shared<TopologyFrame>();
    frame->state = state;
    frame->nodeFacts = m_last && m_last->state == state ? m_last->nodeFacts : nodeFactsOf(*state);
    frame->policies = policiesOf(state, options.enforcer);
    frame->findings = m_last && m_last->policies == frame->policies
                          ? m_last->findings
                          : std::make_shared<const std::vector<Finding>>(findFindings(*frame->policies));
    frame->graph = graphOf(*frame, options);
    const TopologyFramePtr before = m_lastOfView[options.view];
    TopologyGraph nothing;
    nothing.view = options.view;
    frame->diff = diffGraphs(before ? *before->graph : nothing, *frame->graph);
    const bool placesChanged = forget || given;
    const Result<LayoutResultPtr> layout =
        place(frame->graph, placesChanged || !before || frame->diff.needsLayout(), cancel);
    const bool ready = layout.has_value();
    if (ready) {
        frame->layout = *layout;
        frame->places = m_places[options.view];
        frame->generation = ++m_generation;
        m_last = frame;
        m_lastOfView[options.view] = frame;
    }

    lock.lock();
    if (!ready) { // cancelled by newer options, or by closing
        m_forgetPlaces = m_forgetPlaces || forget;
        if (!m_newPlaces)
            m_newPlaces = given;
        m_dirty = true;
        return;
    }
    m_outstanding = true;
    lock.unlock();
    m_handlers.onFrame(std::move(frame));
    lock.lock();
}

policy::PolicyModelPtr FramePipeline::policiesOf(const ClusterStatePtr &state,
                                                 std::optional<policy::Enforcer> enforcer) const
{
    if (!m_last || m_last->policies->chosenEnforcer() != enforcer)
        return policy::PolicyModel::make(state, {enforcer, false});
    return m_last->state == state ? m_last->policies : m_last->policies->updated(state);
}

void FramePipeline::takePlaces(GraphView view, bool forget, const LayoutResultPtr &given)
{
    LayoutResultPtr &known = m_places[view];
    if (forget && known) {
        const bool anyPinned = !known->pinnedNodes.empty() || !known->pinnedGroups.empty();
        known = anyPinned ? std::make_shared<const LayoutResult>(onlyPinned(*known)) : nullptr;
    }
    if (given)
        known = known ? std::make_shared<const LayoutResult>(merged(*given, *known)) : given;
}

Result<LayoutResultPtr> FramePipeline::place(const TopologyGraphPtr &graph, bool needed,
                                             const CancelToken &cancel)
{
    if (!needed)
        return m_lastOfView[graph->view]->layout;
    if (m_handlers.onLayout)
        m_handlers.onLayout(true);
    Result<LayoutResult> layout = m_engine->layout({graph, m_fonts, m_places[graph->view], m_aspect}, cancel);
    if (m_handlers.onLayout)
        m_handlers.onLayout(false);
    if (!layout)
        return layout.error();
    remember(*graph, *layout);
    return LayoutResultPtr(std::make_shared<const LayoutResult>(std::move(*layout)));
}

/// Adds to the known places, so that what is hidden or gone for a moment comes back where it was. Where the
/// whole map is shown, and what is known is mostly of things that are gone for good, that is forgotten.
void FramePipeline::remember(const TopologyGraph &graph, const LayoutResult &layout)
{
    constexpr std::size_t generousFactor = 4;
    LayoutResultPtr &known = m_places[graph.view];
    const bool isPart = graph.omissions.filteredNodes > 0 || graph.omissions.hiddenNamespaces > 0;
    const bool worthIt =
        known && (isPart || known->nodes.size() < generousFactor * (layout.nodes.size() + 1));
    known = std::make_shared<const LayoutResult>(worthIt ? merged(layout, *known) : layout);
}

} // namespace portolan
