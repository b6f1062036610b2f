#include "model/kube/curl_transport.h"

#include "model/kube/credential_worker.h"
#include "model/kube/curl_exchange.h"
#include "model/kube/curl_sockets.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace portolan::kube {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

} // namespace

struct CurlTransport::Private
{
    using Instant = CurlExchange::Instant;

    std::shared_ptr<CredentialSource> credentials;
    CurlSockets sockets;
    CURLM *multi = nullptr;

    std::map<RequestId, std::unique_ptr<CurlExchange>> exchanges;
    std::vector<RequestId> waiting; ///< for a credential, or for the next turn of the loop
    std::uint64_t lastId = 0;
    std::uint64_t tlsGeneration = 0;

    struct Timer
    {
        Instant due;
        std::function<void()> callback;
    };
    std::map<TimerId, Timer> timers;
    std::uint64_t lastTimer = 0;

    std::mutex postMutex;
    std::vector<std::function<void()>> posted;

    std::unique_ptr<CredentialWorker> worker;
    bool asking = false; ///< the worker has a question; its answer comes by post()

    void post(std::function<void()> callback);
    void runPosted();
    void fireTimers();
    void launchWaiting();
    void launch(RequestId id, const Credential &credential);
    void takeCredential(const Result<Credential> &credential);
    void failWaiting(const Error &error);
    void endOldStreams(const Credential &credential);
    void collectFinished();
    void finish(RequestId id, CURLcode code);
    void deliver(RequestId id, Result<HttpResponse> result);
    void enforceLimits();
    void cutIfSilent(const CurlExchange &exchange, Instant now);
    void sweep();
    void detach(CurlExchange &exchange);
    int pollTimeout() const;
    void dropEverything();
};

void CurlTransport::Private::post(std::function<void()> callback)
{
    {
        const std::lock_guard lock(postMutex);
        posted.push_back(std::move(callback));
    }
    curl_multi_wakeup(multi);
}

void CurlTransport::Private::runPosted()
{
    std::vector<std::function<void()>> batch;
    {
        const std::lock_guard lock(postMutex);
        batch.swap(posted);
    }
    for (const auto &callback : batch)
        callback();
}

void CurlTransport::Private::fireTimers()
{
    const auto now = steady_clock::now();
    std::vector<std::pair<Instant, TimerId>> due;
    for (const auto &[id, timer] : timers) {
        if (timer.due <= now)
            due.emplace_back(timer.due, id);
    }
    std::sort(due.begin(), due.end());
    for (const auto &[instant, id] : due) {
        // One that fires may cancel the next.
        auto node = timers.extract(id);
        if (node)
            node.mapped().callback();
    }
}

void CurlTransport::Private::launchWaiting()
{
    if (waiting.empty())
        return;
    if (asking)
        return;
    const auto credential = credentials->fresh();
    if (credential)
        takeCredential(*credential);
    else
        worker->ask();
    asking = !credential;
}

void CurlTransport::Private::takeCredential(const Result<Credential> &credential)
{
    asking = false;
    if (!credential) {
        failWaiting(credential.error());
        return;
    }
    endOldStreams(*credential);
    for (const RequestId id : std::exchange(waiting, {}))
        launch(id, *credential);
}

void CurlTransport::Private::launch(RequestId id, const Credential &credential)
{
    const auto found = exchanges.find(id);
    if (found == exchanges.end() || found->second->isAbandoned())
        return;
    CurlExchange &exchange = *found->second;
    if (exchange.refusal && exchange.credential() == credential) {
        // Asking again brought the same: the server means it.
        if (exchange.handlers().onHeaders)
            exchange.handlers().onHeaders(*exchange.refusal);
        deliver(id, std::move(*exchange.refusal));
        return;
    }
    exchange.refusal.reset();
    if (auto ready = exchange.prepare(credentials->access(), credential, steady_clock::now()); !ready) {
        deliver(id, ready.error());
        return;
    }
    sockets.watch(exchange.easy());
    curl_multi_add_handle(multi, exchange.easy());
}

void CurlTransport::Private::failWaiting(const Error &error)
{
    for (const RequestId id : std::exchange(waiting, {}))
        deliver(id, error);
}

void CurlTransport::Private::endOldStreams(const Credential &credential)
{
    if (std::exchange(tlsGeneration, credential.tlsGeneration) == credential.tlsGeneration)
        return;
    std::vector<RequestId> old;
    for (const auto &[id, exchange] : exchanges) {
        const bool running = exchange->easy() && !exchange->isAbandoned();
        if (running && exchange->isEndless() &&
            exchange->credential().tlsGeneration != credential.tlsGeneration)
            old.push_back(id);
    }
    for (const RequestId id : old) {
        if (const auto found = exchanges.find(id); found != exchanges.end())
            deliver(id, found->second->error(ErrorCode::Unavailable, "the certificates changed"));
    }
}

void CurlTransport::Private::collectFinished()
{
    int left = 0;
    std::vector<std::pair<CurlExchange *, CURLcode>> finished;
    while (const CURLMsg *message = curl_multi_info_read(multi, &left)) {
        char *exchange = nullptr;
        if (message->msg == CURLMSG_DONE &&
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange) == CURLE_OK)
            finished.emplace_back(reinterpret_cast<CurlExchange *>(exchange), message->data.result);
    }
    for (const auto &[exchange, code] : finished) {
        // A handler of an earlier one may have cancelled this one.
        const auto found =
            std::find_if(exchanges.begin(), exchanges.end(),
                         [e = exchange](const auto &entry) { return entry.second.get() == e; });
        if (found != exchanges.end() && !found->second->isAbandoned())
            finish(found->first, code);
    }
}

void CurlTransport::Private::finish(RequestId id, CURLcode code)
{
    CurlExchange &exchange = *exchanges.at(id);
    detach(exchange);
    if (exchange.mayRepeat(code)) {
        exchange.repeatedAfterBreak = true;
        exchange.release();
        waiting.push_back(id);
        return;
    }
    auto result = exchange.outcome(code);
    if (result && result->status == 401 && !exchange.repeatedAfter401) {
        exchange.repeatedAfter401 = true;
        exchange.refusal = std::move(*result);
        exchange.release();
        credentials->invalidate(exchange.credential());
        waiting.push_back(id);
        return;
    }
    deliver(id, std::move(result));
}

void CurlTransport::Private::deliver(RequestId id, Result<HttpResponse> result)
{
    auto node = exchanges.extract(id);
    if (!node)
        return;
    const std::unique_ptr<CurlExchange> exchange = std::move(node.mapped());
    detach(*exchange);
    if (exchange->isAbandoned())
        return;
    const HttpHandlers &handlers = exchange->handlers();
    if (handlers.onDone)
        handlers.onDone(std::move(result));
}

void CurlTransport::Private::detach(CurlExchange &exchange)
{
    if (exchange.easy())
        curl_multi_remove_handle(multi, exchange.easy());
}

void CurlTransport::Private::enforceLimits()
{
    const auto now = steady_clock::now();
    std::vector<RequestId> late;
    for (const auto &[id, exchange] : exchanges) {
        if (exchange->easy() && !exchange->isAbandoned() && exchange->limit() <= now)
            late.push_back(id);
    }
    for (const RequestId id : late) {
        const auto found = exchanges.find(id);
        if (found == exchanges.end() || found->second->isAbandoned())
            continue;
        cutIfSilent(*found->second, now);
        deliver(id, found->second->limitError());
    }
}

void CurlTransport::Private::cutIfSilent(const CurlExchange &exchange, Instant now)
{
    const long connection = CurlSockets::connectionOf(exchange.easy());
    const bool alive = std::any_of(exchanges.begin(), exchanges.end(), [&](const auto &entry) {
        const CurlExchange &other = *entry.second;
        return other.easy() && CurlSockets::connectionOf(other.easy()) == connection &&
               other.lastByte() + exchange.idleLimit() > now;
    });
    if (!alive)
        sockets.cut(connection);
}

void CurlTransport::Private::sweep()
{
    for (auto entry = exchanges.begin(); entry != exchanges.end();) {
        if (entry->second->isAbandoned()) {
            detach(*entry->second);
            entry = exchanges.erase(entry);
        } else {
            ++entry;
        }
    }
    std::erase_if(waiting, [this](RequestId id) { return !exchanges.contains(id); });
}

int CurlTransport::Private::pollTimeout() const
{
    const auto now = steady_clock::now();
    Instant next = now + 60s;
    for (const auto &[id, timer] : timers)
        next = std::min(next, timer.due);
    for (const auto &[id, exchange] : exchanges) {
        if (exchange->easy())
            next = std::min(next, exchange->limit());
    }
    return int(std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(next - now).count()));
}

void CurlTransport::Private::dropEverything()
{
    worker.reset();
    for (const auto &[id, exchange] : exchanges)
        detach(*exchange);
    exchanges.clear();
    waiting.clear();
    timers.clear();
    const std::lock_guard lock(postMutex);
    posted.clear();
}

CurlTransport::CurlTransport(std::shared_ptr<CredentialSource> credentials) : d(std::make_unique<Private>())
{
    const CurlHandle initialises;
    d->credentials = std::move(credentials);
    d->multi = curl_multi_init();
    curl_multi_setopt(d->multi, CURLMOPT_PIPELINING, long(CURLPIPE_MULTIPLEX));
    // The server's own limit counts, not libcurl's default of 100.
    curl_multi_setopt(d->multi, CURLMOPT_MAX_CONCURRENT_STREAMS, 1000L);
}

CurlTransport::~CurlTransport()
{
    d->dropEverything();
    curl_multi_cleanup(d->multi);
}

void CurlTransport::run(const CancelToken &cancel)
{
    d->worker = std::make_unique<CredentialWorker>(d->credentials, [this](Result<Credential> credential) {
        d->post([this, credential = std::move(credential)] { d->takeCredential(credential); });
    });
    const auto registration = cancel.onCancel([this] { curl_multi_wakeup(d->multi); });
    while (!cancel.isCancelled()) {
        d->runPosted();
        d->fireTimers();
        d->sweep();
        d->launchWaiting();
        int running = 0;
        curl_multi_perform(d->multi, &running);
        d->collectFinished();
        d->enforceLimits();
        d->sweep();
        if (d->waiting.empty() || d->asking)
            curl_multi_poll(d->multi, nullptr, 0, d->pollTimeout(), nullptr);
    }
    d->dropEverything();
}

RequestId CurlTransport::start(HttpRequest request, HttpHandlers handlers)
{
    const RequestId id{++d->lastId};
    d->exchanges.emplace(id, std::make_unique<CurlExchange>(std::move(request), std::move(handlers)));
    d->waiting.push_back(id);
    return id;
}

void CurlTransport::cancel(RequestId id)
{
    // One of its handlers may be what calls: the sweep takes it away when nobody stands in it.
    if (const auto found = d->exchanges.find(id); found != d->exchanges.end())
        found->second->abandon();
}

TimerId CurlTransport::after(std::chrono::milliseconds delay, std::function<void()> callback)
{
    const TimerId id{++d->lastTimer};
    d->timers.emplace(id, Private::Timer{now() + delay, std::move(callback)});
    return id;
}

void CurlTransport::cancelTimer(TimerId id)
{
    d->timers.erase(id);
}

void CurlTransport::post(std::function<void()> callback)
{
    d->post(std::move(callback));
}

std::chrono::steady_clock::time_point CurlTransport::now() const
{
    return steady_clock::now();
}

std::size_t CurlTransport::connectionCount() const
{
    return d->sockets.count();
}

Result<HttpResponse> CurlTransport::perform(CredentialSource &credentials, const HttpRequest &request,
                                            const CancelToken &cancel)
{
    // Here waiting is allowed, and the loop then finds a credential that is fresh.
    if (auto ready = credentials.current(cancel); !ready)
        return ready.error();
    CancelSource stop;
    const auto registration = cancel.onCancel([&stop] { stop.cancel(); });
    Result<HttpResponse> result =
        Error{ErrorCode::Cancelled, "was stopped", credentials.access().cluster.server + request.path};
    CurlTransport transport(std::shared_ptr<CredentialSource>(std::shared_ptr<void>(), &credentials));
    HttpHandlers handlers;
    handlers.onDone = [&](Result<HttpResponse> done) {
        result = std::move(done);
        stop.cancel();
    };
    transport.start(request, std::move(handlers));
    transport.run(stop.token());
    return result;
}

} // namespace portolan::kube
