#pragma once

#include "model/base/result.h"

#include <string>
#include <string_view>

namespace portolan::kube {

/// gitVersion ("v1.34.4") of the answer to /version; Protocol where that is no answer of a Kubernetes
/// server (a login page of a proxy, say).
Result<std::string> readServerVersion(std::string_view json);

} // namespace portolan::kube
