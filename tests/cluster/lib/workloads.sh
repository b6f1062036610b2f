# What runs in the cluster: kube-proxy, CoreDNS, the CNI, the shop.
# shellcheck shell=bash

# Writes a manifest with its @NAMES@ filled in.
fill_in() { # file
    sed -e "s|@APISERVER@|$UNDERLAY_IP|g" -e "s|@POD_CIDR@|$POD_CIDR|g" -e "s|@DNS_IP@|$DNS_IP|g" \
        -e "s|@PROGRAMS@|$(programs_dir kubernetes)|g" "$1"
}

apply() { api apply --server-side --force-conflicts -f - >>"$STATE/logs/apply.log" 2>&1; }

apply_manifest() { fill_in "$1" | apply || die "applying $1 failed (see $STATE/logs/apply.log)"; }

# Pods that are not ready, and why, but for those that say they never are, and
# those of Jobs, which end, well or badly, when they like.
unready_pods() {
    api get pods -A -l 'portolan.test/never-ready!=true' -o go-template='
        {{- range .items}}{{$waits := true}}
        {{- range .metadata.ownerReferences}}{{if eq .kind "Job"}}{{$waits = false}}{{end}}{{end}}
        {{- range .status.conditions}}{{if and (eq .type "Ready") (eq .status "True")}}{{$waits = false}}{{end}}{{end}}
        {{- if $waits}}{{.metadata.namespace}}/{{.metadata.name}} ({{.status.phase}}
        {{- range .status.containerStatuses}}
        {{- if .state.waiting}} {{.state.waiting.reason}}{{else if .state.terminated}} {{.state.terminated.reason}}{{end}}
        {{- if .restartCount}} restarts {{.restartCount}}{{end}}{{end}}){{"\n"}}{{end}}{{end}}'
}

# Workloads whose pods are not all there yet.
unfinished_workloads() {
    api get deployments,statefulsets -A -l 'portolan.test/never-ready!=true' -o go-template='{{range .items}}{{if ne .spec.replicas (or .status.readyReplicas 0)}}{{.metadata.namespace}}/{{.metadata.name}} ({{or .status.readyReplicas 0}} of {{.spec.replicas}}){{"\n"}}{{end}}{{end}}'
    api get daemonsets -A -o go-template='{{range .items}}{{if or (eq .status.desiredNumberScheduled 0) (ne .status.desiredNumberScheduled (or .status.numberReady 0))}}{{.metadata.namespace}}/{{.metadata.name}} ({{or .status.numberReady 0}} of {{.status.desiredNumberScheduled}}){{"\n"}}{{end}}{{end}}'
}

missing_pods() { unready_pods && unfinished_workloads; }

nodes_ready() { # number
    local ready
    ready=$(api get nodes -o go-template='{{range .items}}{{range .status.conditions}}{{if and (eq .type "Ready") (eq .status "True")}}x{{end}}{{end}}{{end}}' 2>/dev/null)
    ((${#ready} == $1))
}
