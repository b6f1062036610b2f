#include "model/cluster/decode/decode_object.h"

#include <algorithm>
#include <array>

namespace portolan::decoding {

namespace {

/// Annotations of nodes by which CNIs tell what they set up; anything else stays out.
constexpr std::array<std::string_view, 6> networkPrefixes{"flannel.alpha.coreos.com/", "projectcalico.org/",
                                                          "network.cilium.io/",        "io.cilium.",
                                                          "k8s.ovn.org/node-subnets",  "kube-router.io/"};

bool isNetworkAnnotation(std::string_view key)
{
    return std::any_of(networkPrefixes.begin(), networkPrefixes.end(),
                       [key](std::string_view prefix) { return key.starts_with(prefix); });
}

void decodeAddresses(Cursor list, std::vector<std::string> &internalIps)
{
    internalIps.clear();
    list.elements([&](Cursor element) {
        std::string_view type;
        std::string_view address;
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "type")
                type = field.text();
            else if (key == "address")
                address = field.text();
        });
        if (type == "InternalIP" && !address.empty())
            internalIps.emplace_back(address);
    });
}

void decodeReady(Cursor list, Node &node)
{
    list.elements([&](Cursor element) {
        std::string_view type, status, reason, message;
        element.fields([&](std::string_view key, Cursor field) {
            if (key == "type")
                type = field.text();
            else if (key == "status")
                status = field.text();
            else if (key == "reason")
                reason = field.text();
            else if (key == "message")
                message = field.text();
        });
        if (type != "Ready")
            return;
        node.ready = status == "True";
        node.notReadyReason = node.ready ? std::string_view() : reason.empty() ? message : reason;
    });
}

void decodeNodeInfo(Cursor value, Node &node)
{
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "kubeletVersion")
            field.read(node.kubeletVersion);
        else if (key == "osImage")
            field.read(node.osImage);
        else if (key == "kernelVersion")
            field.read(node.kernelVersion);
        else if (key == "containerRuntimeVersion")
            field.read(node.containerRuntime);
    });
}

void decodeStatus(Cursor value, Node &node)
{
    value.fields([&](std::string_view key, Cursor field) {
        if (key == "addresses")
            decodeAddresses(field, node.internalIps);
        else if (key == "conditions")
            decodeReady(field, node);
        else if (key == "nodeInfo")
            decodeNodeInfo(field, node);
    });
}

} // namespace

AnyObject decodeNode(ObjectCursor object, Context &context)
{
    auto node = std::make_shared<Node>();
    std::string podCidr;
    const auto annotation = [&](std::string_view key, std::string_view value) {
        if (isNetworkAnnotation(key))
            node->networkAnnotations.emplace_back(key, value);
    };
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            node->networkAnnotations.clear();
            node->meta = decodeMeta(field, context, annotation);
        } else if (key == "spec") {
            field.fields([&](std::string_view name, Cursor value) {
                if (name == "podCIDRs")
                    node->podCidrs = decodeTexts(value);
                else if (name == "podCIDR")
                    value.read(podCidr);
                else if (name == "unschedulable")
                    node->unschedulable = value.boolean();
            });
        } else if (key == "status") {
            decodeStatus(field, *node);
        }
    });
    if (node->podCidrs.empty() && !podCidr.empty())
        node->podCidrs.push_back(podCidr);
    std::sort(node->networkAnnotations.begin(), node->networkAnnotations.end());
    return std::shared_ptr<const Node>(std::move(node));
}

AnyObject decodeNamespace(ObjectCursor object, Context &context)
{
    auto ns = std::make_shared<Namespace>();
    object.fields([&](std::string_view key, Cursor field) {
        if (key == "metadata") {
            ns->meta = decodeMeta(field, context);
        } else if (key == "status") {
            field.fields([&](std::string_view name, Cursor value) {
                if (name == "phase")
                    value.read(ns->phase);
            });
        }
    });
    return std::shared_ptr<const Namespace>(std::move(ns));
}

} // namespace portolan::decoding
