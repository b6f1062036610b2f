#include "ui/mainwindow/finder_index.h"

#include "model/base/ascii_case.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace portolan::ui {

namespace {

std::string joined(const std::vector<std::string> &parts)
{
    std::string result;
    for (const std::string &part : parts)
        result += (result.empty() ? "" : ", ") + part;
    return result;
}

std::string portsOf(const Service &service)
{
    std::string result;
    for (const ServicePort &port : service.ports)
        result += (result.empty() ? "" : ",") + std::to_string(port.port);
    return result;
}

/// True where the letters of `word` occur in `name` in that order: "pgw" in "payments-gateway".
bool lettersInOrder(std::string_view name, std::string_view word)
{
    std::size_t at = 0;
    for (const char c : word) {
        at = name.find(c, at);
        if (at == std::string_view::npos)
            return false;
        ++at;
    }
    return word.size() > 1;
}

int nameScore(std::string_view name, std::string_view word)
{
    if (name == word)
        return 100;
    const std::size_t at = name.find(word);
    if (at == 0)
        return 80;
    if (at != std::string_view::npos)
        return name[at - 1] == '-' || name[at - 1] == '.' ? 60 : 45;
    return lettersInOrder(name, word) ? 15 : 0;
}

int kindRank(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Service:
        return 6;
    case ObjectKind::Workload:
        return 5;
    case ObjectKind::Namespace:
    case ObjectKind::NetworkPolicy:
    case ObjectKind::Ingress:
    case ObjectKind::Node:
        return 4;
    case ObjectKind::Pod:
        return 3;
    default:
        return 0;
    }
}

int scoreOf(const FinderIndex::Entry &entry, std::string_view word)
{
    // "shop/web" names both halves.
    if (const std::size_t slash = word.find('/'); slash != std::string_view::npos) {
        const std::string_view ns = word.substr(0, slash);
        const std::string_view name = word.substr(slash + 1);
        if (lowered(entry.object.ns).starts_with(ns)) {
            const int score = name.empty() ? 20 : nameScore(entry.name, name);
            if (score)
                return score + 10;
        }
    }
    int score = nameScore(entry.name, word);
    if (lowered(entry.object.ns) == word)
        score = std::max(score, 35);
    if (lowered(entry.object.type).starts_with(word))
        score = std::max(score, 30);
    if (entry.detail.find(word) != std::string::npos)
        score = std::max(score, 50);
    if (entry.labels.find(word) != std::string::npos)
        score = std::max(score, 25);
    return score;
}

} // namespace

FinderIndex::FinderIndex(const ClusterState &state, const std::vector<Finding> &findings) : m_words(state)
{
    std::set<std::string_view> rules;
    for (const Finding &finding : findings)
        rules.insert(finding.rule);
    m_words.findings.assign(rules.begin(), rules.end());
    for (const auto &ns : state.namespaces)
        add(refOf(*ns), {}, ns->meta.labels);
    for (const auto &node : state.nodes)
        add(refOf(*node), joined(node->internalIps), node->meta.labels);
    for (const auto &service : state.services) {
        std::string detail = joined(service->clusterIps);
        detail += (detail.empty() ? "" : " · ") + portsOf(*service) + service->externalName;
        add(refOf(*service), detail, service->meta.labels);
    }
    for (const auto &workload : state.workloads) {
        const bool owned =
            !workload->meta.owners.empty() && (workload->kind == "ReplicaSet" || workload->kind == "Job");
        if (!owned)
            add(refOf(*workload), {}, workload->meta.labels);
    }
    for (const auto &policy : state.networkPolicies)
        add(refOf(*policy), policy->podSelector.toString(), policy->meta.labels);
    for (const auto &ingress : state.ingresses) {
        std::vector<std::string> hosts;
        for (const IngressPath &path : ingress->paths)
            hosts.push_back(path.host);
        hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
        add(refOf(*ingress), joined(hosts), ingress->meta.labels);
    }
    for (const auto &pod : state.pods) {
        std::vector<std::string> addresses = pod->ips;
        if (!pod->nodeName.empty())
            addresses.push_back(pod->nodeName);
        add(refOf(*pod), joined(addresses), pod->meta.labels);
    }
    for (const auto &object : state.others)
        add(refOf(*object), {}, object->meta.labels);
}

void FinderIndex::add(ObjectRef object, const std::string &detail, const Labels &labels,
                      const std::string &more)
{
    std::string words = lowered(more);
    for (const auto &[key, value] : labels.entries())
        words += lowered(key) + "=" + lowered(value) + "\n";
    std::string name = lowered(object.name);
    m_entries.push_back({std::move(object), std::move(name), lowered(detail), std::move(words)});
}

std::vector<FinderIndex::Hit> FinderIndex::find(std::string_view query, std::size_t most) const
{
    std::vector<std::string> words;
    std::istringstream in(lowered(query.substr(0, 200)));
    for (std::string word; in >> word && words.size() < 8;)
        words.push_back(word);
    std::vector<Hit> hits;
    if (words.empty())
        return hits;
    for (const Entry &entry : m_entries) {
        int total = 0;
        for (const std::string &word : words) {
            const int score = scoreOf(entry, word);
            total = score ? total + score : -1'000'000;
        }
        if (total > 0)
            hits.push_back({&entry, total * 8 + kindRank(entry.object.kind)});
    }
    const auto better = [](const Hit &a, const Hit &b) {
        if (a.score != b.score)
            return a.score > b.score;
        if (a.entry->name.size() != b.entry->name.size())
            return a.entry->name.size() < b.entry->name.size();
        return a.entry->object < b.entry->object;
    };
    const std::size_t kept = std::min(most, hits.size());
    std::partial_sort(hits.begin(), hits.begin() + std::ptrdiff_t(kept), hits.end(), better);
    hits.resize(kept);
    return hits;
}

} // namespace portolan::ui
