#pragma once

#include "model/cluster/cluster_state.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

/// What a cluster has that the terms of a GraphFilter can name. Sorted, without doubles.
struct FilterWords
{
    /// Label values beyond this many of one key, and keys beyond ten times as many, are not offered.
    static constexpr std::size_t mostOfAKey = 200;

    FilterWords() = default;
    explicit FilterWords(const ClusterState &state);

    std::vector<std::string> namespaces;
    std::vector<std::string> nodes;
    std::vector<std::string> findings;                      ///< rules; filled by whoever has findings
    std::map<std::string, std::vector<std::string>> labels; ///< of pods and services: key -> values
};

/// The text with its last term completed, best first; {} where nothing fits or the term is complete. `most`:
/// at most so many.
std::vector<std::string> filterCompletions(std::string_view typed, const FilterWords &words,
                                           std::size_t most = 8);

} // namespace portolan
