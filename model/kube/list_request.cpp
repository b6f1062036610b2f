#include "model/kube/list_request.h"

#include "model/kube/api_paths.h"

#include <iterator>
#include <utility>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;

constexpr int pageSize = 500;
constexpr std::size_t largestAnswer = std::size_t{2} << 30;
/// A server that gives the same token again and again must not be followed for ever.
constexpr std::size_t manyObjects = 5'000;
constexpr std::size_t mostObjects = 5'000'000;

} // namespace

ListRequest::ListRequest(HttpTransport &transport, Decoder &decoder, ListScope scope, Handlers handlers)
    : m_transport(transport),
      m_decoder(decoder),
      m_scope(std::move(scope)),
      m_handlers(std::move(handlers))
{
}

ListRequest::~ListRequest()
{
    if (m_request.isValid())
        m_transport.cancel(m_request);
}

void ListRequest::start(std::string resourceVersion)
{
    const bool paged = resourceVersion.empty() || resourceVersion == "0";
    restart(std::move(resourceVersion), paged);
}

void ListRequest::restart(std::string resourceVersion, bool paged)
{
    m_resourceVersion = std::move(resourceVersion);
    m_paged = paged;
    m_onLaterPage = false;
    m_outcome = {};
    askPage({});
}

void ListRequest::askPage(const std::string &continueToken)
{
    ListQuery query;
    query.resourceVersion = m_resourceVersion;
    query.limit = m_paged ? pageSize : 0;
    query.continueToken = continueToken;
    query.fieldSelector = m_scope.fieldSelector;
    m_body = std::make_unique<ListBody>(m_decoder, m_scope.type);
    m_bodyError.reset();
    m_path = collectionPath(m_scope.type, m_scope.ns);

    HttpRequest request;
    request.path = listPath(m_scope.type, m_scope.ns, query);
    request.headers = {{"accept", "application/json"}};
    if (!m_scope.compressed)
        request.headers.emplace_back("accept-encoding", "identity");
    request.deadline = 5min;
    request.idleLimit = 30s;
    request.maxBody = largestAnswer;
    HttpHandlers handlers;
    handlers.onChunk = [this](std::string_view chunk) { takeChunk(chunk); };
    handlers.onDone = [this](const Result<HttpResponse> &answer) { takeAnswer(answer); };
    m_request = m_transport.start(std::move(request), std::move(handlers));
}

void ListRequest::takeChunk(std::string_view chunk)
{
    if (m_bodyError)
        return;
    if (const auto fed = m_body->feed(chunk); !fed) {
        m_bodyError = fed.error();
        m_transport.cancel(std::exchange(m_request, {}));
        takeFailure(failureOf(*m_bodyError, m_path));
        return;
    }
    if (m_handlers.onProgress)
        m_handlers.onProgress(m_outcome.objects.size() + m_body->count(), std::nullopt);
}

void ListRequest::takeAnswer(const Result<HttpResponse> &answer)
{
    m_request = {};
    if (!answer) {
        takeFailure(failureOf(answer.error(), m_path));
        return;
    }
    if (answer->status < 200 || answer->status > 299) {
        takeFailure(failureOf(*answer, m_path));
        return;
    }
    auto page = m_body->finish();
    if (!page) {
        takeFailure(failureOf(page.error(), m_path));
        return;
    }
    takePage(std::move(*page));
}

void ListRequest::takePage(ListPage page)
{
    if (m_outcome.resourceVersion.empty())
        m_outcome.resourceVersion = page.resourceVersion;
    std::move(page.objects.begin(), page.objects.end(), std::back_inserter(m_outcome.objects));
    std::move(page.faults.begin(), page.faults.end(), std::back_inserter(m_outcome.faults));
    if (m_handlers.onProgress)
        m_handlers.onProgress(m_outcome.objects.size(), page.remaining);
    if (page.continueToken.empty()) {
        end(std::move(m_outcome));
        return;
    }
    if (m_outcome.objects.size() > mostObjects) {
        end(failureOf(Error{ErrorCode::TooLarge, "the list does not end", m_path}, m_path));
        return;
    }
    m_onLaterPage = true;
    askPage(page.continueToken);
}

void ListRequest::takeFailure(const ApiFailure &failure)
{
    if (failure.isExpired() && m_onLaterPage && !std::exchange(m_expiredOnce, true)) {
        restart(m_resourceVersion, false);
        return;
    }
    if (isTooMuchAtOnce(failure) && !std::exchange(m_tooMuchOnce, true)) {
        restart({}, true);
        return;
    }
    end(failure);
}

bool ListRequest::isTooMuchAtOnce(const ApiFailure &failure) const
{
    if (failure.status != 0 || m_onLaterPage)
        return false;
    return failure.error.code == ErrorCode::TooLarge || (m_body && m_body->count() >= manyObjects);
}

void ListRequest::end(std::variant<ListOutcome, ApiFailure> outcome)
{
    const auto onDone = std::move(m_handlers.onDone);
    onDone(std::move(outcome));
}

} // namespace portolan::kube
