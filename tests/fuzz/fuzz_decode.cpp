#include "model/cluster/decode.h"

#include <array>

using namespace portolan;

/// The first byte picks the resource and the call, the rest is what a server would have sent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::array<ResourceType, 13> types{
        {{"", "v1", "Pod", "pods", true},
         {"", "v1", "Namespace", "namespaces", false},
         {"", "v1", "Node", "nodes", false},
         {"", "v1", "Service", "services", true},
         {"", "v1", "Endpoints", "endpoints", true},
         {"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true},
         {"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true},
         {"networking.k8s.io", "v1", "Ingress", "ingresses", true},
         {"apps", "v1", "Deployment", "deployments", true},
         {"batch", "v1", "CronJob", "cronjobs", true},
         {"", "v1", "Event", "events", true},
         {"cilium.io", "v2", "CiliumNetworkPolicy", "ciliumnetworkpolicies", true},
         {"", "v1", "ReplicationController", "replicationcontrollers", true}}};
    if (size == 0)
        return 0;
    const ResourceType &type = types[data[0] % types.size()];
    std::string text(reinterpret_cast<const char *>(data) + 1, size - 1);
    Decoder decoder;
    switch (data[0] / types.size() % 4) {
    case 0:
        (void)decoder.listInPlace(type, text);
        // The buffers that a decoder keeps must not remember the last page.
        (void)decoder.list(type, text);
        break;
    case 1:
        (void)decoder.watchEvent(type, text);
        break;
    case 2:
        (void)decoder.object(type, text);
        break;
    default:
        (void)decoder.status(text);
    }
    return 0;
}
