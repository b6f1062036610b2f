#include "model/cluster/decode/decode_object.h"

namespace portolan::decoding {

namespace {

/// Numbers under the names that each kind gives them.
struct Counts
{
    std::optional<std::int32_t> replicas;  ///< Deployment, ReplicaSet, StatefulSet, ReplicationController
    std::optional<std::int32_t> scheduled; ///< DaemonSet
    std::optional<std::int32_t> parallelism;
    std::int32_t ready = 0;
    std::int32_t active = 0; ///< CronJob: jobs that run now
};

void decodeTemplate(Cursor value, Workload &workload, Context &context)
{
    value.fields([&](std::string_view key, Cursor meta) {
        if (key != "metadata")
            return;
        meta.fields([&](std::string_view name, Cursor field) {
            if (name == "labels")
                workload.templateLabels = context.labels.labels(field);
        });
    });
}

/// spec.jobTemplate.spec.template of a CronJob.
void decodeJobTemplate(Cursor value, Workload &workload, Context &context)
{
    value.fields([&](std::string_view key, Cursor spec) {
        if (key != "spec")
            return;
        spec.fields([&](std::string_view name, Cursor field) {
            if (name == "template")
                decodeTemplate(field, workload, context);
        });
    });
}

void decodeSpec(Cursor spec, Workload &workload, Counts &counts, Context &context)
{
    spec.fields([&](std::string_view key, Cursor field) {
        if (field.isNull())
            return;
        if (key == "replicas")
            counts.replicas = field.integer<std::int32_t>();
        else if (key == "parallelism")
            counts.parallelism = field.integer<std::int32_t>();
        else if (key == "selector" && workload.kind == "ReplicationController")
            workload.selector.matchLabels = decodeTextMap(field);
        else if (key == "selector")
            workload.selector = decodeSelector(field);
        else if (key == "template")
            decodeTemplate(field, workload, context);
        else if (key == "jobTemplate")
            decodeJobTemplate(field, workload, context);
    });
}

void decodeStatus(Cursor status, Counts &counts)
{
    status.fields([&](std::string_view key, Cursor field) {
        if (field.isNull())
            return;
        if (key == "readyReplicas" || key == "numberReady" || key == "ready")
            counts.ready = field.integer<std::int32_t>();
        else if (key == "desiredNumberScheduled")
            counts.scheduled = field.integer<std::int32_t>();
        else if (key == "active" && !field.isNumber())
            field.elements([&](Cursor) { ++counts.active; });
    });
}

/// Replicas default to 1 and a Job's parallelism too (apps/v1, batch/v1); a CronJob wants what it runs.
void applyCounts(Workload &workload, const Counts &counts)
{
    workload.ready = counts.ready;
    if (workload.kind == "DaemonSet")
        workload.desired = counts.scheduled.value_or(0);
    else if (workload.kind == "Job")
        workload.desired = counts.parallelism.value_or(1);
    else if (workload.kind == "CronJob")
        workload.desired = workload.ready = counts.active;
    else
        workload.desired = counts.replicas.value_or(1);
}

} // namespace

AnyObject decodeWorkload(ObjectCursor object, Context &context)
{
    auto workload = std::make_shared<Workload>();
    workload->kind = context.resource.kind;
    Counts counts;
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata")
            workload->meta = decodeMeta(field, context);
        else if (key == "spec")
            decodeSpec(field, *workload, counts, context);
        else if (key == "status")
            decodeStatus(field, counts);
    });
    applyCounts(*workload, counts);
    return std::shared_ptr<const Workload>(std::move(workload));
}

} // namespace portolan::decoding
