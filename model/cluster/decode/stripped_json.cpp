#include "model/cluster/decode/decode_object.h"

namespace portolan::decoding {

namespace {

/// What readers of the kept text may rely on; the documents that are walked by us know no such bound.
constexpr int deepestKept = 1'024;

/// Writes `"key":` of the next field of an object.
void appendKey(std::string &out, std::string_view key)
{
    if (out.back() != '{')
        out += ',';
    appendQuoted(out, key);
    out += ':';
}

void appendAnnotations(std::string &out, Cursor annotations)
{
    auto object = annotations.object();
    if (!object) {
        out += "null";
        return;
    }
    out += '{';
    object->fields([&](std::string_view key, Cursor value) {
        if (key == "kubectl.kubernetes.io/last-applied-configuration")
            return;
        appendKey(out, key);
        out += value.raw();
    });
    out += '}';
}

void appendMeta(std::string &out, Cursor meta)
{
    auto object = meta.object();
    if (!object) {
        out += "null";
        return;
    }
    out += '{';
    object->fields([&](std::string_view key, Cursor value) {
        if (key == "managedFields")
            return;
        appendKey(out, key);
        if (key == "annotations")
            appendAnnotations(out, value);
        else
            out += value.raw();
    });
    out += '}';
}

bool isTooDeep(std::string_view json)
{
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepestKept)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

void appendQuoted(std::string &out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += hex[(c >> 4) & 0xf];
            out += hex[c & 0xf];
        } else {
            out += c;
        }
    }
    out += '"';
}

std::string strippedJson(ObjectCursor object, const Context &context)
{
    const ResourceType &resource = context.resource;
    std::string body = "{";
    bool hasKind = false;
    bool hasVersion = false;
    object.fields([&](std::string_view key, Cursor value) {
        hasKind |= key == "kind";
        hasVersion |= key == "apiVersion";
        appendKey(body, key);
        if (key == "metadata")
            appendMeta(body, value);
        else
            body += value.raw();
    });
    body += '}';

    std::string out = "{";
    if (!hasVersion) {
        appendKey(out, "apiVersion");
        appendQuoted(out,
                     resource.group.empty() ? resource.version : resource.group + "/" + resource.version);
    }
    if (!hasKind) {
        appendKey(out, "kind");
        appendQuoted(out, resource.kind);
    }
    if (out.size() > 1 && body.size() > 2)
        out += ',';
    out.append(body, 1);
    if (isTooDeep(out))
        throw OddField{"", "is nested deeper than " + std::to_string(deepestKept) + " levels"};
    return out;
}

} // namespace portolan::decoding
