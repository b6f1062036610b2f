#pragma once

#include "model/base/clock.h"
#include "ui/canvas/flip_painter.h"
#include "ui/canvas/map_picture.h"
#include "ui/canvas/viewport.h"
#include "ui/theme/theme.h"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <set>
#include <vector>

class QVariantAnimation;

namespace portolan::ui {

class FarView;
class MapPainter;

/// Everything that prepareScene() takes. A value.
struct SceneOrder
{
    TopologyFramePtr frame;
    Theme theme;
    MapFonts fonts;
    SceneChoice choice;
};

/// The chart itself: draws the newest frame, and turns pointer and keyboard into intents. Draws with
/// MapPainter into one picture that is kept; what depends on pointer, selection and running probes is drawn
/// over it. Moves nothing of its own accord: a new frame changes what changed, and the view stays.
///
/// Pointer: a card or the title of a box is dragged to another place, everything else drags the view; the
/// middle button always drags the view; the wheel zooms around the cursor, a click selects, a click on a line
/// activates it as well, a double click activates a card, Shift adds to the selection (and drags a rubber
/// band), Ctrl dragged from card to card asks for a probe between them. Keyboard: Tab and Shift+Tab go
/// through cards and lines in reading order, arrows to the neighbour (and move the view when nothing has
/// focus, or with Ctrl; with Alt they move the card, with Alt and Shift its box), Enter activates, Space
/// selects, Esc takes focus and selection back - after which Tab leaves the map -, + - 0 Home zoom and fit, F
/// fits the selection. GUI thread.
class MapCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit MapCanvas(QWidget *parent = nullptr);
    ~MapCanvas() override;

    /// Shows `frame`. The first one of each view of a cluster is fitted; later ones keep where that view was
    /// looked at. Repaints only where something that is drawn changed. Null: nothing is open.
    /// `prepared`: what prepareScene() made of sceneOrder(frame), where that is still current; else it is
    /// made here.
    void setFrame(const TopologyFramePtr &frame, MapScenePtr prepared = nullptr);
    SceneOrder sceneOrder(const TopologyFramePtr &frame) const { return {frame, m_theme, m_fonts, m_choice}; }
    bool isCurrent(const SceneOrder &order) const
    {
        return order.theme == m_theme && order.choice == m_choice;
    }
    TopologyFramePtr frame() const { return m_scene->frame; }
    void setTheme(const Theme &theme);
    const Theme &theme() const { return m_theme; }
    /// The time that ages are counted from; the machine's where not set. Must outlive the canvas.
    void setClock(const Clock &clock);
    /// How much older than now the live state is (SessionStatus::behind): the time at the bottom says so.
    void setBehind(std::chrono::milliseconds behind);
    /// Edges whose probe is running now show a turning badge.
    void setRunningProbes(const std::vector<EdgeId> &edges);
    /// Drawn for as long as a part of the map is out of view.
    void setMinimapVisible(bool visible);
    /// Off: view changes jump. On by default; the style's hint to animate nothing is kept to as well.
    void setAnimated(bool animated) { m_animated = animated; }
    /// Cards go to their places in the next frame in a short while, rather than at once.
    void glideWithNextFrame() { m_glideNext = true; }
    bool isGliding() const;
    /// The next frame shows another part of the cluster: all of it comes into view.
    void fitWithNextFrame() { m_fitNext = true; }

    Viewport viewport() const { return m_viewport; }
    void setViewport(const Viewport &viewport);
    /// Where a view of the cluster is looked at, or was when it was last shown; nothing: never, since the
    /// last time that nothing was shown.
    std::optional<Viewport> viewportOf(GraphView view) const;
    /// Now or when that view is shown next; nothing: the whole of it.
    void setViewportOf(GraphView view, const std::optional<Viewport> &viewport);
    double zoom() const { return m_viewport.zoom(); }
    /// Ends what moves; the next paint is sharp, whatever it costs. For pictures that are taken at once.
    void settle();
    /// What a picture may cost to be drawn at once. A dearer one is drawn on another thread, and not before
    /// the view is still; until it is there the one before is moved and scaled.
    void setMovingBudget(std::chrono::duration<double, std::milli> most) { m_movingBudget = most; }

    std::vector<NodeId> selectedNodes() const;
    std::vector<EdgeId> selectedEdges() const;
    /// The box that was chosen in the far view; not valid where none is.
    GroupId selectedGroup() const { return m_selectedGroup; }
    /// What the last picture left out of the view.
    const MapFolds &folds() const { return m_picture.folds; }
    void select(const std::vector<NodeId> &nodes, const std::vector<EdgeId> &edges);
    /// Brings what shows `object` into view and selects it. False where the map does not show it.
    bool reveal(const ObjectRef &object);
    bool reveal(EdgeId edge);
    /// Rings what shows these objects (a finding's), without selecting; {} takes it back.
    void highlight(const std::vector<ObjectRef> &objects);
    /// Draws what would change over the map, the rest of which steps back; {} takes it back.
    void setFlips(const std::vector<FlipLine> &flips);
    const std::vector<FlipLine> &flips() const { return m_flips; }
    /// The next card that is clicked or entered becomes the end of a pair that begins at `from`.
    void beginPair(NodeId from);

    /// What the keyboard is on.
    MapItem focusedItem() const { return m_focus; }
    void setFocusedItem(MapItem item);
    const MapScenePtr &scene() const { return m_scene; }
    /// Cards and lines in the order in which Tab goes through them.
    const std::vector<MapItem> &readingOrder();
    MapItem itemOf(NodeId node) const;
    MapItem itemOf(EdgeId edge) const;
    MapItem itemOf(GroupId group) const;
    MapItem itemOf(BundleId bundle) const;
    /// The lines that a bundle stands for, in the scene's order.
    std::vector<EdgeId> edgesOf(MapItem bundle) const;
    /// Moves and zooms so that an item fills the view.
    void fitItem(MapItem item) { moveTo(fitted(m_scene->rectOf(item))); }
    bool isSelected(MapItem item) const;

    // canvas_focus.cpp: what of the map is in the foreground
    /// Which lines are drawn.
    void setLayer(MapLayer layer);
    const SceneChoice &choice() const { return m_choice; }
    /// How many lines away from what is selected still stands out: 1 to 3.
    void setFocusDepth(int depth);
    int focusDepth() const { return m_focusDepth; }
    /// Shows what is selected and what stands out with it alone, until showAll() or Esc; nothing where
    /// nothing is selected. Cards stay where they are.
    void showOnlyFocus();
    void showAll();
    bool showsOnlyFocus() const { return !m_choice.only.empty(); }
    /// The selected items and what stands out with them.
    const std::vector<MapItem> &spokenOf() const;
    /// What is under a point of the widget.
    MapItem itemUnder(QPointF view) const;
    /// As Enter does: emits nodeActivated or edgeActivated, or ends a pair.
    void activate(MapItem item);
    WallTime now() const { return m_clock->wallNow(); }
    /// When what is shown was so: of a recording when it was made.
    WallTime shownTime() const;
    /// Where an item is in the widget.
    QRectF viewRectOf(MapItem item) const { return m_viewport.toView(m_scene->rectOf(item)); }
    /// How often the picture was drawn anew: for tests and for measuring.
    int picturesDrawn() const { return m_picturesDrawn; }
    /// The last one: it may be of an older scene than scene() for a moment.
    const MapPicture &picture() const { return m_picture; }

    QSize sizeHint() const override { return {900, 640}; }

public Q_SLOTS:
    void fit();
    void fitSelection();
    void zoomIn();
    void zoomOut();
    void resetZoom();
    void clearSelection();

Q_SIGNALS:
    void nodeActivated(portolan::NodeId node);
    void edgeActivated(portolan::EdgeId edge);
    void selectionChanged();
    void pairRequested(portolan::NodeId from, portolan::NodeId to);
    /// The context menu of a card, a line, a box or the empty map is wanted at a global position.
    void nodeMenuRequested(portolan::NodeId node, const QPoint &at);
    void edgeMenuRequested(portolan::EdgeId edge, const QPoint &at);
    void groupMenuRequested(portolan::GroupId group, const QPoint &at);
    /// Of a bundle; also asked for by a double click or Enter: its lines are to be chosen from.
    void bundleMenuRequested(portolan::BundleId bundle, const QPoint &at);
    void mapMenuRequested(const QPoint &at);
    void zoomChanged(double zoom);
    /// Another scene is shown: of another frame, layer or focus.
    void sceneChanged();
    void focusDepthChanged(int depth);
    /// Something was dragged, or sent by keyboard, to where its top left corner should be in the scene.
    void nodeMoveRequested(portolan::NodeId node, const QPointF &corner);
    void groupMoveRequested(portolan::GroupId group, const QPointF &corner);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    enum class Gesture { None, Pressed, Panning, RubberBand, Pairing, MinimapDrag, Moving };

    // canvas_viewport.cpp
    void moveTo(const Viewport &target);
    void applyViewport(const Viewport &viewport);
    Viewport fitted(const QRectF &area) const;
    std::optional<GraphView> shownGraphView() const;
    void lookAtNewView(std::optional<GraphView> before, bool wasEmpty);

    // map_canvas.cpp: state
    void adoptScene(const MapScenePtr &scene);
    void selectionEdited();
    std::vector<MapItem> selectedItems() const;
    void setSelected(MapItem item, bool selected);

    // canvas_painting.cpp
    PictureOrder pictureOrder();
    void takePicture(MapPicture picture);
    void beginPicture();
    void paintPicture(QPainter &painter);
    void paintShifted(QPainter &painter, const MapPicture &picture) const;
    void paintLively(QPainter &painter);
    void paintSelection(QPainter &painter, const MapPainter &map) const;
    void paintWash(QPainter &painter) const;
    void paintRunning(QPainter &painter) const;
    void paintFurniture(QPainter &painter) const;
    bool isMotionWanted() const;

    // canvas_far.cpp
    bool isFar() const { return detailFor(m_viewport.zoom()) == MapDetail::Far; }
    const FarView &far() const;
    void paintFarSelection(QPainter &painter) const;
    void paintFarHover(QPainter &painter) const;
    void paintFarFocus(QPainter &painter) const;
    QString footer() const;

    void makeScene();

    // canvas_moving.cpp
    bool canMove(MapItem item, QPointF view) const;
    void paintMoving(QPainter &painter) const;
    QPointF movedCorner() const;
    void finishMove();
    bool nudge(int key, Qt::KeyboardModifiers modifiers);
    void requestMove(MapItem item, QPointF corner);
    bool beginGlide(const MapScenePtr &from, const MapScenePtr &to);
    void glideTo(double share);

    // canvas_input.cpp
    NodeId nodeUnder(QPointF view) const;
    void beginDrag(QPointF at, Qt::KeyboardModifiers modifiers);
    void clicked(MapItem item, Qt::KeyboardModifiers modifiers);
    void finishRubberBand(bool add);
    void finishPair(NodeId to);
    void setHover(MapItem item);
    void showToolTip(const QPoint &local, const QPoint &global);
    bool walkOrPan(int key, Qt::KeyboardModifiers modifiers);
    bool handleCommandKey(int key);
    bool nativeZoom(QEvent *event);
    bool showsMinimap() const;
    bool overMinimap(QPointF view) const;
    void escape();

    Theme m_theme;
    MapFonts m_fonts;
    const Clock *m_clock;
    std::chrono::milliseconds m_behind{0};
    MapScenePtr m_scene;
    SceneChoice m_choice;
    int m_focusDepth = 1;
    Viewport m_beforeFocus; ///< the view that showAll() returns to
    mutable std::optional<std::vector<MapItem>> m_spoken;
    Viewport m_viewport;
    std::map<GraphView, Viewport> m_viewports; ///< of the views that are not shown
    bool m_userMoved = false;
    bool m_animated = true;
    bool m_minimapVisible = true;
    QVariantAnimation *m_animation;
    QVariantAnimation *m_glide;
    MapScenePtr m_glideFrom, m_glideShown; ///< what moves, and what is drawn meanwhile
    bool m_glideNext = false;
    bool m_fitNext = false;

    std::set<NodeId> m_selectedNodes;
    std::set<EdgeId> m_selectedEdges;
    GroupId m_selectedGroup;
    std::vector<ObjectRef> m_highlight;
    std::vector<FlipLine> m_flips;
    std::set<EdgeId> m_running;
    MapItem m_hover, m_focus;
    std::vector<MapItem> m_order; ///< reading order, made when the keyboard first asks for it
    bool m_orderIsFar = false;

    Gesture m_gesture = Gesture::None;
    MapItem m_pressed;
    QPointF m_pressAt, m_lastAt;
    NodeId m_pairFrom;

    mutable std::unique_ptr<FarView> m_far; ///< of m_farScene in m_farViewport, made when asked for
    mutable MapScenePtr m_farScene;
    mutable Viewport m_farViewport;
    mutable QSize m_farSize;
    MapPicture m_picture;
    bool m_pictureStale = true;
    bool m_isDrawing = false; ///< by m_painters
    QThreadPool m_painters;   ///< one; nothing is drawn any more once the canvas is gone
    bool m_settling = false;
    std::uint64_t m_pictureOrders = 0;
    MapPicture m_fading; ///< of the detail before, while it gives way
    QVariantAnimation *m_fade;
    std::chrono::duration<double, std::milli> m_movingBudget{6};
    int m_picturesDrawn = 0;
    QTimer m_refine; ///< draws sharply once the view is still
    QTimer m_ages;
    QTimer m_spinner;
};

} // namespace portolan::ui
