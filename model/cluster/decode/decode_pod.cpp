#include "model/cluster/decode/decode_object.h"

#include <algorithm>

namespace portolan::decoding {

namespace {

/// Room that saves most pods from growing a vector that lives only while they are decoded.
constexpr std::size_t usualContainers = 2;

/// Texts live as long as the document.
struct ContainerStatus
{
    std::string_view name;
    bool ready = false;
    bool running = false;
    std::int32_t restarts = 0;
    std::string_view reason;
};

/// The status as far as it does not go into the Pod field by field.
struct PodStatus
{
    std::string_view podIp;
    std::string_view reason;          ///< status.reason: "Evicted"
    std::string_view notReadyReason;  ///< of the condition Ready, where it is False
    std::string_view scheduledReason; ///< of the condition PodScheduled, where it is False
    std::vector<ContainerStatus> init, app, ephemeral;
};

void decodePorts(Cursor list, std::vector<ContainerPort> &ports)
{
    ports.clear();
    list.elements([&](Cursor element) {
        ContainerPort &port = ports.emplace_back();
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "name")
                field.read(port.name);
            else if (key == "containerPort")
                port.number = field.integer<std::uint16_t>();
            else if (key == "protocol")
                port.protocol = decodeProtocol(field);
        });
    });
}

std::vector<Container> decodeContainers(Cursor list, Container::Role role)
{
    std::vector<Container> containers;
    list.elements([&](Cursor element) {
        Container &container = containers.emplace_back();
        container.role = role;
        bool restarts = role != Container::Role::Init;
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "name")
                field.read(container.name);
            else if (key == "image")
                field.read(container.image);
            else if (key == "ports")
                decodePorts(field, container.ports);
            else if (key == "restartPolicy")
                restarts = restarts || field.text() == "Always";
        });
        // One that ends before the others start serves nobody; a sidecar does (KEP-753).
        if (!restarts)
            container.ports.clear();
    });
    return containers;
}

void decodeContainerState(Cursor state, ContainerStatus &status)
{
    state.fields([&](std::string_view key, Cursor field) {
        auto object = field.object();
        if (!object)
            return;
        if (key == "running") {
            status.running = true;
            return;
        }
        object->fields([&](std::string_view name, Cursor value) {
            if (name == "reason")
                status.reason = value.text();
        });
    });
}

std::vector<ContainerStatus> decodeContainerStatuses(Cursor list)
{
    std::vector<ContainerStatus> statuses;
    statuses.reserve(usualContainers);
    list.elements([&](Cursor element) {
        ContainerStatus &status = statuses.emplace_back();
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "name")
                status.name = field.text();
            else if (key == "ready")
                status.ready = field.boolean();
            else if (key == "restartCount")
                status.restarts = field.integer<std::int32_t>();
            else if (key == "state")
                decodeContainerState(field, status);
        });
    });
    return statuses;
}

void decodeCondition(Cursor condition, Pod &pod, PodStatus &status)
{
    std::string_view type;
    std::string_view value;
    std::string_view reason;
    condition.fields([&](std::string_view key, Cursor field) {
        if (key == "type")
            type = field.text();
        else if (key == "status")
            value = field.text();
        else if (key == "reason")
            reason = field.text();
    });
    if (type == "Ready") {
        pod.ready = value == "True";
        if (!pod.ready)
            status.notReadyReason = reason;
    } else if (type == "PodScheduled" && value != "True") {
        status.scheduledReason = reason;
    }
}

PodPhase phaseOf(std::string_view name)
{
    for (const PodPhase phase :
         {PodPhase::Pending, PodPhase::Running, PodPhase::Succeeded, PodPhase::Failed}) {
        if (podPhaseName(phase) == name)
            return phase;
    }
    return PodPhase::Unknown;
}

void decodeSpec(Cursor spec, Pod &pod)
{
    std::vector<Container> init, app, ephemeral;
    spec.fields([&](std::string_view key, Cursor field) {
        if (key == "containers")
            app = decodeContainers(field, Container::Role::App);
        else if (key == "initContainers")
            init = decodeContainers(field, Container::Role::Init);
        else if (key == "ephemeralContainers")
            ephemeral = decodeContainers(field, Container::Role::Ephemeral);
        else if (key == "nodeName")
            field.read(pod.nodeName);
        else if (key == "serviceAccountName")
            field.read(pod.serviceAccount);
        else if (key == "hostNetwork")
            pod.hostNetwork = field.boolean();
        else if (key == "dnsPolicy")
            field.read(pod.dnsPolicy);
    });
    if (init.empty() && ephemeral.empty()) {
        pod.containers = std::move(app);
        return;
    }
    pod.containers = std::move(init);
    for (std::vector<Container> *more : {&app, &ephemeral})
        std::move(more->begin(), more->end(), std::back_inserter(pod.containers));
}

void decodeIps(Cursor list, std::vector<std::string> &ips)
{
    ips.clear();
    list.elements([&](Cursor element) {
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "ip")
                ips.emplace_back(field.text());
        });
    });
}

PodStatus decodeStatus(Cursor value, Pod &pod)
{
    PodStatus status;
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "phase")
            pod.phase = phaseOf(field.text());
        else if (key == "conditions")
            field.elements([&](Cursor condition) { decodeCondition(condition, pod, status); });
        else if (key == "reason")
            status.reason = field.text();
        else if (key == "podIPs")
            decodeIps(field, pod.ips);
        else if (key == "podIP")
            status.podIp = field.text();
        else if (key == "hostIP")
            field.read(pod.hostIp);
        else if (key == "containerStatuses")
            status.app = decodeContainerStatuses(field);
        else if (key == "initContainerStatuses")
            status.init = decodeContainerStatuses(field);
        else if (key == "ephemeralContainerStatuses")
            status.ephemeral = decodeContainerStatuses(field);
    });
    return status;
}

const std::vector<ContainerStatus> &statusesOf(const PodStatus &status, Container::Role role)
{
    return role == Container::Role::App    ? status.app
           : role == Container::Role::Init ? status.init
                                           : status.ephemeral;
}

void applyContainerStatuses(Pod &pod, const PodStatus &status)
{
    for (Container &container : pod.containers) {
        for (const ContainerStatus &found : statusesOf(status, container.role)) {
            if (found.name != container.name)
                continue;
            container.ready = found.ready;
            container.running = found.running;
            container.restarts = found.restarts;
            container.reason = found.reason;
            break;
        }
    }
}

/// The most telling reason first: a container that crashes says more than "ContainersNotReady".
std::string notReadyReason(const Pod &pod, const PodStatus &status)
{
    if (pod.ready)
        return {};
    if (!status.reason.empty())
        return std::string(status.reason);
    for (const Container &container : pod.containers) {
        const bool waits = container.reason == "PodInitializing" || container.reason == "ContainerCreating";
        if (container.role != Container::Role::Ephemeral && !container.reason.empty() && !waits &&
            container.reason != "Completed")
            return container.reason;
    }
    return std::string(status.scheduledReason.empty() ? status.notReadyReason : status.scheduledReason);
}

} // namespace

AnyObject decodePod(ObjectCursor object, Context &context)
{
    auto pod = std::make_shared<Pod>();
    PodStatus status;
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata")
            pod->meta = decodeMeta(field, context);
        else if (key == "spec")
            decodeSpec(field, *pod);
        else if (key == "status")
            status = decodeStatus(field, *pod);
    });
    // Servers before dual-stack fill in podIP alone.
    if (pod->ips.empty() && !status.podIp.empty())
        pod->ips.emplace_back(status.podIp);
    applyContainerStatuses(*pod, status);
    pod->reason = notReadyReason(*pod, status);
    return std::shared_ptr<const Pod>(std::move(pod));
}

} // namespace portolan::decoding
