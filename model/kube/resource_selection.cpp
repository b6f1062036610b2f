#include "model/kube/resource_selection.h"

#include <algorithm>
#include <array>
#include <set>

namespace portolan::kube {

namespace {

struct BuiltIn
{
    std::string_view group;
    std::array<std::string_view, 2> versions; ///< that the decoders know, the better one first
    std::string_view kind;
    std::string_view plural;
    bool namespaced = true;
};

constexpr std::array builtIns{
    BuiltIn{"", {"v1"}, "Namespace", "namespaces", false},
    BuiltIn{"", {"v1"}, "Node", "nodes", false},
    BuiltIn{"", {"v1"}, "Pod", "pods"},
    BuiltIn{"", {"v1"}, "Service", "services"},
    BuiltIn{"discovery.k8s.io", {"v1"}, "EndpointSlice", "endpointslices"},
    BuiltIn{"", {"v1"}, "Endpoints", "endpoints"},
    BuiltIn{"networking.k8s.io", {"v1"}, "NetworkPolicy", "networkpolicies"},
    BuiltIn{"networking.k8s.io", {"v1"}, "Ingress", "ingresses"},
    BuiltIn{"apps", {"v1"}, "Deployment", "deployments"},
    BuiltIn{"apps", {"v1"}, "ReplicaSet", "replicasets"},
    BuiltIn{"apps", {"v1"}, "StatefulSet", "statefulsets"},
    BuiltIn{"apps", {"v1"}, "DaemonSet", "daemonsets"},
    BuiltIn{"batch", {"v1"}, "Job", "jobs"},
    BuiltIn{"batch", {"v1", "v1beta1"}, "CronJob", "cronjobs"},
    BuiltIn{"", {"v1"}, "ReplicationController", "replicationcontrollers"},
    BuiltIn{"", {"v1"}, "Event", "events"},
};

constexpr std::string_view storedCalico = "crd.projectcalico.org";
constexpr std::string_view servedCalico = "projectcalico.org";
constexpr std::string_view calicoOperator = "operator.tigera.io";
/// In the order in which watches are given out.
constexpr std::array<std::string_view, 6> chartedGroups{"policy.networking.k8s.io",
                                                        "gateway.networking.k8s.io",
                                                        "cilium.io",
                                                        storedCalico,
                                                        servedCalico,
                                                        calicoOperator};
constexpr std::array<std::string_view, 2> chattyCalicoKinds{"ipamhandles", "ipamblocks"};
constexpr std::string_view warningsOnly = "type!=Normal";

template<class Range, class Value>
bool contains(const Range &range, const Value &value)
{
    return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

SelectedResource selected(const ServedResource &served)
{
    SelectedResource resource;
    resource.type = served.type;
    resource.canWatch = served.canWatch;
    if (served.type.objectKind() == ObjectKind::Event)
        resource.fieldSelector = warningsOnly;
    return resource;
}

const ServedResource *find(const ServedApis &apis, const BuiltIn &builtIn)
{
    for (const std::string_view version : builtIn.versions) {
        for (const ServedResource &served : apis.resources) {
            const ResourceType &type = served.type;
            if (served.canList && !version.empty() && type.group == builtIn.group &&
                type.version == version && type.plural == builtIn.plural)
                return &served;
        }
    }
    return nullptr;
}

bool isSelected(const std::vector<SelectedResource> &resources, std::string_view plural)
{
    return std::any_of(resources.begin(), resources.end(),
                       [&](const SelectedResource &r) { return r.type.plural == plural; });
}

/// Every kind of one group, each in the first version that serves it.
std::vector<SelectedResource> kindsOf(const ServedApis &apis, std::string_view group)
{
    std::vector<SelectedResource> kinds;
    const bool calico = group == storedCalico || group == servedCalico;
    for (const ServedResource &served : apis.resources) {
        const ResourceType &type = served.type;
        if (type.group != group || !served.canList || isSelected(kinds, type.plural))
            continue;
        const bool isLeftOut = calico ? contains(chattyCalicoKinds, type.plural)
                                      : group == calicoOperator && type.plural != "installations";
        if (!isLeftOut)
            kinds.push_back(selected(served));
    }
    return kinds;
}

/// Leaves of the two Calico groups one resource for each kind, the other one as its alternative.
void mergeCalico(std::vector<SelectedResource> &stored, std::vector<SelectedResource> &served)
{
    std::erase_if(served, [&stored](const SelectedResource &twin) {
        for (SelectedResource &resource : stored) {
            if (resource.type.plural == twin.type.plural) {
                resource.alternative = twin.type;
                return true;
            }
        }
        return false;
    });
}

} // namespace

bool isChartedGroup(std::string_view group)
{
    return contains(chartedGroups, group) ||
           std::any_of(builtIns.begin(), builtIns.end(), [&](const BuiltIn &b) { return b.group == group; });
}

std::vector<SelectedResource> selectResources(const ServedApis &apis)
{
    std::vector<SelectedResource> resources;
    for (const BuiltIn &builtIn : builtIns) {
        const ServedResource *served = find(apis, builtIn);
        if (served && (builtIn.plural != "endpoints" || !isSelected(resources, "endpointslices")))
            resources.push_back(selected(*served));
    }
    std::vector<SelectedResource> stored = kindsOf(apis, storedCalico);
    std::vector<SelectedResource> views = kindsOf(apis, servedCalico);
    mergeCalico(stored, views);
    for (const std::string_view group : chartedGroups) {
        const auto kinds = group == storedCalico   ? stored
                           : group == servedCalico ? views
                                                   : kindsOf(apis, group);
        resources.insert(resources.end(), kinds.begin(), kinds.end());
    }
    return resources;
}

SelectedResource selectNamed(const ResourceType &type, const std::string &ns, const std::string &name)
{
    SelectedResource resource;
    resource.type = type;
    resource.fieldSelector = "metadata.name=" + name;
    resource.name = name;
    resource.ns = ns;
    return resource;
}

std::vector<SelectedResource> assumedResources()
{
    ServedApis assumed;
    for (const BuiltIn &builtIn : builtIns) {
        const ResourceType type{std::string(builtIn.group), std::string(builtIn.versions[0]),
                                std::string(builtIn.kind), std::string(builtIn.plural), builtIn.namespaced};
        assumed.resources.push_back({type, true, true});
    }
    return selectResources(assumed);
}

} // namespace portolan::kube
