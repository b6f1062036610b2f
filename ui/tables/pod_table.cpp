#include "ui/tables/objects_table.h"
#include "ui/tables/tables.h"
#include "ui/words/object_facts.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {
struct PodTable
{
    Q_DECLARE_TR_FUNCTIONS(PodTable)
};

Tone podTone(const Pod &pod)
{
    if (pod.ready)
        return Tone::Good;
    if (pod.phase == PodPhase::Succeeded)
        return Tone::Muted;
    return pod.phase == PodPhase::Failed ? Tone::Bad : Tone::Warning;
}

int restartsOf(const Pod &pod)
{
    int restarts = 0;
    for (const Container &container : pod.containers)
        restarts += container.restarts;
    return restarts;
}

Tone workloadTone(const Workload &workload)
{
    if (workload.ready >= workload.desired)
        return Tone::Good;
    return workload.ready == 0 ? Tone::Bad : Tone::Warning;
}
} // namespace

std::unique_ptr<FactTable> makePodTable()
{
    using C = ObjectColumn<Pod>;
    std::vector<C> columns{
        {{PodTable::tr("Namespace"), 120}, [](auto &p, auto &) { return plainText(p.meta.ns); }},
        {{PodTable::tr("Pod"), 220}, [](auto &p, auto &) { return plainText(p.meta.name); }},
        {{PodTable::tr("State"), 160}, [](auto &p, auto &) { return words::podStateText(p); }, {}, podTone},
        {{PodTable::tr("Address"), 120, false, true}, [](auto &p, auto &) { return addressesText(p.ips); }},
        {{PodTable::tr("Node"), 120}, [](auto &p, auto &) { return plainText(p.nodeName); }},
        {{PodTable::tr("Belongs to"), 170},
         [](auto &p, auto &frame) {
             const ObjectRef owner = topOwnerOf(*frame.state, p);
             return owner.kind == ObjectKind::Pod ? QString() : plainText(owner.type + " " + owner.name);
         }},
        {{PodTable::tr("Restarts"), 80, true},
         [](auto &p, auto &) { return QString::number(restartsOf(p)); },
         [](auto &a, auto &b) { return restartsOf(a) < restartsOf(b); }},
        {{PodTable::tr("Labels"), 260, false, true},
         [](auto &p, auto &) { return words::labelsText(p.meta.labels); }},
        {{PodTable::tr("Created"), 180}, [](auto &p, auto &) { return createdText(p.meta); }},
    };
    return std::make_unique<ObjectsTable<Pod>>(QStringLiteral("pods"), PodTable::tr("Pods"),
                                               std::move(columns));
}

std::unique_ptr<FactTable> makeWorkloadTable()
{
    using C = ObjectColumn<Workload>;
    std::vector<C> columns{
        {{PodTable::tr("Namespace"), 120}, [](auto &w, auto &) { return plainText(w.meta.ns); }},
        {{PodTable::tr("Workload"), 220}, [](auto &w, auto &) { return plainText(w.meta.name); }},
        {{PodTable::tr("Kind"), 120}, [](auto &w, auto &) { return plainText(w.kind); }},
        {{PodTable::tr("Ready pods"), 100, true},
         [](auto &w, auto &) { return outOf(w.ready, w.desired); },
         [](auto &a, auto &b) { return a.ready < b.ready; },
         workloadTone},
        {{PodTable::tr("Selector"), 260, false, true},
         [](auto &w, auto &) { return plainText(w.selector.toString()); }},
        {{PodTable::tr("Created"), 180}, [](auto &w, auto &) { return createdText(w.meta); }},
    };
    // A ReplicaSet or Job that something owns is a detail of its owner.
    const auto wanted = [](const Workload &workload) {
        return workload.meta.owners.empty() || (workload.kind != "ReplicaSet" && workload.kind != "Job");
    };
    return std::make_unique<ObjectsTable<Workload>>(QStringLiteral("workloads"), PodTable::tr("Workloads"),
                                                    std::move(columns), wanted);
}

} // namespace portolan::ui
