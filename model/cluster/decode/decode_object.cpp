#include "model/cluster/decode/decode_object.h"

namespace portolan::decoding {

namespace {

/// Past this many sets the table starts anew: pods of StatefulSets and Jobs carry labels of their own.
constexpr std::size_t knownLabelSets = 50'000;

LabelRequirement::Operator operatorOf(std::string_view word)
{
    using Operator = LabelRequirement::Operator;
    if (word == "In")
        return Operator::In;
    if (word == "NotIn")
        return Operator::NotIn;
    if (word == "Exists")
        return Operator::Exists;
    if (word == "DoesNotExist")
        return Operator::DoesNotExist;
    return Operator::Unknown;
}

LabelRequirement decodeRequirement(Cursor value)
{
    LabelRequirement requirement;
    requirement.op = LabelRequirement::Operator::Unknown;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "key")
            field.read(requirement.key);
        else if (key == "operator")
            requirement.op = operatorOf(field.text());
        else if (key == "values")
            requirement.values = decodeTexts(field);
    });
    return requirement;
}

std::vector<OwnerRef> decodeOwners(Cursor list)
{
    std::vector<OwnerRef> owners;
    list.elements([&](Cursor element) {
        OwnerRef &owner = owners.emplace_back();
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "kind")
                field.read(owner.kind);
            else if (key == "name")
                field.read(owner.name);
            else if (key == "controller")
                owner.controller = field.boolean();
        });
    });
    return owners;
}

} // namespace

Labels LabelInterner::labels(Cursor value)
{
    auto object = value.object();
    if (!object)
        return {};
    const std::string_view raw = object->raw();
    if (const auto known = m_known.find(raw); known != m_known.end())
        return known->second;
    std::vector<Labels::Entry> entries;
    object->fields([&](std::string_view key, Cursor field) { entries.emplace_back(key, field.text()); });
    if (m_known.size() >= knownLabelSets)
        m_known.clear();
    return m_known.emplace(raw, Labels(std::move(entries))).first->second;
}

ObjectMeta decodeMeta(Cursor value, Context &context, const AnnotationVisitor &onAnnotation)
{
    ObjectMeta meta;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "name") {
            field.read(meta.name);
            context.name = meta.name;
        } else if (key == "namespace") {
            field.read(meta.ns);
            context.ns = meta.ns;
        } else if (key == "uid") {
            field.read(meta.uid);
        } else if (key == "resourceVersion") {
            field.read(meta.resourceVersion);
        } else if (key == "creationTimestamp") {
            meta.created = decodeTime(field);
        } else if (key == "deletionTimestamp") {
            meta.terminating = decodeTime(field) != WallTime{};
        } else if (key == "labels") {
            meta.labels = context.labels.labels(field);
        } else if (key == "ownerReferences") {
            meta.owners = decodeOwners(field);
        } else if (key == "annotations" && onAnnotation) {
            field.fields([&](std::string_view name, Cursor text) { onAnnotation(name, text.text()); });
        }
    });
    return meta;
}

std::vector<std::string> decodeTexts(Cursor list)
{
    std::vector<std::string> texts;
    list.elements([&](Cursor element) { texts.emplace_back(element.text()); });
    return texts;
}

std::vector<Labels::Entry> decodeTextMap(Cursor map)
{
    std::vector<Labels::Entry> entries;
    map.fields([&](std::string_view key, Cursor field) { entries.emplace_back(key, field.text()); });
    // By way of Labels for its order, and because of two equal keys the last one counts.
    return Labels(std::move(entries)).entries();
}

LabelSelector decodeSelector(Cursor value)
{
    LabelSelector selector;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "matchLabels") {
            selector.matchLabels = decodeTextMap(field);
        } else if (key == "matchExpressions") {
            selector.matchExpressions.clear();
            field.elements(
                [&](Cursor element) { selector.matchExpressions.push_back(decodeRequirement(element)); });
        }
    });
    return selector;
}

Protocol decodeProtocol(Cursor value)
{
    const std::string_view name = value.text();
    if (name.empty())
        return Protocol::Tcp;
    const auto protocol = protocolFromName(name);
    if (!protocol)
        value.odd("\"" + std::string(name) + "\" is no protocol that is known here");
    return *protocol;
}

PortRef decodePortRef(Cursor value)
{
    if (value.isString())
        return std::string(value.text());
    return value.integer<std::uint16_t>();
}

WallTime decodeTime(Cursor value)
{
    const std::string_view text = value.text();
    if (text.empty())
        return {};
    const auto time = parseRfc3339(text);
    if (!time)
        value.odd("is no time: " + time.error().detail);
    return *time;
}

std::vector<std::string> decodeLoadBalancer(Cursor value)
{
    std::vector<std::string> addresses;
    value.fields([&](std::string_view key, Cursor list) {
        if (key != "ingress")
            return;
        addresses.clear();
        list.elements([&](Cursor element) {
            std::string ip;
            std::string hostname;
            element.fields([&](std::string_view name, Cursor field) {
                if (name == "ip")
                    field.read(ip);
                else if (name == "hostname")
                    field.read(hostname);
            });
            if (!ip.empty() || !hostname.empty())
                addresses.push_back(ip.empty() ? hostname : ip);
        });
    });
    return addresses;
}

namespace {

AnyObject decodeByKind(ObjectCursor object, Context &context)
{
    switch (context.resource.objectKind()) {
    case ObjectKind::Namespace:
        return decodeNamespace(object, context);
    case ObjectKind::Node:
        return decodeNode(object, context);
    case ObjectKind::Pod:
        return decodePod(object, context);
    case ObjectKind::Service:
        return decodeService(object, context);
    case ObjectKind::EndpointSlice:
        return context.resource.group.empty() ? decodeEndpoints(object, context)
                                              : decodeEndpointSlice(object, context);
    case ObjectKind::NetworkPolicy:
        return decodeNetworkPolicy(object, context);
    case ObjectKind::Ingress:
        return decodeIngress(object, context);
    case ObjectKind::Workload:
        return decodeWorkload(object, context);
    case ObjectKind::Event:
        return decodeEvent(object, context);
    case ObjectKind::Other:
        break;
    }
    if (context.resource.group.empty() && context.resource.kind == "ConfigMap")
        return decodeConfigMap(object, context);
    return decodeApiObject(object, context);
}

} // namespace

AnyObject decodeAny(ObjectCursor object, Context &context)
{
    AnyObject any = decodeByKind(object, context);
    if (metaOf(any).name.empty())
        throw OddField{"metadata.name", "is missing"};
    return any;
}

} // namespace portolan::decoding
