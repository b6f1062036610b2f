#include "model/cluster/cni_config.h"
#include "model/cluster/decode/decode_object.h"
#include "model/cluster/object_json.h"

#include <array>

namespace portolan::decoding {

namespace {

/// No value that is known here is longer; what is longer is something else under a known name.
constexpr std::size_t longestValue = 500;

/// Flannel's net-conf.json without what is secret in it (the PSK of ipsec and wireguard) or not known here.
/// "" where it is no JSON.
std::string netConfOf(std::string_view text)
{
    const ObjectJson json(text);
    std::string kept;
    const auto add = [&kept](std::string_view key, const std::string &value, bool quoted) {
        kept += kept.empty() || kept.back() == '{' ? "" : ",";
        appendQuoted(kept, key);
        kept += ':';
        if (quoted)
            appendQuoted(kept, value);
        else
            kept += value;
    };
    if (!json.isRead())
        return kept;
    kept = "{";
    for (const std::string_view key : {"Network", "IPv6Network"}) {
        if (const auto value = json.text("/" + std::string(key)); value && value->size() < longestValue)
            add(key, *value, true);
    }
    kept += kept.back() == '{' ? "\"Backend\":{" : ",\"Backend\":{";
    if (const auto type = json.text("/Backend/Type"); type && type->size() < longestValue)
        add("Type", *type, true);
    if (const auto direct = json.boolean("/Backend/DirectRouting"))
        add("DirectRouting", *direct ? "true" : "false", false);
    if (const auto mtu = json.number("/Backend/MTU"))
        add("MTU", std::to_string(*mtu), false);
    return kept + "}}";
}

std::string keptData(const TextMap &data, const std::string &name)
{
    std::string kept;
    for (const auto &[key, value] : data) {
        const std::string text = key == "net-conf.json" ? netConfOf(value) : value;
        if (!keepsConfigKey(name, key) || text.size() > longestValue || (text.empty() && !value.empty()))
            continue;
        kept += kept.empty() ? "" : ",";
        appendQuoted(kept, key);
        kept += ':';
        appendQuoted(kept, text);
    }
    return kept;
}

} // namespace

AnyObject decodeConfigMap(ObjectCursor object, Context &context)
{
    auto map = std::make_shared<ApiObject>();
    TextMap data;
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            map->meta = decodeMeta(field, context);
        } else if (key == "data") {
            data.clear();
            field.fields([&](std::string_view name, Cursor value) {
                // A value that is no text is a fault only where it would have been kept.
                if (value.isString() || keepsConfigKey("cilium-config", name))
                    data.insert_or_assign(std::string(name), std::string(value.text()));
            });
        }
    });
    map->meta.labels = {};
    map->meta.owners.clear();
    map->group = context.resource.group;
    map->version = context.resource.version;
    map->kind = context.resource.kind;
    std::string json = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":)";
    appendQuoted(json, map->meta.name);
    json += R"(,"namespace":)";
    appendQuoted(json, map->meta.ns);
    json += R"(},"data":{)" + keptData(data, map->meta.name) + "}}";
    map->json = std::make_shared<const std::string>(std::move(json));
    return std::shared_ptr<const ApiObject>(std::move(map));
}

} // namespace portolan::decoding
