#include "model/cluster/label_selector.h"

#include <algorithm>

namespace portolan {

Labels::Labels(std::vector<Entry> entries)
{
    if (entries.empty())
        return;
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry &a, const Entry &b) { return a.first < b.first; });
    // Of equal keys the last one stays: unique() over the reversed range keeps the first it meets.
    const auto kept = std::unique(entries.rbegin(), entries.rend(),
                                  [](const Entry &a, const Entry &b) { return a.first == b.first; });
    entries.erase(entries.begin(), kept.base());
    m_entries = std::make_shared<const std::vector<Entry>>(std::move(entries));
}

const std::string *Labels::find(std::string_view key) const
{
    const auto &all = entries();
    const auto at = std::lower_bound(all.begin(), all.end(), key,
                                     [](const Entry &entry, std::string_view k) { return entry.first < k; });
    return at != all.end() && at->first == key ? &at->second : nullptr;
}

const std::vector<Labels::Entry> &Labels::entries() const
{
    static const std::vector<Entry> none;
    return m_entries ? *m_entries : none;
}

namespace {

using Operator = LabelRequirement::Operator;

bool meets(const LabelRequirement &requirement, const Labels &labels)
{
    const std::string *value = labels.find(requirement.key);
    const auto listed = [&] {
        return value && std::find(requirement.values.begin(), requirement.values.end(), *value) !=
                            requirement.values.end();
    };
    switch (requirement.op) {
    case Operator::In:
        return listed();
    case Operator::NotIn:
        return !listed();
    case Operator::Exists:
        return value != nullptr;
    case Operator::DoesNotExist:
        return value == nullptr;
    case Operator::Unknown:
        return false;
    }
    return false;
}

std::string requirementText(const LabelRequirement &requirement)
{
    switch (requirement.op) {
    case Operator::Exists:
        return requirement.key;
    case Operator::DoesNotExist:
        return "!" + requirement.key;
    default:
        break;
    }
    std::string text = requirement.key;
    text += requirement.op == Operator::In      ? " in ("
            : requirement.op == Operator::NotIn ? " notin ("
                                                : " ? (";
    for (std::size_t i = 0; i < requirement.values.size(); ++i)
        text += (i ? ", " : "") + requirement.values[i];
    return text + ")";
}

} // namespace

bool LabelSelector::matches(const Labels &labels) const
{
    return std::all_of(matchLabels.begin(), matchLabels.end(),
                       [&](const Labels::Entry &entry) {
                           const std::string *value = labels.find(entry.first);
                           return value && *value == entry.second;
                       }) &&
           std::all_of(matchExpressions.begin(), matchExpressions.end(),
                       [&](const LabelRequirement &requirement) { return meets(requirement, labels); });
}

bool LabelSelector::isUnderstood() const
{
    return std::none_of(
        matchExpressions.begin(), matchExpressions.end(),
        [](const LabelRequirement &requirement) { return requirement.op == Operator::Unknown; });
}

std::string LabelSelector::toString() const
{
    std::string text;
    const auto append = [&text](const std::string &part) { text += (text.empty() ? "" : ", ") + part; };
    for (const auto &[key, value] : matchLabels)
        append(key + "=" + value);
    for (const LabelRequirement &requirement : matchExpressions)
        append(requirementText(requirement));
    return text;
}

} // namespace portolan
