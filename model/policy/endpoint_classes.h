#pragma once

#include "model/policy/class_traits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan::policy {

/// Endpoints that no policy tells apart, as classes. Each address of an endpoint is asked about for itself: a
/// pod with an IPv4 and an IPv6 address can be in two classes. Classes of pods are numbered in the order of
/// namespaces; then come those of nodes, then those of addresses outside, one for each part of the address
/// space that the mentioned blocks make.
///
/// After updated() a class can be without members.
class EndpointClasses
{
public:
    /// Past this many parts of the address space, addresses outside have no classes.
    static constexpr std::size_t mostOutsideClasses = ClassTraits::mostOutsideClasses;

    EndpointClasses(std::shared_ptr<const EndpointTable> table, Mentions mentions);

    /// The same classes with the members that a later table has, nothing where one of its pods is like none
    /// of before. `splices` led from this one's table to `table`.
    std::optional<EndpointClasses> updated(std::shared_ptr<const EndpointTable> table,
                                           std::span<const PodSplice> splices) const;

    const EndpointTable &table() const { return *m_table; }
    const std::shared_ptr<const EndpointTable> &sharedTable() const { return m_table; }
    /// What the classes are, without their members.
    const std::shared_ptr<const ClassTraits> &traits() const { return m_traits; }
    /// May be more than the policies mention, after changes of these.
    const Mentions &mentions() const { return m_traits->mentions(); }
    std::uint32_t count() const { return m_traits->count(); }
    std::uint32_t podClassCount() const { return m_traits->podClassCount(); }

    /// `address` is an index into Endpoint::addresses (0 where there are none).
    ClassId classOf(EndpointId id, std::size_t address) const
    {
        return m_members.classes[m_members.begins[id] + address];
    }
    /// noClass where addresses outside have none, see above.
    ClassId classOfOutside(const IpRange::Address &address) const
    {
        return m_traits->classOfOutside(address);
    }
    /// The parts of the address space that have a class, first and last address of each; {} where addresses
    /// outside have none.
    std::vector<std::pair<IpRange::Address, IpRange::Address>> addressParts() const
    {
        return m_traits->addressParts();
    }
    /// How many pods are in the class by their first address.
    std::uint32_t podsIn(ClassId id) const { return m_samples[id].pods; }

    /// Any endpoint of the class, and which address of it; where none is left, one that was in it.
    Endpoint representative(ClassId id) const;
    std::size_t representativeAddress(ClassId id) const { return m_samples[id].address; }
    /// Classes of equal number have the same container ports among the mentioned names.
    std::uint32_t portsOf(ClassId id) const { return m_traits->classes()[id].key[1]; }

    /// Calls `each` with every container port that has a mentioned name; equal ones may come twice.
    template<class Each>
    void forEachNamedPort(Each each) const
    {
        m_traits->forEachNamedPort(each);
    }

    /// Values of a text, one per class; see valueText(). Precondition: it is mentioned.
    static constexpr std::uint32_t absent = ClassTraits::absent;
    static constexpr std::uint32_t unknown = ClassTraits::unknown;
    const std::vector<std::uint32_t> &column(TextOf what, const std::string &key) const
    {
        return m_traits->column(what, key);
    }
    /// The number of a value, or `absent` where no endpoint has it.
    std::uint32_t valueOf(const std::string &text) const { return m_traits->valueOf(text); }
    std::string_view valueText(std::uint32_t value) const { return m_traits->valueText(value); }

    /// The classes of a namespace's pods: [first, end).
    std::pair<ClassId, ClassId> classesOfNamespace(const std::string &name) const
    {
        return m_traits->classesOfNamespace(name);
    }
    EndpointKind kindOf(ClassId id) const { return m_traits->classes()[id].kind; }

    /// Calls `each` with the classes whose address lies in the block. Precondition: it is mentioned.
    template<class Each>
    void forEachWithin(const IpRange &block, Each each) const
    {
        m_traits->forEachWithin(block, each);
    }
    /// Classes of pods and nodes whose address is not known.
    const std::vector<ClassId> &withoutAddress() const { return m_traits->withoutAddress(); }

private:
    struct Sample
    {
        EndpointId endpoint = noEndpoint; ///< the first member; noEndpoint: outside, or none is left
        std::uint32_t address = 0;
        std::uint32_t pods = 0;
    };

    EndpointClasses() = default;
    bool spliceMembers(const EndpointClasses &before, std::span<const PodSplice> splices);
    void findSamples();
    void keepDeparted(const EndpointClasses &before);

    std::shared_ptr<const EndpointTable> m_table;
    std::shared_ptr<const ClassTraits> m_traits;
    ClassMembers m_members;
    std::vector<Sample> m_samples;
    /// One that was in a class of which no member is left.
    std::unordered_map<ClassId, std::shared_ptr<const Pod>> m_departed;
};

} // namespace portolan::policy
