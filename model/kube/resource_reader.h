#pragma once

#include "model/cluster/cluster_delta.h"
#include "model/kube/reflector.h"
#include "model/kube/resource_selection.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace portolan::kube {

/// Which namespaces a reader speaks of.
struct NamespacePlan
{
    /// The scope that was asked for names them: nothing is ever asked of the whole cluster, not even where
    /// the list is empty.
    bool fixed = false;
    /// With `fixed` those of the scope; else those to fan out to where the whole cluster is forbidden.
    /// Nothing: not known yet.
    std::optional<std::vector<std::string>> names;
};

/// Reads one resource in every scope that it can be read in: the whole cluster, or each namespace where the
/// scope is fixed or the whole cluster is forbidden. At most 500 namespaces; the others are gaps. The
/// cluster-wide list is tried again as a forbidden reflector does it; when it succeeds the namespaces are
/// let go.
///
/// What it reports is of one resource, in one delta a report. Single-threaded. `onState` asks for adjust():
/// that is called later and not from inside, because it destroys reflectors.
class ResourceReader
{
public:
    struct Handlers
    {
        std::function<void(ClusterDelta)> onDelta;
        std::function<void()> onState;
        std::function<void()> onProgress; ///< as onState, but nothing to adjust
        std::function<void()> onHeard;
    };

    ResourceReader(ReflectorShared &shared, SelectedResource resource, std::uint64_t seed, Handlers handlers);

    void start(const NamespacePlan &plan);
    /// Brings the reflectors in line with the plan and with what is forbidden.
    void adjust(const NamespacePlan &plan);
    /// Stops reading, and says that nothing is left.
    void retire();

    const SelectedResource &selection() const { return m_resource; }
    /// Everything that can be read has been listed once, and the rest is known to be unreadable.
    bool isSettled(const NamespacePlan &plan) const;
    /// The whole of it may not be read, or could not be read for some time.
    bool isUnreadable() const;
    bool isSynced() const { return m_whole && m_whole->isSynced(); }
    /// The server has answered that it does not serve it.
    bool isGone() const;
    void appendStatus(std::vector<WatchStatus> &statuses) const;
    void appendGaps(std::vector<ReadGap> &gaps) const;
    /// In the order in which watches are to be given out.
    void appendReflectors(std::vector<Reflector *> &reflectors) const;

private:
    std::unique_ptr<Reflector> makeReflector(const std::string &ns);
    void startWhole();
    void useAlternative();
    void setParts(const std::vector<std::string> &names);
    void report(const std::string &ns, std::vector<AnyObject> objects);
    void reportChange(std::vector<ObjectRef> removed, std::vector<AnyObject> upserts);
    void noteForbidden();
    /// One object alone is read.
    bool isNamed() const { return !m_resource.name.empty(); }
    bool readsByNamespace(const NamespacePlan &plan) const;
    std::vector<const Reflector *> active() const;

    ReflectorShared &m_shared;
    SelectedResource m_resource;
    std::mt19937_64 m_random;
    Handlers m_handlers;
    std::unique_ptr<Reflector> m_whole;
    std::map<std::string, std::unique_ptr<Reflector>> m_parts;
    std::vector<std::string> m_names;   ///< that the parts are for
    std::vector<std::string> m_leftOut; ///< namespaces past the bound
    /// The whole cluster was forbidden and has not been listed since.
    bool m_fannedOut = false;
    bool m_emptyScope = false;
};

} // namespace portolan::kube
