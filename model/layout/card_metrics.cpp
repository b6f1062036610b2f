#include "model/layout/card_metrics.h"

#include "model/layout/layout_engine.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace portolan {

namespace {

constexpr double topPadding = 8;
constexpr double bottomPadding = 9;
constexpr double lineGap = 6;
constexpr double columnGap = 10; // between a title and the word at its right
constexpr double groupNoteWidth = 140;

double stepped(double width, double most)
{
    const double steps = std::ceil((width - card::minWidth) / card::widthStep);
    return std::min(card::minWidth + std::max(0.0, steps) * card::widthStep, most);
}

bool hasDots(NodeKind kind)
{
    return kind == NodeKind::Workload || kind == NodeKind::Pod;
}

std::size_t dotsPerRow(double width, double diameter, double pitch)
{
    // The shield's place is kept free on every card: a policy that comes must not move a dot.
    const double room = width - 2 * card::padding - card::shieldWidth - lineGap;
    return std::size_t((room + pitch - diameter) / pitch);
}

/// Columns and rows of dots of a machine. Few sizes with much between them: pods come and go all the time,
/// and a machine whose size changes may have to move.
struct MachineGrid
{
    std::size_t columns;
    std::size_t rows;
};

MachineGrid machineGrid(std::size_t pods)
{
    static constexpr std::array<MachineGrid, 4> grids{{{12, 3}, {12, 5}, {12, 10}, {20, 13}}};
    for (const MachineGrid &grid : grids) {
        if (pods <= grid.columns * grid.rows)
            return grid;
    }
    return grids.back();
}

double titledWidth(const GraphNode &node, const MapFonts &fonts)
{
    const std::string_view word = kindWord(node);
    const double wordWidth = word.empty() ? 0 : columnGap + fonts.body.width(word);
    return 2 * card::padding + fonts.title.width(node.label) + wordWidth;
}

Size workloadSize(const GraphNode &node, const MapFonts &fonts)
{
    const double width = stepped(titledWidth(node, fonts), card::maxWidth);
    // Whatever the number of pods: a card that grew with them would have to move.
    return {width, topPadding + fonts.title.lineHeight + lineGap + card::dotPitch + bottomPadding};
}

Size ingressSize(const GraphNode &node, const MapFonts &fonts)
{
    const double width =
        std::max(titledWidth(node, fonts), 2 * card::padding + fonts.mono.width(node.detail));
    return {stepped(width, card::maxWidth),
            topPadding + fonts.title.lineHeight + lineGap + fonts.mono.lineHeight + bottomPadding};
}

Size machineSize(const GraphNode &node, const MapFonts &fonts)
{
    const MachineGrid grid = machineGrid(node.pods.size());
    const double dots = double(grid.columns) * card::machineDotPitch;
    const double title = titledWidth(node, fonts) - 2 * card::padding;
    const double width = std::max({dots, title, fonts.mono.width(node.detail)});
    const double height = topPadding + fonts.title.lineHeight + fonts.mono.lineHeight + lineGap +
                          double(grid.rows) * card::machineDotPitch + lineGap + fonts.body.lineHeight +
                          bottomPadding;
    constexpr double steps = 2 * card::widthStep; // machines are few and look best alike
    return {std::ceil((width + 2 * card::padding) / steps) * steps, height};
}

Size ipBlockSize(const GraphNode &node, const MapFonts &fonts)
{
    const double width = std::max(fonts.mono.width(node.label), fonts.mono.width(node.detail));
    const double lines = node.detail.empty() ? 1 : 2;
    return {std::min(std::ceil(width + 2 * card::padding), card::maxWidth),
            std::ceil(lines * fonts.mono.lineHeight + 2 * topPadding)};
}

Rect line(const Rect &place, double top, double height)
{
    return {place.x + card::padding, place.y + top, place.width - 2 * card::padding, height};
}

/// The title at the left and, where there is one, the word at its right.
void placeHeader(CardParts &parts, const GraphNode &node, const Rect &place, const MapFonts &fonts)
{
    parts.title = line(place, topPadding, fonts.title.lineHeight);
    const std::string_view word = kindWord(node);
    if (word.empty())
        return;
    const double width = fonts.body.width(word);
    parts.kindWord = {parts.title.right() - width, parts.title.y, width, parts.title.height};
    parts.title.width -= width + columnGap;
}

void placeWorkloadDots(CardParts &parts, const GraphNode &node, const Rect &place, const MapFonts &fonts)
{
    const double top = topPadding + fonts.title.lineHeight + lineGap;
    DotGrid &dots = parts.dots;
    const bool small = node.pods.size() > dotsPerRow(place.width, card::dotDiameter, card::dotPitch);
    const double diameter = small ? card::smallDotDiameter : card::dotDiameter;
    dots.pitch = small ? card::smallDotPitch : card::dotPitch;
    dots.perRow = dotsPerRow(place.width, diameter, dots.pitch);
    const double rows = small ? 2 : 1;
    const double height = (rows - 1) * dots.pitch + diameter;
    dots.first = {place.x + card::padding + 1, place.y + top + (card::dotPitch - height) / 2, diameter,
                  diameter};
    dots.shown = node.pods.size();
    if (dots.shown > dots.perRow * std::size_t(rows)) {
        constexpr std::size_t columnsForNumber = 4;
        dots.perRow -= columnsForNumber;
        dots.shown = dots.perRow * std::size_t(rows);
        dots.hidden = node.pods.size() - dots.shown;
        parts.more = {dots.first.x + double(dots.perRow) * dots.pitch + 2, place.y + top,
                      double(columnsForNumber) * dots.pitch, card::dotPitch};
    }
    parts.shield = {place.right() - card::padding - card::shieldWidth,
                    place.y + top + (card::dotPitch - card::shieldHeight) / 2, card::shieldWidth,
                    card::shieldHeight};
}

void placeMachineDots(CardParts &parts, const GraphNode &node, const Rect &place, const MapFonts &fonts)
{
    const double top = topPadding + fonts.title.lineHeight + fonts.mono.lineHeight + lineGap;
    DotGrid &dots = parts.dots;
    dots.pitch = card::machineDotPitch;
    dots.shown = std::min(node.pods.size(), card::machineMaxDots);
    dots.hidden = node.pods.size() - dots.shown;
    dots.perRow = machineGrid(node.pods.size()).columns;
    dots.first = {place.x + card::padding + 1, place.y + top + 2, card::dotDiameter, card::dotDiameter};
    parts.footer = line(place, place.height - bottomPadding - fonts.body.lineHeight, fonts.body.lineHeight);
}

std::string portText(const EdgePort &port)
{
    std::string text;
    if (!port.name.empty())
        text = port.name;
    else if (port.number == 0)
        return std::string(protocolName(port.protocol));
    else
        text = std::to_string(port.number);
    if (port.endNumber > port.number)
        text += "-" + std::to_string(port.endNumber);
    if (port.protocol != Protocol::Tcp)
        text += "/" + std::string(protocolName(port.protocol));
    return text;
}

} // namespace

Rect DotGrid::dot(std::size_t index) const
{
    const std::size_t row = index / perRow;
    const std::size_t column = index % perRow;
    return {first.x + double(column) * pitch, first.y + double(row) * pitch, first.width, first.height};
}

namespace {

Size exactSize(const GraphNode &node, const MapFonts &fonts)
{
    switch (node.kind) {
    case NodeKind::Workload:
    case NodeKind::Pod:
        return workloadSize(node, fonts);
    case NodeKind::Service:
    case NodeKind::PodSet:
        return {std::min(std::ceil(fonts.mono.width(pillText(node, fonts)) + 2 * card::pillPadding),
                         card::pillMaxWidth),
                card::pillHeight};
    case NodeKind::Ingress:
        return ingressSize(node, fonts);
    case NodeKind::Machine:
        return machineSize(node, fonts);
    case NodeKind::World:
        return {card::worldDiameter, card::worldDiameter};
    case NodeKind::IpBlock:
        return ipBlockSize(node, fonts);
    }
    return {card::minWidth, card::pillHeight};
}

} // namespace

Size nodeSize(const GraphNode &node, const MapFonts &fonts)
{
    // Whole units: what stands on whole units is drawn sharp.
    const Size size = exactSize(node, fonts);
    return {std::ceil(size.width), std::ceil(size.height)};
}

CardParts cardParts(const GraphNode &node, const Rect &place, const MapFonts &fonts)
{
    CardParts parts;
    if (isPill(node.kind)) {
        parts.title = {place.x + card::pillPadding, place.y, place.width - 2 * card::pillPadding,
                       place.height};
        return parts;
    }
    if (node.kind == NodeKind::World) {
        const double height = fonts.body.lineHeight;
        parts.title = {place.x, place.bottom() - height - 8, place.width, height};
        return parts;
    }
    if (node.kind == NodeKind::IpBlock) {
        parts.title = line(place, topPadding, fonts.mono.lineHeight);
        if (!node.detail.empty())
            parts.detail = line(place, topPadding + fonts.mono.lineHeight, fonts.mono.lineHeight);
        return parts;
    }
    placeHeader(parts, node, place, fonts);
    if (hasDots(node.kind)) {
        placeWorkloadDots(parts, node, place, fonts);
    } else {
        const double gap = node.kind == NodeKind::Machine ? 0 : lineGap;
        parts.detail = line(place, topPadding + fonts.title.lineHeight + gap, fonts.mono.lineHeight);
    }
    if (node.kind == NodeKind::Machine)
        placeMachineDots(parts, node, place, fonts);
    return parts;
}

GroupParts groupParts(const GraphGroup &group, const Rect &place, const MapFonts &fonts)
{
    const Rect header{place.x + 14, place.y + topPadding, place.width - 28, fonts.title.lineHeight};
    const double title = std::min(fonts.title.width(group.label) + 1, header.width);
    const double note = std::max(0.0, header.width - title - columnGap);
    return {{header.x, header.y, title, header.height},
            {header.right() - note, header.y, note, header.height}};
}

Rect contentOf(const Rect &box)
{
    return {box.x + card::groupPadding, box.y + card::groupHeader,
            std::max(0.0, box.width - 2 * card::groupPadding),
            std::max(0.0, box.height - card::groupHeader - card::groupPadding)};
}

Rect widened(const Rect &box, const Rect &card)
{
    return {box.x, box.y, std::max(box.width, card.right() + card::groupPadding - box.x),
            std::max(box.height, card.bottom() + card::groupPadding - box.y)};
}

Size groupMinSize(const GraphGroup &group, const MapFonts &fonts)
{
    const bool hasNote = group.openToAll || group.policyCount > 0;
    const double note = hasNote ? groupNoteWidth + columnGap : 0;
    return {std::ceil(std::max(96.0, 28 + fonts.title.width(group.label) + 2 + note)), card::groupHeader};
}

std::string_view kindWord(const GraphNode &node)
{
    if (node.kind == NodeKind::Ingress)
        return "Ingress";
    if (node.kind == NodeKind::Machine)
        return node.note;
    if (!hasDots(node.kind))
        return {};
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> words{{
        {"Deployment", "Deploy"},
        {"StatefulSet", "Sts"},
        {"DaemonSet", "DS"},
        {"ReplicaSet", "RS"},
        {"ReplicationController", "RC"},
    }};
    for (const auto &[kind, word] : words) {
        if (node.object.type == kind)
            return word;
    }
    return node.object.type;
}

bool isPill(NodeKind kind)
{
    return kind == NodeKind::Service || kind == NodeKind::PodSet;
}

bool hangsOn(const Rect &pill, const Rect &home)
{
    const double rows = 4 * (card::pillHeight + card::pillGap);
    return pill.y >= home.bottom() && pill.y <= home.bottom() + rows && pill.x >= home.x &&
           pill.x < home.x + card::pillMaxWidth;
}

std::string pillText(const GraphNode &node, const MapFonts &fonts)
{
    if (node.kind == NodeKind::PodSet)
        return node.label.empty() ? fonts.anyPod : node.label;
    std::string text = node.label;
    if (!node.detail.empty()) {
        const bool plainPorts =
            node.detail.find("→") == std::string::npos && node.detail[0] >= '0' && node.detail[0] <= '9';
        text += (plainPorts ? ":" : " ") + node.detail;
    }
    if (node.withoutEndpoints)
        text += " · " + fonts.noEndpoints;
    return text;
}

std::string edgeLabel(const GraphEdge &edge)
{
    if (edge.kind == EdgeKind::MachineLink)
        return std::string(joinLabel(edge.join.join));
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < edge.ports.size() && i < most; ++i)
        text += (i ? "," : "") + portText(edge.ports[i]);
    if (edge.ports.size() > most)
        text += " +" + std::to_string(edge.ports.size() - most);
    return text;
}

Size edgeLabelSize(const GraphEdge &edge, const MapFonts &fonts)
{
    const std::string text = edgeLabel(edge);
    if (text.empty())
        return {};
    return {fonts.mono.width(text) + 10, fonts.mono.lineHeight};
}

EdgeChip edgeChip(Size label)
{
    EdgeChip chip;
    const double text = std::max(label.width, badgeAgeSize.width);
    const double lines = label.height + badgeAgeSize.height;
    chip.size = {badgeDiameter + text, std::max(badgeDiameter, lines)};
    const double left = -chip.size.width / 2;
    const double top = -lines / 2;
    chip.badge = {left, -badgeDiameter / 2, badgeDiameter, badgeDiameter};
    chip.label = {left + badgeDiameter, top, label.width, label.height};
    chip.age = {left + badgeDiameter, top + label.height, badgeAgeSize.width, badgeAgeSize.height};
    return chip;
}

Size edgeMarkSize(const GraphEdge &edge, const MapFonts &fonts)
{
    if (edge.kind == EdgeKind::ServiceEndpoint) // as short as the gap between a card and its pill
        return {};
    const Size label = edgeLabelSize(edge, fonts);
    return edge.probe.source.isValid() ? edgeChip(label).size : label;
}

} // namespace portolan
