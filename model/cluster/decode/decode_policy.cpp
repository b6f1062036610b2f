#include "model/cluster/decode/decode_object.h"

namespace portolan::decoding {

namespace {

IpBlock decodeIpBlock(Cursor value)
{
    IpBlock block;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "cidr")
            field.read(block.cidr);
        else if (key == "except")
            block.except = decodeTexts(field);
    });
    return block;
}

PolicyPeer decodePeer(Cursor value)
{
    PolicyPeer peer;
    value.fields([&](std::string_view key, Cursor field) {
        if (field.isNull())
            return;
        if (key == "podSelector")
            peer.podSelector = decodeSelector(field);
        else if (key == "namespaceSelector")
            peer.namespaceSelector = decodeSelector(field);
        else if (key == "ipBlock")
            peer.ipBlock = decodeIpBlock(field);
    });
    return peer;
}

PolicyPort decodePort(Cursor value)
{
    PolicyPort port;
    value.fields([&](std::string_view key, Cursor field) {
        if (field.isNull())
            return;
        if (key == "protocol")
            port.protocol = decodeProtocol(field);
        else if (key == "port")
            port.port = decodePortRef(field);
        else if (key == "endPort")
            port.endPort = field.integer<std::uint16_t>();
    });
    return port;
}

std::vector<PolicyRule> decodeRules(Cursor list, std::string_view peersKey)
{
    std::vector<PolicyRule> rules;
    list.elements([&](Cursor element) {
        PolicyRule &rule = rules.emplace_back();
        element.fields([&](std::string_view key, Cursor field) {
            if (key == peersKey) {
                rule.peers.clear();
                field.elements([&](Cursor peer) { rule.peers.push_back(decodePeer(peer)); });
            } else if (key == "ports") {
                rule.ports.clear();
                field.elements([&](Cursor port) { rule.ports.push_back(decodePort(port)); });
            }
        });
    });
    return rules;
}

void decodeSpec(Cursor spec, NetworkPolicy &policy)
{
    std::vector<std::string> types;
    spec.fields([&](std::string_view key, Cursor field) {
        if (key == "podSelector")
            policy.podSelector = decodeSelector(field);
        else if (key == "policyTypes")
            types = decodeTexts(field);
        else if (key == "ingress")
            policy.ingress = decodeRules(field, "from");
        else if (key == "egress")
            policy.egress = decodeRules(field, "to");
    });
    policy.isolatesIngress = types.empty();
    policy.isolatesEgress = types.empty() && !policy.egress.empty();
    for (const std::string &type : types) {
        policy.isolatesIngress |= type == "Ingress";
        policy.isolatesEgress |= type == "Egress";
    }
}

/// Calls `read` with the object that `json` holds. A parser of its own, since a document can be walked
/// by one parser only once at a time.
template<class Read>
void reread(const std::string &json, simdjson::ondemand::parser &parser, Read read)
{
    const simdjson::padded_string padded(json);
    simdjson::ondemand::document document;
    throwIfBroken(parser.iterate(padded).get(document));
    simdjson::ondemand::object object;
    throwIfBroken(document.get_object().get(object));
    read(ObjectCursor(object, nullptr));
}

} // namespace

AnyObject decodeNetworkPolicy(ObjectCursor object, Context &context)
{
    auto policy = std::make_shared<NetworkPolicy>();
    auto json = std::make_shared<const std::string>(strippedJson(object, context));
    reread(*json, context.innerParser, [&](ObjectCursor copy) {
        // A policy without a spec selects every pod of its namespace, as the zero value does in Go.
        policy->isolatesIngress = true;
        copy.fields([&](std::string_view key, Cursor field) {
            if (key == "metadata")
                policy->meta = decodeMeta(field, context);
            else if (key == "spec")
                decodeSpec(field, *policy);
        });
    });
    policy->json = std::move(json);
    return std::shared_ptr<const NetworkPolicy>(std::move(policy));
}

AnyObject decodeApiObject(ObjectCursor object, Context &context)
{
    auto any = std::make_shared<ApiObject>();
    auto json = std::make_shared<const std::string>(strippedJson(object, context));
    reread(*json, context.innerParser, [&](ObjectCursor copy) {
        copy.fields([&](std::string_view key, Cursor field) {
            if (key == "metadata")
                any->meta = decodeMeta(field, context);
        });
    });
    any->group = context.resource.group;
    any->version = context.resource.version;
    any->kind = context.resource.kind;
    any->json = std::move(json);
    return std::shared_ptr<const ApiObject>(std::move(any));
}

} // namespace portolan::decoding
