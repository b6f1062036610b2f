#include "model/kube/credentials.h"

#include "model/kube/curl_handle.h"
#include "model/kube/exec_plugin.h"
#include "model/kube/pem_check.h"
#include "model/kube/refreshed_file.h"

#include <QByteArray>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr auto tokenPeriod = 60s - 10s; // client-go: a minute, with ten seconds of leeway
constexpr auto certificatePeriod = 5min;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string tokenProblem(std::string_view text)
{
    const std::string_view token = trimmed(text);
    if (token.empty())
        return "is empty, not a token";
    const bool good = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return good ? "" : "contains characters that no token has";
}

RefreshedFile::Check pemCheck(PemKind kind)
{
    return [kind](std::string_view pem) { return pemProblem(pem, kind); };
}

std::string basicAuthorization(const UserEntry &user)
{
    return "Basic " + QByteArray::fromStdString(user.username + ":" + user.password).toBase64().toStdString();
}

/// The key of an extra as a header name may have it: what is no token character (RFC 9110), and '%', is
/// percent-encoded, as client-go does it.
std::string escapedExtraKey(std::string_view key)
{
    constexpr std::string_view allowed = "!#$&'*+-.^_`|~";
    std::string name = "impersonate-extra-";
    for (const char c : key) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           allowed.find(c) != std::string_view::npos;
        if (plain)
            name += c >= 'A' && c <= 'Z' ? char(c + 32) : c;
        else
            name += ("%" + QByteArray(1, c).toHex().toUpper()).toStdString();
    }
    return name;
}

HttpHeaders impersonation(const UserEntry &user)
{
    HttpHeaders headers;
    if (!user.asUser.empty())
        headers.emplace_back("impersonate-user", user.asUser);
    if (!user.asUid.empty())
        headers.emplace_back("impersonate-uid", user.asUid);
    for (const std::string &group : user.asGroups)
        headers.emplace_back("impersonate-group", group);
    for (const auto &[key, value] : user.asExtra)
        headers.emplace_back(escapedExtraKey(key), value);
    return headers;
}

/// The field that has it: the bytes go before the file.
template<class Entry>
std::string pemField(const Entry &entry, const std::string &name, const PemSource &source)
{
    return fieldOf(entry, source.data.empty() ? name : name + "-data");
}

} // namespace

struct CredentialSource::Private
{
    const ClusterAccess access;
    const ExecPluginApproval approval;
    const Clock &clock;
    const std::chrono::milliseconds pluginTimeout;
    const bool secure;
    const bool usesPlugin;

    /// `busy` is who may touch what is below `last`; the mutex guards the rest.
    mutable std::mutex mutex;
    std::condition_variable changed;
    bool busy = false;
    bool forced = false; ///< invalidated: everything is asked again
    std::uint64_t rounds = 0;
    std::optional<Error> failure; ///< of the last round
    std::optional<Credential> last;

    RefreshedFile token;
    RefreshedFile certificate;
    RefreshedFile key;
    RefreshedFile authority;
    std::optional<ExecCredential> plugin;

    Private(ClusterAccess a, ExecPluginApproval ask, const Clock &c, std::chrono::milliseconds timeout);

    bool isFresh() const;
    Result<void> refreshFiles();
    Result<void> refreshPlugin(const CancelToken &cancel);
    Result<Credential> build(const CancelToken &cancel);
    Credential compose() const;
    Result<void> waitForTurn(const CancelToken &cancel);
};

CredentialSource::Private::Private(ClusterAccess a, ExecPluginApproval ask, const Clock &c,
                                   std::chrono::milliseconds timeout)
    : access(std::move(a)),
      approval(std::move(ask)),
      clock(c),
      pluginTimeout(timeout),
      secure(!access.cluster.server.starts_with("http://")),
      usesPlugin(runsExecPlugin(access)),
      token({{}, secure ? access.user.tokenFile : std::filesystem::path()}, fieldOf(access.user, "tokenFile"),
            tokenPeriod, tokenProblem),
      certificate(secure ? access.user.clientCertificate : PemSource(),
                  pemField(access.user, "client-certificate", access.user.clientCertificate),
                  certificatePeriod, pemCheck(PemKind::Certificates)),
      key(certificate.isSet() ? access.user.clientKey : PemSource(),
          pemField(access.user, "client-key", access.user.clientKey), certificatePeriod,
          pemCheck(PemKind::PrivateKey)),
      authority(secure ? access.cluster.certificateAuthority : PemSource(),
                pemField(access.cluster, "certificate-authority", access.cluster.certificateAuthority),
                certificatePeriod, pemCheck(PemKind::Certificates))
{
}

bool CredentialSource::Private::isFresh() const
{
    const auto now = clock.now();
    if (forced || !last || token.isDue(now) || certificate.isDue(now) || key.isDue(now) ||
        authority.isDue(now))
        return false;
    return !usesPlugin || (plugin && (!plugin->expires || clock.wallNow() < *plugin->expires));
}

Result<void> CredentialSource::Private::refreshFiles()
{
    const auto now = clock.now();
    auto read = token.refresh(now);
    // client-go falls back to the token beside the file.
    if (!read && access.user.token.empty())
        return read;
    for (RefreshedFile *file : {&certificate, &key, &authority}) {
        if (auto done = file->refresh(now); !done)
            return done;
    }
    return {};
}

Result<void> CredentialSource::Private::refreshPlugin(const CancelToken &cancel)
{
    if (!usesPlugin || (plugin && (!plugin->expires || clock.wallNow() < *plugin->expires)))
        return {};
    const Result<ExecPluginSpec> found = resolvedExecPlugin(*access.user.exec);
    if (!found)
        return found.error();
    const ExecPluginSpec &spec = *found;
    if (!approval || !approval(spec))
        return Error{ErrorCode::PermissionDenied, "was not allowed to run",
                     withoutControlCharacters("exec plugin " + spec.command)};
    auto answer = runExecPlugin(spec.command, spec, execInfo(spec, access.cluster, authority.content()),
                                pluginTimeout, cancel);
    if (!answer)
        return answer.error();
    const std::string where = withoutControlCharacters("exec plugin " + spec.command);
    if (!answer->token.empty() && !tokenProblem(answer->token).empty())
        return Error{ErrorCode::InvalidInput, "answered a token that " + tokenProblem(answer->token), where};
    if (!answer->certificatePem.empty()) {
        if (const auto bad = pemProblem(answer->certificatePem, PemKind::Certificates); !bad.empty())
            return Error{ErrorCode::InvalidInput, "answered a clientCertificateData that " + bad, where};
        if (const auto bad = pemProblem(answer->keyPem, PemKind::PrivateKey); !bad.empty())
            return Error{ErrorCode::InvalidInput, "answered a clientKeyData that " + bad, where};
    }
    plugin = std::move(*answer);
    return {};
}

Credential CredentialSource::Private::compose() const
{
    Credential credential;
    if (!secure)
        return credential;
    std::string bearer(trimmed(token.content().empty() ? access.user.token : token.content()));
    credential.clientCertificatePem = certificate.content();
    credential.clientKeyPem = key.content();
    credential.caPem = authority.content();
    if (usesPlugin && plugin) {
        bearer = trimmed(plugin->token);
        credential.clientCertificatePem = plugin->certificatePem;
        credential.clientKeyPem = plugin->keyPem;
    }
    if (!bearer.empty())
        credential.headers.emplace_back("authorization", "Bearer " + bearer);
    else if (!access.user.username.empty())
        credential.headers.emplace_back("authorization", basicAuthorization(access.user));
    HttpHeaders more = impersonation(access.user);
    std::move(more.begin(), more.end(), std::back_inserter(credential.headers));
    return credential;
}

Result<Credential> CredentialSource::Private::build(const CancelToken &cancel)
{
    if (!access.user.token.empty() && !tokenProblem(access.user.token).empty())
        return Error{ErrorCode::InvalidInput, tokenProblem(access.user.token), fieldOf(access.user, "token")};
    if (auto done = refreshFiles(); !done)
        return done.error();
    if (auto done = refreshPlugin(cancel); !done)
        return done.error();
    Credential credential = compose();
    for (const auto &[name, value] : credential.headers) {
        if (!isHeaderValue(value))
            return Error{ErrorCode::InvalidInput, "contains control characters", fieldOf(access.user, name)};
    }
    return credential;
}

Result<void> CredentialSource::Private::waitForTurn(const CancelToken &cancel)
{
    const auto registration = cancel.onCancel([this] {
        const std::lock_guard lock(mutex);
        changed.notify_all();
    });
    std::unique_lock lock(mutex);
    const std::uint64_t before = rounds;
    changed.wait(lock, [&] { return !busy || cancel.isCancelled(); });
    if (cancel.isCancelled())
        return Error{ErrorCode::Cancelled, "stopped while getting credentials", fieldOf(access.user, {})};
    // Who waited for a plugin that hung does not let it hang once more.
    if (rounds != before && failure && failure->code != ErrorCode::Cancelled)
        return *failure;
    busy = true;
    return {};
}

CredentialSource::CredentialSource(ClusterAccess access, ExecPluginApproval approval, const Clock &clock,
                                   std::chrono::milliseconds pluginTimeout)
    : d(std::make_unique<Private>(std::move(access), std::move(approval), clock, pluginTimeout))
{
}

CredentialSource::~CredentialSource() = default;

Result<Credential> CredentialSource::current(const CancelToken &cancel)
{
    if (auto turn = d->waitForTurn(cancel); !turn)
        return turn.error();
    std::unique_lock lock(d->mutex);
    Result<Credential> result = Error{};
    if (d->isFresh()) {
        result = *d->last;
    } else {
        if (std::exchange(d->forced, false)) {
            d->plugin.reset();
            for (RefreshedFile *file : {&d->token, &d->certificate, &d->key, &d->authority})
                file->expire();
        }
        lock.unlock();
        result = d->build(cancel);
        lock.lock();
    }
    ++d->rounds;
    d->failure.reset();
    if (!result) {
        d->failure = result.error();
    } else {
        Credential &next = *result;
        const bool sameTls = d->last && d->last->clientCertificatePem == next.clientCertificatePem &&
                             d->last->clientKeyPem == next.clientKeyPem && d->last->caPem == next.caPem;
        next.tlsGeneration = d->last ? d->last->tlsGeneration + (sameTls ? 0 : 1) : 1;
        d->last = next;
    }
    d->busy = false;
    d->changed.notify_all();
    return result;
}

std::optional<Credential> CredentialSource::fresh() const
{
    const std::lock_guard lock(d->mutex);
    if (d->busy || !d->isFresh())
        return std::nullopt;
    return d->last;
}

void CredentialSource::invalidate(const Credential &refused)
{
    const std::lock_guard lock(d->mutex);
    if (d->last && *d->last == refused)
        d->forced = true;
}

const ClusterAccess &CredentialSource::access() const
{
    return d->access;
}

} // namespace portolan::kube
