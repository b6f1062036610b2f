#pragma once

#include "model/cluster/objects.h"
#include "model/policy/endpoint_table.h"
#include "model/policy/ordered_policies.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan::policy {

/// What all policies together look at in an endpoint. Whatever is not mentioned cannot tell two endpoints
/// apart.
struct Mentions
{
    std::set<std::pair<TextOf, std::string>> texts;
    std::set<IpRange> blocks;
    std::set<std::string> portNames;

    explicit Mentions(const OrderedPolicies &policies);
    Mentions() = default;
    friend bool operator==(const Mentions &, const Mentions &) = default;

private:
    void addLeaf(const Predicate &predicate);
};

using ClassId = std::uint32_t;
inline constexpr ClassId noClass = std::numeric_limits<ClassId>::max();

/// Endpoints that no policy tells apart, as classes. Each address of an endpoint is asked about for itself: a
/// pod with an IPv4 and an IPv6 address can be in two classes. Classes of pods are numbered in the order of
/// namespaces; then come those of nodes, then those of addresses outside, one for each part of the address
/// space that the mentioned blocks make.
class EndpointClasses
{
public:
    /// Past this many parts of the address space, addresses outside have no classes.
    static constexpr std::size_t mostOutsideClasses = 4096;

    EndpointClasses(std::shared_ptr<const EndpointTable> table, Mentions mentions);

    const EndpointTable &table() const { return *m_table; }
    const Mentions &mentions() const { return m_mentions; }
    std::uint32_t count() const { return std::uint32_t(m_classes.size()); }
    std::uint32_t podClassCount() const { return m_podClasses; }

    /// `address` is an index into Endpoint::addresses (0 where there are none).
    ClassId classOf(EndpointId id, std::size_t address) const;
    /// noClass where addresses outside have none, see above.
    ClassId classOfOutside(const IpRange::Address &address) const;
    /// The parts of the address space that have a class, first and last address of each; {} where addresses
    /// outside have none.
    std::vector<std::pair<IpRange::Address, IpRange::Address>> addressParts() const;
    /// How many pods are in the class by their first address.
    std::uint32_t podsIn(ClassId id) const { return m_classes[id].pods; }

    /// Any endpoint of the class, and which address of it.
    Endpoint representative(ClassId id) const;
    std::size_t representativeAddress(ClassId id) const { return m_classes[id].address; }
    /// Classes of equal number have the same container ports among the mentioned names.
    std::uint32_t portsOf(ClassId id) const { return m_classes[id].ports; }

    /// Calls `each` with every container port that has a mentioned name; equal ones may come twice.
    template<class Each>
    void forEachNamedPort(Each each) const
    {
        for (const auto &[ports, id] : m_portSets) {
            for (const ContainerPort &port : ports)
                each(port);
        }
    }

    /// Values of a text, one per class; see valueText(). Precondition: it is mentioned.
    static constexpr std::uint32_t absent = 0;
    static constexpr std::uint32_t unknown = 1;
    const std::vector<std::uint32_t> &column(TextOf what, const std::string &key) const;
    /// The number of a value, or `absent` where no endpoint has it.
    std::uint32_t valueOf(const std::string &text) const;
    std::string_view valueText(std::uint32_t value) const { return m_values[value]; }

    /// The classes of a namespace's pods: [first, end).
    std::pair<ClassId, ClassId> classesOfNamespace(const std::string &name) const;
    EndpointKind kindOf(ClassId id) const { return m_classes[id].kind; }

    /// Calls `each` with the classes whose address lies in the block. Precondition: it is mentioned.
    template<class Each>
    void forEachWithin(const IpRange &block, Each each) const
    {
        const auto less = [](const auto &entry, const IpRange::Address &address) {
            return entry.first < address;
        };
        const IpRange::Address last = block.last();
        for (auto entry = std::lower_bound(m_byAddress.begin(), m_byAddress.end(), block.first(), less);
             entry != m_byAddress.end() && entry->first <= last; ++entry)
            each(entry->second);
    }
    /// Classes of pods and nodes whose address is not known.
    const std::vector<ClassId> &withoutAddress() const { return m_withoutAddress; }

private:
    struct Class
    {
        EndpointId endpoint = noEndpoint; ///< noEndpoint: outside
        std::uint32_t address = 0;
        EndpointKind kind = EndpointKind::Pod;
        std::uint32_t labels = 0; ///< projection
        std::uint32_t ports = 0;
        std::uint32_t pods = 0;
        std::optional<IpRange::Address> where; ///< only where blocks are mentioned
    };
    /// What tells the classes of one namespace apart.
    using Key = std::array<std::uint32_t, 6>;
    struct KeyHash
    {
        std::size_t operator()(const Key &key) const noexcept;
    };

    void cutAddressSpace();
    std::uint32_t partOf(const IpRange::Address &address) const;
    void classifyPods();
    ClassId classifyPod(const Pod &pod, EndpointId id, const std::string *address, std::uint32_t index,
                        std::unordered_map<Key, ClassId, KeyHash> &known);
    void classifyHosts();
    void classifyOutside();
    std::uint32_t labelProjection(const Labels &labels);
    std::uint32_t portProjection(const Pod &pod);
    std::uint32_t intern(std::string_view text);
    void fillColumns();
    void sortAddresses();
    std::uint32_t valueFor(const Endpoint &endpoint, TextOf what, const std::string &key);

    std::shared_ptr<const EndpointTable> m_table;
    Mentions m_mentions;
    std::vector<std::string> m_ownKeys; ///< mentioned keys of own labels
    bool m_mentionsName = false;
    bool m_mentionsNode = false;
    bool m_mentionsAccount = false;
    std::vector<IpRange::Address> m_cuts; ///< where parts of the address space begin, sorted
    std::vector<Class> m_classes;
    std::uint32_t m_podClasses = 0;
    std::vector<ClassId> m_firstClass; ///< by EndpointId, for the first address
    std::unordered_map<EndpointId, std::vector<ClassId>> m_otherClasses;
    std::vector<ClassId> m_outside;                                ///< by part
    std::vector<std::pair<IpRange::Address, ClassId>> m_byAddress; ///< sorted
    std::vector<ClassId> m_withoutAddress;
    std::unordered_map<std::string, std::pair<ClassId, ClassId>> m_byNamespace;
    std::unordered_map<const void *, std::uint32_t> m_projectionOf;
    std::map<std::vector<std::uint32_t>, std::uint32_t> m_projections;
    std::vector<const std::vector<std::uint32_t> *> m_projectionValues;
    struct PortsLess
    {
        bool operator()(const std::vector<ContainerPort> &a, const std::vector<ContainerPort> &b) const;
    };
    std::map<std::vector<ContainerPort>, std::uint32_t, PortsLess> m_portSets;
    std::vector<const ContainerPort *> m_podPorts; ///< of the pod at hand, those that are mentioned
    std::vector<ContainerPort> m_lastPorts;
    std::uint32_t m_lastPortSet = 0;
    std::deque<std::string> m_values;
    std::unordered_map<std::string_view, std::uint32_t> m_valueIds;
    std::map<std::pair<TextOf, std::string>, std::vector<std::uint32_t>> m_columns;
};

} // namespace portolan::policy
