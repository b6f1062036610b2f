#pragma once

#include <string>

namespace portolan::ctl {

/// Whether the user lets this credential plugin run: what was answered before for the same path, else a
/// question on the terminal. No terminal, no consent. The answer yes is kept in the user's configuration
/// folder (0600); no is asked again.
bool consentToPlugin(const std::string &command);

} // namespace portolan::ctl
