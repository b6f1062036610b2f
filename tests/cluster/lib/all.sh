# Every piece, for the verbs that need most of them.
# shellcheck shell=bash source-path=SCRIPTDIR
source "$CLUSTER_ROOT/lib/common.sh"
source "$CLUSTER_ROOT/lib/cgroup.sh"
source "$CLUSTER_ROOT/lib/packages.sh"
source "$CLUSTER_ROOT/lib/build.sh"
source "$CLUSTER_ROOT/lib/image.sh"
source "$CLUSTER_ROOT/lib/pki.sh"
source "$CLUSTER_ROOT/lib/control_plane.sh"
source "$CLUSTER_ROOT/lib/node.sh"
source "$CLUSTER_ROOT/lib/workloads.sh"
source "$CLUSTER_ROOT/lib/teardown.sh"
