#include "app/ctl/plugin_consent.h"

#include "model/kube/exec_consent.h"
#include "model/kube/exec_plugin.h"

#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace portolan::ctl {

namespace {

bool isAllowedOnTerminal(const kube::ExecPluginSpec &plugin)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return false;
    std::fprintf(stderr, "The kubeconfig wants to run for credentials:\n  %s\nRun it? [y/N] ",
                 kube::commandLine(plugin).c_str());
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

} // namespace

Result<void> consentToPlugin(const kube::ExecPluginSpec &plugin)
{
    const Result<kube::ExecPluginSpec> found = kube::resolvedExecPlugin(plugin);
    if (!found)
        return found.error();
    const kube::ExecConsent consent;
    if (consent.isGiven(*found))
        return {};
    if (!isAllowedOnTerminal(*found))
        return Error{ErrorCode::PermissionDenied, "may not run; --allow-exec-plugin allows it",
                     "exec plugin " + found->command};
    // Where the answer cannot be kept, it is asked for the next time, too.
    (void)consent.give(*found);
    return {};
}

} // namespace portolan::ctl
