#include "cluster_manifests.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace portolan::bench {

namespace {

using Json = nlohmann::ordered_json;

Json labelsOf(const std::vector<Labels::Entry> &entries)
{
    Json labels = Json::object();
    for (const auto &[key, value] : entries)
        labels[key] = value;
    return labels;
}

Json selectorOf(const LabelSelector &selector)
{
    Json json = Json::object();
    if (!selector.matchLabels.empty())
        json["matchLabels"] = labelsOf(selector.matchLabels);
    return json;
}

Json object(const char *version, const std::string &kind, const ObjectMeta &meta)
{
    Json json{{"apiVersion", version}, {"kind", kind}, {"metadata", {{"name", meta.name}}}};
    if (!meta.ns.empty())
        json["metadata"]["namespace"] = meta.ns;
    if (const auto labels = meta.labels.entries(); !labels.empty())
        json["metadata"]["labels"] = labelsOf(labels);
    return json;
}

Json portOf(const PortRef &port)
{
    return std::visit([](const auto &value) { return Json(value); }, port);
}

Json containerOf(const Pod *pod)
{
    Json container{{"name", "main"}, {"image", "registry.invalid/main:1"}};
    if (!pod || pod->containers.empty())
        return container;
    const Container &own = pod->containers.front();
    container["name"] = own.name;
    if (!own.image.empty())
        container["image"] = own.image;
    for (const ContainerPort &port : own.ports)
        container["ports"].push_back({{"name", port.name},
                                      {"containerPort", port.number},
                                      {"protocol", std::string(protocolName(port.protocol))}});
    return container;
}

Json workloadOf(const Workload &workload, const Pod *pod)
{
    Json json = object("apps/v1", workload.kind, workload.meta);
    const Json labels = labelsOf(workload.templateLabels.entries());
    Json &spec = json["spec"];
    spec["replicas"] = workload.desired;
    if (workload.kind == "StatefulSet")
        spec["serviceName"] = workload.meta.name;
    spec["selector"]["matchLabels"] = labels;
    spec["template"]["metadata"]["labels"] = labels;
    spec["template"]["spec"]["containers"] = Json::array({containerOf(pod)});
    return json;
}

Json serviceOf(const Service &service)
{
    Json json = object("v1", "Service", service.meta);
    json["spec"]["selector"] = labelsOf(service.selector);
    for (const ServicePort &port : service.ports) {
        Json own{{"port", port.port}, {"targetPort", portOf(port.targetPort)}};
        own["protocol"] = std::string(protocolName(port.protocol));
        if (!port.name.empty())
            own["name"] = port.name;
        json["spec"]["ports"].push_back(std::move(own));
    }
    return json;
}

Json ruleOf(const PolicyRule &rule, const char *peersName)
{
    Json json = Json::object();
    for (const PolicyPeer &peer : rule.peers) {
        Json own;
        if (peer.podSelector)
            own["podSelector"] = selectorOf(*peer.podSelector);
        if (peer.namespaceSelector)
            own["namespaceSelector"] = selectorOf(*peer.namespaceSelector);
        if (peer.ipBlock)
            own["ipBlock"]["cidr"] = peer.ipBlock->cidr;
        json[peersName].push_back(std::move(own));
    }
    for (const PolicyPort &port : rule.ports) {
        Json own{{"protocol", std::string(protocolName(port.protocol))}};
        if (port.port)
            own["port"] = portOf(*port.port);
        json["ports"].push_back(std::move(own));
    }
    return json;
}

Json policyOf(const NetworkPolicy &policy)
{
    Json json = object("networking.k8s.io/v1", "NetworkPolicy", policy.meta);
    Json &spec = json["spec"];
    spec["podSelector"] = selectorOf(policy.podSelector);
    spec["policyTypes"] = Json::array();
    if (policy.isolatesIngress)
        spec["policyTypes"].push_back("Ingress");
    if (policy.isolatesEgress)
        spec["policyTypes"].push_back("Egress");
    for (const PolicyRule &rule : policy.ingress)
        spec["ingress"].push_back(ruleOf(rule, "from"));
    for (const PolicyRule &rule : policy.egress)
        spec["egress"].push_back(ruleOf(rule, "to"));
    return json;
}

/// A pod of the workload, by its template's labels, for the container that it runs.
const Pod *podOf(const ClusterState &state, const Workload &workload)
{
    for (const auto &pod : state.pods.inNamespace(workload.meta.ns)) {
        if (pod->meta.name.starts_with(workload.meta.name + "-"))
            return pod.get();
    }
    return nullptr;
}

Json listOf(const ClusterState &state, const Namespace &space)
{
    Json items = Json::array({object("v1", "Namespace", space.meta)});
    const std::string &ns = space.meta.name;
    for (const auto &workload : state.workloads.inNamespace(ns)) {
        if (workload->meta.owners.empty() &&
            (workload->kind == "Deployment" || workload->kind == "StatefulSet"))
            items.push_back(workloadOf(*workload, podOf(state, *workload)));
    }
    for (const auto &service : state.services.inNamespace(ns))
        items.push_back(serviceOf(*service));
    for (const auto &policy : state.networkPolicies.inNamespace(ns))
        items.push_back(policyOf(*policy));
    return {{"apiVersion", "v1"}, {"kind", "List"}, {"items", std::move(items)}};
}

} // namespace

Result<void> writeManifests(const ClusterState &state, const std::filesystem::path &folder)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        return Error{ErrorCode::Io, failure.message(), folder.string()};
    for (const auto &space : state.namespaces) {
        const auto file = folder / (space->meta.name + ".json");
        std::ofstream out(file);
        out << listOf(state, *space).dump(1, ' ') << '\n';
        if (!out.flush())
            return Error{ErrorCode::Io, "it could not be written", file.string()};
    }
    return {};
}

std::string manifestOf(const Namespace &space)
{
    return object("v1", "Namespace", space.meta).dump();
}

std::string manifestOf(const Workload &workload, const Pod *pod)
{
    return workloadOf(workload, pod).dump();
}

std::string manifestOf(const Service &service)
{
    return serviceOf(service).dump();
}

std::string manifestOf(const NetworkPolicy &policy)
{
    return policyOf(policy).dump();
}

} // namespace portolan::bench
