#include "model/base/in_parallel.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <system_error>
#include <thread>
#include <vector>

namespace portolan {

void inParallel(std::size_t count, const std::function<void(std::size_t)> &work)
{
    std::atomic<std::size_t> next{0};
    const auto takeTurns = [&] {
        for (std::size_t turn = next++; turn < count; turn = next++)
            work(turn);
    };
    std::vector<std::future<void>> helpers; // that ends waits for them
    const std::size_t threads =
        std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count);
    for (std::size_t thread = 1; thread < threads; ++thread) {
        try {
            helpers.push_back(std::async(std::launch::async, takeTurns));
        } catch (const std::system_error &) {
            break; // no more threads here: those that there are do it
        }
    }
    takeTurns();
    for (std::future<void> &helper : helpers)
        helper.get();
}

} // namespace portolan
