#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace portolan::policy {

/// A set of classes: the words from `firstWord` on; zero outside of them. Policies are mostly about one
/// namespace, whose classes stand together, so most sets are a few words long.
struct ClassBits
{
    std::uint32_t firstWord = 0;
    std::vector<std::uint64_t> words;

    bool isEmpty() const { return words.empty(); }
    std::uint32_t endWord() const { return firstWord + std::uint32_t(words.size()); }
    bool test(std::uint32_t bit) const
    {
        const std::uint32_t word = bit / 64 - firstWord; // wraps to large below firstWord
        return word < words.size() && (words[word] >> (bit % 64) & 1U);
    }
    /// Calls `each` with every member, in order.
    template<class Each>
    void forEach(Each each) const
    {
        for (std::size_t w = 0; w < words.size(); ++w) {
            for (std::uint64_t left = words[w]; left; left &= left - 1)
                each(std::uint32_t((firstWord + w) * 64 + std::size_t(std::countr_zero(left))));
        }
    }
    /// Drops zero words at both ends.
    void trim()
    {
        while (!words.empty() && words.back() == 0)
            words.pop_back();
        const auto used =
            std::find_if(words.begin(), words.end(), [](std::uint64_t word) { return word != 0; });
        firstWord = words.empty() ? 0 : firstWord + std::uint32_t(used - words.begin());
        words.erase(words.begin(), used);
    }
    friend bool operator==(const ClassBits &, const ClassBits &) = default;
};

inline bool intersect(const ClassBits &a, const ClassBits &b)
{
    const std::uint32_t end = std::min(a.endWord(), b.endWord());
    for (std::uint32_t w = std::max(a.firstWord, b.firstWord); w < end; ++w) {
        if ((a.words[w - a.firstWord] & b.words[w - b.firstWord]) != 0)
            return true;
    }
    return false;
}

/// Whether every member of `part` is one of `whole`.
inline bool isWithin(const ClassBits &part, const ClassBits &whole)
{
    for (std::uint32_t w = part.firstWord; w < part.endWord(); ++w) {
        const std::uint32_t at = w - whole.firstWord; // wraps to large below firstWord
        if ((part.words[w - part.firstWord] & ~(at < whole.words.size() ? whole.words[at] : 0)) != 0)
            return false;
    }
    return true;
}

/// `members` in ascending order.
inline ClassBits bitsOf(const std::vector<std::uint32_t> &members)
{
    ClassBits bits;
    if (members.empty())
        return bits;
    bits.firstWord = members.front() / 64;
    bits.words.resize(members.back() / 64 - bits.firstWord + 1);
    for (const std::uint32_t member : members)
        bits.words[member / 64 - bits.firstWord] |= std::uint64_t{1} << (member % 64);
    return bits;
}

/// Those for which something holds, and those for which it may; they have no member in common.
struct TriBits
{
    ClassBits yes;
    ClassBits maybe;
};

} // namespace portolan::policy
