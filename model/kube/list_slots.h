#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <set>

namespace portolan::kube {

/// Lets only so many lists run at once; the others wait in the order in which they came. So a fan-out
/// over a thousand namespaces neither floods the server nor takes the streams that watches need.
/// Single-threaded.
class ListSlots
{
public:
    explicit ListSlots(std::size_t slots) : m_slots(slots) {}

    /// A place in the queue: 0 is none. `go` is called once, now or later.
    std::uint64_t enter(std::function<void()> go);
    /// Gives the place back, whether it was waiting or had its turn; nothing for 0.
    void leave(std::uint64_t place);
    /// Nobody gets a turn any more.
    void close() { m_slots = 0; }

private:
    void advance();

    struct Waiting
    {
        std::uint64_t place;
        std::function<void()> go;
    };
    std::size_t m_slots;
    std::uint64_t m_lastPlace = 0;
    std::set<std::uint64_t> m_running;
    std::deque<Waiting> m_waiting;
};

} // namespace portolan::kube
