# What is needed from Debian and from the machine.
# shellcheck shell=bash

readonly NEEDED_COMMANDS=(
    containerd:containerd runc:runc ip:iproute2 iptables:iptables nft:nftables
    conntrack:conntrack ipset:ipset ethtool:ethtool openssl:openssl
    debootstrap:debootstrap curl:curl nsenter:util-linux mount:mount flock:util-linux
)

# What a CNI needs besides; one that needs something says so anew.
cni_packages() { :; }

install_packages() {
    local entry missing=()
    # shellcheck disable=SC2046 # words without spaces
    for entry in "${NEEDED_COMMANDS[@]}" $(cni_packages); do
        command -v "${entry%%:*}" >/dev/null || missing+=("${entry##*:}")
    done
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || die "these Debian packages are missing, and there is no apt-get: ${missing[*]}"
    say "installing Debian packages: ${missing[*]}"
    if ! { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y \
        --no-install-recommends "${missing[@]}"; } >"$CACHE/apt.log" 2>&1; then
        die "apt-get could not install ${missing[*]} (no network? see $CACHE/apt.log)"
    fi
}

check_build_machine() {
    local free_kib
    command -v go >/dev/null || die "go is needed to build the cluster's programs"
    free_kib=$(df --output=avail -k "$CACHE" | tail -n 1)
    ((free_kib > 20 * 1024 * 1024)) ||
        die "building needs 20 GB of free disk for $CACHE, there are $((free_kib / 1024 / 1024))"
}
