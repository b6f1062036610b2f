#include "ui/canvas/link_text.h"
#include "ui/canvas/map_text.h"
#include "ui/tables/objects_table.h"
#include "ui/tables/tables.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {
struct ClusterTables
{
    Q_DECLARE_TR_FUNCTIONS(ClusterTables)
};
} // namespace

std::unique_ptr<FactTable> makePolicyTable()
{
    using C = ObjectColumn<NetworkPolicy>;
    std::vector<C> columns{
        {{ClusterTables::tr("Namespace"), 120}, [](auto &p, auto &) { return plainText(p.meta.ns); }},
        {{ClusterTables::tr("Policy"), 200}, [](auto &p, auto &) { return plainText(p.meta.name); }},
        {{ClusterTables::tr("Selects"), 220, false, true},
         [](auto &p, auto &) { return words::selectorText(p.podSelector); }},
        {{ClusterTables::tr("Pods"), 70, true},
         [](auto &p, auto &frame) { return QString::number(selectedPods(*frame.state, p)); }},
        {{ClusterTables::tr("Isolates"), 140}, [](auto &p, auto &) { return directionsText(p); }},
        {{ClusterTables::tr("Incoming rules"), 110, true},
         [](auto &p, auto &) { return QString::number(p.ingress.size()); },
         [](auto &a, auto &b) { return a.ingress.size() < b.ingress.size(); }},
        {{ClusterTables::tr("Outgoing rules"), 110, true},
         [](auto &p, auto &) { return QString::number(p.egress.size()); },
         [](auto &a, auto &b) { return a.egress.size() < b.egress.size(); }},
        {{ClusterTables::tr("Created"), 180}, [](auto &p, auto &) { return createdText(p.meta); }},
    };
    return std::make_unique<ObjectsTable<NetworkPolicy>>(QStringLiteral("policies"),
                                                         ClusterTables::tr("Policies"), std::move(columns));
}

std::unique_ptr<FactTable> makeNodeTable()
{
    using C = ObjectColumn<Node>;
    std::vector<C> columns{
        {{ClusterTables::tr("Node"), 150}, [](auto &n, auto &) { return plainText(n.meta.name); }},
        {{ClusterTables::tr("State"), 150},
         [](auto &n, auto &) {
             const QString state = n.ready ? ClusterTables::tr("Ready") : ClusterTables::tr("Not ready");
             return n.notReadyReason.empty() ? state
                                             : state + QStringLiteral(": ") + plainText(n.notReadyReason);
         },
         {},
         [](auto &n) { return n.ready ? Tone::Good : Tone::Bad; }},
        {{ClusterTables::tr("Addresses"), 140, false, true},
         [](auto &n, auto &) { return addressesText(n.internalIps); }},
        {{ClusterTables::tr("Pod network"), 140, false, true},
         [](auto &n, auto &frame) { return addressesText(frame.nodeFacts->podNetworks.of(n)); },
         {},
         {},
         true},
        {{ClusterTables::tr("CNI agent"), 160},
         [](auto &n, auto &frame) { return cniAgentText(frame.nodeFacts->agentOn(n.meta.name)); },
         {},
         {},
         true},
        {{ClusterTables::tr("Joined by"), 200},
         [](auto &, auto &frame) { return networkText(frame.nodeFacts->network); },
         {},
         {},
         true},
        {{ClusterTables::tr("MTU, as configured"), 140},
         [](auto &, auto &frame) { return mtuSourceText(frame.nodeFacts->network.mtu); },
         {},
         {},
         true},
        {{ClusterTables::tr("Schedulable"), 100},
         [](auto &n, auto &) {
             return n.unschedulable ? ClusterTables::tr("no") : ClusterTables::tr("yes");
         }},
        {{ClusterTables::tr("Kubelet"), 100}, [](auto &n, auto &) { return plainText(n.kubeletVersion); }},
        {{ClusterTables::tr("System"), 220}, [](auto &n, auto &) { return plainText(n.osImage); }},
        {{ClusterTables::tr("Kernel"), 150}, [](auto &n, auto &) { return plainText(n.kernelVersion); }},
        {{ClusterTables::tr("Container runtime"), 160},
         [](auto &n, auto &) { return plainText(n.containerRuntime); }},
    };
    return std::make_unique<ObjectsTable<Node>>(QStringLiteral("nodes"), ClusterTables::tr("Nodes"),
                                                std::move(columns));
}

std::unique_ptr<FactTable> makeNamespaceTable()
{
    using C = ObjectColumn<Namespace>;
    std::vector<C> columns{
        {{ClusterTables::tr("Namespace"), 160}, [](auto &n, auto &) { return plainText(n.meta.name); }},
        {{ClusterTables::tr("Phase"), 100}, [](auto &n, auto &) { return plainText(n.phase); }},
        {{ClusterTables::tr("Pods"), 80, true},
         [](auto &n, auto &frame) {
             return QString::number(frame.state->pods.inNamespace(n.meta.name).size());
         }},
        {{ClusterTables::tr("Services"), 80, true},
         [](auto &n, auto &frame) {
             return QString::number(frame.state->services.inNamespace(n.meta.name).size());
         }},
        {{ClusterTables::tr("Policies"), 80, true},
         [](auto &n, auto &frame) {
             return QString::number(frame.state->networkPolicies.inNamespace(n.meta.name).size());
         }},
        {{ClusterTables::tr("Labels"), 320, false, true},
         [](auto &n, auto &) { return words::labelsText(n.meta.labels); }},
        {{ClusterTables::tr("Created"), 180}, [](auto &n, auto &) { return createdText(n.meta); }},
    };
    return std::make_unique<ObjectsTable<Namespace>>(QStringLiteral("namespaces"),
                                                     ClusterTables::tr("Namespaces"), std::move(columns));
}

std::unique_ptr<FactTable> makeEventTable()
{
    using C = ObjectColumn<ClusterEvent>;
    std::vector<C> columns{
        {{ClusterTables::tr("Last seen"), 180},
         [](auto &e, auto &) { return words::timeText(e.lastSeen); },
         [](auto &a, auto &b) { return a.lastSeen < b.lastSeen; }},
        {{ClusterTables::tr("Type"), 90},
         [](auto &e, auto &) { return plainText(e.type); },
         {},
         [](auto &e) { return e.type == "Warning" ? Tone::Warning : Tone::None; }},
        {{ClusterTables::tr("About"), 240},
         [](auto &e, auto &) {
             const std::string name =
                 e.involvedNs.empty() ? e.involvedName : e.involvedNs + "/" + e.involvedName;
             return plainText(e.involvedKind + " " + name);
         }},
        {{ClusterTables::tr("Reason"), 150}, [](auto &e, auto &) { return plainText(e.reason); }},
        {{ClusterTables::tr("Message"), 420}, [](auto &e, auto &) { return plainText(e.message); }},
        {{ClusterTables::tr("Count"), 70, true},
         [](auto &e, auto &) { return QString::number(e.count); },
         [](auto &a, auto &b) { return a.count < b.count; }},
    };
    return std::make_unique<ObjectsTable<ClusterEvent>>(QStringLiteral("events"), ClusterTables::tr("Events"),
                                                        std::move(columns));
}

std::unique_ptr<FactTable> makeOtherTable(const std::string &type)
{
    using C = ObjectColumn<ApiObject>;
    std::vector<C> columns{
        {{ClusterTables::tr("Namespace"), 140}, [](auto &o, auto &) { return plainText(o.meta.ns); }},
        {{ClusterTables::tr("Name"), 240}, [](auto &o, auto &) { return plainText(o.meta.name); }},
        {{ClusterTables::tr("API"), 240, false, true},
         [](auto &o, auto &) { return plainText(o.group + "/" + o.version); }},
        {{ClusterTables::tr("Labels"), 320, false, true},
         [](auto &o, auto &) { return words::labelsText(o.meta.labels); }},
        {{ClusterTables::tr("Created"), 180}, [](auto &o, auto &) { return createdText(o.meta); }},
    };
    const auto wanted = [type](const ApiObject &object) { return refOf(object).type == type; };
    const QString title = plainText(std::string_view(type).substr(0, type.find('.')));
    return std::make_unique<ObjectsTable<ApiObject>>(QStringLiteral("other-") + plainText(type), title,
                                                     std::move(columns), wanted);
}

FactTables makeTables()
{
    FactTables tables;
    tables.push_back(makeConnectionTable());
    tables.push_back(makeProbeTable());
    tables.push_back(makeFlowTable());
    tables.push_back(makeFindingTable());
    tables.push_back(makePodTable());
    tables.push_back(makeWorkloadTable());
    tables.push_back(makeServiceTable());
    tables.push_back(makeEndpointTable());
    tables.push_back(makeIngressTable());
    tables.push_back(makePolicyTable());
    tables.push_back(makeNamespaceTable());
    tables.push_back(makeNodeTable());
    tables.push_back(makeEventTable());
    tables.push_back(makeGapTable());
    return tables;
}

} // namespace portolan::ui
