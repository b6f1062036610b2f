package main

import (
	"fmt"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func namespaceName(i int) string { return fmt.Sprintf("bulk-%03d", i) }

// makePod is a pod as a service mesh makes it: two containers, many labels
// and annotations, 5 KB as JSON. Nobody serves its scheduler, so it stays
// Pending and costs no kubelet anything.
func makePod(i int) *core.Pod {
	app := fmt.Sprintf("service-%02d", i%perNamespace/10)
	return &core.Pod{
		ObjectMeta: meta.ObjectMeta{
			Name:      fmt.Sprintf("%s-%08x-%05d", app, uint32(i/10)*2654435761, i),
			Namespace: namespaceName(i / perNamespace),
			Labels: map[string]string{
				bulkLabel:                      "true",
				"app":                          app,
				"app.kubernetes.io/name":       app,
				"app.kubernetes.io/instance":   app + "-production",
				"app.kubernetes.io/version":    fmt.Sprintf("1.%d.%d", i%17, i%5),
				"app.kubernetes.io/component":  "backend",
				"app.kubernetes.io/part-of":    "storefront",
				"app.kubernetes.io/managed-by": "Helm",
				"pod-template-hash":            fmt.Sprintf("%08x", uint32(i/10)*2654435761),
				"team":                         fmt.Sprintf("team-%d", i%12),
				"tier":                         []string{"front", "middle", "back"}[i%3],
			},
			Annotations: map[string]string{
				"prometheus.io/scrape":                           "true",
				"prometheus.io/port":                             "9090",
				"kubectl.kubernetes.io/default-container":        app,
				"checksum/config":                                strings.Repeat(fmt.Sprintf("%08x", i), 8),
				"checksum/secrets":                               strings.Repeat(fmt.Sprintf("%08x", i+1), 8),
				"cluster-autoscaler.kubernetes.io/safe-to-evict": "true",
				"example.com/description":                        strings.Repeat("A service of the storefront. ", 12),
			},
		},
		Spec: core.PodSpec{
			SchedulerName: "nobody.portolan.test",
			Containers:    []core.Container{makeContainer(app, "", 8080), makeContainer("proxy", "proxy-", 15001)},
			Tolerations:   []core.Toleration{{Key: "spot", Operator: core.TolerationOpExists, Effect: core.TaintEffectNoSchedule}},
			NodeSelector:  map[string]string{"kubernetes.io/os": "linux"},
		},
	}
}

func makeContainer(name, portPrefix string, port int32) core.Container {
	probe := &core.Probe{PeriodSeconds: 10, ProbeHandler: core.ProbeHandler{
		HTTPGet: &core.HTTPGetAction{Path: "/healthz", Port: intstr.FromInt32(port)}}}
	amounts := core.ResourceList{
		core.ResourceCPU:    resource.MustParse("100m"),
		core.ResourceMemory: resource.MustParse("128Mi"),
	}
	return core.Container{
		Name:  name,
		Image: "registry.example.com/storefront/" + name + ":2024.11.3",
		Args:  []string{"--listen", fmt.Sprintf(":%d", port), "--log-level=info", "--trace-sampling=0.01"},
		Ports: []core.ContainerPort{
			{Name: portPrefix + "http", ContainerPort: port, Protocol: core.ProtocolTCP},
			{Name: portPrefix + "metrics", ContainerPort: port + 1, Protocol: core.ProtocolTCP},
		},
		Env: []core.EnvVar{
			{Name: "POD_NAME", ValueFrom: &core.EnvVarSource{FieldRef: &core.ObjectFieldSelector{FieldPath: "metadata.name"}}},
			{Name: "DATABASE_URL", Value: "postgres://storefront@postgres.data.svc.cluster.local:5432/storefront?sslmode=require"},
			{Name: "CACHE_URL", Value: "redis://redis.data.svc.cluster.local:6379/0"},
			{Name: "JAVA_OPTS", Value: "-XX:+UseG1GC -XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8"},
			{Name: "OTEL_EXPORTER_OTLP_ENDPOINT", Value: "http://collector.monitoring.svc.cluster.local:4317"},
		},
		Resources:      core.ResourceRequirements{Requests: amounts, Limits: amounts},
		ReadinessProbe: probe,
		LivenessProbe:  probe,
	}
}
