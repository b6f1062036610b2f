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

/// Those for which something holds, and those for which it may; they have no member in common.
struct TriBits
{
    ClassBits yes;
    ClassBits maybe;
};

} // namespace portolan::policy
