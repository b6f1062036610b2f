#include "model/cluster/decode/decode_object.h"

namespace portolan::decoding {

namespace {

void decodeServicePort(Cursor value, IngressBackend &backend)
{
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "number" && !field.isNull())
            backend.servicePort = field.integer<std::uint16_t>();
        else if (key == "name" && !field.isNull())
            backend.servicePort = std::string(field.text());
    });
}

/// networking/v1 {"service":{"name","port"}}, and v1beta1 {"serviceName","servicePort"}. A backend that is
/// another resource has no service name.
IngressBackend decodeBackend(Cursor value)
{
    IngressBackend backend;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "service") {
            field.fields([&](std::string_view name, Cursor inner) {
                if (name == "name")
                    inner.read(backend.serviceName);
                else if (name == "port")
                    decodeServicePort(inner, backend);
            });
        } else if (key == "serviceName") {
            field.read(backend.serviceName);
        } else if (key == "servicePort") {
            backend.servicePort = decodePortRef(field);
        }
    });
    return backend;
}

void decodePaths(Cursor http, std::vector<IngressPath> &paths)
{
    http.fields([&](std::string_view key, Cursor list) {
        if (key != "paths")
            return;
        list.elements([&](Cursor element) {
            IngressPath &path = paths.emplace_back();
            element.fields([&](std::string_view name, Cursor field) {
                if (name == "path")
                    field.read(path.path);
                else if (name == "pathType")
                    field.read(path.pathType);
                else if (name == "backend")
                    path.backend = decodeBackend(field);
            });
        });
    });
}

void decodeRules(Cursor list, Ingress &ingress)
{
    ingress.paths.clear();
    list.elements([&](Cursor element) {
        std::string host;
        std::vector<IngressPath> paths;
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "host")
                field.read(host);
            else if (key == "http")
                decodePaths(field, paths);
        });
        for (IngressPath &path : paths) {
            path.host = host;
            ingress.paths.push_back(std::move(path));
        }
    });
}

void decodeTls(Cursor list, Ingress &ingress)
{
    ingress.tlsSecretNames.clear();
    list.elements([&](Cursor element) {
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "secretName")
                ingress.tlsSecretNames.emplace_back(field.text());
        });
    });
}

void decodeSpec(Cursor spec, Ingress &ingress)
{
    spec.fields([&](std::string_view key, Cursor field) {
        if (key == "ingressClassName")
            field.read(ingress.className);
        else if (key == "rules")
            decodeRules(field, ingress);
        else if ((key == "defaultBackend" || key == "backend") && !field.isNull())
            ingress.defaultBackend = decodeBackend(field);
        else if (key == "tls")
            decodeTls(field, ingress);
    });
}

} // namespace

AnyObject decodeIngress(ObjectCursor object, Context &context)
{
    auto ingress = std::make_shared<Ingress>();
    std::string legacyClass;
    const auto annotation = [&](std::string_view key, std::string_view value) {
        if (key == "kubernetes.io/ingress.class")
            legacyClass = value;
    };
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            ingress->meta = decodeMeta(field, context, annotation);
        } else if (key == "spec") {
            decodeSpec(field, *ingress);
        } else if (key == "status") {
            field.fields([&](std::string_view name, Cursor value) {
                if (name == "loadBalancer")
                    ingress->loadBalancerAddresses = decodeLoadBalancer(value);
            });
        }
    });
    if (ingress->className.empty())
        ingress->className = legacyClass;
    return std::shared_ptr<const Ingress>(std::move(ingress));
}

} // namespace portolan::decoding
