#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/kube/credentials.h"

#include <string>

namespace portolan::kube {

/// One question of authorization.k8s.io/v1 SelfSubjectAccessReview: may I do this?
struct AccessQuestion
{
    std::string verb;
    std::string group; ///< "" for the core group
    std::string resource;
    std::string subresource;
    std::string ns;   ///< "" for all namespaces, or a resource that has none
    std::string name; ///< "" for every object
};

struct AccessAnswer
{
    bool allowed = false;
    std::string reason; ///< the server's words, "" where it gives none; one line of plain text
};

/// Asks the server. Blocks; one request. Errors: what CurlTransport::perform gives, and those of the HTTP
/// status; Protocol for an answer that is no review. Every authenticated user may ask (system:basic-user).
Result<AccessAnswer> reviewAccess(CredentialSource &credentials, const AccessQuestion &question,
                                  const CancelToken &cancel);

/// Whether commands may be run in the pods of a namespace. The WebSocket's GET needs the verb get; from
/// Kubernetes 1.35 on the server demands create as well (KEP-4006's authorization fix), so both are asked.
struct ExecAccess
{
    AccessAnswer get;
    AccessAnswer create;
};

/// `pod` "" asks for every pod of the namespace. Two requests, one after the other.
Result<ExecAccess> reviewExec(CredentialSource &credentials, const std::string &ns, const std::string &pod,
                              const CancelToken &cancel);

} // namespace portolan::kube
