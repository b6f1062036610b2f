#pragma once

#include <string>
#include <string_view>

namespace portolan::kube {

enum class PemKind { Certificates, PrivateKey };

/// What is wrong with a PEM text, in words for a person, or "". A look at the armour and the outermost DER
/// length only: enough to tell a mangled, empty or mistaken file from a certificate and to name the field,
/// which the TLS library cannot. The text itself is never repeated.
std::string pemProblem(std::string_view pem, PemKind kind);

} // namespace portolan::kube
