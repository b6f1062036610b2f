#pragma once

#include "model/cluster/decode/json_cursor.h"
#include "model/cluster/objects.h"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

/// The decoders of each kind: one forward pass over an object, fields in any order. All of them throw
/// OddField and BrokenJson alone. For model/cluster and model/snapshot alone.
namespace portolan::decoding {

/// Gives objects with equal labels the same Labels. Looks sets up by their JSON text, so that a set seen
/// before is not even parsed.
class LabelInterner
{
public:
    Labels labels(Cursor value);

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, Labels, Hash, std::equal_to<>> m_known;
};

/// What the decoders of one document share.
struct Context
{
    const ResourceType &resource;
    LabelInterner &labels;
    /// The object at work, for the message of a fault that comes later.
    std::string ns;
    std::string name;
    /// Parses the text that a decoder made of the object; `parser` is never the document's own.
    simdjson::ondemand::parser &innerParser;
};

using AnnotationVisitor = std::function<void(std::string_view key, std::string_view value)>;

ObjectMeta decodeMeta(Cursor value, Context &context, const AnnotationVisitor &onAnnotation = {});
std::vector<std::string> decodeTexts(Cursor list);
std::vector<Labels::Entry> decodeTextMap(Cursor map);
LabelSelector decodeSelector(Cursor value);
Protocol decodeProtocol(Cursor value);
PortRef decodePortRef(Cursor value);
WallTime decodeTime(Cursor value);
/// status.loadBalancer of Service and Ingress: ip or hostname of each entry.
std::vector<std::string> decodeLoadBalancer(Cursor value);

AnyObject decodeNamespace(ObjectCursor object, Context &context);
AnyObject decodeNode(ObjectCursor object, Context &context);
AnyObject decodePod(ObjectCursor object, Context &context);
AnyObject decodeService(ObjectCursor object, Context &context);
AnyObject decodeEndpointSlice(ObjectCursor object, Context &context);
/// core/v1 Endpoints. Its subsets may differ in ports; here all endpoints get the union of them.
AnyObject decodeEndpoints(ObjectCursor object, Context &context);
AnyObject decodeNetworkPolicy(ObjectCursor object, Context &context);
AnyObject decodeIngress(ObjectCursor object, Context &context);
AnyObject decodeWorkload(ObjectCursor object, Context &context);
AnyObject decodeEvent(ObjectCursor object, Context &context);
AnyObject decodeApiObject(ObjectCursor object, Context &context);
/// Of core/v1 ConfigMap its name and the keys that keepsConfigKey() names, and nothing else.
AnyObject decodeConfigMap(ObjectCursor object, Context &context);

/// By the kind of context.resource.
AnyObject decodeAny(ObjectCursor object, Context &context);

/// The object's JSON on one line of its own: managedFields and kubectl's last-applied annotation left
/// out, apiVersion and kind put in where the server leaves them out (items of lists).
std::string strippedJson(ObjectCursor object, const Context &context);

/// Appends the text as a JSON string.
void appendQuoted(std::string &out, std::string_view text);

} // namespace portolan::decoding
