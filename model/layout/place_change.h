#pragma once

#include "model/layout/layout_engine.h"

#include <optional>

/// What a person does to places: each gives a copy of a layout, to be the `previous` of the next one, which
/// routes the lines again. Lines that a change makes wrong are left out of the copy. Pure functions, quick
/// enough for the GUI thread at any size.
namespace portolan {

/// With a card (and the pills that hang on it), or a pill, at `wish` or the nearest free place to it in its
/// box, which grows for it where nothing stands beside it. Nothing where it would not move.
std::optional<LayoutResult> withNodeAt(const TopologyGraph &graph, const LayoutResult &layout, NodeId node,
                                       Point wish);

/// With a box and everything in it at `wish` or the nearest free place of the page. Nothing where it would
/// not move.
std::optional<LayoutResult> withGroupAt(const TopologyGraph &graph, const LayoutResult &layout, GroupId group,
                                        Point wish);

LayoutResult withPinned(const LayoutResult &layout, NodeId node, bool pinned);
LayoutResult withPinned(const LayoutResult &layout, GroupId group, bool pinned);

/// What is left of a layout for tidying up: what is pinned, the boxes around it, and what is in pinned boxes.
LayoutResult onlyPinned(const LayoutResult &layout);

/// `layout` with those places of `known` that it does not have and that are still free: of things that are
/// hidden, or gone for a while.
LayoutResult merged(const LayoutResult &layout, const LayoutResult &known);

} // namespace portolan
