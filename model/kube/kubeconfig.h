#pragma once

#include "model/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// kubeconfig as client-go's tools/clientcmd reads it (KEP-541 for exec plugins).
namespace portolan::kube {

struct ExecPluginSpec
{
    std::string apiVersion; ///< client.authentication.k8s.io/v1 or v1beta1
    std::string command;    ///< as resolved: relative to the kubeconfig where it contains a '/'
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string interactiveMode; ///< Never, IfAvailable, Always; "" allowed for v1beta1 alone
    std::string installHint;     ///< control characters removed
    bool provideClusterInfo = false;
};

/// Either the bytes (PEM) or the file they are in; data beats the file.
struct PemSource
{
    std::string data;
    std::filesystem::path file;
    bool isSet() const { return !data.empty() || !file.empty(); }
};

struct ClusterEntry
{
    std::string name;
    std::filesystem::path origin; ///< the file that defines it, for messages
    std::string server;           ///< https://host:port/optional/path
    std::string tlsServerName;
    bool insecureSkipTlsVerify = false;
    PemSource certificateAuthority;
    std::string proxyUrl;
    std::string execExtensionJson; ///< extension client.authentication.k8s.io/exec as JSON, or ""
};

struct UserEntry
{
    std::string name;
    std::filesystem::path origin; ///< the file that defines it, for messages
    PemSource clientCertificate;
    PemSource clientKey;
    std::string token;
    std::filesystem::path tokenFile;
    std::string username;
    std::string password;
    std::string asUser;
    std::string asUid;
    std::vector<std::string> asGroups;
    std::vector<std::pair<std::string, std::string>> asExtra;
    std::optional<ExecPluginSpec> exec;
    std::string authProvider; ///< name of a legacy auth-provider: explained and refused
};

struct ContextEntry
{
    std::string name;
    std::filesystem::path origin; ///< the file that defines it, for messages
    std::string cluster;
    std::string user;
    std::string ns; ///< default namespace, or ""
};

/// What messages call a field: "FILE: cluster 'NAME' field".
std::string fieldOf(const ClusterEntry &cluster, std::string_view field);
std::string fieldOf(const UserEntry &user, std::string_view field);

struct Kubeconfig
{
    std::vector<std::filesystem::path> files; ///< those that were read, in order
    std::string currentContext;
    std::vector<ContextEntry> contexts;
    std::vector<ClusterEntry> clusters;
    std::vector<UserEntry> users;
};

/// What one context resolves to: whom to speak with, and as whom. Holds secrets: never logged.
struct ClusterAccess
{
    std::string contextName;
    std::string ns;
    ClusterEntry cluster;
    UserEntry user;
    bool credentialsWithheld = false; ///< the server is plain http: the user's credentials are not sent
};

/// Where loadKubeconfig looks; tests make one up.
struct KubeconfigEnvironment
{
    std::string kubeconfig;                  ///< $KUBECONFIG: paths separated by ':'
    std::filesystem::path home;              ///< $HOME
    std::string serviceHost;                 ///< $KUBERNETES_SERVICE_HOST, set in every pod
    std::string servicePort;                 ///< $KUBERNETES_SERVICE_PORT
    std::filesystem::path serviceAccountDir; ///< token, ca.crt, namespace

    static KubeconfigEnvironment ofProcess();
};

/// Reads and merges. `explicitFile` must exist where it is given; else KUBECONFIG (a list: missing files
/// are skipped, the first file wins per entry), else ~/.kube/config, else the in-cluster service account.
/// Errors name file and field. Never writes.
Result<Kubeconfig> loadKubeconfig(const std::optional<std::filesystem::path> &explicitFile);
Result<Kubeconfig> loadKubeconfig(const std::optional<std::filesystem::path> &explicitFile,
                                  const KubeconfigEnvironment &environment);

/// Parses one file's content; `file` is for messages and for relative paths. At most 8 MiB. A name that
/// one file defines twice is an error, as it is for kubectl; no entry at all is none here.
Result<Kubeconfig> parseKubeconfig(std::string_view yaml, const std::filesystem::path &file);

/// `contextName` "" means current-context. Checks the combination: insecure + CA, token + basic,
/// certificate without key, as-uid without as, legacy auth-provider (Unsupported), an exec plugin that is
/// not fully described. A server without a scheme gets one as client-go does it. Where the server is
/// plain http the credentials are taken out, as client-go does it, and `credentialsWithheld` is set.
Result<ClusterAccess> resolveContext(const Kubeconfig &config, std::string_view contextName);

} // namespace portolan::kube
