# Names, places and the few verbs that every other piece uses.
# shellcheck shell=bash

readonly KUBERNETES_VERSION=1.34.4
readonly CLUSTER_ROOT=${CLUSTER_ROOT:?set by the script that sources this}
readonly CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/portolan-cluster
readonly STATE=/var/lib/portolan-cluster
readonly KUBECONFIG_FILE=$STATE/kubeconfig
readonly CGROUP=portolan

readonly BRIDGE=portolan0
readonly UNDERLAY=10.99.0
readonly UNDERLAY_IP=$UNDERLAY.1
readonly POD_CIDR=10.244.0.0/16
readonly SERVICE_CIDR=10.96.0.0/16
readonly DNS_IP=10.96.0.10

say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $*"
    exit 1
}

# Polls a command that is quiet and false until the thing is there.
wait_for() { # seconds, what, command...
    local seconds=$1 what=$2 end
    shift 2
    end=$((SECONDS + seconds))
    until "$@"; do
        ((SECONDS < end)) || die "waited $seconds s in vain for $what (logs are in $STATE/logs)"
        sleep 0.2
    done
}

# Waits for something big: as long as what is still missing goes on changing, and
# at most ten times as long. Says every half minute what it waits for.
wait_while_moving() { # seconds without a change, what, command that prints what is missing
    local patience=$1 what=$2 begin=$SECONDS moved=$SECONDS told=$SECONDS missing='?' now
    shift 2
    while [[ -n $missing ]]; do
        now=$("$@" 2>/dev/null) || now='the API server does not answer'
        [[ $now == "$missing" ]] || moved=$SECONDS
        missing=$now
        if ((SECONDS - moved > patience || SECONDS - begin > 10 * patience)); then
            die "waited $((SECONDS - begin)) s in vain for $what, the last $((SECONDS - moved)) s without a change; missing:"$'\n'"$missing"$'\n'"(logs are in $STATE/logs)"
        fi
        if [[ -n $missing ]] && ((SECONDS - told >= 30)); then
            told=$SECONDS
            say "  still waiting for $(wc -l <<<"$missing"): $(paste -sd, <<<"$missing" | sed 's/,/, /g' | cut -c1-200)"
        fi
        [[ -z $missing ]] || sleep 0.5
    done
}

need_root() { ((EUID == 0)) || die "this needs root: it makes network namespaces and mounts"; }

# One at a time: two callers would take each other's half-made cluster down.
take_lock() {
    mkdir -p "$CACHE"
    exec 9>"$CACHE/lock"
    flock -w 900 9 || die "another up or down holds $CACHE/lock"
}

# Starts a long-lived program with its own log, never with the caller's
# output: a pipe that stays open would hang whoever reads it.
start_program() { # name, command...
    local name=$1
    shift
    mkdir -p "$STATE/logs" "$STATE/pids"
    (
        echo "$BASHPID" >"$(tracking_cgroup)/system/cgroup.procs"
        # What answers late on a crowded machine is taken for dead.
        renice -n -5 -p "$BASHPID" >/dev/null 2>&1 || true
        exec setsid "$@" >>"$STATE/logs/$name.log" 2>&1 </dev/null 9>&-
    ) &
    echo $! >"$STATE/pids/$name"
}

program_pid() { cat "$STATE/pids/$1" 2>/dev/null; }

# A pid may have gone to a stranger after a crash, so its cgroup is asked.
program_runs() { # name
    local pid
    pid=$(program_pid "$1") && grep -qs "/$CGROUP/" "/proc/$pid/cgroup"
}

signal_program() { # signal, name
    program_runs "$2" || die "$2 does not run"
    kill "-$1" "$(program_pid "$2")"
}

program_stopped() { ! program_runs "$1"; }

api() { "$STATE/bin/kubectl" --kubeconfig "$KUBECONFIG_FILE" "$@"; }

node_names() {
    local dir
    for dir in "$STATE"/nodes/*/; do
        [[ -d $dir ]] && basename "$dir"
    done
}
