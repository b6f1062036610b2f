#include "model/session/matrix_maker.h"

namespace portolan {

ReachMatrixPtr MatrixMaker::make(const ClusterStatePtr &state, std::optional<policy::Traffic> traffic,
                                 const CancelToken &cancel)
{
    if (cancel.isCancelled())
        return nullptr;
    const auto policies = policiesOf(state);
    return ReachMatrix::make(*policies, traffic, cancel);
}

std::shared_ptr<const policy::PolicyModel> MatrixMaker::policiesOf(const ClusterStatePtr &state)
{
    const std::lock_guard lock(m_mutex);
    if (m_state != state) {
        m_policies = policy::PolicyModel::make(state);
        m_state = state;
    }
    return m_policies;
}

} // namespace portolan
