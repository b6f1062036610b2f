#pragma once

#include "model/graph/filter_completion.h"
#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::ui {

/// Everything that can be found by name, address or label. Made from a state on any thread, immutable.
class FinderIndex
{
public:
    struct Entry
    {
        ObjectRef object;
        std::string name;   ///< lower case
        std::string detail; ///< what stands beside it: addresses, ports, selectors
        std::string labels; ///< lower case: labels and images, one line each
    };
    struct Hit
    {
        const Entry *entry = nullptr;
        int score = 0;
    };

    FinderIndex() = default;
    /// `findings`: whose rules the filter's terms can name.
    explicit FinderIndex(const ClusterState &state, const std::vector<Finding> &findings = {});

    /// The best `most` entries, best first. Every word of the query has to match: the name (whole, start,
    /// part, letters in order), the namespace, the kind, an address or a label. O(entries · words).
    std::vector<Hit> find(std::string_view query, std::size_t most = 40) const;
    std::size_t size() const { return m_entries.size(); }
    /// What a filter's terms are completed from.
    const FilterWords &words() const { return m_words; }

private:
    void add(ObjectRef object, const std::string &detail, const Labels &labels, const std::string &more = {});

    std::vector<Entry> m_entries;
    FilterWords m_words;
};

} // namespace portolan::ui
