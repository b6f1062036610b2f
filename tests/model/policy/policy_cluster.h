#pragma once

#include "model/manifest/manifest.h"
#include "model/policy/policy_model.h"

#include <optional>
#include <string>

/// A small shop as manifests: web and api in `shop`, jobs in `batch`; policies are added by the test.
namespace portolan::policytest {

inline std::string workload(const std::string &ns, const std::string &name, const std::string &labels,
                            int port = 8080)
{
    return "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + ", namespace: " + ns +
           "}\nspec:\n  selector: {matchLabels: {" + labels + "}}\n  template:\n    metadata: {labels: {" +
           labels + "}}\n    spec:\n      containers:\n      - name: app\n        ports: [{containerPort: " +
           std::to_string(port) + "}]\n";
}

inline std::string shop()
{
    return workload("shop", "web", "app: web, pod-template-hash: abc") +
           workload("shop", "api", "app: api, tier: back") + workload("batch", "jobs", "app: jobs") +
           "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
}

/// Nobody reaches api's pods, nobody may send from web's.
inline std::string policyYaml(const std::string &ns, const std::string &name, const std::string &spec)
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + name +
           ", namespace: " + ns + "}\nspec: " + spec + "\n";
}

inline const std::string closedApi =
    policyYaml("shop", "api-closed", "{podSelector: {matchLabels: {app: api}}}");
inline const std::string closedWeb =
    policyYaml("shop", "web-closed", "{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}");

inline std::shared_ptr<const policy::PolicyModel> modelOf(const std::string &yaml,
                                                          std::optional<policy::Enforcer> enforcer = {})
{
    policy::ModelOptions options;
    options.enforcer = enforcer;
    return policy::PolicyModel::make(readManifests({{"cluster.yaml", yaml}}).state, options);
}

inline ObjectRef pod(const std::string &ns, const std::string &name)
{
    return {ObjectKind::Pod, "Pod", ns, name};
}

} // namespace portolan::policytest
