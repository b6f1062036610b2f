#pragma once

#include "model/cluster/decode.h"
#include "model/kube/api_error.h"
#include "model/kube/http_transport.h"
#include "model/kube/line_splitter.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace portolan::kube {

/// How a watch ended.
struct WatchEnd
{
    /// Nothing: the server closed the stream in good order, as it does after timeoutSeconds.
    std::optional<ApiFailure> failure;
    bool opened = false; ///< the server had accepted the watch
    bool hadEvents = false;
    std::chrono::milliseconds lasted{0};
};

/// One WATCH request: lines of JSON into events, gathered per chunk of the network. An ERROR event ends it
/// (its status is the failure), as does a line that is no event or is longer than 64 MiB. A line
/// that the stream's end cut is dropped.
///
/// All on the transport's thread; destroying it cancels.
class WatchStream
{
public:
    struct Handlers
    {
        std::function<void()> onOpened;
        std::function<void()> onHeard;                         ///< bytes came
        std::function<void(std::vector<WatchEvent>)> onEvents; ///< in order; bookmarks too
        /// Last call; the handler may destroy this object.
        std::function<void(WatchEnd)> onEnd;
    };

    WatchStream(HttpTransport &transport, Decoder &decoder, ResourceType resource, Handlers handlers);
    ~WatchStream();
    WatchStream(const WatchStream &) = delete;
    WatchStream &operator=(const WatchStream &) = delete;

    /// `idleLimit`: without a byte for this long the watch has failed.
    void start(std::string path, std::chrono::milliseconds idleLimit);

private:
    void takeChunk(std::string_view chunk);
    bool takeLine(std::string_view line, std::vector<WatchEvent> &events);
    void takeEnd(const Result<HttpResponse> &answer);
    void fail(const ApiFailure &failure);
    void end(std::optional<ApiFailure> failure);

    HttpTransport &m_transport;
    Decoder &m_decoder;
    ResourceType m_resource;
    Handlers m_handlers;
    LineSplitter m_lines;
    RequestId m_request;
    std::string m_path;
    std::chrono::steady_clock::time_point m_started;
    WatchEnd m_end;
    std::optional<ApiFailure> m_failure; ///< found in the chunk at work
};

} // namespace portolan::kube
