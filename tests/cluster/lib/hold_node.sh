#!/bin/bash
# Runs as the first process of a node, inside its new namespaces: gives the
# node its own folders and then only keeps the namespaces alive.
set -euo pipefail

node=$1 dir=$2
shift 2

hostname "$node"
mount -t tmpfs -o mode=755 run /run
for folder in "$@"; do
    mount --bind "$dir/$folder" "/$folder"
done
# Unpacked images are thousands of files that are thrown away with the node: where
# there is memory for them they never reach the disk.
if (($(awk '/^MemAvailable/ { print $2 }' /proc/meminfo) > 8 * 1024 * 1024)); then
    mount -t tmpfs containerd /var/lib/containerd
fi
# Kubernetes' mounts with Bidirectional propagation need shared ones.
mount --make-rshared /
touch "$dir/ready"
exec sleep infinity
