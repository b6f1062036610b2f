#include "model/snapshot/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace portolan::snapshot {

namespace {

constexpr int gzipWindow = 15 + 16; ///< zlib's way of asking for a gzip header
constexpr std::size_t pieceSize = 256 << 10;

Bytef *bytes(std::string_view text)
{
    // zlib's interface of 1995 has no const; it does not write there.
    return reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
}

} // namespace

struct GzipWriter::Private
{
    z_stream stream{};
    Sink sink;
    std::string piece = std::string(pieceSize, '\0');
    bool usable = false;

    Result<void> deflateAll(int flush)
    {
        if (!usable)
            return Error{ErrorCode::Io, "zlib could not be started", {}};
        int state = Z_OK;
        do {
            stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            stream.avail_out = uInt(piece.size());
            state = deflate(&stream, flush);
            const std::size_t packed = piece.size() - stream.avail_out;
            if (packed > 0) {
                if (auto written = sink(std::string_view(piece.data(), packed)); !written)
                    return written;
            }
        } while (stream.avail_out == 0 || (flush == Z_FINISH && state == Z_OK));
        return {};
    }
};

GzipWriter::GzipWriter(Sink sink) : d(std::make_unique<Private>())
{
    d->sink = std::move(sink);
    d->usable = deflateInit2(&d->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8,
                             Z_DEFAULT_STRATEGY) == Z_OK;
}

GzipWriter::~GzipWriter()
{
    if (d->usable)
        deflateEnd(&d->stream);
}

Result<void> GzipWriter::append(std::string_view text)
{
    while (!text.empty()) {
        const std::string_view part = text.substr(0, std::size_t{1} << 30);
        d->stream.next_in = bytes(part);
        d->stream.avail_in = uInt(part.size());
        if (auto packed = d->deflateAll(Z_NO_FLUSH); !packed)
            return packed;
        text.remove_prefix(part.size());
    }
    return {};
}

Result<void> GzipWriter::finish()
{
    d->stream.avail_in = 0;
    return d->deflateAll(Z_FINISH);
}

namespace {

/// Ends an inflate whichever way the function is left.
struct Inflater
{
    z_stream stream{};
    bool usable = inflateInit2(&stream, gzipWindow) == Z_OK;

    Inflater() = default;
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    ~Inflater()
    {
        if (usable)
            inflateEnd(&stream);
    }
};

Error refused(std::string detail)
{
    return {ErrorCode::InvalidInput, std::move(detail), {}};
}

} // namespace

bool looksLikeGzip(std::string_view packed)
{
    return packed.starts_with("\x1f\x8b");
}

Result<void> gunzip(std::string_view packed, std::uint64_t limit,
                    const std::function<Result<void>(std::string_view text)> &onText)
{
    const bool isGzip = looksLikeGzip(packed);
    Inflater inflater;
    if (!inflater.usable)
        return Error{ErrorCode::Io, "zlib could not be started", {}};
    z_stream &stream = inflater.stream;
    std::string piece(pieceSize, '\0');
    std::uint64_t total = 0;
    int state = Z_OK;
    while (state != Z_STREAM_END) {
        if (stream.avail_in == 0) {
            if (packed.empty())
                return refused("the file is cut short");
            const std::string_view part = packed.substr(0, std::size_t{1} << 30);
            stream.next_in = bytes(part);
            stream.avail_in = uInt(part.size());
            packed.remove_prefix(part.size());
        }
        stream.next_out = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_out = uInt(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            return refused(total == 0 && !isGzip ? "is not gzip" : "the file is damaged");
        const std::size_t size = piece.size() - stream.avail_out;
        total += size;
        if (total > limit)
            return Error{
                ErrorCode::TooLarge, "unpacks to more than " + std::to_string(limit >> 20) + " MiB", {}};
        if (size > 0) {
            if (auto taken = onText(std::string_view(piece.data(), size)); !taken)
                return taken;
        }
    }
    if (stream.avail_in > 0 || !packed.empty())
        return refused("there is something after its end");
    return {};
}

} // namespace portolan::snapshot
