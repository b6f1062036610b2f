#pragma once

#include "model/base/result.h"
#include "model/kube/kubeconfig.h"

#include <filesystem>
#include <string>

namespace portolan::kube {

/// Which credential plugins of kubeconfigs the user lets run: one file, for the window and the command line.
/// What is let run is a program with its arguments and with the environment that the kubeconfig gives it:
/// `sh -c` of another kubeconfig is asked about anew. The file has a line for each, a digest and the
/// program's path; it is the user's alone (0600). Calls block on the disk; any thread, one object for each.
class ExecConsent
{
public:
    explicit ExecConsent(std::filesystem::path file = usualFile());

    /// `spec.command` is the program's path, as findExecPlugin() gives it.
    bool isGiven(const ExecPluginSpec &spec) const;
    Result<void> give(const ExecPluginSpec &spec) const;

    /// In the user's configuration folder.
    static std::filesystem::path usualFile();

private:
    std::filesystem::path m_file;
};

/// `NAME=value program argument …`, for the question: one line without control characters.
std::string commandLine(const ExecPluginSpec &spec);

} // namespace portolan::kube
