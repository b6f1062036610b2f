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
# Kubernetes' mounts with Bidirectional propagation need shared ones.
mount --make-rshared /
touch "$dir/ready"
exec sleep infinity
