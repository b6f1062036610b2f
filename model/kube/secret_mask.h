#pragma once

#include "model/kube/http_transport.h"

#include <string>
#include <string_view>

namespace portolan::kube {

/// `text` with what looks like a secret replaced by "•••": values after Bearer and Basic, JSON Web Tokens,
/// password and token assignments, user information in URLs. For everything that may reach a log or a
/// message and was not written by ourselves (a plugin's stderr, a proxy's URL, libcurl's error text).
std::string withoutSecrets(std::string_view text);

} // namespace portolan::kube
