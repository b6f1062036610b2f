#include "model/cluster/decode/decode_object.h"

#include <algorithm>

namespace portolan::decoding {

namespace {

void decodeInvolved(Cursor value, ClusterEvent &event)
{
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "kind")
            field.read(event.involvedKind);
        else if (key == "namespace")
            field.read(event.involvedNs);
        else if (key == "name")
            field.read(event.involvedName);
    });
}

} // namespace

/// core/v1 and events.k8s.io/v1 name the same things differently; both are understood whichever the
/// resource is.
AnyObject decodeEvent(ObjectCursor object, Context &context)
{
    auto event = std::make_shared<ClusterEvent>();
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            event->meta = decodeMeta(field, context);
        } else if (key == "involvedObject" || key == "regarding") {
            decodeInvolved(field, *event);
        } else if (key == "type") {
            field.read(event->type);
        } else if (key == "reason") {
            field.read(event->reason);
        } else if (key == "message" || key == "note") {
            field.read(event->message);
        } else if (key == "count" || key == "deprecatedCount") {
            event->count = std::max(event->count, field.integer<std::int32_t>());
        } else if (key == "lastTimestamp" || key == "deprecatedLastTimestamp" || key == "eventTime") {
            event->lastSeen = std::max(event->lastSeen, decodeTime(field));
        } else if (key == "series") {
            field.fields([&](std::string_view name, Cursor value) {
                if (name == "count")
                    event->count = std::max(event->count, value.integer<std::int32_t>());
                else if (name == "lastObservedTime")
                    event->lastSeen = std::max(event->lastSeen, decodeTime(value));
            });
        }
    });
    if (event->lastSeen == WallTime{})
        event->lastSeen = event->meta.created;
    return std::shared_ptr<const ClusterEvent>(std::move(event));
}

} // namespace portolan::decoding
