#include "model/layout/graphviz/dot_layout.h"

#include <array>
#include <cerrno>
#include <sys/resource.h>
#include <unistd.h>

using namespace portolan;
using namespace portolan::layout;

namespace {

constexpr unsigned secondsPerPiece = 30; // past it the program that asked is gone or has given up

bool writeAll(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(std::size_t(written));
    }
    return true;
}

/// Reads more of the input; false at its end.
bool readMore(std::string &input)
{
    std::array<char, 16'384> buffer;
    ssize_t got = 0;
    do {
        got = read(STDIN_FILENO, buffer.data(), buffer.size());
    } while (got < 0 && errno == EINTR);
    if (got > 0)
        input.append(buffer.data(), std::size_t(got));
    return got > 0;
}

void limitResources()
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // which reserve terabytes of addresses
    const rlimit memory{std::size_t(1) << 30, std::size_t(1) << 30};
    setrlimit(RLIMIT_AS, &memory);
#endif
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_CORE, &noCore);
}

/// Answers one message; false where it was none.
bool answer(DotLayout &dot, std::string_view body)
{
    const auto piece = decodePiece(body);
    if (!piece)
        return false;
    alarm(secondsPerPiece);
    const auto drawing = dot.draw(piece->piece);
    alarm(0);
    return writeAll(encodeDrawing(piece->id, drawing ? *drawing : DotDrawing{}));
}

} // namespace

/// Reads pieces from stdin and writes their drawings to stdout until stdin ends. Exit codes: 0 the input
/// ended, 1 it was not understood or the output is gone.
int main()
{
    limitResources();
    DotLayout dot;
    std::string input;
    for (;;) {
        const auto body = firstBody(input);
        if (!body)
            return 1;
        if (!*body) {
            if (!readMore(input))
                return input.empty() ? 0 : 1;
            continue;
        }
        const std::size_t used = messageBytes(**body);
        if (!answer(dot, **body))
            return 1;
        input.erase(0, used);
    }
}
