# Takes everything away, also what a crash left half-made: nothing here
# believes that the cluster was ever complete.
# shellcheck shell=bash

kill_processes() {
    local pids
    # A stopped process gets its SIGKILL too, and shims respawn nothing, but
    # what was forked a moment ago is only seen in the next round.
    mapfile -t pids < <(cgroup_processes)
    ((${#pids[@]})) || return 0
    kill -KILL "${pids[@]}" 2>/dev/null || true
    return 1
}

remove_links() {
    local link
    ip rule del pref 99 iif "$BRIDGE" 2>/dev/null || true
    for link in "$BRIDGE" $(ip -o link show | grep -o 'pl-node[0-9]*'); do
        ip link del "$link" 2>/dev/null || true
    done
}

# Mounts of a node vanish with its last process; this waits for that.
no_mounts_left() { ! grep -qs "$STATE/" /proc/mounts; }

remove_mount_points() {
    [[ -f $STATE/mount-points ]] || return 0
    # Last made is removed first; what someone else has put things in stays.
    tac "$STATE/mount-points" | while read -r folder; do
        rmdir "$folder" 2>/dev/null || true
    done
}

tear_down() {
    wait_for 60 "the cluster's processes to end" kill_processes
    remove_links
    wait_for 30 "the cgroups to be empty" remove_cgroups
    wait_for 10 "the mounts to vanish" no_mounts_left
    remove_mount_points
    [[ ! -f $STATE/sysctls ]] || sysctl -q -e -p "$STATE/sysctls"
    rm -rf "$STATE"
}

something_left() { [[ -e $STATE || -d $(tracking_cgroup) || -e /sys/class/net/$BRIDGE ]]; }
