#pragma once

#include "model/base/cancel_token.h"
#include "model/cluster/object_ref.h"
#include "model/graph/speakers.h"
#include "model/graph/topology_graph.h"
#include "model/policy/policy_model.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portolan {

/// What policies say of connections from all pods of one workload to all pods of another. A whole cell: no
/// part of it is left out of the word.
enum class CellVerdict : std::uint8_t {
    NoPods,  ///< at one end nobody could speak
    Allowed, ///< every pair, on every port that was asked for
    Denied,  ///< no pair, on no port
    Mixed,   ///< some pairs, or some ports
    Unknown, ///< for a pair at least it cannot be told
};

/// What two parts of a cell, or two cells, come to together.
CellVerdict joined(CellVerdict a, CellVerdict b);

/// A row and column: a workload as the map has it (a bare pod where there is none).
struct MatrixEnd
{
    ObjectRef object;
    NodeId node; ///< its card in the Services view
    std::string ns;
    std::uint32_t pods = 0; ///< that policies apply to; those on the host's network are not counted
};

/// Every ordered pair of workloads. Immutable; safe from any thread.
class ReachMatrix
{
public:
    /// `traffic`: one port, or nothing for any: then a cell is Allowed where all ports are, Denied where none
    /// is. O(workloads² + kinds of workloads² × ports that policies tell apart for them), the kinds being
    /// those that policies tell apart; nothing where it was cancelled.
    static std::shared_ptr<const ReachMatrix> make(const policy::PolicyModel &policies,
                                                   std::optional<policy::Traffic> traffic,
                                                   const CancelToken &cancel);

    const std::optional<policy::Traffic> &traffic() const { return m_traffic; }
    /// In order of (namespace, name).
    const std::vector<MatrixEnd> &ends() const { return m_ends; }
    /// Row by row.
    const std::vector<CellVerdict> &cells() const { return m_cells; }
    /// Places of ends(), namespaces kept together, so that those of like rows and columns are neighbours.
    const std::vector<std::uint32_t> &similar() const { return m_similar; }
    CellVerdict at(std::size_t from, std::size_t to) const { return m_cells[from * m_ends.size() + to]; }

private:
    bool fill(const policy::PolicyModel &policies, const std::vector<graph::Speakers> &speakers,
              const std::vector<policy::Traffic> &traffics, const CancelToken &cancel);

    std::optional<policy::Traffic> m_traffic;
    std::vector<MatrixEnd> m_ends;
    std::vector<CellVerdict> m_cells; ///< row by row
    std::vector<std::uint32_t> m_similar;
};

using ReachMatrixPtr = std::shared_ptr<const ReachMatrix>;

} // namespace portolan
