#include "ui/whatif/what_if_text.h"

#include "model/policy/what_if.h"
#include "ui/inspector/yaml_text.h"
#include "ui/words/text.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {

struct WhatIfText
{
    Q_DECLARE_TR_FUNCTIONS(WhatIfText)
};

constexpr std::size_t mostYaml = std::size_t{128} * 1024; // what yamlText() shows whole in any case

} // namespace

QString policyTextOf(const ClusterState &state, const ObjectRef &object)
{
    const auto found = findObject(state, object);
    const std::string json = found ? policy::editablePolicy(*found) : std::string();
    // JSON is YAML too: what is too long to be set out is edited as it is.
    return json.empty() ? QString() : json.size() > mostYaml ? plainLines(json) : yamlText(json);
}

QString removalTextOf(const ClusterState &state, const ObjectRef &object)
{
    const auto found = findObject(state, object);
    return found ? plainLines(policy::removalOf(*found)) : QString();
}

QString policyTemplate(const std::string &ns)
{
    return QStringLiteral("# %1\n"
                          "apiVersion: networking.k8s.io/v1\n"
                          "kind: NetworkPolicy\n"
                          "metadata:\n"
                          "  name: new-policy\n"
                          "  namespace: %2\n"
                          "spec:\n"
                          "  podSelector: {}\n"
                          "  policyTypes:\n"
                          "    - Ingress\n"
                          "  ingress:\n"
                          "    - from:\n"
                          "        - podSelector: {}\n")
        .arg(WhatIfText::tr("Pods of the namespace take connections from one another alone"),
             plainText(ns.empty() ? "default" : ns));
}

} // namespace portolan::ui
