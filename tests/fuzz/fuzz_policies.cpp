#include "model/policy/plain_evaluator.h"
#include "model/policy/policy_api.h"

#include <array>
#include <cstdlib>

using namespace portolan;
using namespace portolan::policy;

namespace {

struct Kind
{
    const char *group;
    const char *kind;
    Enforcer enforcer;
};

constexpr std::array kinds{Kind{"projectcalico.org", "NetworkPolicy", Enforcer::Calico},
                           Kind{"projectcalico.org", "GlobalNetworkPolicy", Enforcer::Calico},
                           Kind{"projectcalico.org", "Tier", Enforcer::Calico},
                           Kind{"projectcalico.org", "GlobalNetworkSet", Enforcer::Calico},
                           Kind{"projectcalico.org", "HostEndpoint", Enforcer::Calico},
                           Kind{"projectcalico.org", "StagedKubernetesNetworkPolicy", Enforcer::Calico},
                           Kind{"projectcalico.org", "FelixConfiguration", Enforcer::Calico},
                           Kind{"cilium.io", "CiliumNetworkPolicy", Enforcer::Cilium},
                           Kind{"cilium.io", "CiliumClusterwideNetworkPolicy", Enforcer::Cilium},
                           Kind{"cilium.io", "CiliumCIDRGroup", Enforcer::Cilium},
                           Kind{"policy.networking.k8s.io", "AdminNetworkPolicy", Enforcer::Generic},
                           Kind{"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", Enforcer::Generic},
                           Kind{"policy.networking.k8s.io", "ClusterNetworkPolicy", Enforcer::Generic},
                           Kind{"networking.k8s.io", "NetworkPolicy", Enforcer::Generic}};

policy::Endpoint pod(std::string_view ns, std::string_view node, const char *address)
{
    policy::Endpoint end;
    end.kind = EndpointKind::Pod;
    end.ref = {ObjectKind::Pod, "Pod", std::string(ns), "p"};
    end.ns = ns;
    end.nodeName = node;
    end.labels = Labels({{"app", "a"}, {"tier", "b"}});
    end.addresses = {IpRange::parse(address)->first()};
    return end;
}

} // namespace

/// The first byte picks the kind, the rest is an object of it, or several after one another with a zero byte
/// between them. Whatever it says is compiled and evaluated.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    std::string_view rest(reinterpret_cast<const char *>(data), size);
    std::vector<std::shared_ptr<const ApiObject>> objects;
    Enforcer enforcer = Enforcer::Generic;
    while (!rest.empty() && objects.size() < 4) {
        const Kind &kind = kinds[std::uint8_t(rest[0]) % kinds.size()];
        const std::string_view text = rest.substr(1, rest.find('\0', 1) - 1);
        ApiObject object{kind.group, "v1", kind.kind, {}, std::make_shared<const std::string>(text)};
        object.meta.name =
            kind.enforcer == Enforcer::Generic ? "default" : "o" + std::to_string(objects.size());
        object.meta.ns = std::string_view(kind.kind).ends_with("alNetworkPolicy") ? "" : "one";
        enforcer = kind.enforcer;
        objects.push_back(std::make_shared<const ApiObject>(std::move(object)));
        rest.remove_prefix(std::min(rest.size(), text.size() + 2));
    }
    ClusterState state;
    state.others = ObjectTable<ApiObject>(std::move(objects));
    const OrderedPolicies policies = compilePolicies({state, enforcer});
    const PlainEvaluator evaluator(policies, enforcer);
    const policy::Endpoint a = pod("one", "n1", "10.1.0.1"), b = pod("two", "n2", "10.2.0.1");
    for (const std::uint16_t port : {std::uint16_t{80}, std::uint16_t{8443}}) {
        const Verdict verdict = evaluator.verdict(a, b, Traffic{protocol::tcp, port, 0, 0});
        if (verdict.outcome == Outcome::Unknown && verdict.reason.empty())
            std::abort();
        (void)evaluator.verdict(b, a, Traffic{protocol::icmp, 0, 8, 0});
    }
    return 0;
}
