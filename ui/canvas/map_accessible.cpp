#include "ui/canvas/map_accessible.h"

#include "ui/canvas/map_canvas.h"
#include "ui/canvas/map_text.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <algorithm>

namespace portolan::ui {

namespace {

/// One card, line, tile or bundle. Names its thing by identity, since places in the scene change with every
/// frame.
class MapItemAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    MapItemAccessible(MapCanvas *canvas, MapItem::Kind kind, std::uint64_t id)
        : m_canvas(canvas),
          m_kind(kind),
          m_id(id)
    {
    }

    MapItem item() const
    {
        if (!m_canvas)
            return {};
        switch (m_kind) {
        case MapItem::Kind::Node:
            return m_canvas->itemOf(NodeId{m_id});
        case MapItem::Kind::Edge:
            return m_canvas->itemOf(EdgeId{m_id});
        case MapItem::Kind::Group:
            return m_canvas->itemOf(GroupId{m_id});
        case MapItem::Kind::Bundle:
            return m_canvas->itemOf(BundleId{m_id});
        case MapItem::Kind::None:
            break;
        }
        return {};
    }

    bool isValid() const override { return bool(item()); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_canvas.data());
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::Button; }
    void setText(QAccessible::Text, const QString &) override {}

    QString text(QAccessible::Text kind) const override
    {
        const MapItem what = item();
        if (!what || kind != QAccessible::Name)
            return {};
        return itemName(*m_canvas->scene(), what, stateTime(*m_canvas->scene(), m_canvas->now()));
    }

    QRect rect() const override
    {
        const MapItem what = item();
        if (!what)
            return {};
        const QRect inside = m_canvas->viewRectOf(what).toAlignedRect();
        return {m_canvas->mapToGlobal(inside.topLeft()), inside.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const MapItem what = item();
        state.invalid = !what;
        if (!what)
            return state;
        state.focusable = state.selectable = true;
        state.focused = m_canvas->hasFocus() && m_canvas->focusedItem() == what;
        state.selected = m_canvas->isSelected(what);
        state.offscreen = !m_canvas->viewRectOf(what).intersects(QRectF(m_canvas->rect()));
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    void doAction(const QString &action) override
    {
        const MapItem what = item();
        if (what && action == pressAction())
            m_canvas->activate(what);
        else if (what && action == setFocusAction())
            m_canvas->setFocusedItem(what);
    }

private:
    QPointer<MapCanvas> m_canvas;
    MapItem::Kind m_kind;
    std::uint64_t m_id;
};

std::uint64_t idOf(const MapScene &scene, MapItem item)
{
    switch (item.kind) {
    case MapItem::Kind::Node:
        return scene.nodes[item.index].id.value;
    case MapItem::Kind::Edge:
        return scene.edges[item.index].id.value;
    case MapItem::Kind::Group:
        return scene.groups[item.index].id.value;
    case MapItem::Kind::Bundle:
        return scene.bundles[item.index].id.value;
    case MapItem::Kind::None:
        break;
    }
    return 0;
}

class MapCanvasAccessible : public QAccessibleWidget
{
public:
    explicit MapCanvasAccessible(MapCanvas *canvas) : QAccessibleWidget(canvas, QAccessible::Chart) {}
    ~MapCanvasAccessible() override { forgetAll(); }

    int childCount() const override { return int(canvas()->readingOrder().size()); }

    QAccessibleInterface *child(int index) const override
    {
        const auto &order = canvas()->readingOrder();
        if (index < 0 || std::size_t(index) >= order.size())
            return nullptr;
        return interfaceOf(order[std::size_t(index)]);
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *item = dynamic_cast<const MapItemAccessible *>(child);
        const auto &order = canvas()->readingOrder();
        const auto at = item ? std::find(order.begin(), order.end(), item->item()) : order.end();
        return at == order.end() ? -1 : int(at - order.begin());
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPointF local = canvas()->mapFromGlobal(QPointF(x, y));
        const MapItem item = canvas()->itemUnder(local);
        const auto &order = canvas()->readingOrder();
        const bool named = item && std::find(order.begin(), order.end(), item) != order.end();
        return named ? interfaceOf(item) : nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        return canvas()->hasFocus() && canvas()->focusedItem() ? interfaceOf(canvas()->focusedItem())
                                                               : nullptr;
    }

    QString text(QAccessible::Text kind) const override
    {
        const MapScene &scene = *canvas()->scene();
        if (kind == QAccessible::Description)
            return footerText(scene, canvas()->shownTime(), canvas()->folds());
        if (kind == QAccessible::Value)
            return itemName(scene, canvas()->focusedItem(), stateTime(scene, canvas()->now()));
        return QAccessibleWidget::text(kind);
    }

private:
    MapCanvas *canvas() const { return static_cast<MapCanvas *>(object()); }

    QAccessibleInterface *interfaceOf(MapItem item) const
    {
        const MapScene &scene = *canvas()->scene();
        // Things come and go for hours: interfaces of what is gone must not pile up.
        if (std::size_t(m_children.size()) >
            2 * (scene.nodes.size() + scene.edges.size() + scene.bundles.size()) + 64)
            forgetAll();
        const std::pair key{int(item.kind), idOf(scene, item)};
        const auto known = m_children.constFind(key);
        if (known != m_children.constEnd())
            return QAccessible::accessibleInterface(*known);
        auto *made = new MapItemAccessible(canvas(), item.kind, key.second); // owned by QAccessible's cache
        m_children.insert(key, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    void forgetAll() const
    {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

    mutable QHash<std::pair<int, std::uint64_t>, QAccessible::Id> m_children;
};

QAccessibleInterface *makeMapInterface(const QString &, QObject *object)
{
    auto *canvas = qobject_cast<MapCanvas *>(object);
    return canvas ? new MapCanvasAccessible(canvas) : nullptr;
}

} // namespace

void installMapAccessibility()
{
    static bool installed = false;
    if (!installed)
        QAccessible::installFactory(makeMapInterface);
    installed = true;
}

} // namespace portolan::ui
