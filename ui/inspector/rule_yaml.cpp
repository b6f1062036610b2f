#include "ui/inspector/rule_yaml.h"

#include "ui/inspector/yaml_text.h"
#include "ui/words/text.h"

namespace portolan::ui {

std::shared_ptr<const std::string> jsonOf(const ClusterState &state, const ObjectRef &object)
{
    if (const NetworkPolicy *policy = object.kind == ObjectKind::NetworkPolicy
                                          ? state.networkPolicies.find(object.ns, object.name)
                                          : nullptr)
        return policy->json;
    const auto found = findObject(state, object);
    const auto *other = found ? std::get_if<std::shared_ptr<const ApiObject>>(&*found) : nullptr;
    return other ? (*other)->json : nullptr;
}

RawText markedYaml(const std::string &json, const std::string &path)
{
    RawText raw{yamlText(json), {}};
    if (!path.empty())
        raw.marked = linesOfYaml(utf8(raw.text), path);
    return raw;
}

std::string pathOf(const policy::Decision &decision, const QString &yaml)
{
    if (!decision.path.empty() || decision.effect != policy::Decision::Effect::Isolates)
        return decision.path;
    const std::string text = utf8(yaml);
    // The most telling one that is there: that a direction is named, else whom the policy is about.
    for (const char *path : {"spec.policyTypes", "spec.types", "spec.enableDefaultDeny", "spec.podSelector",
                             "spec.endpointSelector", "spec.selector", "spec.subject", "spec"}) {
        if (linesOfYaml(text, path))
            return path;
    }
    return {};
}

} // namespace portolan::ui
