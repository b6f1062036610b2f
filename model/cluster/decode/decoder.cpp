#include "model/cluster/decode.h"

#include "model/cluster/decode/decode_object.h"

#include <cstring>

namespace portolan {

using namespace decoding;
namespace od = simdjson::ondemand;

namespace {

constexpr std::size_t largestList = std::size_t{512} << 20;
constexpr std::size_t largestObject = std::size_t{64} << 20;
/// Room that is kept from call to call; what a larger document needed is given back.
constexpr std::size_t keptRoom = std::size_t{32} << 20;

Error protocolError(const ResourceType &resource, std::string detail)
{
    return {ErrorCode::Protocol, std::move(detail), resource.qualifiedName()};
}

Error tooLarge(std::string where, std::size_t limit)
{
    return {ErrorCode::TooLarge, "the document is larger than " + std::to_string(limit >> 20) + " MiB",
            std::move(where)};
}

ApiStatus readStatus(ObjectCursor object, std::string &kind)
{
    ApiStatus status;
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "kind")
            field.read(kind);
        else if (key == "code")
            status.code = field.integer<int>();
        else if (key == "reason")
            field.read(status.reason);
        else if (key == "message")
            field.read(status.message);
        else if (key == "details")
            field.fields([&](std::string_view name, Cursor value) {
                if (name == "retryAfterSeconds")
                    status.retryAfterSeconds = value.integer<int>();
            });
    });
    return status;
}

DecodeFault faultOf(const Context &context, OddField odd)
{
    const ResourceType &resource = context.resource;
    return {{resource.objectKind(), resource.objectType(), context.ns, context.name},
            std::move(odd.field),
            std::move(odd.reason)};
}

/// Reads the fields of a list; a Status in its place is kept for the message.
struct ListReader
{
    const ResourceType &resource;
    LabelInterner &labels;
    od::parser &innerParser;
    ListPage page = {};
    std::string kind = {};
    std::string message = {};
    bool hasItems = false;

    void read(ObjectCursor root)
    {
        root.fields([this](std::string_view key, Cursor field) {
            if (key == "items") {
                hasItems = true;
                page.objects.clear();
                page.faults.clear();
                std::size_t index = 0;
                field.elements([&](Cursor element) { readItem(element, index++); });
            } else if (key == "metadata") {
                readMeta(field);
            } else if (key == "kind") {
                field.read(kind);
            } else if (key == "message") {
                field.read(message);
            }
        });
    }

    void readMeta(Cursor meta)
    {
        meta.fields([this](std::string_view key, Cursor field) {
            if (key == "resourceVersion")
                field.read(page.resourceVersion);
            else if (key == "continue")
                field.read(page.continueToken);
            else if (key == "remainingItemCount" && !field.isNull())
                page.remaining = field.integer<std::int64_t>();
        });
    }

    void readItem(Cursor element, std::size_t index)
    {
        Context context{resource, labels, {}, {}, innerParser};
        try {
            auto object = element.object();
            if (!object)
                throw OddField{{}, "is null"};
            page.objects.push_back(decodeAny(object->asRoot(), context));
        } catch (OddField &odd) {
            DecodeFault fault = faultOf(context, std::move(odd));
            if (context.name.empty()) {
                const std::string item = "items[" + std::to_string(index) + "]";
                fault.field = fault.field.starts_with("items[") ? fault.field
                              : fault.field.empty()             ? item
                                                                : item + "." + fault.field;
            }
            page.faults.push_back(std::move(fault));
        }
    }

    Result<ListPage> result() &&
    {
        if (hasItems && (kind.empty() || kind.ends_with("List")))
            return std::move(page);
        std::string detail = "the answer is no list";
        if (!kind.empty())
            detail += " but a " + kind;
        if (!message.empty())
            detail += ": " + message;
        return protocolError(resource, withoutControlCharacters(detail));
    }
};

} // namespace

Error errorOf(const ResourceType &resource, const DecodeFault &fault, std::size_t count)
{
    const std::string object = fault.object.isValid() ? fault.object.toString() : resource.qualifiedName();
    std::string detail = fault.reason;
    if (count > 1)
        detail += " (and " + std::to_string(count - 1) + " more objects that cannot be read)";
    return {ErrorCode::InvalidInput, std::move(detail),
            fault.field.empty() ? object : object + " " + fault.field};
}

struct Decoder::Private
{
    od::parser parser{largestList};
    od::parser innerParser{largestList};
    LabelInterner labels;
    std::unique_ptr<char[]> room;
    std::size_t roomSize = 0;

    /// A copy of `json` with the padding that the parser reads past the end.
    simdjson::padded_string_view padded(std::string_view json)
    {
        const std::size_t needed = json.size() + simdjson::SIMDJSON_PADDING;
        if (roomSize < needed) {
            room = std::make_unique_for_overwrite<char[]>(needed);
            roomSize = needed;
        }
        if (!json.empty())
            std::memcpy(room.get(), json.data(), json.size());
        std::memset(room.get() + json.size(), 0, simdjson::SIMDJSON_PADDING);
        return simdjson::padded_string_view(room.get(), json.size(), roomSize);
    }

    /// Walks a document whose root is an object with `read`, to its very end.
    template<class Read>
    void walk(simdjson::padded_string_view json, Read read)
    {
        od::document document;
        throwIfBroken(parser.iterate(json).get(document));
        od::object root;
        if (const auto error = document.get_object().get(root))
            throw BrokenJson{isLocal(error) ? "the root is no object" : simdjson::error_message(error)};
        read(ObjectCursor(root, nullptr));
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            throw BrokenJson{"there is more after the end of the object"};
    }

    void giveBack()
    {
        if (roomSize > keptRoom) {
            room.reset();
            roomSize = 0;
        }
        if (parser.capacity() > keptRoom)
            parser = od::parser(largestList);
        if (innerParser.capacity() > keptRoom)
            innerParser = od::parser(largestList);
    }

    Result<ListPage> list(const ResourceType &resource, simdjson::padded_string_view json)
    {
        ListReader reader{resource, labels, innerParser};
        try {
            walk(json, [&](ObjectCursor root) { reader.read(root); });
        } catch (const BrokenJson &broken) {
            return protocolError(resource, "not valid JSON: " + broken.reason);
        } catch (const OddField &odd) {
            return protocolError(resource, odd.field + " " + odd.reason);
        }
        return std::move(reader).result();
    }

    WatchEvent watchEvent(const ResourceType &resource, std::string_view json);
    void readEventObject(const ResourceType &resource, ObjectCursor object, WatchEvent &event);
};

namespace {

std::optional<WatchEvent::Type> eventTypeOf(std::string_view word)
{
    using Type = WatchEvent::Type;
    if (word == "ADDED")
        return Type::Added;
    if (word == "MODIFIED")
        return Type::Modified;
    if (word == "DELETED")
        return Type::Deleted;
    if (word == "BOOKMARK")
        return Type::Bookmark;
    if (word == "ERROR")
        return Type::Error;
    return std::nullopt;
}

void readBookmark(ObjectCursor object, WatchEvent &event)
{
    object.fields([&](std::string_view key, Cursor meta) {
        if (key != "metadata")
            return;
        meta.fields([&](std::string_view name, Cursor field) {
            if (name == "resourceVersion")
                field.read(event.resourceVersion);
            else if (name == "annotations")
                field.fields([&](std::string_view annotation, Cursor value) {
                    if (annotation == "k8s.io/initial-events-end")
                        event.initialEventsEnd = value.text() == "true";
                });
        });
    });
}

} // namespace

void Decoder::Private::readEventObject(const ResourceType &resource, ObjectCursor object, WatchEvent &event)
{
    if (event.type == WatchEvent::Type::Bookmark) {
        readBookmark(object, event);
    } else if (event.type == WatchEvent::Type::Error) {
        std::string kind;
        event.status = readStatus(object, kind);
    } else {
        Context context{resource, labels, {}, {}, innerParser};
        try {
            event.object = decodeAny(object, context);
        } catch (OddField &odd) {
            event.fault = faultOf(context, std::move(odd));
            return;
        }
        event.resourceVersion = metaOf(*event.object).resourceVersion;
    }
}

WatchEvent Decoder::Private::watchEvent(const ResourceType &resource, std::string_view json)
{
    const auto text = padded(json);
    std::optional<WatchEvent::Type> type;
    WatchEvent event;
    bool hasObject = false;
    bool objectRead = false;
    const auto pass = [&](ObjectCursor root) {
        root.fields([&](std::string_view key, Cursor field) {
            if (key == "type") {
                const std::string_view word = field.text();
                type = eventTypeOf(word);
                if (!type)
                    throw BrokenJson{"the event's type is \"" + std::string(word) + "\""};
                event.type = *type;
            } else if (key == "object") {
                hasObject = true;
                auto object = type ? field.object() : std::nullopt;
                if (!object)
                    return;
                readEventObject(resource, object->asRoot(), event);
                objectRead = true;
            }
        });
    };
    walk(text, pass);
    // What the object is depends on a type that may come after it: then the event is read again.
    if (type && hasObject && !objectRead)
        walk(text, pass);
    if (!objectRead)
        throw BrokenJson{type ? "the event has no object" : "the event has no type"};
    return event;
}

Decoder::Decoder() : d(std::make_unique<Private>()) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder &&) noexcept = default;
Decoder &Decoder::operator=(Decoder &&) noexcept = default;

Result<ListPage> Decoder::list(const ResourceType &resource, std::string_view json)
{
    if (json.size() > largestList)
        return tooLarge(resource.qualifiedName(), largestList);
    auto page = d->list(resource, d->padded(json));
    d->giveBack();
    return page;
}

Result<ListPage> Decoder::listInPlace(const ResourceType &resource, std::string &json)
{
    if (json.size() > largestList)
        return tooLarge(resource.qualifiedName(), largestList);
    const std::size_t size = json.size();
    // Growing writes the zeros that the parser may read, shrinking leaves them there.
    json.resize(size + simdjson::SIMDJSON_PADDING);
    auto page = d->list(resource, simdjson::padded_string_view(json.data(), size, json.size()));
    json.resize(size);
    d->giveBack();
    return page;
}

Result<WatchEvent> Decoder::watchEvent(const ResourceType &resource, std::string_view json)
{
    if (json.size() > largestObject)
        return tooLarge(resource.qualifiedName(), largestObject);
    try {
        return d->watchEvent(resource, json);
    } catch (const BrokenJson &broken) {
        return protocolError(resource, "not a watch event: " + withoutControlCharacters(broken.reason));
    } catch (const OddField &odd) {
        return protocolError(resource, "not a watch event: " + odd.field + " " + odd.reason);
    }
}

Result<AnyObject> Decoder::object(const ResourceType &resource, std::string_view json)
{
    if (json.size() > largestObject)
        return tooLarge(resource.qualifiedName(), largestObject);
    Context context{resource, d->labels, {}, {}, d->innerParser};
    try {
        std::optional<AnyObject> object;
        d->walk(d->padded(json), [&](ObjectCursor root) { object = decodeAny(root, context); });
        return std::move(*object);
    } catch (const BrokenJson &broken) {
        return protocolError(resource, "not valid JSON: " + broken.reason);
    } catch (OddField &odd) {
        return errorOf(resource, faultOf(context, std::move(odd)));
    }
}

Result<ApiStatus> Decoder::status(std::string_view json)
{
    if (json.size() > largestObject)
        return tooLarge("Status", largestObject);
    try {
        ApiStatus status;
        std::string kind;
        d->walk(d->padded(json), [&](ObjectCursor root) { status = readStatus(root, kind); });
        if (kind != "Status")
            return Error{ErrorCode::Protocol, "the answer is no Status but \"" + kind + "\"", "Status"};
        return status;
    } catch (const BrokenJson &broken) {
        return Error{ErrorCode::Protocol, "not valid JSON: " + broken.reason, "Status"};
    } catch (const OddField &odd) {
        return Error{ErrorCode::Protocol, odd.reason, "Status " + odd.field};
    }
}

} // namespace portolan
