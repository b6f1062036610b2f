#pragma once

#include "model/kube/http_transport.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::fakes {

/// An HttpTransport without a network and without waiting: time moves when the test says so, and the test
/// answers requests by hand or through `onRequest`. Single-threaded and deterministic: what is due at the
/// same time happens in the order in which it was asked for.
class FakeTransport final : public kube::HttpTransport
{
public:
    struct Open
    {
        kube::RequestId id;
        kube::HttpRequest request;
    };

    /// Called for every request, soon after start() and not from inside of it. It may answer at once.
    std::function<void(kube::RequestId, const kube::HttpRequest &)> onRequest;

    // HttpTransport
    kube::RequestId start(kube::HttpRequest request, kube::HttpHandlers handlers) override;
    void cancel(kube::RequestId id) override;
    kube::TimerId after(std::chrono::milliseconds delay, std::function<void()> callback) override;
    void cancelTimer(kube::TimerId id) override;
    void post(std::function<void()> callback) override;
    std::chrono::steady_clock::time_point now() const override { return m_now; }

    // The other side. Each is nothing where the request is not open any more.
    void answer(kube::RequestId id, int status, const std::string &body, kube::HttpHeaders headers = {});
    void sendHeaders(kube::RequestId id, int status, kube::HttpHeaders headers = {});
    void sendChunk(kube::RequestId id, std::string_view bytes);
    void end(kube::RequestId id);
    void fail(kube::RequestId id, Error error);

    /// Runs what is posted and due until nothing is; time stands still.
    void settle();
    /// Lets time pass, running timers and limits when they are due.
    void advance(std::chrono::milliseconds time);

    bool isOpen(kube::RequestId id) const { return m_exchanges.contains(id); }
    std::vector<Open> open() const;
    /// Open requests whose path has `part` in it.
    std::vector<Open> open(std::string_view part) const;
    /// Paths of all requests so far, in order.
    const std::vector<std::string> &paths() const { return m_paths; }
    std::vector<std::string> pathsWith(std::string_view part) const;
    std::size_t timerCount() const { return m_timers.size(); }

private:
    using Instant = std::chrono::steady_clock::time_point;
    struct Exchange
    {
        kube::HttpRequest request;
        kube::HttpHandlers handlers;
        Instant started;
        Instant lastByte;
        bool headersSent = false;
        kube::HttpResponse response;
    };
    struct Timer
    {
        kube::TimerId id;
        std::function<void()> callback;
    };

    Instant limitOf(const Exchange &exchange) const;
    bool runNextDue(Instant until);

    Instant m_now{std::chrono::hours(1)};
    std::uint64_t m_lastId = 0;
    std::map<kube::RequestId, Exchange> m_exchanges;
    std::map<std::pair<Instant, std::uint64_t>, Timer> m_timers;
    std::vector<std::string> m_paths;
};

} // namespace portolan::fakes
