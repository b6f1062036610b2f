#include "model/kube/kubeconfig.h"

#include "model/kube/server_address.h"

#include <algorithm>

namespace portolan::kube {

namespace {

std::string fieldName(const std::filesystem::path &file, const char *kind, const std::string &name,
                      std::string_view field)
{
    std::string text = file.empty() ? std::string() : file.string() + ": ";
    text += std::string(kind) + " '" + name + "'";
    if (!field.empty())
        text += " " + std::string(field);
    return withoutControlCharacters(text);
}

Error invalid(std::string detail, std::string where)
{
    return {ErrorCode::InvalidInput, std::move(detail), std::move(where)};
}

template<class Entry>
const Entry *find(const std::vector<Entry> &entries, std::string_view name)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) { return entry.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

std::string fileNames(const Kubeconfig &config)
{
    std::string text;
    for (const auto &file : config.files)
        text += (text.empty() ? "" : ", ") + file.string();
    return text.empty() ? "kubeconfig" : withoutControlCharacters(text);
}

std::string contextNames(const Kubeconfig &config)
{
    constexpr std::size_t shown = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(config.contexts.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + config.contexts[i].name;
    return config.contexts.size() > shown ? text + ", …" : text;
}

bool impersonates(const UserEntry &user)
{
    return !user.asUid.empty() || !user.asGroups.empty() || !user.asExtra.empty();
}

Result<void> checkExec(const UserEntry &user)
{
    const ExecPluginSpec &exec = *user.exec;
    const auto where = [&](const char *field) { return fieldOf(user, std::string("exec ") + field); };
    if (exec.command.empty())
        return invalid("is missing", where("command"));
    const bool v1 = exec.apiVersion == "client.authentication.k8s.io/v1";
    if (!v1 && exec.apiVersion != "client.authentication.k8s.io/v1beta1")
        return invalid("is '" + exec.apiVersion +
                           "'; only client.authentication.k8s.io/v1 and v1beta1 are known",
                       where("apiVersion"));
    const std::string &mode = exec.interactiveMode;
    if (mode.empty() && v1)
        return invalid("is missing, and v1 requires it", where("interactiveMode"));
    if (!mode.empty() && mode != "Never" && mode != "IfAvailable" && mode != "Always")
        return invalid("is '" + mode + "', not Never, IfAvailable or Always", where("interactiveMode"));
    return {};
}

/// What took the provider's place, as its maker tells it.
std::string successorOf(const std::string &provider)
{
    if (provider == "gcp")
        return "the exec plugin gke-gcloud-auth-plugin";
    if (provider == "azure")
        return "the exec plugin kubelogin (azure)";
    if (provider == "oidc")
        return "the exec plugin kubectl oidc-login";
    return "an exec plugin";
}

Result<void> checkUser(const UserEntry &user)
{
    if (!user.authProvider.empty())
        return Error{ErrorCode::Unsupported,
                     "'" + user.authProvider + "' is a legacy provider that Kubernetes 1.26 removed; use " +
                         successorOf(user.authProvider),
                     fieldOf(user, "auth-provider")};
    const bool token = !user.token.empty() || !user.tokenFile.empty();
    if (token && !user.username.empty())
        return invalid("is set beside a token; only one way to log in is allowed", fieldOf(user, "username"));
    if (user.clientCertificate.isSet() && !user.clientKey.isSet())
        return invalid("is missing, but there is a client-certificate", fieldOf(user, "client-key"));
    if (impersonates(user) && user.asUser.empty())
        return invalid("is missing, but as-uid, as-groups or as-user-extra is there", fieldOf(user, "as"));
    return user.exec ? checkExec(user) : Result<void>();
}

Result<void> checkCluster(ClusterEntry &cluster, const UserEntry &user)
{
    if (cluster.server.empty())
        return invalid("is missing", fieldOf(cluster, "server"));
    if (cluster.server.find("://") == std::string::npos) {
        const bool secure = cluster.certificateAuthority.isSet() || cluster.insecureSkipTlsVerify ||
                            user.clientCertificate.isSet();
        cluster.server.insert(0, secure ? "https://" : "http://");
    }
    if (auto server = parseServerUrl(cluster.server); !server)
        return invalid(server.error().detail, fieldOf(cluster, "server"));
    if (cluster.insecureSkipTlsVerify && cluster.certificateAuthority.isSet())
        return invalid("is set beside a certificate-authority; one contradicts the other",
                       fieldOf(cluster, "insecure-skip-tls-verify"));
    if (!cluster.tlsServerName.empty() && !isServerName(cluster.tlsServerName))
        return invalid("is no host name", fieldOf(cluster, "tls-server-name"));
    if (cluster.proxyUrl.empty())
        return {};
    if (auto proxy = parseProxyUrl(cluster.proxyUrl); !proxy)
        return invalid(proxy.error().detail, fieldOf(cluster, "proxy-url"));
    return {};
}

bool hasCredentials(const UserEntry &user)
{
    return user.clientCertificate.isSet() || !user.token.empty() || !user.tokenFile.empty() ||
           !user.username.empty() || !user.asUser.empty() || user.exec.has_value();
}

/// A context that says which entries it means, looked up.
Result<ClusterAccess> lookUp(const Kubeconfig &config, const ContextEntry &context)
{
    const std::string where = fieldName(context.origin, "context", context.name, {});
    const ClusterEntry *cluster = find(config.clusters, context.cluster);
    if (!cluster)
        return Error{ErrorCode::NotFound, "names the cluster '" + context.cluster + "', which is not there",
                     where};
    ClusterAccess access{context.name, context.ns, *cluster, {}};
    if (context.user.empty())
        return access;
    const UserEntry *user = find(config.users, context.user);
    if (!user)
        return Error{ErrorCode::NotFound, "names the user '" + context.user + "', which is not there", where};
    access.user = *user;
    return access;
}

} // namespace

std::string fieldOf(const ClusterEntry &cluster, std::string_view field)
{
    return fieldName(cluster.origin, "cluster", cluster.name, field);
}

std::string fieldOf(const UserEntry &user, std::string_view field)
{
    return fieldName(user.origin, "user", user.name, field);
}

Result<ClusterAccess> resolveContext(const Kubeconfig &config, std::string_view contextName)
{
    const std::string name(contextName.empty() ? config.currentContext : contextName);
    if (name.empty())
        return invalid("current-context is not set; the contexts are: " + contextNames(config),
                       fileNames(config));
    const ContextEntry *context = find(config.contexts, name);
    if (!context)
        return Error{ErrorCode::NotFound,
                     "there is no context '" + name + "'; the contexts are: " + contextNames(config),
                     fileNames(config)};
    auto access = lookUp(config, *context);
    if (!access)
        return access;
    if (auto good = checkUser(access->user); !good)
        return good.error();
    if (auto good = checkCluster(access->cluster, access->user); !good)
        return good.error();
    if (access->cluster.server.starts_with("http://") && hasCredentials(access->user)) {
        UserEntry anonymous;
        anonymous.name = access->user.name;
        anonymous.origin = access->user.origin;
        access->user = std::move(anonymous);
        access->credentialsWithheld = true;
    }
    return access;
}

} // namespace portolan::kube
