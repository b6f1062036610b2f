#include "model/base/output_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace fs = std::filesystem;

namespace {

constexpr int mostLinks = 40;
constexpr int mostNames = 100;

Error ioError(const fs::path &file, int error)
{
    return {ErrorCode::Io, std::strerror(error), file.string()};
}

int openAgain(const fs::path &file, int flags, mode_t mode = 0)
{
    for (;;) {
        const int fd = ::open(file.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode);
        if (fd >= 0 || errno != EINTR)
            return fd;
    }
}

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { close(); }

    int get() const { return m_fd; }
    bool isOpen() const { return m_fd >= 0; }
    /// Some file systems say only here that a disk is full.
    bool close()
    {
        const int fd = m_fd;
        m_fd = -1;
        return fd < 0 || ::close(fd) == 0;
    }

private:
    int m_fd;
};

Result<void> writeAll(int fd, std::string_view bytes, const fs::path &file)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR)
            return ioError(file, errno);
        if (written > 0)
            bytes.remove_prefix(std::size_t(written));
    }
    return {};
}

/// What a chain of symbolic links leads to, be it there or not. Nothing where it leads through /proc, as
/// /dev/stdout does: that is an open file, which is not to be put another in place of.
std::optional<fs::path> replacedBy(fs::path file)
{
    std::error_code problem;
    for (int i = 0; i < mostLinks && fs::is_symlink(file, problem); ++i) {
        if (fs::weakly_canonical(file.parent_path(), problem).string().starts_with("/proc/"))
            return std::nullopt;
        file = file.parent_path() / fs::read_symlink(file, problem);
    }
    return file;
}

Result<void> writeThrough(const fs::path &file, int more,
                          const std::function<Result<void>(const ByteSink &sink)> &fill)
{
    Descriptor fd(openAgain(file, O_WRONLY | more));
    if (!fd.isOpen())
        return ioError(file, errno);
    Result<void> outcome = fill([&](std::string_view bytes) { return writeAll(fd.get(), bytes, file); });
    if (!fd.close() && outcome)
        outcome = ioError(file, errno);
    return outcome;
}

/// A new file beside `target`, whose name it gives.
int openBeside(const fs::path &target, mode_t mode, std::string &name)
{
    std::random_device random;
    for (int i = 0; i < mostNames; ++i) {
        name = target.string() + "." + std::to_string(random());
        const int fd = openAgain(name, O_WRONLY | O_CREAT | O_EXCL, mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

} // namespace

Result<void> writeFile(const fs::path &file, FileReaders readers,
                       const std::function<Result<void>(const ByteSink &sink)> &fill)
{
    struct stat status
    {
    };
    const bool isThere = ::stat(file.c_str(), &status) == 0;
    if (isThere && !S_ISREG(status.st_mode))
        return writeThrough(file, 0, fill);
    const std::optional<fs::path> target = replacedBy(file);
    if (!target)
        return writeThrough(file, O_APPEND, fill);

    std::string temporary;
    // Never for more eyes than the file that it replaces, not for a moment.
    const mode_t mode = readers == FileReaders::OwnerAlone ? 0600 : isThere ? status.st_mode & 0777 : 0666;
    Descriptor fd(openBeside(*target, mode, temporary));
    if (!fd.isOpen())
        return ioError(file, errno);
    Result<void> outcome = fill([&](std::string_view bytes) { return writeAll(fd.get(), bytes, file); });
    const bool keepsMode = isThere && readers == FileReaders::AsUsual;
    if (outcome && ((keepsMode && ::fchmod(fd.get(), status.st_mode & 0777) != 0) ||
                    (::fsync(fd.get()) != 0 && errno != EINVAL) || !fd.close() ||
                    ::rename(temporary.c_str(), target->c_str()) != 0))
        outcome = ioError(file, errno);
    if (!outcome)
        ::unlink(temporary.c_str());
    return outcome;
}

Result<void> writeFile(const fs::path &file, std::string_view text)
{
    return writeFile(file, FileReaders::AsUsual, [text](const ByteSink &sink) { return sink(text); });
}

} // namespace portolan
