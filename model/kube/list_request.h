#pragma once

#include "model/kube/api_error.h"
#include "model/kube/http_transport.h"
#include "model/kube/list_body.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace portolan::kube {

/// The answer to a complete LIST, all pages of it.
struct ListOutcome
{
    std::vector<AnyObject> objects;
    std::string resourceVersion;
    std::vector<DecodeFault> faults;
};

/// What is to be listed.
struct ListScope
{
    ResourceType type;
    std::string ns; ///< "" is all
    std::string fieldSelector;
    /// Compressed answers save a slow network and cost a near server more than they save.
    bool compressed = true;
};

/// One LIST, page by page, decoded while it arrives. Pages of 500 where the resourceVersion is "" or "0";
/// with another one no limit is sent, for it would ask for exactly that version of etcd, not for what the
/// server's cache has (client-go, Reflector.list). A server with a watch cache answers "0" in one piece.
///
/// A `continue` that has expired: its token for an inconsistent rest is never used; everything is listed
/// again without a limit. An answer in one piece that is too much (beyond 2 GiB, or cut or out of time after
/// 5,000 objects: servers end a list after a minute): everything again in pages. Each of these once; other
/// failures end the list. Deadline 5 min a page, 30 s without a byte.
///
/// All on the transport's thread; destroying it cancels.
class ListRequest
{
public:
    struct Handlers
    {
        std::function<void(std::size_t listed, std::optional<std::int64_t> remaining)> onProgress;
        /// Last call; the handler may destroy this object.
        std::function<void(std::variant<ListOutcome, ApiFailure>)> onDone;
    };

    ListRequest(HttpTransport &transport, Decoder &decoder, ListScope scope, Handlers handlers);
    ~ListRequest();
    ListRequest(const ListRequest &) = delete;
    ListRequest &operator=(const ListRequest &) = delete;

    void start(std::string resourceVersion);

private:
    void askPage(const std::string &continueToken);
    void takeChunk(std::string_view chunk);
    void takeAnswer(const Result<HttpResponse> &answer);
    void takePage(ListPage page);
    void takeFailure(const ApiFailure &failure);
    bool isTooMuchAtOnce(const ApiFailure &failure) const;
    void restart(std::string resourceVersion, bool paged);
    void end(std::variant<ListOutcome, ApiFailure> outcome);

    HttpTransport &m_transport;
    Decoder &m_decoder;
    ListScope m_scope;
    Handlers m_handlers;
    std::string m_resourceVersion;
    std::string m_path; ///< of the page at work
    bool m_paged = true;
    bool m_onLaterPage = false;
    bool m_expiredOnce = false;
    bool m_tooMuchOnce = false;
    RequestId m_request;
    std::unique_ptr<ListBody> m_body;
    std::optional<Error> m_bodyError;
    ListOutcome m_outcome;
};

} // namespace portolan::kube
