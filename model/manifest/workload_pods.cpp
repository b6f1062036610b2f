#include "model/manifest/workload_pods.h"

#include <algorithm>

namespace portolan::manifest {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t mostReplicas = 100;

const Json &member(const Json &json, const char *key)
{
    static const Json none;
    if (!json.is_object())
        return none;
    const auto found = json.find(key);
    return found == json.end() ? none : *found;
}

Json podFrom(const Json &pod, const Json &workload, const std::string &name)
{
    Json made = {{"apiVersion", "v1"}, {"kind", "Pod"}, {"spec", member(pod, "spec")}};
    Json meta = member(pod, "metadata");
    if (!meta.is_object())
        meta = Json::object();
    meta["name"] = name;
    meta["namespace"] = member(member(workload, "metadata"), "namespace");
    meta["ownerReferences"] = Json::array({{{"apiVersion", member(workload, "apiVersion")},
                                            {"kind", member(workload, "kind")},
                                            {"name", member(member(workload, "metadata"), "name")},
                                            {"controller", true}}});
    made["metadata"] = std::move(meta);
    return made;
}

} // namespace

std::vector<Json> podsOfWorkload(const Json &workload)
{
    const Json &kind = member(workload, "kind");
    const Json &spec = member(workload, "spec");
    const Json &jobSpec = kind == "CronJob" ? member(member(spec, "jobTemplate"), "spec") : spec;
    const Json &pod = member(jobSpec, "template");
    const Json &name = member(member(workload, "metadata"), "name");
    if (!pod.is_object() || !name.is_string())
        return {};
    const std::string text = name.get<std::string>();
    if (kind != "StatefulSet") {
        Json one = podFrom(pod, workload, text);
        // The labels that the Job controller adds.
        if (kind == "Job") {
            for (const char *label : {"job-name", "batch.kubernetes.io/job-name"})
                one["metadata"]["labels"][label] = text;
        }
        return {std::move(one)};
    }
    const Json &replicas = member(spec, "replicas");
    const std::int64_t wanted = replicas.is_number_integer() ? replicas.get<std::int64_t>() : 1;
    std::vector<Json> pods;
    for (std::int64_t i = 0; i < std::clamp<std::int64_t>(wanted, 1, mostReplicas); ++i) {
        const std::string podName = text + "-" + std::to_string(i);
        Json one = podFrom(pod, workload, podName);
        // The labels that the StatefulSet controller adds.
        one["metadata"]["labels"]["statefulset.kubernetes.io/pod-name"] = podName;
        one["metadata"]["labels"]["apps.kubernetes.io/pod-index"] = std::to_string(i);
        pods.push_back(std::move(one));
    }
    return pods;
}

} // namespace portolan::manifest
