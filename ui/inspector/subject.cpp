#include "ui/inspector/subject.h"

#include <algorithm>
#include <charconv>

namespace portolan::ui {

namespace {

std::string_view factOf(const Finding &finding, std::string_view name)
{
    for (const auto &[key, value] : finding.facts) {
        if (key == name)
            return value;
    }
    return {};
}

bool shows(const GraphNode &node, const ObjectRef &object)
{
    return node.object == object || std::any_of(node.pods.begin(), node.pods.end(),
                                                [&](const PodDot &dot) { return dot.pod == object; });
}

bool shows(const TopologyGraph &graph, NodeId id, const ObjectRef &object)
{
    const GraphNode *node = graph.node(id);
    return node && shows(*node, object);
}

} // namespace

bool sameQuestion(const ProbeRequest &a, const ProbeRequest &b)
{
    return a.source == b.source && a.destination == b.destination && a.port == b.port &&
           a.protocol == b.protocol && a.method == b.method;
}

std::optional<ProbeRequest> probeOf(const Finding &finding)
{
    if ((finding.rule != "probe-failed" && finding.rule != "policy-contradicted" &&
         finding.rule != "flow-contradicted") ||
        finding.evidence.empty())
        return std::nullopt;
    ProbeRequest request;
    request.source = finding.object;
    request.destination = finding.evidence.front();
    const std::string_view port = factOf(finding, "port"); // "8080/TCP"
    const std::size_t slash = port.find('/');
    if (slash == std::string_view::npos ||
        std::from_chars(port.data(), port.data() + slash, request.port).ec != std::errc())
        return std::nullopt;
    request.protocol = protocolFromName(port.substr(slash + 1)).value_or(Protocol::Tcp);
    request.method = request.protocol == Protocol::Udp ? ProbeMethod::Udp : ProbeMethod::Tcp;
    return request;
}

Subject subjectOf(const Finding &finding)
{
    if (auto request = probeOf(finding))
        return Subject::of(std::move(*request));
    return Subject::of(finding.object);
}

EdgeId edgeAsking(const TopologyGraph &graph, const ProbeRequest &request)
{
    const auto at = std::find_if(graph.edges.begin(), graph.edges.end(), [&](const GraphEdge &edge) {
        return edge.probe.source.isValid() && sameQuestion(edge.probe, request);
    });
    return at == graph.edges.end() ? EdgeId{} : at->id;
}

bool tellsAbout(const TopologyGraph &graph, const GraphEdge &edge, const ProbeRequest &request)
{
    if (edge.probe.source.isValid() && sameQuestion(edge.probe, request))
        return true;
    const bool admitted =
        edge.ports.empty() || edge.probe.port == request.port ||
        std::any_of(edge.ports.begin(), edge.ports.end(), [&](const EdgePort &port) {
            const std::uint16_t last = std::max(port.number, port.endNumber);
            return port.protocol == request.protocol &&
                   (port.number == 0 || (request.port >= port.number && request.port <= last));
        });
    if (!admitted || !shows(graph, edge.from, request.source))
        return false;
    return edge.probe.destination == request.destination || shows(graph, edge.to, request.destination);
}

NodeId nodeShowing(const TopologyGraph &graph, const ObjectRef &object)
{
    const auto at = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                 [&](const GraphNode &node) { return shows(node, object); });
    return at == graph.nodes.end() ? NodeId{} : at->id;
}

} // namespace portolan::ui
