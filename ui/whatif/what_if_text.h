#pragma once

#include "model/cluster/cluster_state.h"

#include <QString>

#include <string>

namespace portolan::ui {

/// What the editor begins with: the policy that `object` names, or "" where it is none.
QString policyTextOf(const ClusterState &state, const ObjectRef &object);
/// The text that takes the policy away, or "" where it is none.
QString removalTextOf(const ClusterState &state, const ObjectRef &object);
/// A NetworkPolicy for the namespace, to be filled in.
QString policyTemplate(const std::string &ns);

} // namespace portolan::ui
