#pragma once

#include "model/graph/topology_graph.h"
#include "tests/fakes/random_source.h"

#include <string>
#include <unordered_map>

namespace portolan::checks {

/// A graph that changes at random, as a cluster does: things come, go, grow and are folded. The same seed
/// gives the same story.
class RandomGraph
{
public:
    explicit RandomGraph(std::uint64_t seed) : m_random(seed)
    {
        for (int i = 0; i < 5; ++i)
            addGroup();
        for (int i = 0; i < 25; ++i)
            addWorkload();
        for (int i = 0; i < 20; ++i)
            addService();
        for (int i = 0; i < 25; ++i)
            addEdge();
        addWorld();
    }

    /// One to three changes.
    void change()
    {
        for (std::size_t i = 1 + m_random.below(3); i > 0; --i) {
            switch (m_random.below(12)) {
            case 0:
            case 1:
            case 2:
                addWorkload();
                break;
            case 3:
                addService();
                break;
            case 4:
            case 5:
                removeNode();
                break;
            case 6:
            case 7:
                addEdge();
                break;
            case 8:
                removeEdge();
                break;
            case 9:
                scale();
                break;
            case 10:
                m_random.below(3) == 0 ? addGroup() : removeGroup();
                break;
            case 11:
                addIpBlock();
                break;
            }
        }
        tidy();
    }

    TopologyGraphPtr graph() const
    {
        auto copy = std::make_shared<TopologyGraph>(m_graph);
        indexGraph(*copy);
        return copy;
    }

private:
    static ObjectRef ref(const char *type, const std::string &name)
    {
        return {ObjectKind::Other, type, {}, name};
    }
    std::string fresh(const char *word) { return word + std::string("-") + std::to_string(m_count++); }

    void addGroup()
    {
        GraphGroup group;
        group.label = fresh("ns");
        group.object = ref("Namespace", group.label);
        group.id = groupIdOf(group.object);
        group.policyCount = std::uint32_t(m_random.below(3));
        m_graph.groups.push_back(group);
    }

    void removeGroup()
    {
        if (m_graph.groups.size() < 3)
            return;
        const std::size_t which = m_random.below(m_graph.groups.size());
        const GroupId gone = m_graph.groups[which].id;
        m_graph.groups.erase(m_graph.groups.begin() + std::ptrdiff_t(which));
        std::erase_if(m_graph.nodes, [gone](const GraphNode &node) { return node.group == gone; });
    }

    void addWorkload()
    {
        GraphNode node;
        node.kind = NodeKind::Workload;
        node.label = fresh(m_random.below(4) == 0 ? "a-workload-with-a-long-name" : "app");
        node.object = ref("Deployment", node.label);
        node.detail = "Deployment";
        node.id = nodeIdOf(node.kind, node.object);
        node.group = m_graph.groups[m_random.below(m_graph.groups.size())].id;
        node.pods.resize(m_random.below(20));
        m_graph.nodes.push_back(std::move(node));
    }

    void addService()
    {
        GraphNode node;
        node.kind = NodeKind::Service;
        node.label = fresh("svc");
        node.detail = "80";
        node.object = ref("Service", node.label);
        node.id = nodeIdOf(node.kind, node.object);
        node.group = m_graph.groups[m_random.below(m_graph.groups.size())].id;
        for (const GraphNode &other : m_graph.nodes) {
            if (other.group == node.group && other.kind == NodeKind::Workload && m_random.below(3) == 0)
                node.attachedTo = other.id;
        }
        m_graph.nodes.push_back(std::move(node));
    }

    void addWorld()
    {
        GraphNode node;
        node.kind = NodeKind::World;
        node.label = "world";
        node.id = nodeIdOf(node.kind, {});
        m_graph.nodes.push_back(std::move(node));
    }

    void addIpBlock()
    {
        GraphNode node;
        node.kind = NodeKind::IpBlock;
        node.label = fresh("10.0.0.0/8");
        node.object = ref("IpBlock", node.label);
        node.id = nodeIdOf(node.kind, node.object);
        m_graph.nodes.push_back(std::move(node));
    }

    void removeNode()
    {
        if (m_graph.nodes.size() > 10)
            m_graph.nodes.erase(m_graph.nodes.begin() + std::ptrdiff_t(m_random.below(m_graph.nodes.size())));
    }

    void addEdge()
    {
        GraphEdge edge;
        edge.kind = EdgeKind::PolicyPeer;
        edge.from = m_graph.nodes[m_random.below(m_graph.nodes.size())].id;
        edge.to = m_graph.nodes[m_random.below(m_graph.nodes.size())].id;
        edge.id = edgeIdOf(edge.kind, edge.from, edge.to);
        edge.ports.push_back({std::uint16_t(1 + m_random.below(60'000)), 0, Protocol::Tcp, {}});
        std::erase_if(m_graph.edges, [&](const GraphEdge &other) { return other.id == edge.id; });
        m_graph.edges.push_back(std::move(edge));
    }

    void removeEdge()
    {
        if (!m_graph.edges.empty())
            m_graph.edges.erase(m_graph.edges.begin() + std::ptrdiff_t(m_random.below(m_graph.edges.size())));
    }

    void scale()
    {
        GraphNode &node = m_graph.nodes[m_random.below(m_graph.nodes.size())];
        if (node.kind == NodeKind::Workload)
            node.pods.resize(m_random.below(20));
        if (node.kind == NodeKind::Service) // its pill gets longer or shorter
            node.detail = m_random.below(2) ? "80" : "80,443,8080";
    }

    /// Edges and attachments to what is gone go too.
    void tidy()
    {
        std::unordered_map<NodeId, GroupId> groupOf;
        for (const GraphNode &node : m_graph.nodes)
            groupOf[node.id] = node.group;
        std::erase_if(m_graph.edges, [&](const GraphEdge &edge) {
            return !groupOf.contains(edge.from) || !groupOf.contains(edge.to);
        });
        for (GraphNode &node : m_graph.nodes) {
            if (node.attachedTo.isValid() && !groupOf.contains(node.attachedTo))
                node.attachedTo = {};
        }
    }

    fakes::RandomSource m_random;
    TopologyGraph m_graph;
    int m_count = 0;
};

} // namespace portolan::checks
