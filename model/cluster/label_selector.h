#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

/// A label set, sorted by key, immutable and shared between the objects that carry equal sets.
class Labels
{
public:
    using Entry = std::pair<std::string, std::string>;

    Labels() = default;
    /// Sorts; of two equal keys the last one wins.
    explicit Labels(std::vector<Entry> entries);

    /// The value, or nullptr where the key is absent.
    const std::string *find(std::string_view key) const;
    const std::vector<Entry> &entries() const;
    bool empty() const { return entries().empty(); }

    friend bool operator==(const Labels &a, const Labels &b) { return a.entries() == b.entries(); }

private:
    std::shared_ptr<const std::vector<Entry>> m_entries;
};

/// One matchExpressions entry of a metav1.LabelSelector.
struct LabelRequirement
{
    enum class Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist,
        Unknown ///< a word that this version does not know: matches() cannot tell, see LabelSelector
    };
    std::string key;
    Operator op = Operator::Exists;
    std::vector<std::string> values;
    friend bool operator==(const LabelRequirement &, const LabelRequirement &) = default;
};

/// metav1.LabelSelector: matchLabels AND matchExpressions; the empty selector matches everything.
/// NotIn and DoesNotExist match where the key is absent (apimachinery pkg/labels, Requirement.Matches).
struct LabelSelector
{
    std::vector<Labels::Entry> matchLabels;
    std::vector<LabelRequirement> matchExpressions;

    bool isEmpty() const { return matchLabels.empty() && matchExpressions.empty(); }
    /// False where an operator is unknown: callers that need certainty ask isUnderstood() first.
    bool matches(const Labels &labels) const;
    bool isUnderstood() const;
    /// "app=web, tier in (a, b), !legacy" as kubectl prints it; "" for the empty selector.
    std::string toString() const;

    friend bool operator==(const LabelSelector &, const LabelSelector &) = default;
};

} // namespace portolan
