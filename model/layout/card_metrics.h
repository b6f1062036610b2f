#pragma once

#include "model/graph/topology_graph.h"
#include "model/layout/geometry.h"
#include "model/layout/text_metrics.h"

#include <cstddef>
#include <string>
#include <string_view>

/// The measures of everything on a map, in scene units: one truth for layout, painter, export and hit test.
/// Pure functions, safe from any thread.
namespace portolan {

namespace card {
inline constexpr double minWidth = 158;
inline constexpr double maxWidth = 230;
inline constexpr double widthStep = 24; ///< widths are minWidth plus a multiple: cards line up
inline constexpr double padding = 12;
inline constexpr double cornerRadius = 8;
inline constexpr double dotDiameter = 10;
inline constexpr double dotPitch = 15;
inline constexpr double smallDotDiameter = 6; ///< where one row of dots is not enough: two rows of small
inline constexpr double smallDotPitch = 9;    ///< ones, in the same height; what is more is a number
inline constexpr double shieldWidth = 16;
inline constexpr double shieldHeight = 18;
inline constexpr double pillHeight = 24;
inline constexpr double pillPadding = 11;
inline constexpr double pillMaxWidth = 260;
inline constexpr double pillIndent = 12; ///< of a service's pill under its workload's card
inline constexpr double pillGap = 8;     ///< between a card and its pills, and between pills
inline constexpr double worldDiameter = 60;
inline constexpr double machineDotPitch = 14;
inline constexpr std::size_t machineMaxDots = 260; ///< what is more is a number
inline constexpr double groupPadding = 18;
inline constexpr double groupHeader = 38; ///< from the top of a box to where its content may begin
inline constexpr double groupCornerRadius = 12;
} // namespace card

/// Dots in rows, filled from left to right.
struct DotGrid
{
    Rect first; ///< place of dot 0
    double pitch = card::dotPitch;
    std::size_t perRow = 1;
    std::size_t shown = 0;  ///< dots to draw; the first ones of GraphNode::pods
    std::size_t hidden = 0; ///< pods without a dot: "+12" stands in CardParts::more

    /// Precondition: index < shown.
    Rect dot(std::size_t index) const;
};

/// Where the parts of a card stand in the scene. A part that a kind of node does not have is an empty
/// rectangle. Texts are centred vertically in their rectangle and elided to its width.
struct CardParts
{
    Rect title;    ///< GraphNode::label; for pills pillText() in the mono font; left-aligned
    Rect kindWord; ///< kindWord(), right-aligned, body font
    Rect detail;   ///< GraphNode::detail in the mono font (Ingress, Machine, IpBlock)
    DotGrid dots;
    Rect more;   ///< "+N", body font, left-aligned
    Rect shield; ///< for nodes with ingressIsolated or egressIsolated
    Rect footer; ///< Machine: number of pods, body font
};

struct GroupParts
{
    Rect title; ///< GraphGroup::label, title font
    Rect note;  ///< number of policies, or that it is open to all; body font, right-aligned
};

/// The parts of `node` drawn in `place` (LayoutResult::nodes).
CardParts cardParts(const GraphNode &node, const Rect &place, const MapFonts &fonts);
GroupParts groupParts(const GraphGroup &group, const Rect &place, const MapFonts &fonts);

/// Where the cards of a box may stand: within its padding, under its header.
Rect contentOf(const Rect &box);
/// The box with what it needs more, to the right and below, to have that card in it.
Rect widened(const Rect &box, const Rect &card);

/// The least size of a box: its header.
Size groupMinSize(const GraphGroup &group, const MapFonts &fonts);

/// "Deploy", "Sts", "DS", "CronJob", "Pod", "Ingress"; "" for what is not a card. Not translated: they are
/// the names that kubectl accepts. Of a machine its note.
std::string_view kindWord(const GraphNode &node);

/// True for what is drawn as a pill of one line: Service and PodSet.
bool isPill(NodeKind kind);

/// Whether a pill stands under its card. One that was set down elsewhere is by itself.
bool hangsOn(const Rect &pill, const Rect &card);

/// "web:80", "promo:80 · no endpoints", "legacy → db.example.com"; for a PodSet its selector or fonts.anyPod.
std::string pillText(const GraphNode &node, const MapFonts &fonts);

/// "8080", "53/UDP", "8080,9090 +2", "http", "8000-8010"; "" for any port. Of a MachineLink
/// joinLabel(). What stands at EdgePath::labelAt,
/// in the mono font.
std::string edgeLabel(const GraphEdge &edge);
/// The place that the label takes, with the margin that keeps it apart from others; empty for "".
Size edgeLabelSize(const GraphEdge &edge, const MapFonts &fonts);

/// The sign of a probe's outcome on a line, and the line of small text that says how old it is.
inline constexpr double badgeDiameter = 18;
inline constexpr Size badgeAgeSize{40, 11};

/// The parts of what stands on a line, each relative to its middle: the badge at the left, label and age at
/// its right, one above the other.
struct EdgeChip
{
    Size size;
    Rect badge;
    Rect label; ///< empty where there is no label
    Rect age;
};
EdgeChip edgeChip(Size label);
/// The place that layout keeps for an edge: its chip where it can be probed, so that a result moves nothing;
/// else its label.
Size edgeMarkSize(const GraphEdge &edge, const MapFonts &fonts);

} // namespace portolan
