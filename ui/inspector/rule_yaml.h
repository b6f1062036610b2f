#pragma once

#include "model/cluster/cluster_state.h"
#include "model/policy/verdict.h"
#include "ui/inspector/content.h"

#include <string>

namespace portolan::ui {

/// An object's JSON as the server sent it; nothing where it is not there or was not kept.
std::shared_ptr<const std::string> jsonOf(const ClusterState &state, const ObjectRef &object);

/// A policy as YAML with the lines at `path` marked; no line is where the path is not in it.
RawText markedYaml(const std::string &json, const std::string &path);

/// Where in the YAML stands what decided: the rule; for an isolation what makes the policy isolate.
std::string pathOf(const policy::Decision &decision, const QString &yaml);

} // namespace portolan::ui
