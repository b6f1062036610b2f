#pragma once

#include "model/base/cancel_token.h"
#include "model/base/clock.h"
#include "model/kube/http_transport.h"
#include "model/kube/kubeconfig.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace portolan::kube {

/// Whether an exec plugin may run. Asked once per resolved path; the answer is remembered by the asker.
using ExecPluginApproval = std::function<bool(const ExecPluginSpec &)>;

/// Credentials as they are to be sent now.
struct Credential
{
    HttpHeaders headers; ///< Authorization and Impersonate-*: secret
    std::string clientCertificatePem;
    std::string clientKeyPem;
    std::string caPem;
    std::uint64_t tlsGeneration = 0; ///< changes with certificate, key or CA: old connections are dropped

    friend bool operator==(const Credential &, const Credential &) = default;
};

/// Keeps one user's credentials fresh: re-reads tokenFile every 60 s (10 s early) and certificate, key and
/// CA files every 5 min; runs the exec plugin and caches its answer until it expires. A file that cannot
/// be re-read leaves the last good content in use and is tried again after 10 s. No plugin runs where a
/// token, a user name or a client certificate is set. Nothing secret is made for a server without TLS.
///
/// Thread-safe; current() may block on a file, on the approval or on the plugin, so it is called by
/// workers alone (one of them does the work, the others wait for its result). A plugin that hangs is
/// killed after `pluginTimeout`. `clock` must outlive the source.
class CredentialSource
{
public:
    CredentialSource(ClusterAccess access, ExecPluginApproval approval, const Clock &clock = systemClock(),
                     std::chrono::milliseconds pluginTimeout = std::chrono::seconds(60));
    ~CredentialSource();

    /// Errors name file and field, or the plugin: NotFound, PermissionDenied (also a plugin that was not
    /// approved), InvalidInput (no PEM, not an answer of a plugin), Unauthorized (the plugin failed),
    /// Timeout, Cancelled, Unsupported, TooLarge, Io.
    Result<Credential> current(const CancelToken &cancel);
    /// What current() would return, where that needs neither file nor plugin; never blocks for long.
    std::optional<Credential> fresh() const;
    /// After a 401: forget what is cached, so that the next current() asks again. `refused` is what was
    /// sent; a newer credential than that is kept (many requests fail at once, the plugin runs once).
    void invalidate(const Credential &refused);

    const ClusterAccess &access() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::kube
