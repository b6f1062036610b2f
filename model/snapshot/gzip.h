#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

/// gzip (RFC 1952) as streams, so that neither side ever holds a whole recording. zlib stays behind here.
namespace portolan::snapshot {

/// Packs what is appended and gives the packed bytes to a sink. The sink's first error ends it all.
class GzipWriter
{
public:
    using Sink = std::function<Result<void>(std::string_view packed)>;

    explicit GzipWriter(Sink sink);
    ~GzipWriter();

    Result<void> append(std::string_view text);
    /// Writes what is left and the trailer. Nothing may be appended afterwards.
    Result<void> finish();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Whether it begins as gzip does; two bytes are enough.
bool looksLikeGzip(std::string_view packed);

/// Unpacks `packed` in one go and gives the text to `onText` piece by piece; an error of onText ends it.
/// Errors (`where` is left to the caller): InvalidInput where it is no gzip, is cut, is damaged (CRC) or
/// has more after its end; TooLarge past `limit` bytes of text.
Result<void> gunzip(std::string_view packed, std::uint64_t limit,
                    const std::function<Result<void>(std::string_view text)> &onText);

} // namespace portolan::snapshot
