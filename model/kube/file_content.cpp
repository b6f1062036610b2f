#include "model/kube/file_content.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace portolan::kube {

namespace {

constexpr int silenceLimitMs = 10'000;

Error systemError(int number, const std::string &where)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorCode::NotFound, "no such file", where};
    case EACCES:
    case EPERM:
        return {ErrorCode::PermissionDenied, "cannot be opened: permission denied", where};
    default:
        return {ErrorCode::Io, "cannot be read: " + std::string(std::strerror(number)), where};
    }
}

struct Descriptor
{
    int number;
    ~Descriptor()
    {
        if (number >= 0)
            ::close(number);
    }
};

} // namespace

Result<std::string> readFile(const std::filesystem::path &file, std::size_t maxBytes)
{
    const std::string where = withoutControlCharacters(file.string());
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    if (descriptor.number < 0)
        return systemError(errno, where);
    struct stat status = {};
    if (::fstat(descriptor.number, &status) == 0 && S_ISDIR(status.st_mode))
        return Error{ErrorCode::InvalidInput, "is a directory", where};
    std::string content;
    std::array<char, 64 << 10> buffer;
    while (true) {
        pollfd source{descriptor.number, POLLIN, 0};
        if (::poll(&source, 1, silenceLimitMs) == 0)
            return Error{ErrorCode::Timeout, "nothing came out of it for 10 s", where};
        const ssize_t got = ::read(descriptor.number, buffer.data(), buffer.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got < 0)
            return systemError(errno, where);
        if (got == 0)
            return content;
        content.append(buffer.data(), std::size_t(got));
        if (content.size() > maxBytes)
            return Error{ErrorCode::TooLarge, "is larger than " + std::to_string(maxBytes) + " bytes", where};
    }
}

} // namespace portolan::kube
