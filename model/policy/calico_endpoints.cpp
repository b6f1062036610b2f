#include "model/policy/calico_world.h"

#include <algorithm>

namespace portolan::policy {

namespace {

using Node = CalicoSelector::Node;
using Op = CalicoSelector::Op;

/// Where the value of a label is found for pods.
struct LabelPlace
{
    TextOf what = TextOf::OwnLabel;
    std::string key;
};

LabelPlace placeOf(std::string_view key)
{
    if (key == calico::namespaceKey)
        return {TextOf::NamespaceName, {}};
    if (key == calico::serviceAccountKey)
        return {TextOf::ServiceAccountName, {}};
    if (key.starts_with(calico::namespacePrefix)) {
        const std::string_view inner = key.substr(calico::namespacePrefix.size());
        return inner == calico::nameKey ? LabelPlace{TextOf::NamespaceName, {}}
                                        : LabelPlace{TextOf::NamespaceLabel, std::string(inner)};
    }
    if (key.starts_with(calico::serviceAccountPrefix)) {
        const std::string_view inner = key.substr(calico::serviceAccountPrefix.size());
        return inner == calico::nameKey ? LabelPlace{TextOf::ServiceAccountName, {}}
                                        : LabelPlace{TextOf::ServiceAccountLabel, std::string(inner)};
    }
    return {TextOf::OwnLabel, std::string(key)};
}

TextTest testOf(Op op)
{
    switch (op) {
    case Op::Contains:
        return TextTest::Contains;
    case Op::StartsWith:
        return TextTest::StartsWith;
    case Op::EndsWith:
        return TextTest::EndsWith;
    case Op::Has:
        return TextTest::Exists;
    default:
        return TextTest::In;
    }
}

/// The selector as a condition on pods, which inherit labels from namespace and service account.
class PodCondition
{
public:
    static Predicate of(const Node &node)
    {
        switch (node.op) {
        case Op::All:
        case Op::Global:
            return Predicate::always();
        case Op::Not:
            return !of(node.children.front());
        case Op::And:
            return Predicate::allOf(parts(node));
        case Op::Or:
            return Predicate::anyOf(parts(node));
        case Op::NotEqual:
        case Op::NotIn:
            return !leaf(node);
        default:
            return leaf(node);
        }
    }

private:
    static std::vector<Predicate> parts(const Node &node)
    {
        std::vector<Predicate> list;
        for (const Node &child : node.children)
            list.push_back(of(child));
        return list;
    }

    static Predicate leaf(const Node &node)
    {
        const TextTest test = testOf(node.op);
        // Every pod has this label with the value k8s; it is in no Kubernetes object.
        if (node.key == calico::orchestratorKey)
            return meetsTest("k8s", test, node.values) ? Predicate::always() : Predicate::never();
        if (test == TextTest::In && node.values.empty())
            return Predicate::never();
        const LabelPlace place = placeOf(node.key);
        return Predicate::text(place.what, place.key, test, node.values);
    }
};

} // namespace

CalicoSelector::Lookup lookupIn(const CalicoWorld::LabelMap &labels)
{
    return [&labels](std::string_view key) -> const std::string * {
        const auto found = labels.find(key);
        return found == labels.end() ? nullptr : &found->second;
    };
}

Predicate CalicoEndpoints::selected(const CalicoSelector &selector) const
{
    Predicate pods = Predicate::kind(podsOnly) && PodCondition::of(selector.root());
    std::vector<Predicate> any{std::move(pods)};
    for (const CalicoWorld::Host *host : hosts(selector))
        any.push_back(hostItself(*host));
    return Predicate::anyOf(std::move(any));
}

Predicate CalicoEndpoints::addressed(const CalicoSelector &selector) const
{
    std::vector<Predicate> any{Predicate::kind(podsOnly) && PodCondition::of(selector.root())};
    std::vector<IpRange> nets;
    for (const CalicoWorld::NetworkSet &set : m_world.networkSets) {
        if (!selector.matches(lookupIn(set.labels)))
            continue;
        nets.insert(nets.end(), set.nets.begin(), set.nets.end());
        if (!set.isUnderstood)
            any.push_back(Predicate::maybe("a network set holds what is no network"));
    }
    // Rules know a host by its expectedIPs alone, not by its interface.
    for (const CalicoWorld::Host *host : hosts(selector))
        nets.insert(nets.end(), host->addresses.begin(), host->addresses.end());
    any.push_back(Predicate::inBlocks(std::move(nets)));
    if (!m_world.unreadSets.empty())
        any.push_back(Predicate::maybe(m_world.unreadSets));
    return Predicate::anyOf(std::move(any));
}

std::vector<const CalicoWorld::Host *> CalicoEndpoints::hosts(const CalicoSelector &selector) const
{
    std::vector<const CalicoWorld::Host *> found;
    for (const CalicoWorld::Host &host : m_world.hosts) {
        if (selector.matches(lookupIn(host.labels)))
            found.push_back(&host);
    }
    return found;
}

Predicate CalicoEndpoints::hostItself(const CalicoWorld::Host &host)
{
    Predicate itself = Predicate::kind(kindBit(EndpointKind::HostEndpoint)) &&
                       Predicate::text(TextOf::NodeName, {}, TextTest::In, {host.node});
    if (!host.addresses.empty())
        return itself && Predicate::inBlocks(host.addresses);
    return host.isEveryInterface
               ? itself
               : itself.atMostMaybe("HostEndpoint " + host.object.name +
                                    " names an interface, and whose address it has is not known");
}

} // namespace portolan::policy
