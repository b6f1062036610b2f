#include "model/kube/file_content.h"
#include "model/kube/kubeconfig.h"

#include <algorithm>
#include <cstdlib>

namespace portolan::kube {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxConfigBytes = std::size_t{8} << 20;
constexpr std::size_t maxNamespaceBytes = 4096;

std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value ? value : "";
}

/// Entries of `$KUBECONFIG` in order, each once.
std::vector<fs::path> fileList(std::string_view list)
{
    std::vector<fs::path> files;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(':'), list.size());
        const fs::path file(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        if (file.empty())
            continue;
        std::error_code ignored;
        const fs::path absolute = fs::absolute(file, ignored).lexically_normal();
        if (std::find(files.begin(), files.end(), absolute) == files.end())
            files.push_back(absolute);
    }
    return files;
}

template<class Entry>
void addMissing(std::vector<Entry> &known, std::vector<Entry> &more)
{
    for (Entry &entry : more) {
        const bool taken = std::any_of(known.begin(), known.end(),
                                       [&](const Entry &other) { return other.name == entry.name; });
        if (!taken)
            known.push_back(std::move(entry));
    }
}

void merge(Kubeconfig &config, Kubeconfig more)
{
    config.files.insert(config.files.end(), more.files.begin(), more.files.end());
    if (config.currentContext.empty())
        config.currentContext = std::move(more.currentContext);
    addMissing(config.contexts, more.contexts);
    addMissing(config.clusters, more.clusters);
    addMissing(config.users, more.users);
}

Result<Kubeconfig> readOne(const fs::path &file)
{
    const auto content = readFile(file, maxConfigBytes);
    if (!content)
        return content.error();
    return parseKubeconfig(*content, file);
}

std::string names(const std::vector<fs::path> &files)
{
    std::string text;
    for (const fs::path &file : files)
        text += (text.empty() ? "" : ", ") + file.string();
    return withoutControlCharacters(text);
}

/// Reads those of `files` that exist.
Result<Kubeconfig> readAll(const std::vector<fs::path> &files)
{
    Kubeconfig config;
    for (const fs::path &file : files) {
        auto one = readOne(file);
        if (one)
            merge(config, std::move(*one));
        else if (one.error().code != ErrorCode::NotFound)
            return one.error();
    }
    return config;
}

Result<Kubeconfig> checked(Kubeconfig config)
{
    if (config.contexts.empty())
        return Error{ErrorCode::InvalidInput, "contains no context", names(config.files)};
    return config;
}

/// What every pod is given (kubernetes.io: "Accessing the Kubernetes API from a Pod").
Result<Kubeconfig> inCluster(const KubeconfigEnvironment &environment)
{
    const fs::path &dir = environment.serviceAccountDir;
    std::string host = environment.serviceHost;
    if (host.find(':') != std::string::npos)
        host = "[" + host + "]";
    ClusterEntry cluster;
    cluster.name = "in-cluster";
    cluster.origin = dir;
    cluster.server = "https://" + host + ":" + environment.servicePort;
    cluster.certificateAuthority.file = dir / "ca.crt";
    UserEntry user;
    user.name = "service account";
    user.origin = dir;
    user.tokenFile = dir / "token";
    if (auto token = readFile(user.tokenFile, maxConfigBytes); !token)
        return token.error();
    const auto ns = readFile(dir / "namespace", maxNamespaceBytes);
    ContextEntry context{"in-cluster", dir, cluster.name, user.name, ns ? *ns : std::string()};
    while (!context.ns.empty() && static_cast<unsigned char>(context.ns.back()) <= ' ')
        context.ns.pop_back();
    return Kubeconfig{{dir}, context.name, {context}, {cluster}, {user}};
}

} // namespace

KubeconfigEnvironment KubeconfigEnvironment::ofProcess()
{
    return {variable("KUBECONFIG"), variable("HOME"), variable("KUBERNETES_SERVICE_HOST"),
            variable("KUBERNETES_SERVICE_PORT"), "/var/run/secrets/kubernetes.io/serviceaccount"};
}

Result<Kubeconfig> loadKubeconfig(const std::optional<fs::path> &explicitFile)
{
    return loadKubeconfig(explicitFile, KubeconfigEnvironment::ofProcess());
}

Result<Kubeconfig> loadKubeconfig(const std::optional<fs::path> &explicitFile,
                                  const KubeconfigEnvironment &environment)
{
    if (explicitFile) {
        std::error_code ignored;
        auto one = readOne(fs::absolute(*explicitFile, ignored).lexically_normal());
        return one ? checked(std::move(*one)) : std::move(one);
    }
    std::vector<fs::path> files = fileList(environment.kubeconfig);
    if (files.empty() && !environment.home.empty())
        files.push_back(environment.home / ".kube" / "config");
    auto config = readAll(files);
    if (!config)
        return config;
    if (!config->files.empty())
        return checked(std::move(*config));
    if (!environment.serviceHost.empty() && !environment.servicePort.empty())
        return inCluster(environment);
    if (files.empty())
        return Error{ErrorCode::NotFound, "neither KUBECONFIG nor HOME is set", "kubeconfig"};
    return Error{ErrorCode::NotFound, "no such file", names(files)};
}

} // namespace portolan::kube
