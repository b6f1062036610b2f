#include "pod_pages.h"

#include <cstdint>
#include <cstdio>
#include <string_view>

namespace portolan::bench {

namespace {

std::string hex(std::uint64_t seed, int digits)
{
    // splitmix64: ids that look random and are the same in every run.
    std::string text;
    while (int(text.size()) < digits) {
        seed += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = seed;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        char piece[17];
        std::snprintf(piece, sizeof piece, "%016llx", static_cast<unsigned long long>(z ^ (z >> 31)));
        text += piece;
    }
    return text.substr(0, std::size_t(digits));
}

std::string uid(std::uint64_t seed)
{
    const std::string h = hex(seed, 32);
    return h.substr(0, 8) + "-" + h.substr(8, 4) + "-" + h.substr(12, 4) + "-" + h.substr(16, 4) + "-" +
           h.substr(20);
}

std::string container(const std::string &name, const std::string &image, int port)
{
    std::string env;
    for (int i = 0; i < 11; ++i) {
        const std::string n = std::to_string(i);
        env += std::string(i ? "," : "") + R"({"name":"SETTING_)" + n + R"(","value":"http://service-)" + n +
               R"(.backend.svc.cluster.local:8080/path/of/setting"})";
    }
    return R"({"name":")" + name + R"(","image":")" + image +
           R"(","command":["/usr/local/bin/server","--listen=0.0.0.0:)" + std::to_string(port) +
           R"(","--log-level=info"],"ports":[{"name":"http","containerPort":)" + std::to_string(port) +
           R"(,"protocol":"TCP"},{"name":"metrics","containerPort":)" + std::to_string(port + 1000) +
           R"(,"protocol":"TCP"}],"env":[)" + env +
           R"(],"resources":{"limits":{"cpu":"500m","memory":"512Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},)"
           R"("volumeMounts":[{"name":"config","readOnly":true,"mountPath":"/etc/server"},{"name":"kube-api-access-x7k2p","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],)"
           R"("livenessProbe":{"httpGet":{"path":"/healthz","port":"http","scheme":"HTTP"},"initialDelaySeconds":5,"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},)"
           R"("readinessProbe":{"httpGet":{"path":"/readyz","port":"http","scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":5,"successThreshold":1,"failureThreshold":3},)"
           R"("terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent","securityContext":{"capabilities":{"drop":["ALL"]},"runAsNonRoot":true,"allowPrivilegeEscalation":false}})";
}

std::string managedFields()
{
    std::string env;
    for (int i = 0; i < 11; ++i)
        env +=
            R"("k:{\"name\":\"SETTING_)" + std::to_string(i) + R"(\"}":{".":{},"f:name":{},"f:value":{}},)";
    const auto fieldsOf = [&](const char *name) {
        return std::string(R"("k:{\"name\":\")") + name + R"(\"}":{".":{},"f:command":{},"f:env":{".":{},)" +
               env +
               R"("f:z":{}},"f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":{".":{},"f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}},"f:periodSeconds":{}},"f:name":{},"f:ports":{".":{},"k:{\"containerPort\":8080,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:name":{},"f:protocol":{}}},"f:resources":{".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{}}},"f:terminationMessagePath":{}})";
    };
    return R"([{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-11-22T14:32:07Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:generateName":{},"f:labels":{".":{},"f:app":{},"f:pod-template-hash":{}},"f:ownerReferences":{".":{},"k:{\"uid\":\"0b9f2e7c\"}":{}}},"f:spec":{"f:containers":{)" +
           fieldsOf("server") + "," + fieldsOf("proxy") +
           R"(},"f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}},)"
           R"({"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-22T14:32:12Z","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{"k:{\"type\":\"ContainersReady\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}},"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},"k:{\"ip\":\"10.42.1.17\"}":{".":{},"f:ip":{}}},"f:startTime":{}}},"subresource":"status"}])";
}

std::string status(const std::string &name, const std::string &image, std::uint64_t seed)
{
    return R"({"name":")" + name +
           R"(","state":{"running":{"startedAt":"2026-11-22T14:32:11Z"}},"lastState":{},"ready":true,"restartCount":0,"image":")" +
           image + R"(","imageID":"docker.io/library/x@sha256:)" + hex(seed, 64) +
           R"(","containerID":"containerd://)" + hex(seed + 1, 64) + R"(","started":true})";
}

std::string pod(std::size_t index)
{
    const std::string app = "app-" + std::to_string(index / 25);
    const std::string ns = "team-" + std::to_string(index / 500);
    const std::string hash = hex(index / 25, 10);
    const std::string name = app + "-" + hash + "-" + std::to_string(10'000 + index);
    const std::string ip = "10." + std::to_string(index / 65'536 % 256) + "." +
                           std::to_string(index / 256 % 256) + "." + std::to_string(index % 256);
    const std::string time = R"("lastProbeTime":null,"lastTransitionTime":"2026-11-22T14:32:12Z"})";
    const std::string server = "registry.example.net/shop/" + app + "-server:1.4.2";
    const std::string proxy = "registry.example.net/mesh/proxy:2.0.1";
    static const std::string managed = managedFields();
    return R"({"metadata":{"name":")" + name + R"(","generateName":")" + app + "-" + hash +
           R"(-","namespace":")" + ns + R"(","uid":")" + uid(index) + R"(","resourceVersion":")" +
           std::to_string(100'000 + index) +
           R"(","creationTimestamp":"2026-11-22T14:32:07Z","labels":{"app":")" + app +
           R"(","app.kubernetes.io/managed-by":"Helm","pod-template-hash":")" + hash +
           R"(","tier":"backend"},"annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"9090","checksum/config":")" +
           hex(index + 7, 64) +
           R"("},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":")" + app + "-" +
           hash + R"(","uid":")" + uid(index / 25) +
           R"(","controller":true,"blockOwnerDeletion":true}],"managedFields":)" + managed +
           R"(},"spec":{"volumes":[{"name":"config","configMap":{"name":"config","defaultMode":420}},{"name":"kube-api-access-x7k2p","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}],"defaultMode":420}}],"containers":[)" +
           container("server", server, 8080) + "," + container("proxy", proxy, 15'000) +
           R"(],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"default","serviceAccount":"default","nodeName":"node-)" +
           std::to_string(index % 200) +
           R"(","securityContext":{},"schedulerName":"default-scheduler","tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},"status":{"phase":"Running","conditions":[{"type":"PodReadyToStartContainers","status":"True",)" +
           time + R"(,{"type":"Initialized","status":"True",)" + time +
           R"(,{"type":"Ready","status":"True",)" + time + R"(,{"type":"ContainersReady","status":"True",)" +
           time + R"(,{"type":"PodScheduled","status":"True",)" + time + R"(],"hostIP":"192.0.2.)" +
           std::to_string(index % 200) + R"(","podIP":")" + ip + R"(","podIPs":[{"ip":")" + ip +
           R"("}],"startTime":"2026-11-22T14:32:07Z","containerStatuses":[)" +
           status("server", server, index + 11) + "," + status("proxy", proxy, index + 13) +
           R"(],"qosClass":"Burstable"}})";
}

} // namespace

std::string podPage(std::size_t count, std::size_t first)
{
    std::string page =
        R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"200000"},"items":[)";
    for (std::size_t i = 0; i < count; ++i)
        page += (i ? "," : "") + pod(first + i);
    return page + "]}";
}

} // namespace portolan::bench
