#include "model/layout/graphviz/worker_pool.h"

#include "model/layout/graphviz/worker_process.h"

#include <algorithm>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace portolan::layout {

namespace {

using Instant = WorkerProcess::Instant;

constexpr std::size_t piecesPerWorker = 12; // a second process is not worth its start for fewer
constexpr int patience = 3;                 // workers in a row that fail before this run gives up on them

/// Wakes a poll from any thread.
class WakeUp
{
public:
    WakeUp() : m_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    ~WakeUp() { close(m_fd); }
    WakeUp(const WakeUp &) = delete;
    WakeUp &operator=(const WakeUp &) = delete;

    int fd() const { return m_fd; }
    void ring() const { eventfd_write(m_fd, 1); }

private:
    int m_fd;
};

} // namespace

struct WorkerPool::Private
{
    std::string program;
    std::chrono::milliseconds deadline;
    int maxWorkers;
    std::vector<std::unique_ptr<WorkerProcess>> workers;

    // One run:
    const std::vector<DotPiece> *pieces = nullptr;
    std::vector<std::uint32_t> waiting; // the last one is next
    std::vector<std::optional<DotDrawing>> answers;
    int failures = 0;

    void begin(const std::vector<DotPiece> &all)
    {
        pieces = &all;
        answers.assign(all.size(), std::nullopt);
        waiting.clear();
        failures = 0;
        for (std::size_t i = all.size(); i-- > 0;) {
            if (isWithinBounds(all[i]))
                waiting.push_back(std::uint32_t(i));
        }
    }

    bool anyBusy() const
    {
        return std::any_of(workers.begin(), workers.end(),
                           [](const auto &worker) { return worker->isBusy(); });
    }

    /// As many workers as the waiting pieces are worth.
    void startWorkers()
    {
        const std::size_t worth = (waiting.size() + piecesPerWorker - 1) / piecesPerWorker;
        const std::size_t wanted = std::min(worth, std::size_t(std::max(1, maxWorkers)));
        while (workers.size() < wanted && failures < patience) {
            auto worker = WorkerProcess::start(program);
            if (worker)
                workers.push_back(std::move(*worker));
            else
                ++failures;
        }
    }

    void handOut()
    {
        if (!waiting.empty())
            startWorkers();
        if (failures >= patience)
            waiting.clear(); // what is at work may still come
        for (const auto &worker : workers) {
            if (worker->isBusy() || waiting.empty())
                continue;
            const std::uint32_t piece = waiting.back();
            waiting.pop_back();
            worker->give(piece, encodePiece(piece, (*pieces)[piece]),
                         std::chrono::steady_clock::now() + deadline);
        }
    }

    /// Milliseconds until the first deadline, rounded up.
    int timeLeft() const
    {
        Instant first = Instant::max();
        for (const auto &worker : workers) {
            if (worker->isBusy())
                first = std::min(first, worker->deadline());
        }
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(first - std::chrono::steady_clock::now());
        return int(std::clamp<std::int64_t>(left.count(), 0, 60'000));
    }

    /// False where the worker is lost.
    bool serve(WorkerProcess &worker, short events)
    {
        if (worker.wantsToWrite() && !worker.write())
            return false;
        if ((events & (POLLIN | POLLHUP | POLLERR)) == 0)
            return true;
        const std::uint32_t piece = worker.piece();
        auto drawing = worker.read();
        if (!drawing)
            return false;
        if (!*drawing)
            return true;
        // An empty answer is a worker's honest "dot failed on this one".
        if (layout::answers(**drawing, (*pieces)[piece]))
            answers[piece] = std::move(**drawing);
        failures = 0;
        return true;
    }

    /// One wait and what came of it.
    void step(const WakeUp &wake)
    {
        std::vector<pollfd> polled;
        for (const auto &worker : workers)
            polled.push_back(
                {worker->socket(), short(worker->wantsToWrite() ? POLLIN | POLLOUT : POLLIN), 0});
        polled.push_back({wake.fd(), POLLIN, 0});
        poll(polled.data(), polled.size(), timeLeft());
        const Instant now = std::chrono::steady_clock::now();
        std::vector<std::unique_ptr<WorkerProcess>> kept;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            const bool alive = serve(*workers[i], polled[i].revents);
            const bool late = workers[i]->isBusy() && now >= workers[i]->deadline();
            if (alive && !late)
                kept.push_back(std::move(workers[i]));
            else
                ++failures;
        }
        workers = std::move(kept);
    }
};

WorkerPool::WorkerPool(std::string program, std::chrono::milliseconds pieceDeadline, int maxWorkers)
    : d(std::make_unique<Private>())
{
    d->program = std::move(program);
    d->deadline = pieceDeadline;
    d->maxWorkers = maxWorkers;
}

WorkerPool::~WorkerPool() = default;

Result<std::vector<std::optional<DotDrawing>>> WorkerPool::layout(const std::vector<DotPiece> &pieces,
                                                                  const CancelToken &cancel)
{
    d->begin(pieces);
    const WakeUp wake;
    const auto registration = cancel.onCancel([&wake] { wake.ring(); });
    for (;;) {
        if (cancel.isCancelled()) {
            // What they work on is not wanted any more, and dot cannot be told to stop.
            std::erase_if(d->workers, [](const auto &worker) { return worker->isBusy(); });
            return Error{ErrorCode::Cancelled, "the layout was cancelled", "layout worker"};
        }
        d->handOut();
        if (d->waiting.empty() && !d->anyBusy())
            return std::move(d->answers);
        d->step(wake);
    }
}

std::vector<int> WorkerPool::workerPids() const
{
    std::vector<int> pids;
    for (const auto &worker : d->workers)
        pids.push_back(worker->pid());
    return pids;
}

} // namespace portolan::layout
