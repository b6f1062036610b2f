#include "model/kube/cluster_reader_private.h"

#include "model/cluster/cni_config.h"

#include <algorithm>
#include <utility>

/// Which resources, namespaces and watches a ClusterReader reads.
namespace portolan::kube {

namespace {

std::string groupOf(const std::string &groupVersion)
{
    const std::size_t slash = groupVersion.find('/');
    return slash == std::string::npos ? std::string() : groupVersion.substr(0, slash);
}

bool reads(const ResourceReader &reader, const SelectedResource &resource)
{
    const ResourceType &type = reader.selection().type;
    const bool isSameType = type == resource.type || (resource.alternative && type == *resource.alternative);
    return isSameType && reader.selection().name == resource.name && reader.selection().ns == resource.ns;
}

} // namespace

std::unique_ptr<ResourceReader> ClusterReader::Private::makeReader(const SelectedResource &resource)
{
    ResourceReader::Handlers to;
    to.onDelta = [this](ClusterDelta delta) { emitDelta(std::move(delta)); };
    to.onState = [this] { stateChanged(); };
    to.onProgress = [this] { announceStatusSoon(); };
    to.onHeard = [this] { heartbeat.heard(); };
    return std::make_unique<ResourceReader>(shared, resource, random(), std::move(to));
}

bool ClusterReader::Private::isBroken(const std::string &group) const
{
    return std::any_of(broken.begin(), broken.end(),
                       [&](const auto &b) { return groupOf(b.first) == group; });
}

/// Starts what is new, keeps what goes on, and lets go of what is not served any more. What a broken group
/// serves is not known: it goes on.
void ClusterReader::Private::readResources(std::vector<SelectedResource> selection)
{
    served = selection;
    std::set<std::pair<std::string, std::string>> named; // two agents may share one
    for (const auto &[agent, config] : configs) {
        if (named.insert({agent.ns, config}).second)
            selection.push_back(selectNamed(configMapType(), agent.ns, config));
    }
    std::vector<std::unique_ptr<ResourceReader>> before = std::exchange(readers, {});
    std::vector<ResourceReader *> fresh;
    for (const SelectedResource &resource : selection) {
        const auto known = std::find_if(before.begin(), before.end(), [&](const auto &reader) {
            return reader && reads(*reader, resource);
        });
        if (known != before.end()) {
            readers.push_back(std::move(*known));
        } else {
            readers.push_back(makeReader(resource));
            fresh.push_back(readers.back().get());
        }
    }
    for (auto &reader : before) {
        if (reader && isBroken(reader->selection().type.group))
            readers.push_back(std::move(reader));
        else if (reader)
            reader->retire();
    }
    for (ResourceReader *reader : fresh)
        reader->start(plan);
    giveOutWatches();
    stateChanged();
}

/// Which CNI agents there are tells which ConfigMaps are worth asking for, and where.
void ClusterReader::Private::learnAgents(const ClusterDelta &delta)
{
    const auto before = configs;
    for (const Replacement &replacement : delta.replacements) {
        if (replacement.resource.objectKind() != ObjectKind::Workload)
            continue;
        std::erase_if(configs, [&](const auto &known) {
            return known.first.type == replacement.resource.kind &&
                   (replacement.ns.empty() || replacement.ns == known.first.ns);
        });
    }
    for (const ObjectRef &ref : delta.removed)
        configs.erase(ref);
    const auto learn = [this](const AnyObject &object) {
        const auto *workload = std::get_if<std::shared_ptr<const Workload>>(&object);
        if (!workload || (*workload)->kind != "DaemonSet")
            return;
        const std::string config = cniConfigOf(**workload);
        if (config.empty())
            configs.erase(refOf(object));
        else
            configs[refOf(object)] = config;
    };
    for (const Replacement &replacement : delta.replacements)
        std::for_each(replacement.objects.begin(), replacement.objects.end(), learn);
    std::for_each(delta.upserts.begin(), delta.upserts.end(), learn);
    if (before == configs)
        return;
    configsChanged = true;
    stateChanged();
}

void ClusterReader::Private::readConfigs()
{
    if (std::exchange(configsChanged, false))
        readResources(served);
}

void ClusterReader::Private::learnNamespaces(const ClusterDelta &delta)
{
    const std::set<std::string> before = listedNamespaces;
    for (const Replacement &replacement : delta.replacements) {
        if (replacement.resource.objectKind() != ObjectKind::Namespace)
            continue;
        listedNamespaces.clear();
        for (const AnyObject &object : replacement.objects)
            listedNamespaces.insert(metaOf(object).name);
    }
    for (const ObjectRef &ref : delta.removed) {
        if (ref.kind == ObjectKind::Namespace)
            listedNamespaces.erase(ref.name);
    }
    for (const AnyObject &object : delta.upserts) {
        if (std::holds_alternative<std::shared_ptr<const Namespace>>(object))
            listedNamespaces.insert(metaOf(object).name);
    }
    if (before != listedNamespaces)
        stateChanged();
}

/// Namespaces that were not asked for are no empty ones.
void ClusterReader::Private::keepToScope(ClusterDelta &delta) const
{
    if (!plan.fixed)
        return;
    const auto isBeyond = [this](const AnyObject &object) {
        const auto *ns = std::get_if<std::shared_ptr<const Namespace>>(&object);
        return ns && std::find(plan.names->begin(), plan.names->end(), (*ns)->meta.name) == plan.names->end();
    };
    for (Replacement &replacement : delta.replacements)
        std::erase_if(replacement.objects, isBeyond);
    std::erase_if(delta.upserts, isBeyond);
}

void ClusterReader::Private::appendScopeGaps(std::vector<ReadGap> &to) const
{
    if (!plan.fixed || listedNamespaces.empty())
        return;
    const std::set<std::string> asked(plan.names->begin(), plan.names->end());
    const ResourceType everything{{}, {}, "*", "*", true};
    for (const std::string &name : listedNamespaces) {
        if (!asked.contains(name))
            to.push_back(
                {everything, name, {ErrorCode::Unsupported, "was not asked for", "namespace " + name}});
    }
    for (const std::string &name : asked) {
        if (!listedNamespaces.contains(name))
            to.push_back({everything, name, {ErrorCode::NotFound, "is not there", "namespace " + name}});
    }
}

void ClusterReader::Private::planNamespaces()
{
    if (plan.fixed)
        return;
    const auto found = std::find_if(readers.begin(), readers.end(), [](const auto &reader) {
        return reader->selection().type.objectKind() == ObjectKind::Namespace;
    });
    if (found != readers.end() && (*found)->isSynced())
        plan.names.emplace(listedNamespaces.begin(), listedNamespaces.end());
    else if (found == readers.end() || (*found)->isUnreadable())
        plan.names = std::vector<std::string>{fallbackNamespace};
}

void ClusterReader::Private::giveOutWatches()
{
    std::vector<Reflector *> reflectors;
    for (const auto &reader : readers)
        reader->appendReflectors(reflectors);
    std::size_t left = shared.options.mostWatches;
    // Taken away first, so that there are never more than allowed.
    std::vector<Reflector *> watching;
    for (Reflector *reflector : reflectors) {
        const bool wants = reflector->wantsWatch() && !reflector->isBarred();
        if (wants && left == 0)
            reflector->setMayWatch(false);
        if (!wants || left == 0)
            continue;
        --left;
        watching.push_back(reflector);
    }
    for (Reflector *reflector : watching)
        reflector->setMayWatch(true);
}

void ClusterReader::Private::announceGaps()
{
    std::vector<ReadGap> now;
    for (const auto &reader : readers)
        reader->appendGaps(now);
    appendScopeGaps(now);
    std::set<std::string> told;
    for (const auto &[groupVersion, error] : broken) {
        const std::string group = groupOf(groupVersion);
        const bool isRead = std::any_of(readers.begin(), readers.end(), [&](const auto &reader) {
            return reader->selection().type.group == group;
        });
        // No kind can be named: what the group serves is what could not be read.
        if (isChartedGroup(group) && !isRead && told.insert(group).second)
            now.push_back({{group, groupVersion.substr(group.empty() ? 0 : group.size() + 1), "*", "*", true},
                           {},
                           error});
    }
    if (now == gaps)
        return;
    gaps = now;
    ClusterDelta delta;
    delta.gaps = std::move(now);
    emitDelta(std::move(delta));
}

} // namespace portolan::kube
