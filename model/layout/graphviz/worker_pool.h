#pragma once

#include "model/base/cancel_token.h"
#include "model/layout/graphviz/piece_protocol.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portolan::layout {

/// Small resident processes that run dot, started on first need, one piece at a time each. A worker that
/// crashes, hangs past the deadline or answers nonsense is killed and costs only its piece.
/// Used by one thread at a time; the destructor ends every worker.
class WorkerPool
{
public:
    WorkerPool(std::string program, std::chrono::milliseconds pieceDeadline, int maxWorkers);
    ~WorkerPool();

    /// A drawing for each piece, in their order; nothing where the worker failed or the piece is out of
    /// bounds. Blocks. Errors: Cancelled, within milliseconds of the token; busy workers are killed then.
    Result<std::vector<std::optional<DotDrawing>>> layout(const std::vector<DotPiece> &pieces,
                                                          const CancelToken &cancel);

    /// Processes that run now.
    std::vector<int> workerPids() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::layout
