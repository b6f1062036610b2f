#include "tests/fakes/shop_cluster.h"

namespace portolan::fakes {

namespace {

ContainerPort listens(std::uint16_t port, const std::string &name = {}, Protocol protocol = Protocol::Tcp)
{
    return {name, port, protocol};
}

/// A workload labelled app=name, with a service of the same name on that port.
void served(ClusterMaker &maker, const std::string &kind, const std::string &ns, const std::string &name,
            int replicas, std::uint16_t port)
{
    maker.workload(kind, ns, name, replicas, {{"app", name}}, {listens(port, "main")});
    maker.service(ns, name, {{"app", name}}, {servicePort(port)});
}

void addWorkloads(ClusterMaker &maker)
{
    maker.workload("Deployment", "edge", "ingress-nginx", 2, {{"app", "ingress-nginx"}},
                   {listens(8443, "https")});
    maker.service("edge", "ingress-nginx", {{"app", "ingress-nginx"}}, {servicePort(443, 8443)}).type =
        ServiceType::LoadBalancer;
    Service &nodePort =
        maker.service("edge", "edge-node", {{"app", "ingress-nginx"}}, {servicePort(80, 8443)});
    nodePort.type = ServiceType::NodePort;
    nodePort.ports.front().nodePort = 30443;

    served(maker, "Deployment", "shop", "web", 3, 80);
    served(maker, "Deployment", "shop", "checkout", 3, 8080);
    served(maker, "Deployment", "shop", "catalog", 3, 8080);
    served(maker, "StatefulSet", "shop", "cart", 2, 6379);
    maker.workload("CronJob", "shop", "price-import", 0, {{"app", "price-import"}});
    maker.service("shop", "promo", {{"app", "promo"}}, {servicePort(80)});
    served(maker, "Deployment", "payments", "gateway", 2, 9443);
    served(maker, "StatefulSet", "payments", "ledger", 3, 5432);
    Service &bank = maker.service("payments", "bank", {}, {});
    bank.type = ServiceType::ExternalName;
    bank.clusterIps.clear();
    bank.externalName = "api.bank.example";
    served(maker, "StatefulSet", "data", "postgres", 3, 5432);
    served(maker, "StatefulSet", "data", "redis", 2, 6379);
    served(maker, "Deployment", "monitoring", "prometheus", 1, 9090);
    served(maker, "Deployment", "monitoring", "grafana", 1, 3000);
    maker.workload("DaemonSet", "monitoring", "node-exporter", 3, {{"app", "node-exporter"}});
    maker.workload("Deployment", "kube-system", "coredns", 2, {{"k8s-app", "kube-dns"}},
                   {listens(53, "dns", Protocol::Udp), listens(53, "dns-tcp")});
    maker.service("kube-system", "kube-dns", {{"k8s-app", "kube-dns"}},
                  {servicePort(53, 53, Protocol::Udp, "dns"), servicePort(53, 53, Protocol::Tcp, "dns-tcp")});
    maker.workload("DaemonSet", "kube-system", "calico-node", 3, {{"k8s-app", "calico-node"}});
    maker.workload("Deployment", "kube-system", "calico-kube-controllers", 1,
                   {{"k8s-app", "calico-kube-controllers"}});
    maker.podsOf("shop", "catalog")[2]->ready = false;
    maker.podsOf("data", "redis")[1]->reason = "CrashLoopBackOff";
    for (const auto &pod : maker.podsOf("kube-system", "calico-node"))
        pod->hostNetwork = true;
}

void denyAll(ClusterMaker &maker, const std::string &ns)
{
    NetworkPolicy &policy = maker.policy(ns, "default-deny", everything());
    policy.isolatesIngress = policy.isolatesEgress = true;
    release(maker.policy(ns, "allow-dns", everything()), {podsIn("kube-system", {{"k8s-app", "kube-dns"}})},
            {onPort(53, Protocol::Udp), onPort(53)});
}

/// Both halves of a connection: the destination's ingress and the source's egress.
void connect(ClusterMaker &maker, const std::string &fromNs, const std::string &from, const std::string &toNs,
             const std::string &to, std::uint16_t port)
{
    admit(maker.policy(toNs, to + "-from-" + from, withLabels({{"app", to}})),
          {podsIn(fromNs, {{"app", from}})}, {onPort(port)});
    if (fromNs != "edge" && fromNs != "monitoring")
        release(maker.policy(fromNs, from + "-to-" + to, withLabels({{"app", from}})),
                {podsIn(toNs, {{"app", to}})}, {onPort(port)});
}

} // namespace

ClusterMaker shopCluster()
{
    ClusterMaker maker;
    for (const char *name : {"node-a", "node-b", "node-c"})
        maker.node(name);
    for (const char *name : {"edge", "shop", "payments", "data", "monitoring", "kube-system", "default"})
        maker.ns(name);
    addWorkloads(maker);
    for (const char *name : {"shop", "payments", "data"})
        denyAll(maker, name);
    connect(maker, "edge", "ingress-nginx", "shop", "web", 80);
    connect(maker, "shop", "web", "shop", "checkout", 8080);
    connect(maker, "shop", "web", "shop", "catalog", 8080);
    connect(maker, "shop", "catalog", "shop", "cart", 6379);
    connect(maker, "shop", "checkout", "shop", "cart", 6379);
    connect(maker, "shop", "checkout", "payments", "gateway", 9443);
    connect(maker, "payments", "gateway", "payments", "ledger", 5432);
    connect(maker, "payments", "ledger", "data", "postgres", 5432);
    connect(maker, "shop", "cart", "data", "redis", 6379);
    connect(maker, "shop", "catalog", "data", "postgres", 5432);
    for (const char *name : {"shop", "payments", "data"})
        admit(maker.policy(name, "allow-scrape", everything()),
              {podsIn("monitoring", {{"app", "prometheus"}})}, {onPort(9100)});
    release(maker.policy("payments", "gateway-to-bank", withLabels({{"app", "gateway"}})),
            {block("203.0.113.0/24")}, {onPort(443)});
    maker.ingress("edge", "shop", "shop.example.com", "ingress-nginx", 443);

    const ProbeRequest denied{{ObjectKind::Pod, "Pod", "shop", "catalog-7d9f-0"},
                              {},
                              {ObjectKind::Service, "Service", "payments", "ledger"},
                              5432,
                              Protocol::Tcp,
                              ProbeMethod::Tcp};
    maker.probe(denied, ProbeOutcome::Timeout);
    return maker;
}

} // namespace portolan::fakes
