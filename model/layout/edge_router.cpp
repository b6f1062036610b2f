#include "model/layout/edge_router.h"

#include "model/layout/card_metrics.h"
#include "model/layout/hidden_lines.h"
#include "model/layout/label_placer.h"
#include "model/layout/shape_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace portolan::layout {

namespace {

constexpr double portPitch = 12;
constexpr double portMargin = 9;              // of a port from a card's corner
constexpr double laneStep = 5;                // between lines in the same gap
constexpr std::size_t mostForCrossings = 600; // lines; in a map with more, nobody follows a single one

class EdgeRouter
{
public:
    EdgeRouter(const TopologyGraph &graph, const MapFonts &fonts, const LayoutResult *previous,
               LayoutResult &result)
        : m_graph(graph),
          m_fonts(fonts),
          m_previous(previous),
          m_result(result),
          m_obstacles(graph, fonts, result),
          m_drawn(crossings() ? m_obstacles.area : Rect{})
    {
        findNewcomers();
    }

    void route(const CancelToken &cancel)
    {
        std::vector<const GraphEdge *> kept;
        m_result.edges.reserve(m_graph.edges.size());
        for (const GraphEdge &edge : m_graph.edges) {
            if (cancel.isCancelled())
                return;
            if (!m_result.nodes.contains(edge.from) || !m_result.nodes.contains(edge.to))
                continue;
            if (keep(edge))
                kept.push_back(&edge);
            else
                plan(edge);
        }
        takePorts(kept);
        reconsider(cancel);
        for (std::size_t i = 0; i < m_lines.size(); ++i)
            wantPorts(i);
        spreadPorts();
        for (Line &line : m_lines)
            draw(line);
        markBehind(m_graph, m_obstacles, m_fresh, m_result);
        placeLabels(m_graph, m_fonts, m_fresh, m_result);
    }

private:
    struct Line
    {
        EdgeId id;
        LineEnd from;
        LineEnd to;
        PathShape shape;
        Point out; ///< the ports
        Point in;
        std::size_t number = 0; ///< in m_drawn
        NodeId fromNode;
        NodeId toNode;
    };

    /// Which side of which card: (node, side).
    using PortSide = std::pair<NodeId, Side>;
    struct Port
    {
        std::size_t line;
        bool isOut;
        double wants; ///< where the line goes, along the side
    };

    /// Cards that came, came back or moved.
    void findNewcomers()
    {
        if (!m_previous)
            return;
        for (const GraphNode &node : m_graph.nodes) {
            const auto place = m_result.nodes.find(node.id);
            const auto before = m_previous->nodes.find(node.id);
            if (place == m_result.nodes.end() ||
                (before != m_previous->nodes.end() && before->second == place->second &&
                 !m_previous->remembered.contains(node.id)))
                continue;
            m_newcomers.insert(node.id);
            m_newcomerCards.push_back(place->second);
        }
    }

    bool keep(const GraphEdge &edge)
    {
        if (!m_previous || m_newcomers.contains(edge.from) || m_newcomers.contains(edge.to))
            return false;
        const auto before = m_previous->edges.find(edge.id);
        if (before == m_previous->edges.end())
            return false;
        // A card that was in the way before is no reason to move now.
        if (crossesNewcomer(before->second.points))
            return false;
        m_result.edges.emplace(edge.id, before->second);
        if (crossings())
            m_drawn.put(m_count++, m_obstacles.cardOf.at(edge.from), m_obstacles.cardOf.at(edge.to),
                        sampled(before->second.points));
        return true;
    }

    /// Where lines that stay touch the cards of lines that are drawn now.
    void takePorts(const std::vector<const GraphEdge *> &kept)
    {
        for (const Line &line : m_lines) {
            m_usedPorts[line.fromNode];
            m_usedPorts[line.toNode];
        }
        if (m_usedPorts.empty())
            return;
        for (const GraphEdge *edge : kept) {
            const std::vector<Point> &points = m_result.edges.at(edge->id).points;
            if (const auto from = m_usedPorts.find(edge->from); from != m_usedPorts.end())
                from->second.push_back(points.front());
            if (const auto to = m_usedPorts.find(edge->to); to != m_usedPorts.end())
                to->second.push_back(points.back());
        }
    }

    /// Whether a newcomer stands on that path now. Most are far from all of them.
    bool crossesNewcomer(const std::vector<Point> &path) const
    {
        const Rect hull = hullOf(path);
        std::vector<Point> way;
        for (const Rect &card : m_newcomerCards) {
            if (!hull.intersects(card))
                continue;
            if (way.empty())
                way = sampled(path);
            for (std::size_t i = 1; i < way.size(); ++i) {
                if (segmentMeets(card, way[i - 1], way[i]))
                    return true;
            }
        }
        return false;
    }

    /// Around the control points: no curve leaves it.
    static Rect hullOf(const std::vector<Point> &path)
    {
        Point least = path.front(), most = path.front();
        for (const Point &point : path) {
            least = {std::min(least.x, point.x), std::min(least.y, point.y)};
            most = {std::max(most.x, point.x), std::max(most.y, point.y)};
        }
        constexpr double margin = 1; // a straight line has an extent, too
        return {least.x - margin, least.y - margin, most.x - least.x + 2 * margin,
                most.y - least.y + 2 * margin};
    }

    LineEnd endOf(NodeId node) const
    {
        LineEnd end;
        end.card = m_result.nodes.at(node);
        const auto box = m_result.groups.find(m_graph.node(node)->group);
        end.box = box == m_result.groups.end() ? end.card : box->second;
        end.obstacle = m_obstacles.cardOf.at(node);
        return end;
    }

    void plan(const GraphEdge &edge)
    {
        m_fresh.insert(edge.id);
        if (edge.from == edge.to)
            return drawFixed(edge, loopAt(m_result.nodes.at(edge.from)));
        const Rect &from = m_result.nodes.at(edge.from);
        const Rect &to = m_result.nodes.at(edge.to);
        if (m_graph.node(edge.from)->attachedTo == edge.to && hangsOn(from, to))
            return drawFixed(edge, tieOf(from, to));
        Line line{edge.id, endOf(edge.from), endOf(edge.to), {}, {}, {}, 0, edge.from, edge.to};
        line.number = m_count++;
        findWay(line);
        m_lines.push_back(std::move(line));
    }

    /// A line that there is one way for alone; others may go round it.
    void drawFixed(const GraphEdge &edge, std::vector<Point> points)
    {
        if (crossings())
            m_drawn.put(m_count++, m_obstacles.cardOf.at(edge.from), m_obstacles.cardOf.at(edge.to),
                        sampled(points));
        m_result.edges[edge.id].points = std::move(points);
    }

    void findWay(Line &line)
    {
        line.shape = findShape(m_obstacles, line.from, line.to, m_detours, {crossings(), line.number});
        line.out = middleOf(line.from.card, line.shape.out);
        line.in = middleOf(line.to.card, line.shape.in);
        if (crossings())
            m_drawn.put(line.number, line.from.obstacle, line.to.obstacle, wayOf(line));
    }

    static std::vector<Point> wayOf(const Line &line)
    {
        return line.shape.lanes.empty() ? sampled(curveOf(line.shape, line.out, line.in))
                                        : cornersOf(line.shape, line.out, line.in);
    }

    const DrawnLines *crossings() const
    {
        return m_graph.edges.size() <= mostForCrossings ? &m_drawn : nullptr;
    }

    /// Once more, now that every line has its way: the first ones could not know of the others.
    void reconsider(const CancelToken &cancel)
    {
        for (Line &line : m_lines) {
            if (!crossings() || cancel.isCancelled())
                return;
            findWay(line);
        }
    }

    void wantPorts(std::size_t index)
    {
        const Line &line = m_lines[index];
        const auto &lanes = line.shape.lanes;
        wantPort({line.fromNode, line.shape.out}, true, lanes.size() > 1 ? lanes[1] : 0, index);
        wantPort({line.toNode, line.shape.in}, false, lanes.size() > 1 ? lanes[lanes.size() - 2] : 0, index);
    }

    void wantPort(PortSide side, bool isOut, double lane, std::size_t index)
    {
        const Line &line = m_lines[index];
        const Point other = isOut ? line.in : line.out;
        double wants = isHorizontal(side.second) ? other.y : other.x;
        if (line.shape.lanes.size() > 1)
            wants = lane;
        m_ports[side].push_back({index, isOut, wants});
    }

    void spreadPorts()
    {
        for (auto &[side, ports] : m_ports) {
            std::stable_sort(ports.begin(), ports.end(), [this](const Port &a, const Port &b) {
                return std::pair(a.wants, m_lines[a.line].id) < std::pair(b.wants, m_lines[b.line].id);
            });
            const Rect card = m_result.nodes.at(side.first);
            const bool upright = isHorizontal(side.second);
            const double extent = upright ? card.height : card.width;
            const double room = std::max(0.0, extent - 2 * std::min(portMargin, extent / 4));
            const std::vector<double> offsets =
                offsetsFor(ports.size(), room, taken(side, upright ? card.center().y : card.center().x));
            for (std::size_t i = 0; i < ports.size(); ++i) {
                Point at = middleOf(card, side.second);
                (upright ? at.y : at.x) += offsets[i];
                (ports[i].isOut ? m_lines[ports[i].line].out : m_lines[ports[i].line].in) = at;
            }
        }
    }

    /// Where lines that stay touch that side, from its middle.
    std::vector<double> taken(const PortSide &side, double middle) const
    {
        std::vector<double> offsets;
        const auto used = m_usedPorts.find(side.first);
        if (used == m_usedPorts.end())
            return offsets;
        const Point at = middleOf(m_result.nodes.at(side.first), side.second);
        const bool upright = isHorizontal(side.second);
        for (const Point port : used->second) {
            if (std::abs(upright ? port.x - at.x : port.y - at.y) < 1)
                offsets.push_back((upright ? port.y : port.x) - middle);
        }
        return offsets;
    }

    /// Evenly around the middle; on a side that is in use already, each where the most room is.
    static std::vector<double> offsetsFor(std::size_t count, double room, std::vector<double> used)
    {
        std::vector<double> offsets;
        if (used.empty()) {
            const double pitch = count > 1 ? std::min(portPitch, room / double(count - 1)) : 0;
            for (std::size_t i = 0; i < count; ++i)
                offsets.push_back((double(i) - double(count - 1) / 2) * pitch);
            return offsets;
        }
        for (std::size_t i = 0; i < count; ++i) {
            double best = 0;
            double bestRoom = -1;
            for (double at = -room / 2; at <= room / 2 + 0.1; at += 2) {
                double free = room;
                for (const double other : used)
                    free = std::min(free, std::abs(at - other));
                // Past the usual distance more room is no better, but the middle is.
                const double value = std::min(free, portPitch) - std::abs(at) / 100;
                if (value > bestRoom) {
                    bestRoom = value;
                    best = at;
                }
            }
            offsets.push_back(best);
            used.push_back(best);
        }
        std::sort(offsets.begin(), offsets.end());
        return offsets;
    }

    void draw(Line &line)
    {
        avoidCards(line);
        spreadLanes(line);
        m_result.edges[line.id].points = curveOf(line.shape, line.out, line.in);
    }

    /// A port beside the middle of a side can lead into a card that the middle passes.
    void avoidCards(Line &line) const
    {
        const Point outMiddle = middleOf(line.from.card, line.shape.out);
        const Point inMiddle = middleOf(line.to.card, line.shape.in);
        const std::array choices{std::pair(line.out, line.in), std::pair(line.out, inMiddle),
                                 std::pair(outMiddle, line.in), std::pair(outMiddle, inMiddle)};
        std::size_t fewest = std::numeric_limits<std::size_t>::max();
        for (const auto &[out, in] : choices) {
            const std::array except{line.from.obstacle, line.to.obstacle};
            const auto path = line.shape.lanes.empty() ? sampled(curveOf(line.shape, out, in))
                                                       : cornersOf(line.shape, out, in);
            const std::size_t crossed = m_obstacles.cards.countMet(path, except, fewest);
            if (crossed < fewest) {
                fewest = crossed;
                line.out = out;
                line.in = in;
            }
            if (fewest == 0)
                return;
        }
    }

    struct Run
    {
        double from;
        double to;
    };

    /// Lines in the same gap run beside one another.
    void spreadLanes(Line &line)
    {
        for (std::size_t i = 0; i < line.shape.lanes.size(); ++i) {
            const bool vertical = isHorizontal(line.shape.out) == (i % 2 == 0);
            const std::vector<Point> corners = cornersOf(line.shape, line.out, line.in);
            const Point a = corners[i + 1];
            const Point b = corners[i + 2];
            const Run run = vertical ? Run{std::min(a.y, b.y), std::max(a.y, b.y)}
                                     : Run{std::min(a.x, b.x), std::max(a.x, b.x)};
            line.shape.lanes[i] = freeLane(line, i, vertical, run);
        }
    }

    double freeLane(const Line &line, std::size_t lane, bool vertical, Run run)
    {
        const double wanted = line.shape.lanes[lane];
        const std::array except{line.from.obstacle, line.to.obstacle};
        double best = wanted;
        for (const double step : {0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0}) {
            const double at = wanted + step * laneStep;
            const std::array<Point, 2> segment{vertical ? Point{at, run.from} : Point{run.from, at},
                                               vertical ? Point{at, run.to} : Point{run.to, at}};
            if (step != 0 && m_obstacles.cards.countMet(segment, except, 1) > 0)
                continue;
            if (isLaneFree(vertical, at, run)) {
                best = at;
                break;
            }
        }
        m_runs[{vertical, std::lround(best / laneStep)}].push_back(run);
        return best;
    }

    bool isLaneFree(bool vertical, double at, Run run) const
    {
        const auto runs = m_runs.find({vertical, std::lround(at / laneStep)});
        return runs == m_runs.end() ||
               std::none_of(runs->second.begin(), runs->second.end(),
                            [&](const Run &other) { return run.from < other.to && other.from < run.to; });
    }

    const TopologyGraph &m_graph;
    const MapFonts &m_fonts;
    const LayoutResult *m_previous;
    LayoutResult &m_result;
    Obstacles m_obstacles;
    std::unordered_set<NodeId> m_newcomers;
    std::vector<Rect> m_newcomerCards;
    std::unordered_map<NodeId, std::vector<Point>> m_usedPorts;
    std::unordered_set<EdgeId> m_fresh; ///< lines that are drawn anew
    std::vector<Line> m_lines;
    std::map<PortSide, std::vector<Port>> m_ports;
    std::map<std::pair<bool, long>, std::vector<Run>> m_runs;
    DetourBudget m_detours;
    DrawnLines m_drawn;
    std::size_t m_count = 0; ///< lines in m_drawn
};

} // namespace

void routeEdges(const TopologyGraph &graph, const MapFonts &fonts, const LayoutResult *previous,
                const CancelToken &cancel, LayoutResult &result)
{
    EdgeRouter(graph, fonts, previous, result).route(cancel);
}

} // namespace portolan::layout
