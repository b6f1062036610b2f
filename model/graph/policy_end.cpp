#include "model/graph/policy_end.h"

#include <algorithm>
#include <numeric>

namespace portolan::graph {

namespace {

constexpr std::size_t manyOfAll = 2;      // every pod of a namespace: a stub from so many workloads on
constexpr std::size_t manyOfSome = 9;     // pods of a selector: the same
constexpr std::size_t manyNamespaces = 5; // stubs in so many namespaces become one outside
constexpr std::size_t longestLabel = 120;

std::string cut(std::string text)
{
    if (text.size() <= longestLabel)
        return text;
    std::size_t end = longestLabel;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end; // not inside of a character
    text.resize(end);
    return text + "…";
}

std::vector<std::uint32_t> workloadsOf(const PolicyIndex &index, std::uint32_t ns,
                                       const LabelSelector *selector)
{
    std::vector<std::uint32_t> found;
    const NamespaceEntry &space = index.cluster().namespaces()[ns];
    for (std::uint32_t i = space.firstWorkload; i < space.endWorkload; ++i) {
        const auto variants = index.variantsOf(i);
        if (std::any_of(variants.begin(), variants.end(), [selector](const Variant &variant) {
                return !selector || selector->matches(variant.labels);
            }))
            found.push_back(i);
    }
    return found;
}

PolicyEnd endIn(const PolicyIndex &index, std::uint32_t ns, const LabelSelector *selector)
{
    PolicyEnd end;
    end.ns = ns;
    end.workloads = workloadsOf(index, ns, selector);
    const bool all = end.workloads.size() == workloadsOf(index, ns, nullptr).size();
    end.label = all || !selector ? std::string() : cut(selector->toString());
    end.isStub = end.workloads.size() >= (all ? manyOfAll : manyOfSome);
    return end;
}

PolicyEnd notUnderstood(std::uint32_t ns, std::string label)
{
    PolicyEnd end;
    end.ns = ns;
    end.label = cut(std::move(label));
    end.understood = false;
    end.isStub = true;
    return end;
}

std::string peerText(const PolicyPeer &peer)
{
    std::string text;
    if (peer.namespaceSelector && !peer.namespaceSelector->isEmpty())
        text = "ns: " + peer.namespaceSelector->toString();
    if (peer.podSelector && !peer.podSelector->isEmpty())
        text += (text.empty() ? "" : " · ") + peer.podSelector->toString();
    return text;
}

/// One end for pods of many namespaces.
PolicyEnd endAcross(const PolicyIndex &index, const CompiledPeer &peer)
{
    PolicyEnd end;
    end.label = cut(peerText(*peer.source));
    const LabelSelector *selector = peer.source->podSelector ? &*peer.source->podSelector : nullptr;
    const auto add = [&](std::uint32_t ns) {
        const auto own = workloadsOf(index, ns, selector);
        end.workloads.insert(end.workloads.end(), own.begin(), own.end());
    };
    if (peer.everyNamespace) {
        for (std::uint32_t ns = 0; ns < index.cluster().namespaces().size(); ++ns)
            add(ns);
    } else {
        std::for_each(peer.namespaces.begin(), peer.namespaces.end(), add);
    }
    const bool anyPod = !selector || selector->isEmpty();
    end.isStub = end.workloads.size() >= (anyPod ? manyOfAll : manyOfSome);
    return end;
}

void addPeer(const PolicyIndex &index, const CompiledPeer &peer, std::vector<PolicyEnd> &ends)
{
    const PolicyPeer &source = *peer.source;
    if (source.ipBlock) {
        PolicyEnd end;
        end.block = &*source.ipBlock;
        ends.push_back(std::move(end));
        return;
    }
    if (!peer.understood) {
        const bool oneSpace = !source.namespaceSelector;
        ends.push_back(notUnderstood(oneSpace ? peer.namespaces.front() : none, peerText(source)));
        return;
    }
    const LabelSelector *selector = source.podSelector ? &*source.podSelector : nullptr;
    if (peer.everyNamespace || peer.namespaces.size() >= manyNamespaces) {
        ends.push_back(endAcross(index, peer));
        return;
    }
    for (const std::uint32_t ns : peer.namespaces)
        ends.push_back(endIn(index, ns, selector));
}

} // namespace

std::vector<PolicyEnd> subjectOf(const PolicyIndex &index, const CompiledPolicy &policy)
{
    const LabelSelector &selector = policy.object->podSelector;
    if (!policy.understood)
        return {notUnderstood(policy.ns, selector.toString())};
    PolicyEnd end = endIn(index, policy.ns, &selector);
    return end.workloads.empty() ? std::vector<PolicyEnd>{} : std::vector<PolicyEnd>{std::move(end)};
}

std::vector<PolicyEnd> peersOf(const PolicyIndex &index, const CompiledRule &rule)
{
    std::vector<PolicyEnd> ends;
    if (rule.anyPeer) {
        PolicyEnd end;
        for (std::uint32_t i = 0; i < index.cluster().workloads().size(); ++i) {
            if (index.takesPart(i))
                end.workloads.push_back(i);
        }
        end.isStub = true;
        ends.push_back(std::move(end));
    }
    for (const CompiledPeer &peer : rule.peers)
        addPeer(index, peer, ends);
    std::erase_if(ends,
                  [](const PolicyEnd &end) { return end.understood && !end.block && end.workloads.empty(); });
    return ends;
}

GraphNode nodeOf(const PolicyIndex &index, const PolicyEnd &end)
{
    GraphNode node;
    if (end.block) {
        node.kind = NodeKind::IpBlock;
        node.label = end.block->cidr;
        for (const std::string &except : end.block->except)
            node.detail += (node.detail.empty() ? "− " : ", ") + except;
        node.object = {ObjectKind::Other, "IpBlock", {}, node.label + " " + node.detail};
    } else {
        node.kind = NodeKind::PodSet;
        node.label = end.label;
        std::string ns;
        if (end.ns != none) {
            ns = index.cluster().namespaces()[end.ns].name;
            node.group = index.cluster().namespaces()[end.ns].group;
        }
        // "*": an ObjectRef without a name is not valid.
        node.object = {ObjectKind::Other, "PodSet", ns, end.label.empty() ? "*" : end.label};
    }
    node.id = nodeIdOf(node.kind, node.object);
    return node;
}

} // namespace portolan::graph
