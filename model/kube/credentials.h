#pragma once

#include "model/base/cancel_token.h"
#include "model/base/clock.h"
#include "model/kube/http_transport.h"
#include "model/kube/kubeconfig.h"

#include <functional>
#include <memory>
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
};

/// Keeps one user's credentials fresh: re-reads tokenFile every 60 s and certificate files every 5 min,
/// runs the exec plugin and caches its answer until it expires. Thread-safe; current() may block on a
/// file or on the plugin, so it is called by workers alone. A plugin that hangs is killed after 60 s.
class CredentialSource
{
public:
    CredentialSource(ClusterAccess access, ExecPluginApproval approval, const Clock &clock = systemClock());
    ~CredentialSource();

    Result<Credential> current(const CancelToken &cancel);
    /// After a 401: forget what is cached, so that the next current() asks again. `refused` is what was
    /// sent; a newer credential than that is kept (many requests fail at once, the plugin runs once).
    void invalidate(const Credential &refused);

    const ClusterAccess &access() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::kube
