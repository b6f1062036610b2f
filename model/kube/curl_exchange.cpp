#include "model/kube/curl_exchange.h"

#include "model/base/ascii_case.h"
#include "model/kube/curl_error.h"

#include <algorithm>
#include <charconv>

namespace portolan::kube {

namespace {

using std::chrono::steady_clock;

constexpr std::size_t maxHeaderBytes = std::size_t{1} << 20;
constexpr std::size_t maxErrorBody = std::size_t{1} << 20;

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

int statusOf(std::string_view line)
{
    const std::size_t space = line.find(' ');
    int status = 0;
    if (space != std::string_view::npos)
        std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
    return status;
}

std::string seconds(std::chrono::milliseconds time)
{
    const auto ms = time.count();
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

} // namespace

CurlExchange::CurlExchange(HttpRequest request, HttpHandlers handlers)
    : m_request(std::move(request)),
      m_handlers(std::move(handlers))
{
}

CurlExchange::~CurlExchange() = default;

Result<void> CurlExchange::prepare(const ClusterAccess &access, const Credential &credential, Instant now)
{
    m_credential = credential;
    m_response = {};
    m_problem.reset();
    m_received = m_headerBytes = 0;
    m_headersDone = false;
    m_started = m_lastByte = now;
    m_handle = std::make_unique<CurlHandle>();
    if (auto done = m_handle->connectTo(access, credential); !done)
        return done;
    HttpHeaders headers = m_request.headers;
    // Towards this machine itself compressing costs more than it saves.
    std::string encoding = m_handle->server().isLoopback() ? "identity" : "gzip";
    if (const auto own = std::find_if(headers.begin(), headers.end(),
                                      [](const auto &h) { return h.first == "accept-encoding"; });
        own != headers.end()) {
        encoding = own->second;
        headers.erase(own);
    }
    if (encoding != "identity")
        curl_easy_setopt(easy(), CURLOPT_ACCEPT_ENCODING, encoding.c_str());
    const auto hasType =
        std::any_of(headers.begin(), headers.end(), [](const auto &h) { return h.first == "content-type"; });
    if (!m_request.body.empty() && !hasType)
        headers.emplace_back("content-type", "application/json");
    setMethod();
    curl_easy_setopt(easy(), CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy(), CURLOPT_HEADERFUNCTION, &CurlExchange::headerCallback);
    curl_easy_setopt(easy(), CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy(), CURLOPT_WRITEFUNCTION, &CurlExchange::writeCallback);
    curl_easy_setopt(easy(), CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy(), CURLOPT_PRIVATE, this);
    return m_handle->request(m_request.path, headers);
}

void CurlExchange::setMethod()
{
    const std::string &method = m_request.method;
    if (method == "HEAD") {
        curl_easy_setopt(easy(), CURLOPT_NOBODY, 1L);
        return;
    }
    if (!m_request.body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
        curl_easy_setopt(easy(), CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
        curl_easy_setopt(easy(), CURLOPT_POSTFIELDS, m_request.body.c_str());
    }
    curl_easy_setopt(easy(), CURLOPT_CUSTOMREQUEST, method.c_str());
}

std::size_t CurlExchange::headerCallback(char *bytes, std::size_t, std::size_t count, void *self)
{
    auto &exchange = *static_cast<CurlExchange *>(self);
    return exchange.takeHeaderLine({bytes, count}) ? count : CURL_WRITEFUNC_ERROR;
}

std::size_t CurlExchange::writeCallback(char *bytes, std::size_t, std::size_t count, void *self)
{
    auto &exchange = *static_cast<CurlExchange *>(self);
    return exchange.takeBody({bytes, count}) ? count : CURL_WRITEFUNC_ERROR;
}

bool CurlExchange::isFinal() const
{
    // The first 401 may be answered by a newer credential; nobody hears of it until then.
    return m_response.status >= 200 && (m_response.status != 401 || repeatedAfter401);
}

bool CurlExchange::takeHeaderLine(std::string_view line)
{
    m_lastByte = steady_clock::now();
    m_headerBytes += line.size();
    if (m_abandoned)
        return false;
    if (m_headerBytes > maxHeaderBytes)
        return tooLarge("the headers of the answer");
    if (m_headersDone)
        return true; // trailers
    if (line.starts_with("HTTP/")) {
        m_response.headers.clear();
        m_response.status = statusOf(line);
        return true;
    }
    if (trimmed(line).empty()) {
        m_headersDone = m_response.status >= 200;
        if (isFinal() && m_handlers.onHeaders)
            m_handlers.onHeaders(m_response);
        return !m_abandoned;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        m_response.headers.emplace_back(lowered(trimmed(line.substr(0, colon))),
                                        trimmed(line.substr(colon + 1)));
    return true;
}

bool CurlExchange::takeBody(std::string_view bytes)
{
    m_lastByte = steady_clock::now();
    if (m_abandoned)
        return false;
    const bool good = m_response.status >= 200 && m_response.status < 300;
    if (!good) {
        const std::size_t room = maxErrorBody - std::min(maxErrorBody, m_response.body.size());
        m_response.body.append(bytes.substr(0, room));
        return true;
    }
    m_received += bytes.size();
    const bool bounded = !isEndless() || !m_handlers.onChunk;
    if (bounded && m_received > m_request.maxBody)
        return tooLarge("the answer");
    if (m_handlers.onChunk)
        m_handlers.onChunk(bytes);
    else
        m_response.body.append(bytes);
    return !m_abandoned;
}

bool CurlExchange::tooLarge(const std::string &what)
{
    m_problem = error(ErrorCode::TooLarge, what + " is larger than allowed");
    return false;
}

Result<HttpResponse> CurlExchange::outcome(CURLcode code)
{
    if (m_problem)
        return *m_problem;
    if (code != CURLE_OK)
        return m_handle->error(code);
    if (!m_headersDone)
        return error(ErrorCode::Unavailable, "the answer was cut: it ends within its headers");
    return std::move(m_response);
}

bool CurlExchange::mayRepeat(CURLcode code) const
{
    const bool safe = m_request.method == "GET" || m_request.method == "HEAD";
    return safe && !repeatedAfterBreak && isBrokenConnection(code) && m_headerBytes == 0 &&
           m_handle->error(code).code == ErrorCode::Unavailable;
}

CurlExchange::Instant CurlExchange::limit() const
{
    const Instant idle = m_lastByte + m_request.idleLimit;
    return isEndless() ? idle : std::min(idle, m_started + m_request.deadline);
}

Error CurlExchange::limitError() const
{
    const bool idle = isEndless() || m_lastByte + m_request.idleLimit < m_started + m_request.deadline;
    if (!idle)
        return error(ErrorCode::Timeout, "the answer did not end within " + seconds(m_request.deadline));
    const std::string detail = m_headerBytes == 0 ? "no answer within " : "the answer stopped for ";
    return error(ErrorCode::Timeout, detail + seconds(m_request.idleLimit));
}

Error CurlExchange::error(ErrorCode code, std::string detail) const
{
    return {code, std::move(detail), withoutControlCharacters(m_handle ? m_handle->url() : m_request.path)};
}

} // namespace portolan::kube
