#include "app/ctl/probe_target.h"

#include "model/base/ascii_case.h"

#include <algorithm>
#include <charconv>

namespace portolan::ctl {

namespace {

Error badTarget(const std::string &text)
{
    return {ErrorCode::InvalidInput, "is not ns/service-or-pod:port[/tcp|udp|sctp|http|dns]", text};
}

bool readProtocol(std::string_view word, TypedTarget &target)
{
    if (word == "udp") {
        target.protocol = Protocol::Udp;
        target.method = ProbeMethod::Udp;
    } else if (word == "sctp") {
        target.protocol = Protocol::Sctp;
    } else if (word == "http") {
        target.method = ProbeMethod::Http;
    } else if (word == "dns") {
        target.protocol = Protocol::Udp;
        target.method = ProbeMethod::Dns;
    } else {
        return word == "tcp";
    }
    return true;
}

Result<ObjectRef> sourcePod(const ClusterState &state, const std::string &text)
{
    const Result<TypedSource> source = parseSource(text);
    if (!source)
        return source.error();
    const std::string &ns = source->ns;
    const std::string &name = source->name;
    if (const Pod *pod = state.pods.find(ns, name))
        return refOf(*pod);
    const auto pods = state.pods.inNamespace(ns);
    const auto owned = std::find_if(pods.begin(), pods.end(), [&](const auto &pod) {
        return pod->ready && topOwnerOf(state, *pod).name == name;
    });
    if (owned == pods.end())
        return Error{ErrorCode::NotFound, "is no pod, and no workload with a ready pod", text};
    return refOf(**owned);
}

} // namespace

Result<TypedSource> parseSource(const std::string &text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == text.size() ||
        text.find('/', slash + 1) != std::string::npos)
        return Error{ErrorCode::InvalidInput, "is not ns/pod", text};
    return TypedSource{text.substr(0, slash), text.substr(slash + 1)};
}

Result<TypedTarget> parseTarget(const std::string &text)
{
    TypedTarget target;
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return badTarget(text);
    std::string_view tail = std::string_view(text).substr(colon + 1);
    if (const std::size_t slash = tail.find('/'); slash != std::string_view::npos) {
        if (!readProtocol(lowered(tail.substr(slash + 1)), target))
            return badTarget(text);
        tail = tail.substr(0, slash);
    }
    const auto [end, fault] = std::from_chars(tail.data(), tail.data() + tail.size(), target.port);
    if (fault != std::errc() || end != tail.data() + tail.size() || target.port == 0)
        return badTarget(text);
    target.name = text.substr(0, colon);
    if (const std::size_t slash = target.name.find('/'); slash != std::string::npos) {
        target.ns = target.name.substr(0, slash);
        target.name = target.name.substr(slash + 1);
        if (target.ns.empty() || target.name.empty() || target.name.find('/') != std::string::npos)
            return badTarget(text);
    } else if (target.name.starts_with('[') && target.name.ends_with(']')) {
        target.name = target.name.substr(1, target.name.size() - 2); // [2001:db8::1]:80
    }
    return target;
}

Result<ProbeRequest> resolveProbe(const ClusterState &state, const std::string &source,
                                  const TypedTarget &target)
{
    const Result<ObjectRef> pod = sourcePod(state, source);
    if (!pod)
        return pod.error();
    ProbeRequest request;
    request.source = *pod;
    request.port = target.port;
    request.protocol = target.protocol;
    request.method = target.method;
    if (target.ns.empty())
        request.destination = {ObjectKind::Other, "Address", {}, target.name};
    else if (const Service *service = state.services.find(target.ns, target.name))
        request.destination = refOf(*service);
    else if (const Pod *destination = state.pods.find(target.ns, target.name))
        request.destination = refOf(*destination);
    else
        return Error{ErrorCode::NotFound, "is neither a service nor a pod", target.ns + "/" + target.name};
    return request;
}

} // namespace portolan::ctl
