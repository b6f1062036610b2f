#include "model/kube/kubeconfig.h"
#include "tests/model/kube/whole_kubeconfig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace portolan;
using namespace portolan::kube;

namespace {

/// One cluster and one user with the given bodies in flow style, context "c".
Result<ClusterAccess> resolved(const char *cluster, const char *user)
{
    const std::string yaml = std::string("contexts: [{name: c, context: {cluster: k, user: u}}]\nclusters: "
                                         "[{name: k, cluster: {") +
                             cluster + "}}]\nusers: [{name: u, user: {" + user + "}}]\n";
    const auto config = parseKubeconfig(yaml, "/dir/config");
    if (!config)
        return config.error();
    return resolveContext(*config, "c");
}

std::string shown(const Error &error)
{
    return std::string(errorCodeName(error.code)) + " | " + error.oneLine();
}

} // namespace

class TestKubeconfig : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;

    std::filesystem::path write(const char *name, const QByteArray &content)
    {
        const QString path = m_dir.filePath(QString::fromLatin1(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", name);
        return path.toStdString();
    }

    static QByteArray oneContext(const char *name, const char *server, const char *current = nullptr)
    {
        QByteArray text = "contexts: [{name: NAME, context: {cluster: NAME, user: u}}]\n"
                          "clusters: [{name: NAME, cluster: {server: SERVER}}]\n"
                          "users: [{name: u, user: {token: tNAME}}]\n";
        text.replace("NAME", name).replace("SERVER", server);
        return current ? text + "current-context: " + current + "\n" : text;
    }

    static KubeconfigEnvironment environment(const std::string &list, const std::string &home = "/nowhere")
    {
        return {list, home, {}, {}, {}};
    }

private Q_SLOTS:
    void everyFieldIsRead()
    {
        const auto config = parseKubeconfig(wholeConfig, "/home/me/.kube/config");
        QVERIFY2(config.has_value(), config ? "" : config.error().oneLine().c_str());
        const auto access = resolveContext(*config, "");
        QVERIFY(access.has_value());
        QCOMPARE(access->contextName, std::string("prod"));
        QCOMPARE(access->ns, std::string("shop"));
        QCOMPARE(access->cluster.server, std::string("https://10.0.0.1:6443/k8s/c-1/"));
        QCOMPARE(access->cluster.tlsServerName, std::string("api.example"));
        QCOMPARE(access->cluster.proxyUrl, std::string("socks5://proxy:1080"));
        QCOMPARE(access->cluster.execExtensionJson,
                 std::string(R"({"audience":"06e3","n":3,"on":true,"none":null,"list":["a","1"]})"));
        QCOMPARE(access->user.asUser, std::string("admin"));
        QCOMPARE(access->user.asUid, std::string("7"));
        QCOMPARE(access->user.asGroups, (std::vector<std::string>{"g1", "g2"}));
        QCOMPARE(access->user.asExtra.size(), std::size_t(2));
        QCOMPARE(access->user.asExtra[1].second, std::string("edit"));
        QVERIFY(!access->credentialsWithheld);
    }

    void execPluginIsRead()
    {
        const auto config = parseKubeconfig(wholeConfig, "/home/me/.kube/config");
        const auto access = resolveContext(*config, "other");
        QVERIFY(access.has_value());
        QVERIFY(access->cluster.insecureSkipTlsVerify);
        const ExecPluginSpec &exec = access->user.exec.value();
        QCOMPARE(exec.command, std::string("/home/me/.kube/bin/login"));
        QCOMPARE(exec.args, (std::vector<std::string>{"--a", "1"}));
        QCOMPARE(exec.env.at(0).second, std::string("b"));
        QCOMPARE(exec.installHint, std::string("get it [31m there"));
        QVERIFY(exec.provideClusterInfo);
    }

    void resolveRelativePaths()
    {
        const auto config = parseKubeconfig(wholeConfig, "/home/me/.kube/config");
        QCOMPARE(config->clusters[0].certificateAuthority.file.string(),
                 std::string("/home/me/.kube/pki/ca.crt"));
        QCOMPARE(config->users[0].clientKey.file.string(), std::string("/abs/tls.key"));
    }

    void execCommandIsRelativeOnlyWithASlash()
    {
        const auto config = parseKubeconfig(
            "users: [{name: u, user: {exec: {command: aws}}}, {name: v, user: {exec: {command: bin/aws}}}]",
            "/d/c");
        QCOMPARE(config->users[0].exec->command, std::string("aws"));
        QCOMPARE(config->users[1].exec->command, std::string("/d/bin/aws"));
    }

    void dataBeatsFile()
    {
        const auto config = parseKubeconfig(wholeConfig, "/home/me/.kube/config");
        QCOMPARE(config->users[0].clientCertificate.data, std::string("cert"));
        QVERIFY(config->users[0].clientCertificate.file.empty());
    }

    void conflictingCurrentContext()
    {
        const auto a = write("a", oneContext("a", "https://a", "a"));
        const auto b = write("b", oneContext("b", "https://b", "b"));
        const auto config = loadKubeconfig({}, environment(a.string() + ":" + b.string()));
        QCOMPARE(config->currentContext, std::string("a"));
        QCOMPARE(config->contexts.size(), std::size_t(2));
    }

    void firstFileWinsPerWholeEntry()
    {
        const auto a = write("a", "users: [{name: u, user: {token: first}}]");
        const auto b = write("b", "users: [{name: u, user: {token: second, as: x}}, {name: v, user: {}}]\n"
                                  "contexts: [{name: c, context: {}}]\ncurrent-context: c");
        const auto config = loadKubeconfig({}, environment(a.string() + ":" + b.string()));
        QCOMPARE(config->users.size(), std::size_t(2));
        QCOMPARE(config->users[0].token, std::string("first"));
        QVERIFY(config->users[0].asUser.empty());
        QCOMPARE(config->currentContext, std::string("c"));
    }

    void toleratingMissingFilesAndDeduplicate()
    {
        const auto a = write("a", oneContext("a", "https://a"));
        const std::string list = "/missing/x:" + a.string() + "::" + (a.parent_path() / "." / "a").string();
        const auto config = loadKubeconfig({}, environment(list));
        QVERIFY(config.has_value());
        QCOMPARE(config->files, std::vector<std::filesystem::path>{a});
    }

    void oneMalformedFileOfTheListIsNamed()
    {
        const auto a = write("a", oneContext("a", "https://a"));
        const auto b = write("b", "contexts: {");
        const auto config = loadKubeconfig({}, environment(a.string() + ":" + b.string()));
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::InvalidInput);
        QVERIFY(config.error().where.starts_with(b.string() + ": line "));
    }

    void homeIsTheLastResortOfAPerson()
    {
        QVERIFY(QDir(m_dir.path()).mkpath(QStringLiteral("home/.kube")));
        write("home/.kube/config", oneContext("h", "https://h"));
        const std::string home = m_dir.filePath(QStringLiteral("home")).toStdString();
        QCOMPARE(loadKubeconfig({}, environment("", home))->contexts.at(0).name, std::string("h"));
        // KUBECONFIG, even if it names nothing that exists, replaces it.
        const auto none = loadKubeconfig({}, environment("/missing/x:/missing/y", home));
        QVERIFY(!none);
        QCOMPARE(shown(none.error()), std::string("not found | /missing/x, /missing/y: no such file"));
    }

    void explicitFileMustExist()
    {
        const auto missing = loadKubeconfig("/missing/config", environment(""));
        QVERIFY(!missing);
        QCOMPARE(shown(missing.error()), std::string("not found | /missing/config: no such file"));
        const auto directory = loadKubeconfig(m_dir.path().toStdString(), environment(""));
        QVERIFY(!directory);
        QVERIFY(directory.error().oneLine().ends_with("is a directory"));
        const auto empty = loadKubeconfig(write("empty", ""), environment(""));
        QVERIFY(!empty);
        QVERIFY(empty.error().oneLine().ends_with("/empty: contains no context"));
    }

    void inClusterServiceAccount()
    {
        QVERIFY(QDir(m_dir.path()).mkpath(QStringLiteral("sa")));
        write("sa/token", "secret\n");
        write("sa/ca.crt", "ca");
        write("sa/namespace", "shop\n");
        const std::filesystem::path dir = m_dir.filePath(QStringLiteral("sa")).toStdString();
        const auto config = loadKubeconfig({}, {"", "/nowhere", "fd00::1", "443", dir});
        QVERIFY(config.has_value());
        const auto access = resolveContext(*config, "");
        QVERIFY2(access.has_value(), access ? "" : access.error().oneLine().c_str());
        QCOMPARE(access->cluster.server, std::string("https://[fd00::1]:443"));
        QCOMPARE(access->cluster.certificateAuthority.file, dir / "ca.crt");
        QCOMPARE(access->user.tokenFile, dir / "token");
        QCOMPARE(access->ns, std::string("shop"));
    }

    void credentialsOnlyOverTls()
    {
        const auto access = resolved("server: 'http://localhost:8001'", "token: secret, as: x");
        QVERIFY(access.has_value());
        QVERIFY(access->credentialsWithheld);
        QVERIFY(access->user.token.empty() && access->user.asUser.empty());
    }

    void serverWithoutSchemeGetsOne()
    {
        QCOMPARE(resolved("server: 'h:80'", "")->cluster.server, std::string("http://h:80"));
        QCOMPARE(resolved("server: 'h:1', insecure-skip-tls-verify: true", "")->cluster.server,
                 std::string("https://h:1"));
    }

    void contradictionsAreErrors_data()
    {
        QTest::addColumn<QByteArray>("cluster");
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("message");
        const QByteArray good = "server: 'https://h'";
        const QByteArray exec =
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Never}";
        const auto row = [](const char *name, const QByteArray &cluster, const QByteArray &user,
                            const QByteArray &message) { QTest::newRow(name) << cluster << user << message; };
        row("insecure overrides CA", good + ", insecure-skip-tls-verify: true, certificate-authority: ca", "",
            "invalid input | /dir/config: cluster 'k' insecure-skip-tls-verify: is set beside a "
            "certificate-authority; one contradicts the other");
        row("token and basic", good, "token: t, username: n",
            "invalid input | /dir/config: user 'u' username: is set beside a token; only one way to log in "
            "is "
            "allowed");
        row("certificate without key", good, "client-certificate: c",
            "invalid input | /dir/config: user 'u' client-key: is missing, but there is a "
            "client-certificate");
        row("as-uid without as", good, "as-uid: '1'",
            "invalid input | /dir/config: user 'u' as: is missing, but as-uid, as-groups or as-user-extra is "
            "there");
        row("legacy auth-provider", good, "auth-provider: {name: gcp}",
            "unsupported | /dir/config: user 'u' auth-provider: 'gcp' is a legacy provider that Kubernetes "
            "1.26 "
            "removed; use the exec plugin gke-gcloud-auth-plugin");
        row("no server", "server: ''", "", "invalid input | /dir/config: cluster 'k' server: is missing");
        row("other scheme", "server: 'ftp://h'", "",
            "invalid input | /dir/config: cluster 'k' server: \"ftp://h\" is neither http nor https");
        row("password in the server", "server: 'https://me:geheim@h'", "",
            "invalid input | /dir/config: cluster 'k' server: \"https://•••@h\" contains a user name; "
            "credentials "
            "belong into the user's entry");
        row("other proxy", good + ", proxy-url: 'ftp://u:geheim@p'", "",
            "invalid input | /dir/config: cluster 'k' proxy-url: \"ftp://•••@p\" is neither http, https nor "
            "socks5");
        row("tls-server-name", good + ", tls-server-name: 'a b'", "",
            "invalid input | /dir/config: cluster 'k' tls-server-name: is no host name");
        row("exec without command", good, "exec: {apiVersion: client.authentication.k8s.io/v1}",
            "invalid input | /dir/config: user 'u' exec command: is missing");
        row("exec v1alpha1", good, "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}",
            "invalid input | /dir/config: user 'u' exec apiVersion: is "
            "'client.authentication.k8s.io/v1alpha1'; "
            "only client.authentication.k8s.io/v1 and v1beta1 are known");
        row("exec v1 without mode", good, "exec: {command: x, apiVersion: client.authentication.k8s.io/v1}",
            "invalid input | /dir/config: user 'u' exec interactiveMode: is missing, and v1 requires it");
        row("exec mode", good,
            "exec: {command: x, interactiveMode: no, apiVersion: client.authentication.k8s.io/v1}",
            "invalid input | /dir/config: user 'u' exec interactiveMode: is 'no', not Never, IfAvailable or "
            "Always");
        row("all is well", good, exec, "");
        row("v1beta1 without mode", good,
            "exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1}", "");
    }

    void contradictionsAreErrors()
    {
        QFETCH(QByteArray, cluster);
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, message);
        const auto access = resolved(cluster.constData(), user.constData());
        QCOMPARE(QByteArray::fromStdString(access ? "" : shown(access.error())), message);
    }

    void danglingNamesAreErrors()
    {
        const auto config = parseKubeconfig("contexts: [{name: a, context: {cluster: gone, user: u}}, {name: "
                                            "b, context: {cluster: k, user: gone}}]\n"
                                            "clusters: [{name: k, cluster: {server: 'https://h'}}]",
                                            "/d/c");
        QCOMPARE(resolveContext(*config, "a").error().oneLine(),
                 std::string("/d/c: context 'a': names the cluster 'gone', which is not there"));
        QCOMPARE(resolveContext(*config, "b").error().oneLine(),
                 std::string("/d/c: context 'b': names the user 'gone', which is not there"));
        QCOMPARE(shown(resolveContext(*config, "x").error()),
                 std::string("not found | /d/c: there is no context 'x'; the contexts are: a, b"));
        QCOMPARE(shown(resolveContext(*config, "").error()),
                 std::string("invalid input | /d/c: current-context is not set; the contexts are: a, b"));
    }

    void badFilesNameTheField_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char *name, const QByteArray &yaml, const QByteArray &message) {
            QTest::newRow(name) << yaml << "/d/c" + message;
        };
        row("duplicate user", "users: [{name: u, user: {}}, {name: u, user: {}}]",
            ": user 'u': is defined twice in this file");
        row("duplicate cluster", "clusters: [{name: u}, {name: u}]",
            ": cluster 'u': is defined twice in this file");
        row("duplicate context", "contexts: [{name: u}, {name: u}]",
            ": context 'u': is defined twice in this file");
        row("scalar document", "hello", ": document: must be a mapping of fields");
        row("list document", "- a", ": document: must be a mapping of fields");
        row("other kind", "kind: Pod", ": kind: is 'Pod', not Config: this is no kubeconfig");
        row("other version", "apiVersion: v2", ": apiVersion: is 'v2', only v1 is known");
        row("users no list", "users: {a: b}", ": users: must be a list");
        row("entry no map", "users: [a]", ": users: must be a mapping of fields");
        row("user no map", "users: [{name: u, user: x}]", ": user 'u': must be a mapping of fields");
        row("token no text", "users: [{name: u, user: {token: [a]}}]", ": user 'u' token: must be text");
        row("base64", "users: [{name: u, user: {client-key-data: '%%%'}}]",
            ": user 'u' client-key-data: is no valid base64");
        row("flag", "clusters: [{name: k, cluster: {insecure-skip-tls-verify: maybe}}]",
            ": cluster 'k' insecure-skip-tls-verify: must be true or false");
        row("exec args", "users: [{name: u, user: {exec: {args: [[a]]}}}]",
            ": user 'u' exec args: must be a list of texts");
        row("exec env", "users: [{name: u, user: {exec: {env: [{value: a}]}}}]",
            ": user 'u' exec env: has an entry without a usable name");
        row("line of a syntax error", "a: b\nc: [\n",
            ": line 3: is no valid YAML: end of sequence flow not found");
    }

    void badFilesNameTheField()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, message);
        const auto config = parseKubeconfig(yaml.toStdString(), "/d/c");
        QVERIFY(!config);
        QCOMPARE(QByteArray::fromStdString(config.error().oneLine()), message);
    }

    void hostileFilesAreRefusedOrHarmless_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<bool>("refused");
        QByteArray laughs = "a0: &a0 {x: lol}\n";
        for (int i = 1; i < 40; ++i)
            laughs += QByteArray("a%1: &a%1 [*a%2, *a%2, *a%2, *a%2, *a%2, *a%2, *a%2, *a%2]\n")
                          .replace("%1", QByteArray::number(i))
                          .replace("%2", QByteArray::number(i - 1));
        QTest::newRow("billion laughs unused") << laughs << false;
        QTest::newRow("billion laughs in the exec extension")
            << laughs +
                   "clusters: [{name: k, cluster: {extensions: [{name: client.authentication.k8s.io/exec, "
                   "extension: *a39}]}}]"
            << true;
        QTest::newRow("an alias of itself")
            << QByteArray("a: &a [*a]\nclusters: [{name: k, cluster: {extensions: [{name: "
                          "client.authentication.k8s.io/exec, extension: &e {e: *e}}]}}]")
            << true;
        QTest::newRow("unknown alias") << QByteArray("a: *nothing") << true;
        QTest::newRow("deep flow") << QByteArray(200'000, '[') << true;
        QTest::newRow("deep maps") << QByteArray(200'000, '{') << true;
        QTest::newRow("deep block") << QByteArray("- ").repeated(100'000) << true;
        QTest::newRow("deep questions") << QByteArray("? ").repeated(100'000) << true;
        QTest::newRow("many values") << "a: [" + QByteArray("x,").repeated(2'000'000) + "]" << true;
        QTest::newRow("many aliases")
            << "a: &a x\nb: [" + QByteArray("*a,").repeated(1'000'000) + "]" << true;
        QTest::newRow("8 MiB and one byte") << QByteArray((8 << 20) + 1, ' ') << true;
        QTest::newRow("8 MiB of space") << QByteArray(8 << 20, ' ') << false;
        QTest::newRow("a long scalar") << "token: " + QByteArray(4 << 20, 'a') << false;
        QTest::newRow("zero byte in a text") << QByteArray("users: [{name: \"a\\0b\", user: {}}]") << true;
        QTest::newRow("zero bytes") << QByteArray(1000, '\0') << true;
        QTest::newRow("binary") << QByteArray("\x7f\x45\x4c\x46\x02\x01\xff\xfe\x80\x81", 10) << true;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                              "a\0:\0 \0b\0",
                                              10)
                                << false;
        QTest::newRow("broken UTF-8") << QByteArray("a: \"\xc3\x28\xff\"") << false;
        QTest::newRow("tabs") << QByteArray("a:\n\t- b") << true;
        QTest::newRow("map as a key") << QByteArray("{a: b}: c") << false;
        QTest::newRow("JSON") << QByteArray("{\"kind\": \"Config\", \"users\": null}") << false;
        QTest::newRow("an HTML page")
            << QByteArray("<!DOCTYPE html>\n<html><body>Sign in</body></html>") << true;
    }

    void hostileFilesAreRefusedOrHarmless()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(bool, refused);
        const auto config = parseKubeconfig({yaml.constData(), std::size_t(yaml.size())}, "/d/c");
        QVERIFY2(config.has_value() != refused, config ? "accepted" : config.error().oneLine().c_str());
        if (!config)
            QVERIFY(config.error().where.starts_with("/d/c"));
    }

    void everyPrefixOfAFileIsHarmless()
    {
        const std::string yaml = wholeConfig;
        std::size_t accepted = 0;
        for (std::size_t length = 0; length < yaml.size(); ++length) {
            const auto config = parseKubeconfig(yaml.substr(0, length), "/d/c");
            if (config)
                ++accepted;
            else
                QVERIFY(config.error().where.starts_with("/d/c"));
        }
        QVERIFY(accepted > 0 && accepted < yaml.size());
    }

    void everyChangedByteIsHarmless()
    {
        const std::string yaml = wholeConfig;
        std::size_t refused = 0;
        for (std::size_t at = 0; at < yaml.size(); ++at) {
            const std::string_view hostile("\0[\"&\n\xff", 6);
            std::string changed = yaml;
            changed[at] = hostile[at % hostile.size()];
            const auto config = parseKubeconfig(changed, "/d/c");
            if (config)
                (void)resolveContext(*config, "").has_value();
            else
                ++refused;
        }
        QVERIFY(refused > 0);
    }
};

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "test_kubeconfig.moc"
