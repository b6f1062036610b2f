#pragma once

#include "model/cluster/object_ref.h"

#include <string>
#include <string_view>

namespace portolan::manifest {

/// The resource that an object of this apiVersion and kind belongs to. `namespaced` is a guess for kinds that
/// are not known here: true where the object names a namespace.
ResourceType resourceOf(std::string_view apiVersion, std::string_view kind, bool namesNamespace);

/// By the name alone: of whatever API, it is about who may speak to whom.
bool isPolicyKind(std::string_view kind);
/// Of an API whose policies are read.
bool isPolicyGroup(std::string_view group);

} // namespace portolan::manifest
