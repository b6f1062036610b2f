#pragma once

#include <string>
#include <string_view>

/// What a recording leaves out, since recordings are given away.
namespace portolan::snapshot {

/// API JSON with annotations removed (but those by which networks speak) and with the text under every
/// key that reads like a secret ("password", "token", "privateKey"…) replaced. References to Secrets
/// (secretName, secretRef…) stay: they are names. "" where `json` is no JSON.
std::string redactedJson(std::string_view json);

/// A server's URL without user information, query and fragment.
std::string redactedUrl(std::string_view url);

} // namespace portolan::snapshot
