#pragma once

#include "model/layout/graphviz/piece_protocol.h"

#include <chrono>
#include <memory>
#include <string>

namespace portolan::layout {

/// One worker process and the socket to it. Never blocks, but for the wait for a killed process to end.
/// Destroying it kills the process.
class WorkerProcess
{
public:
    using Instant = std::chrono::steady_clock::time_point;

    /// Errors: NotFound, PermissionDenied or Unavailable: the program cannot be started.
    static Result<std::unique_ptr<WorkerProcess>> start(const std::string &program);

    ~WorkerProcess();
    WorkerProcess(const WorkerProcess &) = delete;
    WorkerProcess &operator=(const WorkerProcess &) = delete;

    int pid() const { return m_pid; }
    int socket() const { return m_socket; }

    bool isBusy() const { return m_busy; }
    std::uint32_t piece() const { return m_piece; }
    Instant deadline() const { return m_deadline; }
    bool wantsToWrite() const { return !m_out.empty(); }

    /// Precondition: !isBusy().
    void give(std::uint32_t piece, std::string message, Instant deadline);
    /// Writes what the socket takes; false where the worker is gone.
    bool write();
    /// Reads what is there. Nothing yet, the drawing of piece(), or an Error: the worker is of no use
    /// any more.
    Result<std::optional<DotDrawing>> read();

private:
    WorkerProcess(int pid, int socket) : m_pid(pid), m_socket(socket) {}

    int m_pid;
    int m_socket;
    bool m_busy = false;
    std::uint32_t m_piece = 0;
    Instant m_deadline{};
    std::string m_out;
    std::string m_in;
};

} // namespace portolan::layout
