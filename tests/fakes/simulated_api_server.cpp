#include "tests/fakes/simulated_api_server.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace portolan::fakes {

using namespace kube;

namespace {

std::uint64_t number(std::string_view text)
{
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string decoded(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            unsigned byte = 0;
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
            plain += char(byte);
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

std::vector<std::string> split(std::string_view text, char by)
{
    std::vector<std::string> parts;
    while (true) {
        const std::size_t at = text.find(by);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos)
            return parts;
        text.remove_prefix(at + 1);
    }
}

std::string eventLine(const std::string &type, const std::string &object)
{
    return R"({"type":")" + type + R"(","object":)" + object + "}\n";
}

std::string bookmarkLine(const ResourceType &resource, std::uint64_t revision, bool endsInitial)
{
    std::string meta = R"({"resourceVersion":")" + std::to_string(revision) + "\"";
    if (endsInitial)
        meta += R"(,"annotations":{"k8s.io/initial-events-end":"true"})";
    return eventLine("BOOKMARK", R"({"kind":")" + resource.kind + R"(","metadata":)" + meta + "}}");
}

} // namespace

std::string statusJson(int code, const std::string &reason, const std::string &message,
                       const std::string &continueToken)
{
    return R"({"kind":"Status","apiVersion":"v1","metadata":{"continue":")" + continueToken +
           R"("},"status":"Failure","message":")" + message + R"(","reason":")" + reason + R"(","code":)" +
           std::to_string(code) + "}";
}

SimulatedApiServer::SimulatedApiServer(FakeTransport &transport, SimulatedStore &store, std::uint64_t seed)
    : m_transport(transport),
      m_store(store),
      m_random(seed)
{
    m_transport.onRequest = [this](RequestId id, const HttpRequest &request) { take(id, request); };
}

void SimulatedApiServer::serve(ResourceType resource, bool canWatch)
{
    m_served.push_back({std::move(resource), canWatch});
}

void SimulatedApiServer::unserve(const ResourceType &resource)
{
    std::erase_if(m_served, [&](const Served &s) { return s.resource == resource; });
}

std::optional<ApiCall> SimulatedApiServer::understood(const std::string &path) const
{
    ApiCall call;
    const std::size_t mark = path.find('?');
    if (mark != std::string::npos) {
        for (const std::string &pair : split(std::string_view(path).substr(mark + 1), '&')) {
            const std::size_t equals = pair.find('=');
            call.query[pair.substr(0, equals)] = decoded(pair.substr(equals + 1));
        }
    }
    std::vector<std::string> parts = split(std::string_view(path).substr(1, mark - 1), '/');
    const bool core = parts[0] == "api";
    parts.erase(parts.begin());
    const std::string group = core ? std::string() : parts[0];
    if (!core)
        parts.erase(parts.begin());
    if (parts.size() >= 4 && parts[1] == "namespaces") {
        call.ns = parts[2];
        parts.erase(parts.begin() + 1, parts.begin() + 3);
    }
    call.watch = call.param("watch") == "true";
    for (const Served &served : m_served) {
        if (parts.size() == 2 && served.resource.group == group && served.resource.version == parts[0] &&
            served.resource.plural == parts[1]) {
            call.resource = served.resource;
            return call;
        }
    }
    return std::nullopt;
}

void SimulatedApiServer::take(RequestId id, const HttpRequest &request)
{
    const std::string path = request.path.substr(0, request.path.find('?'));
    if (path == "/version") {
        m_transport.answer(id, 200, R"({"major":"1","gitVersion":")" + version + "\"}");
        return;
    }
    const std::size_t depth = std::size_t(std::count(path.begin(), path.end(), '/'));
    if (depth == 1 || (path.starts_with("/api/") && depth == 2) ||
        (path.starts_with("/apis/") && depth == 3)) {
        serveDiscovery(id, path);
        return;
    }
    const auto call = understood(request.path);
    if (!call) {
        sendStatus(id, 404, "NotFound", "the server could not find the requested resource");
        return;
    }
    m_calls.push_back(*call);
    const CallFault chosen = fault ? fault(*call) : CallFault{};
    if (applyFault(id, *call, chosen))
        return;
    if (call->watch)
        serveWatch(id, *call);
    else
        serveList(id, *call, chosen);
}

bool SimulatedApiServer::applyFault(RequestId id, const ApiCall &call, const CallFault &chosen)
{
    switch (chosen.kind) {
    case CallFault::Kind::Status: {
        const std::string body =
            chosen.body.empty() ? statusJson(chosen.status, "Fault", "as the test wants it") : chosen.body;
        m_transport.answer(id, chosen.status, body, chosen.headers);
        return true;
    }
    case CallFault::Kind::Refuse:
        m_transport.fail(id, {ErrorCode::Unavailable, "connection refused", "server"});
        return true;
    case CallFault::Kind::Hang:
        return true;
    case CallFault::Kind::Garbage:
        m_transport.answer(id, 200, chosen.body);
        return true;
    case CallFault::Kind::Cut:
        if (!call.watch)
            return false;
        m_transport.sendHeaders(id, 200);
        m_transport.sendChunk(id, std::string_view(R"({"type":"ADDED","obj)").substr(0, chosen.cutAfter));
        m_transport.fail(id, {ErrorCode::Unavailable, "connection reset", "server"});
        return true;
    case CallFault::Kind::None:
        break;
    }
    return false;
}

void SimulatedApiServer::sendStatus(RequestId id, int code, const std::string &reason,
                                    const std::string &message, const std::string &continueToken)
{
    m_transport.answer(id, code, statusJson(code, reason, message, continueToken));
}

void SimulatedApiServer::expire(RequestId id, bool watch, const std::string &continueToken)
{
    const std::string message = "too old resource version";
    if (watch && expiresInStream) {
        m_transport.sendHeaders(id, 200);
        sendBody(id, eventLine("ERROR", statusJson(410, "Expired", message)));
        m_transport.end(id);
        return;
    }
    sendStatus(id, 410, "Expired", message, continueToken);
}

void SimulatedApiServer::sendBody(RequestId id, std::string_view body)
{
    if (largestChunk == 0) {
        m_transport.sendChunk(id, body);
        return;
    }
    while (!body.empty()) {
        const std::size_t size = std::uniform_int_distribution<std::size_t>(1, largestChunk)(m_random);
        m_transport.sendChunk(id, body.substr(0, size));
        body.remove_prefix(std::min(size, body.size()));
    }
}

void SimulatedApiServer::serveList(RequestId id, const ApiCall &call, const CallFault &chosen)
{
    const std::string asked = call.param("resourceVersion");
    const std::string token = call.param("continue");
    std::size_t limit = number(call.param("limit"));
    std::uint64_t revision = m_cached;
    std::string after;
    if (token.starts_with("inconsistent")) {
        m_inconsistentTokenUsed = true;
        catchUp();
        revision = m_cached;
        after = token.substr(token.find(':') + 1);
    } else if (!token.empty()) {
        revision = number(token);
        after = token.substr(token.find(':') + 1);
    } else if (asked == "0") {
        limit = cacheIgnoresLimit ? 0 : limit;
    } else if (!asked.empty() && number(asked) > m_store.revision()) {
        sendStatus(id, 504, "Timeout", "Timeout: Too large resource version: " + asked + ", current: 1");
        return;
    } else if (asked.empty() || number(asked) > m_cached) {
        catchUp();
        revision = m_cached;
    }
    if (!token.empty() && revision < m_store.compacted()) {
        expire(id, false, "inconsistent:" + after);
        return;
    }
    std::string items;
    std::size_t sent = 0;
    std::string next;
    std::size_t rest = 0;
    for (const StoredObject &object : m_store.listAt(call.resource, call.ns, revision)) {
        const std::string key = object.ns + "!" + object.name; // below every character of a name
        if ((!after.empty() && key <= after) || !call.selects(object.name))
            continue;
        if (limit != 0 && sent == limit) {
            ++rest;
            continue;
        }
        items += (sent++ ? "," : "") + objectJson(call.resource, object, true);
        next = key;
    }
    std::string meta = R"({"resourceVersion":")" + std::to_string(revision) + "\"";
    if (rest > 0)
        meta += R"(,"continue":")" + std::to_string(revision) + ":" + next + R"(","remainingItemCount":)" +
                std::to_string(rest);
    const std::string body =
        R"({"kind":")" + call.resource.kind + R"(List","metadata":)" + meta + R"(},"items":[)" + items + "]}";
    m_transport.sendHeaders(id, 200, {{"content-type", "application/json"}});
    if (chosen.kind == CallFault::Kind::Cut) {
        sendBody(id, std::string_view(body).substr(0, std::min(chosen.cutAfter, body.size() - 1)));
        m_transport.fail(id, {ErrorCode::Unavailable, "connection reset", "server"});
        return;
    }
    sendBody(id, body);
    m_transport.end(id);
}

void SimulatedApiServer::serveWatch(RequestId id, const ApiCall &call)
{
    Watch watch{call, number(call.param("resourceVersion")), call.param("sendInitialEvents") == "true"};
    const bool matched = call.param("resourceVersionMatch") == "NotOlderThan";
    if (matched && !knowsWatchList) {
        sendStatus(id, 422, "Invalid", "resourceVersionMatch is forbidden for watch");
        return;
    }
    if (watch.initialEvents && watch.sentUpTo > m_store.revision()) {
        sendStatus(id, 504, "Timeout", "Too large resource version: 9, current: 1");
        return;
    }
    if (!watch.initialEvents && watch.sentUpTo < m_store.compacted()) {
        expire(id, true, {});
        return;
    }
    m_watches[id] = watch;
    m_mostOpenWatches = std::max(m_mostOpenWatches, m_watches.size());
    m_transport.after(std::chrono::seconds(number(call.param("timeoutSeconds"))), [this, id] {
        if (m_watches.erase(id))
            m_transport.end(id);
    });
    m_transport.sendHeaders(id, 200, {{"content-type", "application/json"}});
    if (!m_watches.contains(id))
        return;
    if (watch.initialEvents && !ignoresInitialEvents)
        sendInitialEvents(id, m_watches[id]);
    else
        pump(id, m_watches[id]);
}

void SimulatedApiServer::sendInitialEvents(RequestId id, Watch &watch)
{
    // At the cache's own revision, at least at the one that was asked for; "" asks for the store's.
    if (watch.call.param("resourceVersion").empty() || watch.sentUpTo > m_cached)
        m_cached = m_store.revision();
    watch.sentUpTo = m_cached;
    std::string lines;
    for (const StoredObject &object : m_store.listAt(watch.call.resource, watch.call.ns, m_cached)) {
        if (watch.call.selects(object.name))
            lines += eventLine("ADDED", objectJson(watch.call.resource, object, false));
    }
    lines += bookmarkLine(watch.call.resource, m_cached, true);
    sendBody(id, lines);
}

void SimulatedApiServer::pump(RequestId id, Watch &watch)
{
    std::string lines;
    for (const auto &change : m_store.changesAfter(watch.call.resource, watch.call.ns, watch.sentUpTo)) {
        if (change.object.version > m_cached)
            break;
        if (watch.call.selects(change.object.name))
            lines += eventLine(change.type, objectJson(change.resource, change.object, false));
        watch.sentUpTo = change.object.version;
    }
    watch.sentUpTo = std::max(watch.sentUpTo, m_cached);
    if (!lines.empty())
        sendBody(id, lines);
}

void SimulatedApiServer::catchUp()
{
    m_cached = m_store.revision();
    std::vector<RequestId> ids;
    for (const auto &[id, watch] : m_watches)
        ids.push_back(id);
    for (const RequestId id : ids) {
        const auto found = m_watches.find(id);
        if (found != m_watches.end() && !m_transport.isOpen(id))
            m_watches.erase(found);
        else if (found != m_watches.end())
            pump(id, found->second);
    }
}

void SimulatedApiServer::sendBookmarks()
{
    catchUp();
    for (const auto &[id, watch] : std::map(m_watches))
        sendBody(id, bookmarkLine(watch.call.resource, watch.sentUpTo, false));
}

void SimulatedApiServer::endWatches(bool cleanly)
{
    for (const auto &[id, watch] : std::exchange(m_watches, {})) {
        if (cleanly) {
            m_transport.end(id);
            continue;
        }
        m_transport.sendChunk(id, R"({"type":"ADDED","object":{"metadata":{"name":"cut-)");
        m_transport.fail(id, {ErrorCode::Unavailable, "connection reset", "server"});
    }
}

void SimulatedApiServer::sendToWatches(const ResourceType &resource, std::string_view bytes)
{
    for (const auto &[id, watch] : std::map(m_watches)) {
        if (watch.call.resource == resource)
            m_transport.sendChunk(id, bytes);
    }
}

std::vector<ApiCall> SimulatedApiServer::callsOf(const ResourceType &resource, bool watch) const
{
    std::vector<ApiCall> matching;
    std::copy_if(m_calls.begin(), m_calls.end(), std::back_inserter(matching),
                 [&](const ApiCall &call) { return call.resource == resource && call.watch == watch; });
    return matching;
}

} // namespace portolan::fakes
