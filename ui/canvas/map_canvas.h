#pragma once

#include "model/base/clock.h"
#include "ui/canvas/flip_painter.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/viewport.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <set>
#include <vector>

class QVariantAnimation;

namespace portolan::ui {

class MapPainter;

/// The chart itself: draws the newest frame, and turns pointer and keyboard into intents. Draws with
/// MapPainter into one picture that is kept; what depends on pointer, selection and running probes is drawn
/// over it. Moves nothing of its own accord: a new frame changes what changed, and the view stays.
///
/// Pointer: drag moves, the wheel zooms around the cursor, a click selects, a click on a line activates it
/// as well, a double click activates a card, Shift adds to the selection (and drags a rubber band), Ctrl
/// dragged from card to card asks for a probe between them.
/// Keyboard: Tab and Shift+Tab go through cards and lines in reading order, arrows to the neighbour (and
/// move the view when nothing has focus, or with Ctrl), Enter activates, Space selects, Esc takes focus and
/// selection back - after which Tab leaves the map -, + - 0 Home zoom and fit, F fits the selection.
/// GUI thread.
class MapCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit MapCanvas(QWidget *parent = nullptr);
    ~MapCanvas() override;

    /// Shows `frame`. The first one with content is fitted into the view; later ones keep the view. Repaints
    /// only where something that is drawn changed.
    void setFrame(const TopologyFramePtr &frame);
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
    bool isMinimapVisible() const { return m_minimapVisible; }
    /// Off: view changes jump. On by default; the style's hint to animate nothing is kept to as well.
    void setAnimated(bool animated) { m_animated = animated; }

    Viewport viewport() const { return m_viewport; }
    void setViewport(const Viewport &viewport);
    double zoom() const { return m_viewport.zoom(); }
    /// Ends what moves; the next paint is sharp, whatever it costs. For pictures that are taken at once.
    void settle();
    /// What a picture may cost to be drawn anew while the view moves; a dearer one is moved and scaled until
    /// the view is still.
    void setMovingBudget(std::chrono::duration<double, std::milli> most) { m_movingBudget = most; }

    std::vector<NodeId> selectedNodes() const;
    std::vector<EdgeId> selectedEdges() const;
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
    bool isSelected(MapItem item) const;
    /// What is under a point of the widget.
    MapItem itemUnder(QPointF view) const;
    /// As Enter does: emits nodeActivated or edgeActivated, or ends a pair.
    void activate(MapItem item);
    WallTime now() const { return m_clock->wallNow(); }
    /// Where an item is in the widget.
    QRectF viewRectOf(MapItem item) const { return m_viewport.toView(m_scene->rectOf(item)); }
    /// How often the picture was drawn anew: for tests and for measuring.
    int picturesDrawn() const { return m_picturesDrawn; }

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
    void mapMenuRequested(const QPoint &at);
    void zoomChanged(double zoom);

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
    enum class Gesture { None, Pressed, Panning, RubberBand, Pairing, MinimapDrag };

    // map_canvas.cpp: state
    void moveTo(const Viewport &target);
    void applyViewport(const Viewport &viewport);
    Viewport fitted(const QRectF &area) const;
    void adoptScene(const MapScenePtr &scene);
    void selectionEdited();
    std::vector<MapItem> selectedItems() const;
    void setSelected(MapItem item, bool selected);

    // canvas_painting.cpp
    void drawPicture();
    void paintPicture(QPainter &painter);
    void paintLively(QPainter &painter);
    void paintSelection(QPainter &painter, const MapPainter &map) const;
    void paintWash(QPainter &painter) const;
    void paintRunning(QPainter &painter) const;
    void paintFurniture(QPainter &painter) const;
    std::vector<MapItem> related(const std::vector<MapItem> &items) const;

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
    Viewport m_viewport;
    bool m_userMoved = false;
    bool m_animated = true;
    bool m_minimapVisible = true;
    QVariantAnimation *m_animation;

    std::set<NodeId> m_selectedNodes;
    std::set<EdgeId> m_selectedEdges;
    std::vector<ObjectRef> m_highlight;
    std::vector<FlipLine> m_flips;
    std::set<EdgeId> m_running;
    MapItem m_hover, m_focus;
    std::vector<MapItem> m_order; ///< reading order, made when the keyboard first asks for it

    Gesture m_gesture = Gesture::None;
    MapItem m_pressed;
    QPointF m_pressAt, m_lastAt;
    NodeId m_pairFrom;

    QImage m_picture;
    Viewport m_pictureViewport;
    WallTime m_pictureTime;
    bool m_pictureStale = true;
    std::chrono::duration<double, std::milli> m_pictureCost{0};
    std::chrono::duration<double, std::milli> m_movingBudget{12};
    int m_picturesDrawn = 0;
    QTimer m_refine; ///< draws sharply once the view is still
    QTimer m_ages;
    QTimer m_spinner;
};

} // namespace portolan::ui
