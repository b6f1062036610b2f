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
#include <optional>
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
    /// Whether the policy looks at nothing else.
    bool cover(const Policy &policy) const;
    friend bool operator==(const Mentions &, const Mentions &) = default;

private:
    void addLeaf(const Predicate &predicate);
};

using ClassId = std::uint32_t;
inline constexpr ClassId noClass = std::numeric_limits<ClassId>::max();

/// Which classes each endpoint is in, by its first and by its further addresses.
struct ClassMembers
{
    std::vector<std::uint32_t> begins; ///< by EndpointId: a place in `classes`; and one past the last
    std::vector<ClassId> classes;
};

/// What the members of each class have in common, whoever they are: the part of EndpointClasses that
/// clusters share while their pods come and go. Immutable once made; safe from any thread.
class ClassTraits
{
public:
    /// See EndpointClasses.
    static constexpr std::size_t mostOutsideClasses = 4096;

    struct Class
    {
        /// What tells the classes of one namespace apart: labels and ports (as projections), the part of the
        /// address space, service account, node and name (as values).
        std::array<std::uint32_t, 6> key{};
        EndpointKind kind = EndpointKind::Pod;
        std::optional<IpRange::Address> where; ///< only where blocks are mentioned
    };

    /// Also says who is in which class.
    ClassTraits(const EndpointTable &table, Mentions mentions, ClassMembers &members);
    ClassTraits(const ClassTraits &) = delete;
    ClassTraits &operator=(const ClassTraits &) = delete;

    const Mentions &mentions() const { return m_mentions; }
    const std::vector<Class> &classes() const { return m_classes; }
    std::uint32_t count() const { return std::uint32_t(m_classes.size()); }
    std::uint32_t podClassCount() const { return m_podClasses; }

    /// The class of a pod by that of its addresses (0 where it has none); noClass where none was like it.
    ClassId classLike(const Pod &pod, std::size_t address) const;
    ClassId classOfOutside(const IpRange::Address &address) const;
    std::vector<std::pair<IpRange::Address, IpRange::Address>> addressParts() const;

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
    std::uint32_t valueOf(std::string_view text) const;
    std::string_view valueText(std::uint32_t value) const { return m_values[value]; }
    std::pair<ClassId, ClassId> classesOfNamespace(const std::string &name) const;

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
    const std::vector<ClassId> &withoutAddress() const { return m_withoutAddress; }

private:
    using Key = std::array<std::uint32_t, 6>;
    struct Building; ///< what is at hand while classes are made

    void cutAddressSpace();
    std::uint32_t partOf(const IpRange::Address &address) const;
    void classifyPods(Building &building);
    ClassId classifyPod(const Pod &pod, EndpointId id, std::uint32_t address, Building &building);
    void classifyHosts(Building &building);
    void classifyOutside();
    std::uint32_t labelProjection(const Labels &labels, Building &building);
    std::uint32_t portProjection(const Pod &pod, Building &building);
    bool isMentioned(const Container &container, const ContainerPort &port) const;
    std::optional<std::vector<std::uint32_t>> knownValues(const Labels &labels) const;
    std::optional<std::uint32_t> knownPorts(const Pod &pod) const;
    std::uint32_t intern(std::string_view text);
    void fillColumns(const Building &building);
    void sortAddresses();
    std::uint32_t valueFor(const Endpoint &endpoint, TextOf what, const std::string &key);

    Mentions m_mentions;
    std::vector<std::string> m_ownKeys; ///< mentioned keys of own labels
    bool m_mentionsName = false;
    bool m_mentionsNode = false;
    bool m_mentionsAccount = false;
    std::vector<IpRange::Address> m_cuts; ///< where parts of the address space begin, sorted
    std::vector<Class> m_classes;
    std::uint32_t m_podClasses = 0;
    std::vector<ClassId> m_outside;                                ///< by part
    std::vector<std::pair<IpRange::Address, ClassId>> m_byAddress; ///< sorted
    std::vector<ClassId> m_withoutAddress;
    std::unordered_map<std::string, std::pair<ClassId, ClassId>> m_byNamespace;
    std::map<std::vector<std::uint32_t>, std::uint32_t> m_projections;
    struct PortsLess
    {
        bool operator()(const std::vector<ContainerPort> &a, const std::vector<ContainerPort> &b) const;
    };
    std::map<std::vector<ContainerPort>, std::uint32_t, PortsLess> m_portSets;
    std::deque<std::string> m_values;
    std::unordered_map<std::string_view, std::uint32_t> m_valueIds;
    std::map<std::pair<TextOf, std::string>, std::vector<std::uint32_t>> m_columns;
};

} // namespace portolan::policy
