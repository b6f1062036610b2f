#pragma once

#include "model/policy/class_bits.h"
#include "model/policy/endpoint_classes.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace portolan::policy {

/// Which classes a predicate holds for, worked out once per predicate. A copy shares what is worked out, also
/// later. Safe from any thread.
class PredicateSets
{
public:
    explicit PredicateSets(const EndpointClasses &classes);

    /// The reference stays valid while this or a copy lives.
    /// Precondition: what the predicate looks at is mentioned.
    const TriBits &of(const Predicate &predicate) const;
    /// How many predicates have been asked for.
    std::size_t size() const;

private:
    /// Words [first, end): outside of them a predicate holds for no class.
    struct Span
    {
        std::uint32_t first = 0;
        std::uint32_t end = 0;
        std::uint32_t size() const { return end > first ? end - first : 0; }
    };
    struct Words
    {
        std::vector<std::uint64_t> yes;
        std::vector<std::uint64_t> maybe; ///< empty: none
    };

    struct Known
    {
        std::mutex mutex;
        std::unordered_map<Predicate, std::unique_ptr<TriBits>> sets;
    };

    const TriBits &known(const Predicate &predicate) const;
    Span spanOf(const Predicate &predicate) const;
    Words evaluate(const Predicate &predicate, Span span) const;
    Words text(const Predicate &predicate, Span span) const;
    Words address(const Predicate &predicate, Span span) const;
    Words kind(const Predicate &predicate, Span span) const;
    Words combined(const Predicate &predicate, Span span) const;
    Words part(const Predicate &predicate, Span span) const;
    void clearPastEnd(Words &words, Span span) const;

    std::shared_ptr<const ClassTraits> m_traits;
    std::uint32_t m_words = 0;
    std::shared_ptr<Known> m_known;
};

} // namespace portolan::policy
