#include "model/snapshot/snapshot.h"

#include "model/base/clock.h"
#include "model/base/output_file.h"
#include "model/snapshot/gzip.h"
#include "model/snapshot/snapshot_reader.h"
#include "model/snapshot/snapshot_writer.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

/// A packed recording is far smaller than what it unpacks to; anything larger is none.
constexpr std::uint64_t largestFile = std::uint64_t{2} << 30;

Error readError(const std::filesystem::path &file, int error)
{
    const ErrorCode code = error == ENOENT || error == ENOTDIR ? ErrorCode::NotFound
                           : error == EACCES || error == EPERM ? ErrorCode::PermissionDenied
                                                               : ErrorCode::Io;
    return {code, std::strerror(error), file.string()};
}

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    int get() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }

private:
    int m_fd;
};

Result<std::string> readAll(const std::filesystem::path &file)
{
    const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status
    {
    };
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0)
        return readError(file, errno);
    if (S_ISDIR(status.st_mode))
        return Error{ErrorCode::InvalidInput, "is a directory", file.string()};
    if (std::uint64_t(std::max<off_t>(status.st_size, 0)) > largestFile)
        return Error{ErrorCode::TooLarge, "is larger than 2 GiB", file.string()};
    std::string bytes;
    std::string piece(std::size_t{1} << 20, '\0');
    for (;;) {
        const ssize_t size = ::read(fd.get(), piece.data(), piece.size());
        if (size == 0)
            return bytes;
        if (size < 0 && errno != EINTR)
            return readError(file, errno);
        if (size > 0)
            bytes.append(piece, 0, std::size_t(size));
        // Of a device that never ends or somebody's disk image the first bytes are enough.
        if (bytes.size() >= 2 && !snapshot::looksLikeGzip(bytes))
            return Error{ErrorCode::InvalidInput, "is not gzip", file.string()};
        if (bytes.size() > largestFile)
            return Error{ErrorCode::TooLarge, "is larger than 2 GiB", file.string()};
    }
}

} // namespace

Result<void> saveSnapshot(const ClusterState &state, const std::filesystem::path &file,
                          const CancelToken &cancel)
{
    const WallTime recordedAt =
        state.info.recordedAt == WallTime{} ? systemClock().wallNow() : state.info.recordedAt;
    return writeFile(file, FileReaders::OwnerAlone, [&](const ByteSink &sink) {
        return snapshot::write(state, recordedAt, [&](std::string_view packed) {
            return cancel.isCancelled() ? Error{ErrorCode::Cancelled, "interrupted", {}} : sink(packed);
        });
    });
}

Result<ClusterStatePtr> loadSnapshot(const std::filesystem::path &file, SourceKind source)
{
    const auto bytes = readAll(file);
    if (!bytes)
        return bytes.error();
    return readSnapshot(*bytes, file.string(), source);
}

Result<ClusterStatePtr> readSnapshot(std::string_view bytes, std::string_view name, SourceKind source)
{
    auto state = snapshot::read(bytes, {});
    if (!state) {
        Error error = state.error();
        error.where = name;
        return error;
    }
    (*state)->info.source = source;
    return ClusterStatePtr(std::move(*state));
}

} // namespace portolan
