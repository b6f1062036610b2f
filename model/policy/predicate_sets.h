#pragma once

#include "model/policy/class_bits.h"
#include "model/policy/endpoint_classes.h"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace portolan::policy {

/// Which classes a predicate holds for, worked out once per predicate. Not thread-safe while sets are made.
class PredicateSets
{
public:
    explicit PredicateSets(const EndpointClasses &classes);

    /// The reference stays valid.
    const TriBits &of(const Predicate &predicate);

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

    Span spanOf(const Predicate &predicate) const;
    Words evaluate(const Predicate &predicate, Span span);
    Words text(const Predicate &predicate, Span span) const;
    Words address(const Predicate &predicate, Span span) const;
    Words kind(const Predicate &predicate, Span span) const;
    Words combined(const Predicate &predicate, Span span);
    Words part(const Predicate &predicate, Span span);
    void clearPastEnd(Words &words, Span span) const;

    const EndpointClasses &m_classes;
    std::uint32_t m_words = 0;
    std::unordered_map<Predicate, std::unique_ptr<TriBits>> m_known;
};

} // namespace portolan::policy
