#pragma once

#include "model/cluster/object_ref.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan::manifest {

/// The resource that an object of this apiVersion and kind belongs to. `namespaced` is a guess for kinds that
/// are not known here: true where the object names a namespace.
ResourceType resourceOf(std::string_view apiVersion, std::string_view kind, bool namesNamespace);

/// By the name alone: of whatever API, it is about who may speak to whom.
bool isPolicyKind(std::string_view kind);
/// Whether the group has that kind of policy, and both are read.
bool isPolicyGroup(std::string_view group, std::string_view kind);
/// The policies that something of that kind may be, which could not be read; all for "".
std::vector<ResourceType> policyResources(std::string_view kind);

} // namespace portolan::manifest
