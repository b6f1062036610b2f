#include "model/graph/filter_completion.h"

#include "model/graph/graph_filter.h"

#include <algorithm>
#include <set>

namespace portolan {

namespace {

using Values = std::map<std::string, std::set<std::string>>;

void addLabels(Values &values, const Labels &labels)
{
    for (const auto &[key, value] : labels.entries()) {
        if (values.size() >= 10 * FilterWords::mostOfAKey && !values.contains(key))
            continue;
        if (std::set<std::string> &known = values[key]; known.size() < FilterWords::mostOfAKey)
            known.insert(value);
    }
}

/// Where the last term begins: after the last blank that stands in no quotation marks.
std::size_t lastTerm(std::string_view typed)
{
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed[i] == '"')
            quoted = !quoted;
        else if (typed[i] == ' ' && !quoted)
            begin = i + 1;
    }
    return begin;
}

bool startsAlike(std::string_view word, std::string_view start)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return word.size() > start.size() && std::equal(start.begin(), start.end(), word.begin(),
                                                    [&](char a, char b) { return lower(a) == lower(b); });
}

const std::vector<std::string> &valuesOf(std::string_view key, const FilterWords &words,
                                         std::vector<std::string> &fixed)
{
    if (key == "ns")
        return words.namespaces;
    if (key == "node")
        return words.nodes;
    if (key == "finding")
        return words.findings;
    return fixed = graphFilterValues(key);
}

} // namespace

FilterWords::FilterWords(const ClusterState &state)
{
    for (const auto &ns : state.namespaces)
        namespaces.push_back(ns->meta.name);
    for (const auto &node : state.nodes)
        nodes.push_back(node->meta.name);
    Values values;
    const Labels *before = nullptr;
    for (const auto &pod : state.pods) {
        // Pods of one workload mostly share their labels.
        if (!before || &before->entries() != &pod->meta.labels.entries())
            addLabels(values, pod->meta.labels);
        before = &pod->meta.labels;
    }
    for (const auto &service : state.services)
        addLabels(values, service->meta.labels);
    for (auto &[key, known] : values)
        labels[key].assign(known.begin(), known.end());
}

std::vector<std::string> filterCompletions(std::string_view typed, const FilterWords &words, std::size_t most)
{
    std::size_t begin = lastTerm(typed);
    if (begin < typed.size() && typed[begin] == '-')
        ++begin;
    const std::string_view term = typed.substr(begin);
    std::vector<std::string> completed;
    const auto offer = [&](std::string_view start, std::size_t kept, const std::string &word) {
        if (completed.size() < most && startsAlike(word, start))
            completed.push_back(std::string(typed.substr(0, begin + kept)) + word);
    };
    const std::size_t colon = term.find(':');
    const std::size_t equals = term.find('=');
    if (equals != std::string_view::npos && (colon == std::string_view::npos || equals < colon)) {
        const auto label = words.labels.find(std::string(term.substr(0, equals)));
        if (label != words.labels.end()) {
            for (const std::string &value : label->second)
                offer(term.substr(equals + 1), equals + 1, value);
        }
    } else if (colon != std::string_view::npos) {
        const std::size_t comma = term.rfind(',');
        const std::size_t kept = (comma != std::string_view::npos && comma > colon ? comma : colon) + 1;
        std::vector<std::string> fixed;
        for (const std::string &value : valuesOf(term.substr(0, colon), words, fixed))
            offer(term.substr(kept), kept, value);
    } else if (!term.empty()) {
        for (const std::string &key : graphFilterKeys())
            offer(term, 0, key + ":");
        for (const auto &[key, values] : words.labels)
            offer(term, 0, key + "=");
    }
    return completed;
}

} // namespace portolan
