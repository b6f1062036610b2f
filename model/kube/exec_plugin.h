#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/base/timestamp.h"
#include "model/kube/kubeconfig.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// client-go credential plugins (kubernetes.io "Authenticating", KEP-541).
namespace portolan::kube {

/// What a plugin answered: a token, a certificate with its key, or both. Secret.
struct ExecCredential
{
    std::string token;
    std::string certificatePem;
    std::string keyPem;
    std::optional<WallTime> expires;
};

/// Whether the credentials of that access are a plugin's: other credentials go before it, and nothing is sent
/// in clear text.
bool runsExecPlugin(const ClusterAccess &access);

/// The spec with the path of its program, found in $PATH. NotFound as findExecPlugin().
Result<ExecPluginSpec> resolvedExecPlugin(ExecPluginSpec spec);

/// The program's path: as it stands where it contains a slash, else the first executable of that name in
/// the absolute directories of `path` ($PATH). NotFound carries the installHint.
Result<std::string> findExecPlugin(const ExecPluginSpec &spec, std::string_view path);

/// The value of KUBERNETES_EXEC_INFO. The cluster is in it only with provideClusterInfo.
std::string execInfo(const ExecPluginSpec &spec, const ClusterEntry &cluster, std::string_view caPem);

/// The plugin's answer on stdout. Its apiVersion must be that of the spec. InvalidInput says what is wrong;
/// the text of the answer is never repeated, because it may hold a secret.
Result<ExecCredential> parseExecCredential(std::string_view json, const ExecPluginSpec &spec);

/// Runs `program` (from findExecPlugin) with the spec's arguments and environment, without a terminal;
/// interactiveMode Always is an error for that reason. Blocks up to `timeout`.
Result<ExecCredential> runExecPlugin(const std::string &program, const ExecPluginSpec &spec,
                                     const std::string &info, std::chrono::milliseconds timeout,
                                     const CancelToken &cancel);

} // namespace portolan::kube
