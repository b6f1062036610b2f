# A node: a process that holds network, mount and uts namespaces, in which
# containerd and kubelet run as if they had a machine of their own.
# shellcheck shell=bash

# What is a node's own; everything else it sees of the machine's file system.
readonly NODE_FOLDERS=(var/lib/kubelet var/lib/containerd var/lib/cni var/lib/calico
    etc/cni var/log/pods var/log/containers var/log/calico opt/cni)

node_dir() { echo "$STATE/nodes/$1"; }
node_ip() { echo "$UNDERLAY.$((10 + ${1#node}))"; }

# Not "ip netns exec": that remounts /sys and hides the cgroups.
in_node() { # node, command...
    local node=$1
    shift
    nsenter -t "$(program_pid "holder-$node")" -m -u -n -- "$@"
}

start_node_program() { # name, node, command...
    local name=$1 node=$2
    shift 2
    start_program "$name-$node" nsenter -t "$(program_pid "holder-$node")" -m -u -n -- "$@"
}

# kubelet sets these for the whole machine; down sets them back.
save_sysctls() {
    sysctl -e vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops \
        kernel.keys.root_maxkeys kernel.keys.root_maxbytes >"$STATE/sysctls"
}

make_bridge() {
    ip link add "$BRIDGE" type bridge
    ip addr add "$UNDERLAY_IP/24" dev "$BRIDGE"
    ip link set "$BRIDGE" up
    # The API server's way to pods and services of the cluster.
    ip route add "$POD_CIDR" via "$(node_ip node1)" dev "$BRIDGE" onlink
    # Nothing of the cluster may be forwarded to the world outside.
    ip rule add pref 99 iif "$BRIDGE" unreachable
}

# Remembers what it makes, so that down can take it away again.
make_mount_point() { # folder
    [[ -d $1 ]] && return 0
    make_mount_point "$(dirname "$1")"
    mkdir "$1"
    echo "$1" >>"$STATE/mount-points"
}

start_holder() { # node
    local dir folder
    dir=$(node_dir "$1")
    for folder in "${NODE_FOLDERS[@]}"; do
        mkdir -p "$dir/$folder"
        make_mount_point "/$folder"
    done
    rm -f "$dir/ready"
    start_program "holder-$1" unshare --net --mount --uts --propagation private -- \
        bash "$CLUSTER_ROOT/lib/hold_node.sh" "$1" "$dir" "${NODE_FOLDERS[@]}"
    wait_for 10 "the namespaces of $1" test -e "$dir/ready"
}

connect_node() { # node
    local link=pl-$1 pid
    pid=$(program_pid "holder-$1")
    ip link add "$link" type veth peer name eth0 netns "$pid"
    ip link set "$link" master "$BRIDGE" up
    in_node "$1" ip link set lo up
    in_node "$1" ip addr add "$(node_ip "$1")/24" dev eth0
    in_node "$1" ip link set eth0 up
    in_node "$1" ip route add default via "$UNDERLAY_IP"
    in_node "$1" sysctl -qw net.ipv4.ip_forward=1 \
        net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0
}

write_containerd_config() { # node
    cat >"$(node_dir "$1")/containerd.toml" <<'TOML'
version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
oom_score = 0
[grpc]
address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "portolan.test/pause:1"
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/opt/cni/bin"
conf_dir = "/etc/cni/net.d"
TOML
}

write_kubelet_config() { # node
    local dir
    dir=$(node_dir "$1")
    # The machine's own resolver would take look-ups out of the cluster.
    echo 'options ndots:1' >"$dir/resolv.conf"
    cat >"$dir/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $PKI/ca.crt}
authorization: {mode: Webhook}
tlsCertFile: $PKI/kubelet-$1.crt
tlsPrivateKeyFile: $PKI/kubelet-$1.key
clusterDomain: cluster.local
clusterDNS: [$DNS_IP]
resolvConf: $dir/resolv.conf
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP/$1
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
volumePluginDir: /var/lib/kubelet/volumeplugins
evictionHard: {nodefs.available: 0%, nodefs.inodesFree: 0%, imagefs.available: 0%, imagefs.inodesFree: 0%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
maxPods: 200
nodeStatusUpdateFrequency: 4s
syncFrequency: 10s
serializeImagePulls: false
YAML
}

start_containerd() { # node
    start_node_program containerd "$1" containerd --config "$(node_dir "$1")/containerd.toml"
}

containerd_answers() { in_node "$1" ctr version >/dev/null 2>&1; }

start_kubelet() { # node
    local dir
    dir=$(node_dir "$1")
    start_node_program kubelet "$1" "$STATE/bin/kubelet" --config "$dir/kubelet.yaml" \
        --kubeconfig "$dir/kubelet.kubeconfig" --hostname-override "$1" --node-ip "$(node_ip "$1")" \
        --node-labels "topology.kubernetes.io/region=test,topology.kubernetes.io/zone=test-${1#node}"
}

import_images() { # node
    # Layers are links into the cache; -h makes them the files themselves.
    tar -C "$STATE/images" -ch . |
        in_node "$1" ctr -n k8s.io images import --snapshotter overlayfs - >>"$STATE/logs/images-$1.log" 2>&1
}

# The whole of a node up to its kubelet; runs beside that of other nodes.
start_node() { # node
    make_node_pki "$1" "$(node_ip "$1")"
    write_containerd_config "$1"
    write_kubelet_config "$1"
    start_containerd "$1"
    wait_for 30 "containerd of $1" containerd_answers "$1"
    import_images "$1" || die "importing images into $1 failed (see $STATE/logs/images-$1.log)"
    cni_install "$1"
    start_kubelet "$1"
}
