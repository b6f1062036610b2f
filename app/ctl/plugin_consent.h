#pragma once

#include "model/base/result.h"
#include "model/kube/kubeconfig.h"

namespace portolan::ctl {

/// Whether the user lets this credential plugin run: what was answered before, here or in the window, else a
/// question on the terminal. No terminal, no consent. The answer yes is kept (kube::ExecConsent); no is asked
/// again. Errors: NotFound (no such program), PermissionDenied.
Result<void> consentToPlugin(const kube::ExecPluginSpec &plugin);

} // namespace portolan::ctl
