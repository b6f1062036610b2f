#include "model/base/yaml_json.h"
#include "model/kube/kubeconfig.h"

#include <QByteArray>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <set>
#include <sstream>

namespace portolan::kube {

namespace {

constexpr std::size_t maxConfigBytes = std::size_t{8} << 20;
constexpr std::size_t maxNodes = 500'000;
constexpr std::size_t maxExtensionBytes = std::size_t{1} << 20;
constexpr std::string_view execExtension = "client.authentication.k8s.io/exec";

/// Never leaves this file.
struct ParseFailure
{
    std::string field;
    std::string detail;
};

/// A mapping and what it is called in messages.
class Fields
{
public:
    Fields(const YAML::Node &node, std::string name) : m_node(node), m_name(std::move(name))
    {
        if (!m_node.IsDefined() || m_node.IsNull())
            m_node = YAML::Node(YAML::NodeType::Map);
        if (!m_node.IsMap())
            throw ParseFailure{m_name.empty() ? "document" : m_name, "must be a mapping of fields"};
    }

    std::string nameOf(const char *key) const { return m_name.empty() ? key : m_name + " " + key; }

    YAML::Node at(const char *key) const
    {
        const YAML::Node &fields = m_node;
        const YAML::Node value = fields[key];
        return value.IsDefined() && !value.IsNull() ? value : YAML::Node();
    }

    std::string text(const char *key) const
    {
        const YAML::Node value = at(key);
        if (value.IsNull())
            return {};
        if (!value.IsScalar())
            throw ParseFailure{nameOf(key), "must be text"};
        if (value.Scalar().find('\0') != std::string::npos)
            throw ParseFailure{nameOf(key), "contains a zero byte"};
        return value.Scalar();
    }

    bool flag(const char *key) const
    {
        const YAML::Node value = at(key);
        if (value.IsNull())
            return false;
        bool on = false;
        if (!value.IsScalar() || !YAML::convert<bool>::decode(value, on))
            throw ParseFailure{nameOf(key), "must be true or false"};
        return on;
    }

    std::vector<YAML::Node> list(const char *key) const
    {
        const YAML::Node value = at(key);
        if (value.IsNull())
            return {};
        if (!value.IsSequence())
            throw ParseFailure{nameOf(key), "must be a list"};
        return {value.begin(), value.end()};
    }

    std::vector<std::string> texts(const char *key) const
    {
        std::vector<std::string> values;
        for (const YAML::Node &entry : list(key)) {
            if (!entry.IsScalar())
                throw ParseFailure{nameOf(key), "must be a list of texts"};
            values.push_back(entry.Scalar());
        }
        return values;
    }

    std::string bytes(const char *key) const
    {
        QByteArray encoded = QByteArray::fromStdString(text(key));
        encoded.replace('\n', "").replace('\r', "");
        const auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            throw ParseFailure{nameOf(key), "is no valid base64"};
        return decoded.decoded.toStdString();
    }

    /// A path, relative to the directory of the file that names it.
    std::filesystem::path path(const char *key, const std::filesystem::path &origin) const
    {
        const std::string value = text(key);
        if (value.empty())
            return {};
        return (origin.parent_path() / value).lexically_normal();
    }

private:
    YAML::Node m_node;
    std::string m_name;
};

PemSource pem(const Fields &fields, const char *fileKey, const char *dataKey,
              const std::filesystem::path &origin)
{
    PemSource source;
    source.data = fields.bytes(dataKey);
    if (source.data.empty())
        source.file = fields.path(fileKey, origin);
    return source;
}

ClusterEntry clusterEntry(const Fields &fields, const std::filesystem::path &origin)
{
    ClusterEntry cluster;
    cluster.server = fields.text("server");
    cluster.tlsServerName = fields.text("tls-server-name");
    cluster.insecureSkipTlsVerify = fields.flag("insecure-skip-tls-verify");
    cluster.certificateAuthority = pem(fields, "certificate-authority", "certificate-authority-data", origin);
    cluster.proxyUrl = fields.text("proxy-url");
    for (const YAML::Node &entry : fields.list("extensions")) {
        const Fields extension(entry, fields.nameOf("extensions"));
        if (extension.text("name") != execExtension)
            continue;
        std::size_t nodesLeft = maxExtensionBytes; // each takes a byte at least
        auto json = yamlToJson(extension.at("extension"), maxExtensionBytes, nodesLeft);
        if (!json)
            throw ParseFailure{fields.nameOf("extensions"), "is too large or too deep"};
        cluster.execExtensionJson = std::move(*json);
    }
    return cluster;
}

ExecPluginSpec execSpec(const Fields &fields, const std::filesystem::path &origin)
{
    ExecPluginSpec exec;
    exec.apiVersion = fields.text("apiVersion");
    exec.command = fields.text("command");
    // As a shell does it: only what contains a slash is a path, everything else is looked up in PATH.
    if (exec.command.find('/') != std::string::npos)
        exec.command = fields.path("command", origin);
    exec.args = fields.texts("args");
    for (const YAML::Node &entry : fields.list("env")) {
        const Fields variable(entry, fields.nameOf("env"));
        exec.env.emplace_back(variable.text("name"), variable.text("value"));
        const std::string &name = exec.env.back().first;
        if (name.empty() || name.find('=') != std::string::npos)
            throw ParseFailure{fields.nameOf("env"), "has an entry without a usable name"};
    }
    exec.interactiveMode = fields.text("interactiveMode");
    exec.installHint = withoutControlCharacters(fields.text("installHint"));
    exec.provideClusterInfo = fields.flag("provideClusterInfo");
    return exec;
}

UserEntry userEntry(const Fields &fields, const std::filesystem::path &origin)
{
    UserEntry user;
    user.clientCertificate = pem(fields, "client-certificate", "client-certificate-data", origin);
    user.clientKey = pem(fields, "client-key", "client-key-data", origin);
    user.token = fields.text("token");
    user.tokenFile = fields.path("tokenFile", origin);
    user.username = fields.text("username");
    user.password = fields.text("password");
    user.asUser = fields.text("as");
    user.asUid = fields.text("as-uid");
    user.asGroups = fields.texts("as-groups");
    const YAML::Node extra = fields.at("as-user-extra");
    const Fields extraFields(extra, fields.nameOf("as-user-extra"));
    for (const auto &entry : extra) {
        const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
        for (std::string &value : extraFields.texts(key.c_str()))
            user.asExtra.emplace_back(key, std::move(value));
    }
    if (const YAML::Node exec = fields.at("exec"); !exec.IsNull())
        user.exec = execSpec(Fields(exec, fields.nameOf("exec")), origin);
    if (const YAML::Node provider = fields.at("auth-provider"); !provider.IsNull()) {
        user.authProvider = Fields(provider, fields.nameOf("auth-provider")).text("name");
        if (user.authProvider.empty())
            user.authProvider = "(unnamed)";
    }
    return user;
}

ContextEntry contextEntry(const Fields &fields, const std::filesystem::path &)
{
    ContextEntry context;
    context.cluster = fields.text("cluster");
    context.user = fields.text("user");
    context.ns = fields.text("namespace");
    return context;
}

template<class Entry>
std::vector<Entry> entries(const Fields &config, const char *list, const char *kind,
                           const std::filesystem::path &file,
                           Entry (*read)(const Fields &, const std::filesystem::path &))
{
    std::vector<Entry> result;
    std::set<std::string> seen;
    for (const YAML::Node &node : config.list(list)) {
        const Fields outer(node, list);
        std::string name = outer.text("name");
        const std::string called = std::string(kind) + " '" + name + "'";
        if (!seen.insert(name).second)
            throw ParseFailure{called, "is defined twice in this file"};
        result.push_back(read(Fields(outer.at(kind), called), file));
        result.back().name = std::move(name);
        result.back().origin = file;
    }
    return result;
}

/// Counts what a document would become, before memory is spent on it.
class NodeCounter final : public YAML::EventHandler
{
public:
    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override { count(); }
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override { count(); }
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t, const std::string &) override
    {
        count();
    }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override
    {
        count();
    }
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override
    {
        count();
    }
    void OnMapEnd() override {}

private:
    void count()
    {
        if (++m_nodes > maxNodes)
            throw ParseFailure{"document", "has more than 500000 values"};
    }

    std::size_t m_nodes = 0;
};

YAML::Node loadYaml(const std::string &yaml)
{
    std::istringstream stream(yaml);
    NodeCounter counter;
    YAML::Parser(stream).HandleNextDocument(counter);
    return YAML::Load(yaml);
}

Kubeconfig parseDocument(std::string_view yaml, const std::filesystem::path &file)
{
    const Fields config(loadYaml(std::string(yaml)), "");
    const std::string kind = config.text("kind");
    const std::string version = config.text("apiVersion");
    if (!kind.empty() && kind != "Config")
        throw ParseFailure{"kind", "is '" + kind.substr(0, 80) + "', not Config: this is no kubeconfig"};
    if (!version.empty() && version != "v1")
        throw ParseFailure{"apiVersion", "is '" + version.substr(0, 80) + "', only v1 is known"};
    Kubeconfig result;
    result.files = {file};
    result.currentContext = config.text("current-context");
    result.clusters = entries<ClusterEntry>(config, "clusters", "cluster", file, clusterEntry);
    result.users = entries<UserEntry>(config, "users", "user", file, userEntry);
    result.contexts = entries<ContextEntry>(config, "contexts", "context", file, contextEntry);
    return result;
}

} // namespace

Result<Kubeconfig> parseKubeconfig(std::string_view yaml, const std::filesystem::path &file)
{
    const std::string where = withoutControlCharacters(file.string());
    if (yaml.size() > maxConfigBytes)
        return Error{ErrorCode::TooLarge, "is larger than 8 MiB", where};
    try {
        return parseDocument(yaml, file);
    } catch (const ParseFailure &failure) {
        return Error{ErrorCode::InvalidInput, failure.detail,
                     withoutControlCharacters(where + ": " + failure.field)};
    } catch (const YAML::Exception &exception) {
        const std::string line =
            exception.mark.is_null() ? "" : ": line " + std::to_string(exception.mark.line + 1);
        return Error{ErrorCode::InvalidInput, "is no valid YAML: " + exception.msg, where + line};
    } catch (const std::exception &exception) {
        return Error{ErrorCode::InvalidInput, std::string("cannot be read: ") + exception.what(), where};
    }
}

} // namespace portolan::kube
