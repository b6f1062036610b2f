#pragma once

#include "model/kube/credentials.h"
#include "tests/fakes/fake_api_server.h"

#include <memory>

namespace portolan::fakes {

/// Access to a fake server: nothing but its URL and, for https, the authority that signed it.
inline kube::ClusterAccess accessTo(const std::string &url, const std::string &authorityPem = {})
{
    kube::ClusterAccess access;
    access.contextName = "fake";
    access.cluster.name = "fake";
    access.cluster.origin = "/test/config";
    access.cluster.server = url;
    access.cluster.certificateAuthority.data = authorityPem;
    access.user.name = "fake";
    access.user.origin = "/test/config";
    return access;
}

inline std::shared_ptr<kube::CredentialSource> credentialsFor(kube::ClusterAccess access)
{
    return std::make_shared<kube::CredentialSource>(std::move(access),
                                                    [](const kube::ExecPluginSpec &) { return true; });
}

} // namespace portolan::fakes
