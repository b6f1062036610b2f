#include "model/kube/exec_plugin.h"

#include "model/kube/process_run.h"
#include "model/kube/secret_mask.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace portolan::kube {

namespace {

using nlohmann::json;

std::string base64(std::string_view bytes)
{
    return QByteArray(bytes.data(), qsizetype(bytes.size())).toBase64().toStdString();
}

bool isProgram(const std::string &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

std::string nameOf(const ExecPluginSpec &spec)
{
    return withoutControlCharacters("exec plugin " + spec.command);
}

std::string withHint(const std::string &detail, const ExecPluginSpec &spec)
{
    constexpr std::size_t longest = 2000;
    return spec.installHint.empty() ? detail : detail + ". " + spec.installHint.substr(0, longest);
}

/// The text of a member, "" where it is absent; nothing where it is no text.
std::optional<std::string> text(const json &object, const char *key)
{
    const auto found = object.find(key);
    if (found == object.end() || found->is_null())
        return std::string();
    if (!found->is_string())
        return std::nullopt;
    return found->get<std::string>();
}

Result<ExecCredential> readStatus(const json &status, const std::string &where)
{
    const auto invalid = [&](std::string detail) {
        return Error{ErrorCode::InvalidInput, std::move(detail), where};
    };
    const auto token = text(status, "token");
    const auto certificate = text(status, "clientCertificateData");
    const auto key = text(status, "clientKeyData");
    const auto expires = text(status, "expirationTimestamp");
    if (!token || !certificate || !key || !expires)
        return invalid("answered a status with fields that are no text");
    if (token->empty() && certificate->empty() && key->empty())
        return invalid("answered neither a token nor a client certificate");
    if (certificate->empty() != key->empty())
        return invalid("answered a client certificate without its key, or a key alone");
    ExecCredential credential{*token, *certificate, *key, std::nullopt};
    if (!expires->empty()) {
        const auto time = parseRfc3339(*expires);
        if (!time)
            return invalid("answered an expirationTimestamp that is no RFC 3339 time");
        credential.expires = *time;
    }
    return credential;
}

/// One line of what the plugin complained, without secrets.
std::string complaint(const std::string &err)
{
    constexpr std::size_t longest = 500;
    std::string line = withoutControlCharacters(withoutSecrets(err));
    while (line.ends_with(' '))
        line.pop_back();
    if (line.size() > longest)
        line = "…" + line.substr(line.size() - longest);
    return line.empty() ? line : ": " + line;
}

} // namespace

bool runsExecPlugin(const ClusterAccess &access)
{
    const UserEntry &user = access.user;
    return user.exec && user.token.empty() && user.tokenFile.empty() && user.username.empty() &&
           !user.clientCertificate.isSet() && !access.cluster.server.starts_with("http://");
}

Result<ExecPluginSpec> resolvedExecPlugin(ExecPluginSpec spec)
{
    const char *path = std::getenv("PATH");
    Result<std::string> program = findExecPlugin(spec, path ? path : "/usr/local/bin:/usr/bin:/bin");
    if (!program)
        return program.error();
    spec.command = std::move(program).value();
    return spec;
}

Result<std::string> findExecPlugin(const ExecPluginSpec &spec, std::string_view path)
{
    if (spec.command.find('/') != std::string::npos) {
        if (isProgram(spec.command))
            return spec.command;
        return Error{ErrorCode::NotFound, withHint("is no executable file", spec), nameOf(spec)};
    }
    while (!path.empty()) {
        const std::size_t end = std::min(path.find(':'), path.size());
        const std::string dir(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
        // A relative directory would run whatever lies where the program happens to be started.
        if (!dir.starts_with('/'))
            continue;
        std::string candidate = dir + "/" + spec.command;
        if (isProgram(candidate))
            return candidate;
    }
    return Error{ErrorCode::NotFound, withHint("is not installed (not found in PATH)", spec), nameOf(spec)};
}

std::string execInfo(const ExecPluginSpec &spec, const ClusterEntry &cluster, std::string_view caPem)
{
    json info = {
        {"apiVersion", spec.apiVersion}, {"kind", "ExecCredential"}, {"spec", {{"interactive", false}}}};
    if (spec.provideClusterInfo) {
        json &target = info["spec"]["cluster"];
        target["server"] = cluster.server;
        if (!cluster.tlsServerName.empty())
            target["tls-server-name"] = cluster.tlsServerName;
        if (cluster.insecureSkipTlsVerify)
            target["insecure-skip-tls-verify"] = true;
        if (!caPem.empty())
            target["certificate-authority-data"] = base64(caPem);
        if (!cluster.proxyUrl.empty())
            target["proxy-url"] = cluster.proxyUrl;
        json config = json::parse(cluster.execExtensionJson, nullptr, false);
        if (!config.is_discarded())
            target["config"] = std::move(config);
    }
    return info.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ExecCredential> parseExecCredential(std::string_view answer, const ExecPluginSpec &spec)
{
    const std::string where = nameOf(spec);
    const auto invalid = [&](std::string detail) {
        return Error{ErrorCode::InvalidInput, std::move(detail), where};
    };
    const json document = json::parse(answer, nullptr, false);
    if (document.is_discarded() || !document.is_object())
        return invalid("did not answer with a JSON object");
    const auto kind = text(document, "kind");
    if (!kind || *kind != "ExecCredential")
        return invalid("answered something else than an ExecCredential");
    const auto version = text(document, "apiVersion");
    if (!version || *version != spec.apiVersion)
        return invalid("answered in version '" +
                       withoutControlCharacters(version.value_or("").substr(0, 80)) +
                       "', the kubeconfig demands '" + spec.apiVersion + "'");
    const auto status = document.find("status");
    if (status == document.end() || !status->is_object())
        return invalid("answered without a status");
    return readStatus(*status, where);
}

Result<ExecCredential> runExecPlugin(const std::string &program, const ExecPluginSpec &spec,
                                     const std::string &info, std::chrono::milliseconds timeout,
                                     const CancelToken &cancel)
{
    if (spec.interactiveMode == "Always")
        return Error{ErrorCode::Unsupported, "demands a terminal (interactiveMode Always), and there is none",
                     nameOf(spec)};
    ProcessRequest request;
    request.program = program;
    request.args = spec.args;
    request.env = spec.env;
    request.env.emplace_back("KUBERNETES_EXEC_INFO", info);
    request.timeout = timeout;
    const auto outcome = runProcess(request, cancel);
    if (!outcome) {
        Error error = outcome.error();
        error.where = nameOf(spec);
        if (error.code == ErrorCode::NotFound)
            error.detail = withHint(error.detail, spec);
        return error;
    }
    if (outcome->signal != 0)
        return Error{ErrorCode::Unauthorized,
                     "was ended by signal " + std::to_string(outcome->signal) + complaint(outcome->err),
                     nameOf(spec)};
    if (outcome->exitCode != 0)
        return Error{ErrorCode::Unauthorized,
                     "failed with exit code " + std::to_string(outcome->exitCode) + complaint(outcome->err),
                     nameOf(spec)};
    return parseExecCredential(outcome->out, spec);
}

} // namespace portolan::kube
