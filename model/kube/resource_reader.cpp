#include "model/kube/resource_reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace portolan::kube {

namespace {

constexpr std::size_t mostNamespaces = 500;
/// A list that failed so often is a gap until it succeeds: what is unknown must not look empty.
constexpr int failuresOfGap = 3;

/// Events about kinds that the chart never shows are not kept.
bool isCharted(const AnyObject &object)
{
    constexpr std::array<std::string_view, 10> uncharted{"PersistentVolume",
                                                         "PersistentVolumeClaim",
                                                         "StorageClass",
                                                         "VolumeSnapshot",
                                                         "Lease",
                                                         "PodDisruptionBudget",
                                                         "VolumeAttachment",
                                                         "CertificateSigningRequest",
                                                         "HorizontalPodAutoscaler",
                                                         "VerticalPodAutoscaler"};
    const auto *event = std::get_if<std::shared_ptr<const ClusterEvent>>(&object);
    return !event || std::find(uncharted.begin(), uncharted.end(), (*event)->involvedKind) == uncharted.end();
}

bool isGap(const Reflector &reflector)
{
    const WatchPhase phase = reflector.status().phase;
    return phase == WatchPhase::Forbidden || phase == WatchPhase::Failed ||
           (!reflector.isSynced() && reflector.failures() >= failuresOfGap);
}

/// An object that the server has and nobody can decode is unknown and not absent: a gap in its namespace.
void appendOddObjects(const Reflector &reflector, std::vector<ReadGap> &gaps)
{
    std::map<std::string, std::vector<const DecodeFault *>> byNamespace;
    for (const auto &[ref, fault] : reflector.faults())
        byNamespace[ref.ns].push_back(&fault);
    const WatchStatus &status = reflector.status();
    for (const auto &[ns, faults] : byNamespace)
        gaps.push_back({status.resource, ns.empty() ? status.ns : ns,
                        errorOf(status.resource, *faults.front(), faults.size())});
}

} // namespace

ResourceReader::ResourceReader(ReflectorShared &shared, SelectedResource resource, std::uint64_t seed,
                               Handlers handlers)
    : m_shared(shared),
      m_resource(std::move(resource)),
      m_random(seed),
      m_handlers(std::move(handlers))
{
}

void ResourceReader::start(const NamespacePlan &plan)
{
    if (isNamed())
        setParts({m_resource.ns});
    else if (!m_resource.type.namespaced || !plan.fixed)
        startWhole();
    else
        adjust(plan);
}

std::unique_ptr<Reflector> ResourceReader::makeReflector(const std::string &ns)
{
    Reflector::Handlers handlers;
    handlers.onReplaced = [this, ns](std::vector<AnyObject> objects) { report(ns, std::move(objects)); };
    handlers.onChanged = [this](std::vector<ObjectRef> removed, std::vector<AnyObject> upserts) {
        reportChange(std::move(removed), std::move(upserts));
    };
    handlers.onState = [this] { m_handlers.onState(); };
    handlers.onProgress = [this] { m_handlers.onProgress(); };
    handlers.onHeard = [this] { m_handlers.onHeard(); };
    return std::make_unique<Reflector>(m_shared,
                                       ListScope{m_resource.type, ns, m_resource.fieldSelector, true},
                                       m_resource.canWatch, m_random(), std::move(handlers));
}

void ResourceReader::startWhole()
{
    m_whole = makeReflector({});
    m_whole->start();
}

void ResourceReader::adjust(const NamespacePlan &plan)
{
    if (isNamed())
        return;
    noteForbidden();
    if (m_fannedOut && m_resource.alternative)
        useAlternative();
    if (!m_resource.type.namespaced)
        return;
    m_emptyScope = plan.fixed && (!plan.names || plan.names->empty());
    if (!readsByNamespace(plan))
        setParts({});
    else if (plan.names)
        setParts(*plan.names);
}

void ResourceReader::useAlternative()
{
    m_fannedOut = false;
    m_resource.type = *std::exchange(m_resource.alternative, std::nullopt);
    startWhole();
}

void ResourceReader::noteForbidden()
{
    if (!m_whole || m_whole->isSynced()) {
        m_fannedOut = false;
        return;
    }
    const WatchStatus &status = m_whole->status();
    if (status.phase == WatchPhase::Forbidden && status.problem &&
        status.problem->code == ErrorCode::PermissionDenied)
        m_fannedOut = true;
}

bool ResourceReader::readsByNamespace(const NamespacePlan &plan) const
{
    return m_resource.type.namespaced && !isNamed() && (plan.fixed || m_fannedOut);
}

bool ResourceReader::isUnreadable() const
{
    return m_whole && isGap(*m_whole);
}

bool ResourceReader::isGone() const
{
    const auto reflectors = active();
    return std::any_of(reflectors.begin(), reflectors.end(),
                       [](const Reflector *r) { return r->status().phase == WatchPhase::Failed; });
}

void ResourceReader::setParts(const std::vector<std::string> &names)
{
    if (names == m_names)
        return;
    m_names = names;
    const std::size_t kept = std::min(names.size(), mostNamespaces);
    const std::set<std::string> wanted(names.begin(), names.begin() + std::ptrdiff_t(kept));
    m_leftOut.assign(names.begin() + std::ptrdiff_t(kept), names.end());
    for (auto part = m_parts.begin(); part != m_parts.end();) {
        if (wanted.contains(part->first)) {
            ++part;
            continue;
        }
        // The whole cluster, where it is read again, has replaced these objects already.
        const bool wholeIsRead = m_whole && m_whole->isSynced();
        if (part->second->isSynced() && !wholeIsRead)
            report(part->first, {});
        part = m_parts.erase(part);
    }
    for (const std::string &ns : wanted) {
        if (m_parts.contains(ns))
            continue;
        m_parts[ns] = makeReflector(ns);
        m_parts[ns]->start();
    }
}

void ResourceReader::retire()
{
    const auto reflectors = active();
    const bool hadObjects =
        std::any_of(reflectors.begin(), reflectors.end(), [](const Reflector *r) { return r->isSynced(); });
    m_whole.reset();
    m_parts.clear();
    m_leftOut.clear();
    if (hadObjects)
        report({}, {});
}

void ResourceReader::report(const std::string &ns, std::vector<AnyObject> objects)
{
    std::erase_if(objects, [](const AnyObject &object) { return !isCharted(object); });
    ClusterDelta delta;
    if (isNamed()) {
        // Others of the namespace are others' to report.
        if (objects.empty())
            delta.removed.push_back(
                {m_resource.type.objectKind(), m_resource.type.objectType(), m_resource.ns, m_resource.name});
        delta.upserts = std::move(objects);
        m_handlers.onDelta(std::move(delta));
        return;
    }
    delta.replacements.push_back({m_resource.type, ns, std::move(objects)});
    m_handlers.onDelta(std::move(delta));
}

void ResourceReader::reportChange(std::vector<ObjectRef> removed, std::vector<AnyObject> upserts)
{
    ClusterDelta delta;
    delta.removed = std::move(removed);
    delta.upserts = std::move(upserts);
    std::erase_if(delta.upserts, [](const AnyObject &object) { return !isCharted(object); });
    if (!delta.isEmpty())
        m_handlers.onDelta(std::move(delta));
}

/// Those whose word counts: not a cluster-wide one whose work the namespaces do.
std::vector<const Reflector *> ResourceReader::active() const
{
    std::vector<const Reflector *> reflectors;
    if (m_whole && (m_parts.empty() || !m_fannedOut))
        reflectors.push_back(m_whole.get());
    for (const auto &[ns, part] : m_parts)
        reflectors.push_back(part.get());
    return reflectors;
}

bool ResourceReader::isSettled(const NamespacePlan &plan) const
{
    if (readsByNamespace(plan) && (!plan.names || (m_parts.empty() && !plan.names->empty())))
        return false;
    if (m_fannedOut && m_resource.alternative)
        return false;
    const auto reflectors = active();
    return std::all_of(reflectors.begin(), reflectors.end(),
                       [](const Reflector *r) { return r->isSynced() || isGap(*r); });
}

void ResourceReader::appendStatus(std::vector<WatchStatus> &statuses) const
{
    for (const Reflector *reflector : active())
        statuses.push_back(reflector->status());
}

void ResourceReader::appendGaps(std::vector<ReadGap> &gaps) const
{
    for (const Reflector *reflector : active()) {
        const WatchStatus &status = reflector->status();
        if (isGap(*reflector))
            gaps.push_back({status.resource, status.ns, status.problem.value_or(Error{})});
        else
            appendOddObjects(*reflector, gaps);
    }
    if (m_emptyScope)
        gaps.push_back({m_resource.type, {}, {ErrorCode::InvalidInput, "no namespace was named", {}}});
    for (const std::string &ns : m_leftOut) {
        const std::string detail =
            "only the first " + std::to_string(mostNamespaces) + " namespaces are read one by one";
        gaps.push_back({m_resource.type, ns, {ErrorCode::TooLarge, detail, ns}});
    }
}

void ResourceReader::appendReflectors(std::vector<Reflector *> &reflectors) const
{
    if (m_whole)
        reflectors.push_back(m_whole.get());
    for (const auto &[ns, part] : m_parts)
        reflectors.push_back(part.get());
}

} // namespace portolan::kube
