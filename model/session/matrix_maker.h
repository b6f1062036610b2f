#pragma once

#include "model/base/cancel_token.h"
#include "model/cluster/cluster_state.h"
#include "model/graph/reach_matrix.h"

#include <memory>
#include <mutex>
#include <optional>

namespace portolan {

/// Makes matrices, and keeps the compiled policies of the last state for the next port. Thread-safe.
class MatrixMaker
{
public:
    /// Blocks for as long as it takes; nothing where it was cancelled.
    ReachMatrixPtr make(const ClusterStatePtr &state, std::optional<policy::Traffic> traffic,
                        const CancelToken &cancel);

private:
    std::shared_ptr<const policy::PolicyModel> policiesOf(const ClusterStatePtr &state);

    std::mutex m_mutex;
    ClusterStatePtr m_state;
    std::shared_ptr<const policy::PolicyModel> m_policies;
};

} // namespace portolan
