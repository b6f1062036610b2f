#pragma once

#include "model/base/result.h"
#include "model/base/strong_id.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan::kube {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>; ///< names in lower case

struct HttpRequest
{
    std::string method = "GET";
    std::string path; ///< path and query below the server's URL: "/api/v1/pods?limit=500"
    HttpHeaders headers;
    std::string body;
    /// The whole exchange must end within this. 0: only the idle limit counts (a watch).
    std::chrono::milliseconds deadline{30'000};
    /// Without a byte for this long the exchange ends with Timeout. Mandatory: a stopped server otherwise
    /// hangs a watch for ever.
    std::chrono::milliseconds idleLimit{30'000};
    std::size_t maxBody = std::size_t{512} << 20; ///< TooLarge past it
};

struct HttpResponse
{
    int status = 0;
    HttpHeaders headers;
    std::string body; ///< empty where onChunk took it

    /// The first header of that lower-case name, or "".
    std::string_view header(std::string_view name) const;
};

struct HttpHandlers
{
    /// Status line and headers are there (once). Optional.
    std::function<void(const HttpResponse &)> onHeaders;
    /// A piece of a 2xx body; without it, and for every other status, the body is gathered in the response.
    std::function<void(std::string_view)> onChunk;
    /// The end, exactly once unless cancelled: a response of any status, or what kept it from coming.
    std::function<void(Result<HttpResponse>)> onDone;
};

struct RequestTag;
using RequestId = StrongId<RequestTag>;
struct TimerTag;
using TimerId = StrongId<TimerTag>;

/// An event loop for HTTP with one API server: requests and timers, handlers on the loop's thread.
/// It knows the server's address and credentials; a request carries none. This is the seam that fakes
/// replace in tests (tests/fakes/fake_transport.h).
///
/// Thread: start, cancel, after and cancelTimer are called on the loop's thread; `post` from any thread.
/// A handler may start and cancel requests, its own included. After cancel() no handler of that request
/// is called.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;

    virtual RequestId start(HttpRequest request, HttpHandlers handlers) = 0;
    virtual void cancel(RequestId id) = 0;
    virtual TimerId after(std::chrono::milliseconds delay, std::function<void()> callback) = 0;
    virtual void cancelTimer(TimerId id) = 0;
    /// Runs `callback` soon on the loop's thread.
    virtual void post(std::function<void()> callback) = 0;
    /// Monotonic time of this loop (a fake's own time in tests).
    virtual std::chrono::steady_clock::time_point now() const = 0;
};

} // namespace portolan::kube
