#pragma once

#include "model/graph/graph_builder.h"
#include "model/session/topology_frame.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace portolan {

/// The worker that turns what is read into frames: deltas -> ClusterState -> graph and findings ->
/// layout -> TopologyFrame, on one thread of its own.
///
/// Coalesces: while a frame is being made, or has not been taken yet, changes gather for the next one;
/// frames are at least `interval` apart, and once there is one, so are turns in which changes are applied.
/// All calls are quick and allowed from any thread; handlers run on the pipeline's thread.
class FramePipeline
{
public:
    struct Options
    {
        GraphOptions graph;
        MapFonts fonts;
        double aspect = windowAspect;
        std::map<GraphView, LayoutResultPtr> rememberedPlaces;
        std::chrono::milliseconds interval{50};
    };
    struct Handlers
    {
        std::function<void(TopologyFramePtr)> onFrame; ///< answered by frameTaken()
        std::function<void(bool running)> onLayout;    ///< around a layout
    };

    FramePipeline(Options options, std::unique_ptr<LayoutEngine> engine, Handlers handlers);
    ~FramePipeline();

    /// The newest state, whether or not a frame shows it yet. Null before the first change.
    ClusterStatePtr state() const;

    /// Runs `change` on the newest state, on the pipeline's thread, before the next frame.
    using Change = std::function<ClusterStatePtr(const ClusterStatePtr &)>;
    void change(Change change);
    /// While held, changes are applied but no frame is made: the first lists should be laid out together.
    void setHeld(bool held);
    /// The receiver has taken the last frame and is ready for another one.
    void frameTaken();

    void setGraphOptions(GraphOptions options);
    /// Lays the view that is shown out anew; what is pinned stays.
    void relayout();
    /// Puts everything of the view that is shown where `places` has it.
    void setPlaces(LayoutResultPtr places);

private:
    struct Work;
    void run();
    bool hasWork() const;
    void makeFrame(std::unique_lock<std::mutex> &lock);
    /// What did not change since the last frame is taken over from it.
    policy::PolicyModelPtr policiesOf(const ClusterStatePtr &state,
                                      std::optional<policy::Enforcer> enforcer) const;
    Result<LayoutResultPtr> place(const TopologyGraphPtr &graph, bool needed, const CancelToken &cancel);
    void takePlaces(GraphView view, bool forget, const LayoutResultPtr &given);
    void remember(const TopologyGraph &graph, const LayoutResult &layout);

    const MapFonts m_fonts;
    const double m_aspect;
    const std::chrono::milliseconds m_interval;
    const std::unique_ptr<LayoutEngine> m_engine;
    const Handlers m_handlers;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Change> m_changes;
    ClusterStatePtr m_state;
    GraphOptions m_options;
    bool m_dirty = false;
    bool m_held = false;
    bool m_outstanding = false;
    bool m_forgetPlaces = false;
    LayoutResultPtr m_newPlaces; ///< to be taken with the next frame
    bool m_closing = false;
    CancelSource m_layoutCancel;

    // Of the pipeline's thread alone.
    std::uint64_t m_generation = 0;
    TopologyFramePtr m_last;
    std::map<GraphView, LayoutResultPtr> m_places; ///< everything ever placed, hidden things included
    std::map<GraphView, TopologyFramePtr> m_lastOfView;

    std::thread m_thread;
};

} // namespace portolan
