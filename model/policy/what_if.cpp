#include "model/policy/what_if.h"

#include "model/manifest/manifest.h"
#include "model/manifest/manifest_lines.h"
#include "model/policy/policy_api.h"
#include "model/policy/policy_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace portolan::policy {

namespace {

using Json = nlohmann::json;

constexpr std::size_t largestText = std::size_t{1} << 20;
constexpr std::size_t largestMeaning = std::size_t{4} << 20;
constexpr std::size_t mostObjects = 1000;
constexpr std::size_t mostFaults = 200;
constexpr auto patchKey = "$patch";

struct GroupKind
{
    std::string_view group;
    std::string_view kind;
};

GroupKind groupKindOf(const AnyObject &object)
{
    if (const auto *policy = std::get_if<std::shared_ptr<const NetworkPolicy>>(&object); policy && *policy)
        return {"networking.k8s.io", "NetworkPolicy"};
    if (const auto *other = std::get_if<std::shared_ptr<const ApiObject>>(&object); other && *other)
        return {(*other)->group, (*other)->kind};
    return {};
}

const PolicyApi *apiOf(const GroupKind &of)
{
    if (of.group.empty())
        return nullptr;
    for (const PolicyApi *api : policyApis()) {
        if (api->accepts(of.group, of.kind))
            return api;
    }
    return nullptr;
}

std::shared_ptr<const std::string> jsonOf(const AnyObject &object)
{
    if (const auto *policy = std::get_if<std::shared_ptr<const NetworkPolicy>>(&object))
        return (*policy)->json;
    if (const auto *other = std::get_if<std::shared_ptr<const ApiObject>>(&object))
        return (*other)->json;
    return nullptr;
}

bool isRemoval(const AnyObject &object)
{
    const auto text = jsonOf(object);
    if (!text || text->find(patchKey) == text->npos)
        return false;
    const Json json = Json::parse(*text, nullptr, false);
    return json.is_object() && json.contains(patchKey) && json[patchKey] == "delete";
}

/// A NetworkPolicy that does not decode has another type than one that does.
ObjectRef asTyped(const ObjectRef &ref)
{
    if (ref.type != "NetworkPolicy.networking.k8s.io")
        return ref;
    return {ObjectKind::NetworkPolicy, "NetworkPolicy", ref.ns, ref.name};
}

ObjectRef asUndecoded(const ObjectRef &ref)
{
    return {ObjectKind::Other, "NetworkPolicy.networking.k8s.io", ref.ns, ref.name};
}

AnyObject undecoded(const NetworkPolicy &policy)
{
    auto object = std::make_shared<ApiObject>();
    object->group = "networking.k8s.io";
    object->version = "v1";
    object->kind = "NetworkPolicy";
    object->meta = policy.meta;
    object->json = policy.json;
    return std::shared_ptr<const ApiObject>(std::move(object));
}

std::string kindOf(const ObjectRef &ref)
{
    return ref.type.substr(0, ref.type.find('.'));
}

/// Reads the text against a state; collects what to change.
class EditReader
{
public:
    EditReader(const PolicyModel &before, WhatIf &answer)
        : m_before(before),
          m_state(before.endpoints().state()),
          m_answer(answer),
          m_lines(ManifestLines::of(answer.text))
    {
    }

    void read()
    {
        const bool isJson = Json::accept(m_answer.text);
        const ManifestCluster read =
            readManifests({{isJson ? "text.json" : "text.yaml", m_answer.text}}, largestMeaning);
        for (const ManifestFault &fault : read.faults)
            addManifestFault(fault);
        takeAll(*read.state, read);
        findFaults(*read.state);
        for (AnyObject &object : m_objects)
            m_delta.upserts.push_back(std::move(object));
        std::stable_sort(m_answer.faults.begin(), m_answer.faults.end(),
                         [](const EditFault &a, const EditFault &b) { return a.line < b.line; });
    }

    /// What `state` becomes.
    const ClusterDelta &delta() const { return m_delta; }
    /// The policies of which anything changed; nothing where others than policies did.
    std::optional<std::vector<ObjectRef>> changedPolicies(const PolicyModel &after) const
    {
        std::set<ObjectRef> policies;
        for (const PolicyModel *model : {&m_before, &after}) {
            for (const Policy &policy : model->policies().policies)
                policies.insert(policy.object);
        }
        std::vector<ObjectRef> changed;
        for (const EditedObject &one : m_answer.objects) {
            const bool isEnforced = m_apis.at(one.object)->isEnforcedBy(m_before.enforcer().enforcer) ||
                                    m_apis.at(one.object)->isEnforcedBy(after.enforcer().enforcer);
            if (!isEnforced)
                continue;
            const ObjectRef other = asUndecoded(one.object);
            if (!policies.contains(one.object) && !policies.contains(other))
                return std::nullopt;
            changed.push_back(one.object);
            changed.push_back(other);
        }
        if (m_before.enforcer().enforcer != after.enforcer().enforcer)
            return std::nullopt;
        return changed;
    }

    void tellUnenforced(const PolicyModel &after)
    {
        const Enforcer enforcer = after.enforcer().enforcer;
        for (const EditedObject &one : m_answer.objects) {
            if (!m_apis.at(one.object)->isEnforcedBy(enforcer))
                fault(one.object, {},
                      "is not enforced in this cluster (enforcer: " + std::string(enforcerName(enforcer)) +
                          ")");
        }
    }

private:
    void addFault(EditFault fault)
    {
        if (m_answer.faults.size() < mostFaults)
            m_answer.faults.push_back(std::move(fault));
    }

    void fault(const ObjectRef &ref, const std::string &field, std::string text)
    {
        const std::string kind = kindOf(ref);
        addFault({kind + " " + (ref.ns.empty() ? "" : ref.ns + "/") + ref.name, field, std::move(text),
                  m_lines.lineOf(kind, ref.ns, ref.name, field)});
    }

    void addManifestFault(const ManifestFault &one)
    {
        const std::size_t space = one.object.find(' ');
        const std::string kind = one.object.substr(0, space);
        const std::string name = space == std::string_view::npos ? "" : one.object.substr(space + 1);
        const std::size_t slash = name.find('/');
        const std::string ns = slash == std::string_view::npos ? "" : name.substr(0, slash);
        const std::string own = slash == std::string_view::npos ? name : name.substr(slash + 1);
        const int line = one.line > 0 ? one.line : m_lines.lineOf(kind, ns, own, one.field);
        addFault({one.object, one.field, one.text, line});
    }

    void takeAll(const ClusterState &read, const ManifestCluster &from)
    {
        for (const auto &[ref, file] : from.files) {
            const auto object = findObject(read, ref);
            if (!object)
                continue;
            const PolicyApi *api = apiOf(groupKindOf(*object));
            if (!api) {
                fault(ref, {}, "is no policy, and changes nothing here");
            } else if (m_answer.objects.size() >= mostObjects) {
                addFault({{}, {}, "holds more than 1,000 objects; the rest is left out", 0});
                break;
            } else {
                take(*object, *api);
            }
        }
    }

    void take(const AnyObject &object, const PolicyApi &api)
    {
        const ObjectRef ref = asTyped(refOf(object));
        const bool isThere = findObject(m_state, ref) || findObject(m_state, asUndecoded(ref));
        m_apis[ref] = &api;
        if (isRemoval(object)) {
            if (!isThere)
                return fault(ref, {}, "is not in the cluster: there is nothing to take away");
            m_answer.objects.push_back({ref, EditedObject::Edit::Removes});
            remove(ref);
            return;
        }
        if (!ref.ns.empty() && !m_state.namespaces.find("", ref.ns) && !m_state.namespaces.empty())
            fault(ref, "metadata.namespace", "names a namespace that is not in the cluster");
        m_answer.objects.push_back({ref, isThere ? EditedObject::Edit::Replaces : EditedObject::Edit::Adds});
        remove(ref);
        m_objects.push_back(object);
    }

    void remove(const ObjectRef &ref)
    {
        m_delta.removed.push_back(ref);
        if (ref.kind == ObjectKind::NetworkPolicy)
            m_delta.removed.push_back(asUndecoded(ref));
    }

    /// What an API server or the enforcer would not take, as it is found in manifests that nobody checked.
    void findFaults(const ClusterState &read)
    {
        std::set<ObjectRef> faulty;
        for (const PolicyApi *api : policyApis()) {
            // Each is read as the enforcer that knows it would: a fault is one also where it is not enforced.
            Enforcer enforcer = m_before.enforcer().enforcer;
            for (const Enforcer one : {Enforcer::Generic, Enforcer::Calico, Enforcer::Cilium}) {
                if (!api->isEnforcedBy(enforcer))
                    enforcer = one;
            }
            std::vector<const ApiObject *> objects;
            for (const auto &object : read.others) {
                if (api->accepts(object->group, object->kind) && m_apis.contains(asTyped(refOf(*object))))
                    objects.push_back(object.get());
            }
            OrderedPolicies out;
            api->compile(objects, {read, enforcer, false}, out);
            for (const PolicyFault &one : out.faults) {
                const ObjectRef ref = asTyped(one.object);
                if (!m_apis.contains(ref) || isTaken(ref))
                    continue;
                fault(ref, one.field, one.text);
                faulty.insert(ref);
            }
        }
        for (AnyObject &object : m_objects) {
            const auto *policy = std::get_if<std::shared_ptr<const NetworkPolicy>>(&object);
            if (policy && faulty.contains(refOf(**policy)))
                object = undecoded(**policy);
        }
    }

    /// True where the object is only named to be taken away.
    bool isTaken(const ObjectRef &ref) const
    {
        return std::none_of(m_objects.begin(), m_objects.end(),
                            [&](const AnyObject &object) { return asTyped(refOf(object)) == ref; });
    }

    const PolicyModel &m_before;
    const ClusterState &m_state;
    WhatIf &m_answer;
    const ManifestLines m_lines;
    std::map<ObjectRef, const PolicyApi *> m_apis;
    std::vector<AnyObject> m_objects;
    ClusterDelta m_delta;
};

ClusterStatePtr stateOf(const std::shared_ptr<const PolicyModel> &model)
{
    return {model, &model->endpoints().state()};
}

} // namespace

std::string EditFault::oneLine() const
{
    std::string all = line > 0 ? "line " + std::to_string(line) : std::string();
    for (const std::string *part : {&object, &field, &text}) {
        if (!part->empty())
            all += (all.empty() ? "" : ": ") + *part;
    }
    return withoutControlCharacters(all);
}

bool isPolicyKind(std::string_view group, std::string_view kind)
{
    return apiOf({group, kind}) != nullptr;
}

WhatIfPtr whatIf(const std::shared_ptr<const PolicyModel> &before, const std::string &text,
                 const CancelToken &cancel)
{
    auto answer = std::make_shared<WhatIf>();
    answer->text = text;
    answer->before = answer->after = before;
    if (text.size() > largestText) {
        answer->faults.push_back({{}, {}, "is larger than 1 MiB", 0});
        return answer;
    }
    EditReader reader(*before, *answer);
    reader.read();
    if (cancel.isCancelled())
        return nullptr;
    if (reader.delta().isEmpty())
        return answer;
    // Who is known to enforce still does; where only the kinds of the policies told, they may tell otherwise.
    ModelOptions options;
    if (before->enforcer().isCertain || before->chosenEnforcer())
        options.enforcer = before->enforcer().enforcer;
    answer->after = PolicyModel::make(applied(stateOf(before), reader.delta()), options);
    reader.tellUnenforced(*answer->after);
    auto flips = policyFlips(*before, *answer->after, reader.changedPolicies(*answer->after), cancel);
    if (!flips)
        return nullptr;
    answer->flips = std::move(*flips);
    return answer;
}

std::string editablePolicy(const AnyObject &object)
{
    const auto text = apiOf(groupKindOf(object)) ? jsonOf(object) : nullptr;
    Json json = text ? Json::parse(*text, nullptr, false) : Json();
    if (!json.is_object())
        return {};
    json.erase("status");
    if (const auto meta = json.find("metadata"); meta != json.end() && meta->is_object()) {
        for (const char *key : {"uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"})
            meta->erase(key);
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string removalOf(const AnyObject &object)
{
    const std::string text = editablePolicy(object);
    if (text.empty())
        return {};
    const Json json = Json::parse(text, nullptr, false);
    const auto word = [&](const char *key) {
        return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : std::string();
    };
    const ObjectMeta &meta = metaOf(object);
    std::string yaml = "apiVersion: " + yamlScalar(word("apiVersion")) + "\n";
    yaml += "kind: " + yamlScalar(word("kind")) + "\nmetadata:\n  name: " + yamlScalar(meta.name) + "\n";
    if (!meta.ns.empty())
        yaml += "  namespace: " + yamlScalar(meta.ns) + "\n";
    return yaml + "$patch: delete\n";
}

} // namespace portolan::policy
