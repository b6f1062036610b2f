#pragma once

#include "model/base/result.h"
#include "model/cluster/cluster_delta.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

/// An object that could not be decoded. The rest of the list or of the watch is used.
struct DecodeFault
{
    ObjectRef object; ///< as far as it could be read
    std::string field;
    std::string reason;
};

/// The same as an Error that names the object and the field, and how many are like it (`count`).
Error errorOf(const ResourceType &resource, const DecodeFault &fault, std::size_t count = 1);

/// One page of a LIST.
struct ListPage
{
    std::vector<AnyObject> objects;
    std::string resourceVersion;
    std::string continueToken;             ///< "" on the last page
    std::optional<std::int64_t> remaining; ///< remainingItemCount
    std::vector<DecodeFault> faults;
};

/// metav1.Status, as errors and ERROR events carry it.
struct ApiStatus
{
    int code = 0;
    std::string reason;
    std::string message;
    int retryAfterSeconds = 0; ///< details.retryAfterSeconds
};

struct WatchEvent
{
    enum class Type { Added, Modified, Deleted, Bookmark, Error };
    Type type = Type::Error;
    std::optional<AnyObject> object;  ///< for Added, Modified, Deleted, unless there is a fault
    std::optional<DecodeFault> fault; ///< in the place of an object with an odd field
    std::string resourceVersion;
    bool initialEventsEnd = false; ///< bookmark annotated k8s.io/initial-events-end
    ApiStatus status;              ///< for Error
};

/// Turns API JSON into values without a DOM (simdjson ondemand). Keeps buffers and interns label sets
/// from call to call, so use one Decoder per stream; not thread-safe, cheap to make.
///
/// Fields may come in any order; null means absent, as everywhere in Kubernetes; fields that are not known
/// are skipped. The JSON that NetworkPolicy and ApiObject keep has no managedFields and no last-applied
/// annotation of kubectl, and always names its apiVersion and kind.
///
/// Untrusted input: at most 512 MiB a list, 64 MiB an object or event, 1,024 levels in JSON that is kept.
/// A list that is no list, or that is cut, is an Error (Protocol); one item with a field of the wrong type
/// is a DecodeFault.
class Decoder
{
public:
    Decoder();
    ~Decoder();
    Decoder(Decoder &&) noexcept;
    Decoder &operator=(Decoder &&) noexcept;

    Result<ListPage> list(const ResourceType &resource, std::string_view json);
    /// The same without a copy of the text: `json` may be reallocated, its content stays as it is.
    /// Reserve simdjson's padding (64 bytes) when filling it and nothing is copied at all.
    Result<ListPage> listInPlace(const ResourceType &resource, std::string &json);
    /// Error: Protocol where this is no event, and the stream is broken.
    Result<WatchEvent> watchEvent(const ResourceType &resource, std::string_view json);
    /// A single object, as GET returns it. Errors: Protocol where this is no object, InvalidInput where it
    /// has an odd field (`where` names both).
    Result<AnyObject> object(const ResourceType &resource, std::string_view json);
    Result<ApiStatus> status(std::string_view json);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan
