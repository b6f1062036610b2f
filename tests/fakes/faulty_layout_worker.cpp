// A layout worker that misbehaves as PORTOLAN_FAULT says, on pieces of three nodes alone where
// PORTOLAN_FAULT_ON is "three"; otherwise it answers with a row of places.

#include "model/layout/graphviz/piece_protocol.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>
#include <unistd.h>

using namespace portolan::layout;

namespace {

void put(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written <= 0)
            _exit(1);
        bytes.remove_prefix(std::size_t(written));
    }
}

DotDrawing row(std::size_t count)
{
    DotPlaces places;
    for (std::size_t i = 0; i < count; ++i)
        places.push_back({double(i) * 300, 0});
    return {places, {}};
}

void misbehave(const std::string &fault, const NumberedPiece &asked)
{
    const std::size_t count = asked.piece.nodes.size();
    const std::string good = encodeDrawing(asked.id, row(count));
    if (fault == "hang")
        pause();
    if (fault == "crash")
        std::abort();
    if (fault == "exit")
        _exit(0);
    if (fault == "garbage")
        put("this is no layout at all");
    if (fault == "flood") {
        for (;;)
            put(std::string(65'536, 'x'));
    }
    if (fault == "wrong id")
        put(encodeDrawing(asked.id + 1, row(count)));
    if (fault == "wrong count")
        put(encodeDrawing(asked.id, row(count + 1)));
    if (fault == "cut") {
        put(std::string_view(good).substr(0, good.size() / 2));
        pause();
    }
    if (fault == "twice")
        put(good + good);
    if (fault == "not finite") {
        std::string bad = good;
        bad.replace(bad.size() - 8, 4,
                    std::string("\x00\x00\xc0\x7f", 4)); // a NaN, before the number of lines
        put(bad);
    }
}

} // namespace

int main()
{
    const std::string fault = std::getenv("PORTOLAN_FAULT") ? std::getenv("PORTOLAN_FAULT") : "";
    const bool onThree = std::getenv("PORTOLAN_FAULT_ON") != nullptr;
    std::string input;
    for (;;) {
        const auto body = firstBody(input);
        if (!body)
            return 1;
        if (*body) {
            const std::size_t used = messageBytes(**body);
            const auto asked = decodePiece(**body);
            if (!asked)
                return 1;
            if (!fault.empty() && (!onThree || asked->piece.nodes.size() == 3))
                misbehave(fault, *asked);
            else
                put(encodeDrawing(asked->id, row(asked->piece.nodes.size())));
            input.erase(0, used);
            continue;
        }
        std::array<char, 4096> buffer;
        const ssize_t got = read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got <= 0)
            return 0;
        input.append(buffer.data(), std::size_t(got));
    }
}
