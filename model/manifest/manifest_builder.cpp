#include "model/manifest/manifest_builder.h"

#include "model/base/ascii_case.h"
#include "model/manifest/manifest_kinds.h"
#include "model/manifest/workload_pods.h"

#include <algorithm>
#include <set>

namespace portolan::manifest {

namespace {

using Json = nlohmann::json;

constexpr auto nameLabel = "kubernetes.io/metadata.name";

std::string textAt(const Json &json, const char *key)
{
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
}

std::string ownerKindOf(const AnyObject &object)
{
    const auto *pod = std::get_if<std::shared_ptr<const Pod>>(&object);
    return pod && !(*pod)->meta.owners.empty() ? (*pod)->meta.owners.front().kind : std::string();
}

std::shared_ptr<const Namespace> withNameLabel(const Namespace &ns)
{
    auto copy = std::make_shared<Namespace>(ns);
    std::vector<Labels::Entry> labels = ns.meta.labels.entries();
    labels.emplace_back(nameLabel, ns.meta.name);
    copy->meta.labels = Labels(std::move(labels));
    return copy;
}

/// A pod that nobody has run yet: it will run, with the account that the API server fills in.
std::shared_ptr<const Pod> asRunning(const Pod &pod)
{
    auto copy = std::make_shared<Pod>(pod);
    if (copy->phase == PodPhase::Unknown)
        copy->phase = PodPhase::Running;
    if (copy->serviceAccount.empty())
        copy->serviceAccount = "default";
    return copy;
}

AnyObject completed(AnyObject object)
{
    if (const auto *ns = std::get_if<std::shared_ptr<const Namespace>>(&object))
        return withNameLabel(**ns);
    if (const auto *pod = std::get_if<std::shared_ptr<const Pod>>(&object))
        return asRunning(**pod);
    return object;
}

AnyObject undecoded(const ResourceType &resource, const Json &json)
{
    auto any = std::make_shared<ApiObject>();
    any->group = resource.group;
    any->version = resource.version;
    any->kind = resource.kind;
    any->meta.ns = textAt(json.value("metadata", Json::object()), "namespace");
    any->meta.name = textAt(json.value("metadata", Json::object()), "name");
    any->json =
        std::make_shared<const std::string>(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    return std::shared_ptr<const ApiObject>(std::move(any));
}

} // namespace

void ManifestBuilder::fault(const std::string &file, std::string object, std::string field, std::string text)
{
    m_faults.push_back({file, std::move(object), std::move(field), std::move(text)});
}

void ManifestBuilder::add(const std::string &file, Json &&json)
{
    const std::string kind = textAt(json, "kind");
    const std::string version = textAt(json, "apiVersion");
    Json &meta = json["metadata"];
    if (!textAt(meta, "generateName").empty() && textAt(meta, "name").empty())
        meta["name"] = textAt(meta, "generateName") + std::to_string(++m_generated);
    // What the API server would refuse is not given a meaning.
    if (meta.is_object() && meta.contains("namespace") && !meta["namespace"].is_string() &&
        !meta["namespace"].is_null()) {
        if (isPolicyKind(kind))
            addUnread(file, {}, kind);
        return fault(file, kind + " " + textAt(meta, "name"), "metadata.namespace", "is no text");
    }
    const ResourceType resource = resourceOf(version, kind, !textAt(meta, "namespace").empty());
    if (meta.is_object() && !resource.namespaced)
        meta.erase("namespace");
    else if (meta.is_object() && textAt(meta, "namespace").empty())
        meta["namespace"] = "default";
    const bool isNamed = !textAt(meta, "name").empty();
    if (isPolicyKind(kind) && (!isNamed || !isPolicyGroup(resource.group, kind)))
        addUnread(file, textAt(meta, "namespace"), kind);
    if (kind.empty() || version.empty())
        return fault(file, kind, kind.empty() ? "kind" : "apiVersion", "is missing");
    if (!isNamed)
        return fault(file, kind, "metadata.name", "is missing");
    if (isPolicyKind(kind) && !isPolicyGroup(resource.group, kind))
        fault(file, kind + " " + textAt(meta, "name"), "apiVersion", "is not known: " + version);

    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    Result<AnyObject> object = m_decoder.object(resource, text);
    if (object) {
        keep(file, completed(std::move(*object)), false);
        if (resource.objectKind() == ObjectKind::Workload)
            addWorkloadPods(file, json);
        return;
    }
    const std::string name = kind + " " + textAt(meta, "namespace") + "/" + textAt(meta, "name");
    const std::string &where = object.error().where;
    const std::size_t field = where.rfind(' ');
    fault(file, name, field == std::string_view::npos ? "" : where.substr(field + 1), object.error().detail);
    // A policy that cannot be read must not count as none.
    if (resource.objectKind() == ObjectKind::NetworkPolicy)
        keep(file, undecoded(resource, json), false);
}

void ManifestBuilder::addUnread(const std::string &file, const std::string &ns, const std::string &kind)
{
    m_unread.try_emplace({ns, kind}, file);
}

void ManifestBuilder::addWorkloadPods(const std::string &file, const Json &workload)
{
    const ResourceType pods{"", "v1", "Pod", "pods", true};
    for (Json &pod : podsOfWorkload(workload)) {
        // Workloads of several kinds may have one name; their pods do not.
        const auto known = m_objects.find(
            {ObjectKind::Pod, "Pod", textAt(pod["metadata"], "namespace"), textAt(pod["metadata"], "name")});
        if (known != m_objects.end() && known->second.isMade &&
            ownerKindOf(known->second.object) != textAt(workload, "kind"))
            pod["metadata"]["name"] =
                textAt(pod["metadata"], "name") + "." + lowered(textAt(workload, "kind"));
        const std::string text = pod.dump(-1, ' ', false, Json::error_handler_t::replace);
        Result<AnyObject> object = m_decoder.object(pods, text);
        if (object)
            keep(file, completed(std::move(*object)), true);
        else
            fault(file, textAt(workload, "kind") + " " + textAt(workload["metadata"], "name"),
                  "spec.template", object.error().detail);
    }
}

void ManifestBuilder::keep(const std::string &file, AnyObject object, bool isMade)
{
    const ObjectRef ref = refOf(object);
    const auto known = m_objects.find(ref);
    if (known == m_objects.end()) {
        m_objects.emplace(ref, Kept{std::move(object), file, isMade});
        return;
    }
    // A pod that is written down counts before one that a template stands for.
    if (known->second.isMade != isMade) {
        if (isMade)
            return;
    } else {
        fault(file, ref.toString(), {}, "stands in " + known->second.file + " already; the later one counts");
    }
    known->second = Kept{std::move(object), file, isMade};
}

void ManifestBuilder::addMissingNamespaces()
{
    std::set<std::string> named;
    for (const auto &[ref, kept] : m_objects)
        named.insert(ref.ns);
    named.erase(std::string());
    for (const std::string &name : named) {
        const ObjectRef ref{ObjectKind::Namespace, "Namespace", {}, name};
        if (m_objects.contains(ref))
            continue;
        auto ns = std::make_shared<Namespace>();
        ns->meta.name = name;
        m_objects.emplace(ref, Kept{withNameLabel(*ns), {}, true});
    }
}

ManifestCluster ManifestBuilder::finish()
{
    addMissingNamespaces();
    ManifestCluster result;
    auto empty = std::make_shared<ClusterState>();
    empty->info.source = SourceKind::Snapshot;
    for (const auto &[what, file] : m_unread) {
        const auto &[ns, kind] = what;
        for (const ResourceType &resource : policyResources(kind))
            empty->gaps.push_back(
                {resource,
                 resource.namespaced ? ns : std::string(),
                 {ErrorCode::InvalidInput, "may hold a policy that could not be read", file}});
    }
    ClusterDelta delta;
    for (auto &[ref, kept] : m_objects) {
        if (!kept.file.empty())
            result.files.emplace(ref, kept.file);
        delta.upserts.push_back(std::move(kept.object));
    }
    result.state = applied(std::move(empty), delta);
    result.faults = std::move(m_faults);
    return result;
}

} // namespace portolan::manifest
