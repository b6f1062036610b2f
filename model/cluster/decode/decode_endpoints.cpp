#include "model/cluster/decode/decode_object.h"

#include <algorithm>

namespace portolan::decoding {

namespace {

void decodeTarget(Cursor value, Endpoint &endpoint)
{
    std::string_view kind, ns, name;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "kind")
            kind = field.text();
        else if (key == "namespace")
            ns = field.text();
        else if (key == "name")
            name = field.text();
    });
    if (kind == "Pod") {
        endpoint.podNs = ns;
        endpoint.podName = name;
    }
}

/// Unset conditions have meanings of their own: ready counts as true, serving as ready, terminating as
/// false (discovery/v1 EndpointConditions).
void decodeConditions(Cursor value, Endpoint &endpoint)
{
    std::optional<bool> ready, serving;
    value.fields([&](std::string_view key, Cursor field) {
        if (field.isNull())
            return;
        if (key == "ready")
            ready = field.boolean();
        else if (key == "serving")
            serving = field.boolean();
        else if (key == "terminating")
            endpoint.terminating = field.boolean();
    });
    endpoint.ready = ready.value_or(true);
    endpoint.serving = serving.value_or(endpoint.ready);
}

Endpoint decodeEndpoint(Cursor value)
{
    Endpoint endpoint;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "addresses")
            endpoint.addresses = decodeTexts(field);
        else if (key == "conditions")
            decodeConditions(field, endpoint);
        else if (key == "nodeName")
            field.read(endpoint.nodeName);
        else if (key == "targetRef")
            decodeTarget(field, endpoint);
    });
    return endpoint;
}

EndpointPort decodePort(Cursor value)
{
    EndpointPort port;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "name")
            field.read(port.name);
        else if (key == "protocol")
            port.protocol = decodeProtocol(field);
        else if (key == "port")
            port.number = field.integer<std::uint16_t>();
    });
    return port;
}

Endpoint decodeLegacyAddress(Cursor value, bool ready)
{
    Endpoint endpoint;
    endpoint.ready = endpoint.serving = ready;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "ip")
            endpoint.addresses.assign(1, std::string(field.text()));
        else if (key == "nodeName")
            field.read(endpoint.nodeName);
        else if (key == "targetRef")
            decodeTarget(field, endpoint);
    });
    return endpoint;
}

void decodeSubset(Cursor value, EndpointSlice &slice)
{
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "addresses" || key == "notReadyAddresses") {
            const bool ready = key == "addresses";
            field.elements(
                [&](Cursor element) { slice.endpoints.push_back(decodeLegacyAddress(element, ready)); });
        } else if (key == "ports") {
            field.elements([&](Cursor element) {
                EndpointPort port = decodePort(element);
                const bool known = std::any_of(slice.ports.begin(), slice.ports.end(), [&](const auto &p) {
                    return p.name == port.name && p.number == port.number && p.protocol == port.protocol;
                });
                if (!known)
                    slice.ports.push_back(std::move(port));
            });
        }
    });
}

} // namespace

AnyObject decodeEndpointSlice(ObjectCursor object, Context &context)
{
    auto slice = std::make_shared<EndpointSlice>();
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            slice->meta = decodeMeta(field, context);
        } else if (key == "addressType") {
            field.read(slice->addressType);
        } else if (key == "endpoints") {
            slice->endpoints.clear();
            field.elements([&](Cursor element) { slice->endpoints.push_back(decodeEndpoint(element)); });
        } else if (key == "ports") {
            slice->ports.clear();
            field.elements([&](Cursor element) { slice->ports.push_back(decodePort(element)); });
        }
    });
    if (const std::string *service = slice->meta.labels.find("kubernetes.io/service-name"))
        slice->serviceName = *service;
    return std::shared_ptr<const EndpointSlice>(std::move(slice));
}

AnyObject decodeEndpoints(ObjectCursor object, Context &context)
{
    auto slice = std::make_shared<EndpointSlice>();
    slice->legacyEndpoints = true;
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            slice->meta = decodeMeta(field, context);
        } else if (key == "subsets") {
            slice->endpoints.clear();
            slice->ports.clear();
            field.elements([&](Cursor element) { decodeSubset(element, *slice); });
        }
    });
    slice->serviceName = slice->meta.name;
    const bool v6 = !slice->endpoints.empty() && !slice->endpoints.front().addresses.empty() &&
                    slice->endpoints.front().addresses.front().find(':') != std::string::npos;
    slice->addressType = v6 ? "IPv6" : "IPv4";
    return std::shared_ptr<const EndpointSlice>(std::move(slice));
}

} // namespace portolan::decoding
