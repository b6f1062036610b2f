#include "model/policy/pod_choice.h"

#include <algorithm>
#include <array>

namespace portolan::policy {

namespace {

/// Written by controllers: for one revision, one pod or one run.
constexpr std::array<std::string_view, 12> unstable{"pod-template-hash",
                                                    "controller-revision-hash",
                                                    "pod-template-generation",
                                                    "controller-uid",
                                                    "job-name",
                                                    "statefulset.kubernetes.io/pod-name",
                                                    "apps.kubernetes.io/pod-index",
                                                    "batch.kubernetes.io/controller-uid",
                                                    "batch.kubernetes.io/job-name",
                                                    "batch.kubernetes.io/job-completion-index",
                                                    "app.kubernetes.io/version",
                                                    "helm.sh/chart"};
/// Names of what runs, in the order in which people look for them.
constexpr std::array<std::string_view, 7> preferred{"app",
                                                    "app.kubernetes.io/name",
                                                    "app.kubernetes.io/component",
                                                    "app.kubernetes.io/instance",
                                                    "k8s-app",
                                                    "app.kubernetes.io/part-of",
                                                    "run"};

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What Kubernetes takes as a label's value or the name of its key (a recording may hold anything).
bool isLabelText(std::string_view text)
{
    return text.size() <= 63 &&
           (text.empty() || (isAlphanumeric(text.front()) && isAlphanumeric(text.back()))) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

bool isLabel(const Labels::Entry &label)
{
    const std::string_view key = label.first;
    const std::size_t slash = key.find('/');
    const std::string_view name = slash == std::string_view::npos ? key : key.substr(slash + 1);
    const std::string_view prefix =
        slash == std::string_view::npos ? std::string_view("a") : key.substr(0, slash);
    return !name.empty() && isLabelText(name) && !prefix.empty() && prefix.size() <= 253 &&
           std::all_of(prefix.begin(), prefix.end(),
                       [](char c) { return isAlphanumeric(c) || c == '-' || c == '.'; }) &&
           isLabelText(label.second);
}

bool isPreferred(const Labels::Entry &label)
{
    return std::find(preferred.begin(), preferred.end(), label.first) != preferred.end();
}

std::size_t rankOf(const Labels::Entry &label)
{
    return std::size_t(std::find(preferred.begin(), preferred.end(), label.first) - preferred.begin());
}

bool takesPart(const Pod &pod)
{
    return pod.phase != PodPhase::Succeeded && pod.phase != PodPhase::Failed && !pod.hostNetwork;
}

bool has(const Pod &pod, const Labels::Entry &label)
{
    const std::string *value = pod.meta.labels.find(label.first);
    return value && *value == label.second;
}

/// The pods of the workload, and the others of its namespace.
struct Neighbours
{
    std::vector<const Pod *> members;
    std::vector<const Pod *> others;
};

Neighbours neighboursOf(const ClusterState &state, const Pod &pod)
{
    Neighbours found;
    const ObjectRef owner = topOwnerOf(state, pod);
    for (const auto &one : state.pods.inNamespace(pod.meta.ns)) {
        if (one.get() == &pod || (takesPart(*one) && topOwnerOf(state, *one) == owner))
            found.members.push_back(one.get());
        else if (takesPart(*one))
            found.others.push_back(one.get());
    }
    return found;
}

std::vector<Labels::Entry> candidatesOf(const std::vector<const Pod *> &members)
{
    std::vector<Labels::Entry> labels;
    for (const Labels::Entry &label : members.front()->meta.labels.entries()) {
        const bool isCommon =
            std::all_of(members.begin(), members.end(), [&](const Pod *pod) { return has(*pod, label); });
        if (isCommon && isStableLabel(label.first) && isLabel(label))
            labels.push_back(label);
    }
    std::stable_sort(labels.begin(), labels.end(),
                     [](const Labels::Entry &a, const Labels::Entry &b) { return rankOf(a) < rankOf(b); });
    return labels;
}

/// Adds labels, the one that leaves the fewest others first, for as long as that leaves fewer.
void narrow(const std::vector<Labels::Entry> &candidates, std::vector<const Pod *> &others,
            std::vector<Labels::Entry> &chosen)
{
    while (!others.empty() || chosen.empty()) {
        const Labels::Entry *best = nullptr;
        std::size_t fewest = chosen.empty() ? others.size() + 1 : others.size();
        for (const Labels::Entry &label : candidates) {
            const auto left = std::size_t(std::count_if(others.begin(), others.end(),
                                                        [&](const Pod *pod) { return has(*pod, label); }));
            if (left < fewest) {
                fewest = left;
                best = &label;
            }
        }
        if (!best)
            return;
        std::erase_if(others, [&](const Pod *pod) { return !has(*pod, *best); });
        chosen.push_back(*best);
    }
}

} // namespace

bool isStableLabel(std::string_view key)
{
    return std::find(unstable.begin(), unstable.end(), key) == unstable.end();
}

PodChoice choosePods(const PolicyModel &model, EndpointId id)
{
    const Pod &pod = model.endpoints().pod(id);
    Neighbours around = neighboursOf(model.endpoints().state(), pod);
    const std::vector<Labels::Entry> all = candidatesOf(around.members);
    std::vector<Labels::Entry> names;
    std::copy_if(all.begin(), all.end(), std::back_inserter(names), isPreferred);
    PodChoice choice{pod.meta.ns, {}, false};
    narrow(names, around.others, choice.labels);
    if (choice.labels.empty() || !around.others.empty())
        narrow(all, around.others, choice.labels);
    choice.isExact = around.others.empty();
    std::sort(choice.labels.begin(), choice.labels.end());
    return choice;
}

std::vector<DraftPeer> peersOf(const PolicyModel &model, const Endpoint &end, const std::string &ns)
{
    if (end.kind == EndpointKind::Pod) {
        const EndpointId id = model.endpoints().find(end.ref.ns, end.ref.name);
        if (id == noEndpoint)
            return {};
        const PodChoice choice = choosePods(model, id);
        return {{choice.ns == ns ? std::string() : choice.ns, choice.labels, {}}};
    }
    std::vector<DraftPeer> peers;
    for (const IpRange::Address &address : end.addresses)
        peers.push_back({{}, {}, IpRange::ofAddress(address).toString() + (address.v6 ? "/128" : "/32")});
    return peers;
}

} // namespace portolan::policy
