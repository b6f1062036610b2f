#include "model/kube/list_slots.h"

#include <utility>

namespace portolan::kube {

std::uint64_t ListSlots::enter(std::function<void()> go)
{
    const std::uint64_t place = ++m_lastPlace;
    m_waiting.push_back({place, std::move(go)});
    advance();
    return place;
}

void ListSlots::leave(std::uint64_t place)
{
    if (m_running.erase(place) == 0)
        std::erase_if(m_waiting, [place](const Waiting &w) { return w.place == place; });
    advance();
}

void ListSlots::advance()
{
    while (m_running.size() < m_slots && !m_waiting.empty()) {
        const Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running.insert(next.place);
        next.go();
    }
}

} // namespace portolan::kube
