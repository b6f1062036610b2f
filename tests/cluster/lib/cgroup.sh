# Control groups: every process of the cluster lives under one group, by which
# down finds it, and each node has a group of its own for kubelet's pods.
# shellcheck shell=bash

cgroup_hierarchies() {
    local hierarchy
    if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
        echo /sys/fs/cgroup
        return
    fi
    for hierarchy in /sys/fs/cgroup/*; do
        [[ -e $hierarchy/cgroup.procs && ! -e $hierarchy/cgroup.controllers && ! -L $hierarchy ]] && echo "$hierarchy"
    done
    return 0
}

# The hierarchy that tells which processes are the cluster's.
tracking_cgroup() {
    if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
        echo "/sys/fs/cgroup/$CGROUP"
    else
        echo "/sys/fs/cgroup/pids/$CGROUP"
    fi
}

make_cgroup() { # name below the cluster's own
    local hierarchy file
    while read -r hierarchy; do
        mkdir -p "$hierarchy/$CGROUP/$1"
        if [[ $hierarchy == /sys/fs/cgroup ]]; then
            echo '+cpu +cpuset +memory +pids +io' >"$hierarchy/cgroup.subtree_control"
            echo '+cpu +cpuset +memory +pids +io' >"$hierarchy/$CGROUP/cgroup.subtree_control"
        elif [[ -e $hierarchy/cpuset.cpus ]]; then
            # A new cpuset is empty and refuses processes until it is filled.
            for file in cpuset.cpus cpuset.mems; do
                cat "$hierarchy/$file" >"$hierarchy/$CGROUP/$file"
                cat "$hierarchy/$file" >"$hierarchy/$CGROUP/$1/$file"
            done
        fi
        share_processor "$hierarchy/$CGROUP"
    done < <(cgroup_hierarchies)
}

# All pods together would weigh as much as one process of the machine's others:
# beside eight compilers, nothing they do would be done in time.
share_processor() { # cgroup
    [[ ! -e $1/cpu.shares ]] || echo 8192 >"$1/cpu.shares"
    [[ ! -e $1/cpu.weight ]] || echo 800 >"$1/cpu.weight"
}

cgroup_processes() {
    [[ -d $(tracking_cgroup) ]] || return 0
    find "$(tracking_cgroup)" -name cgroup.procs -exec cat {} + 2>/dev/null
}

# Also from where none was made: runc makes them in every hierarchy there is.
remove_cgroups() {
    local hierarchy
    for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [[ -d $hierarchy/$CGROUP ]] || continue
        find "$hierarchy/$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || return 1
    done
}
