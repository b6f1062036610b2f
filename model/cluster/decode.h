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

/// An item of a list that could not be decoded; the rest of the list is used.
struct DecodeFault
{
    ObjectRef object; ///< as far as it could be read
    std::string field;
    std::string reason;
};

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
    std::optional<AnyObject> object; ///< for Added, Modified, Deleted
    std::string resourceVersion;
    bool initialEventsEnd = false; ///< bookmark annotated k8s.io/initial-events-end
    ApiStatus status;              ///< for Error
};

/// Turns API JSON into values without a DOM (simdjson ondemand). Keeps buffers and interns label sets
/// from call to call, so use one Decoder per stream; not thread-safe, cheap to make.
///
/// Untrusted input: at most 64 MiB a document and 1,024 levels. A list that is no list, or that is cut,
/// is an Error; one odd item is a DecodeFault.
class Decoder
{
public:
    Decoder();
    ~Decoder();
    Decoder(Decoder &&) noexcept;
    Decoder &operator=(Decoder &&) noexcept;

    Result<ListPage> list(const ResourceType &resource, std::string_view json);
    Result<WatchEvent> watchEvent(const ResourceType &resource, std::string_view json);
    /// A single object, as GET returns it and as snapshots keep it.
    Result<AnyObject> object(const ResourceType &resource, std::string_view json);
    Result<ApiStatus> status(std::string_view json);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan
