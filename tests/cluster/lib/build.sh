# Programs, built once into the cache. A folder in the cache is named after
# the content of what it was built from, so nothing in it is ever out of date.
# shellcheck shell=bash

readonly GO_STRIP='-s -w'
BUILT='' # whether anything was, in this run

content_key() { # folder...
    (cd "$CLUSTER_ROOT" && find "$@" -type f -print0 | LC_ALL=C sort -z |
        xargs -0 sha256sum | sha256sum | cut -c1-12)
}

programs_dir() { echo "$CACHE/programs/$1-$(content_key "build/$1")"; } # module

module_dir() { # module@version
    local dir
    dir=$(go mod download -json "$1" | sed -n 's/.*"Dir": "\(.*\)",\?/\1/p')
    [[ -d $dir ]] || die "the Go module $1 is not to be had (no network?)"
    echo "$dir"
}

# Where a program is built: in its folder under build/, or, where that folder
# only names a module and has a change to it, in a changed copy of the module.
build_folder() { # module
    local folder=$CLUSTER_ROOT/build/$1 copy=$CACHE/sources-$1
    if [[ ! -f $folder/module ]]; then
        echo "$folder"
        return
    fi
    rm -rf "$copy"
    cp -r "$(module_dir "$(<"$folder/module")")" "$copy"
    chmod -R u+w "$copy"
    (cd "$copy" && rm -rf vendor && "$folder/change") || die "the change to $1 does not fit"
    echo "$copy"
}

# Builds packages of one module under build/ into its folder in the cache, with
# the tags in GO_TAGS.
build_programs() { # module, linker flags, package...
    local module=$1 flags=$2 go_flags='' folder out began=$SECONDS
    shift 2
    out=$(programs_dir "$module")
    [[ -d $out ]] && return 0
    check_build_machine
    say "building $module (once; kept in $CACHE)"
    rm -rf "$out.part"
    mkdir -p "$out.part"
    folder=$(build_folder "$module") || exit 1
    # In a copy go may note what go.sum lacks; what is this project's own stays as it is.
    [[ $folder != "$CACHE"/* ]] || go_flags=-mod=mod
    if ! (cd "$folder" &&
        CGO_ENABLED=0 GOCACHE=$CACHE/go-build GOFLAGS=$go_flags go build -buildvcs=false -trimpath \
            -tags "${GO_TAGS:-}" -ldflags "$GO_STRIP $flags" -o "$out.part/" "$@") >"$CACHE/build-$module.log" 2>&1; then
        die "building $module failed: $(tail -n 1 "$CACHE/build-$module.log") (see $CACHE/build-$module.log)"
    fi
    keep_sources "$module" "$folder" "$out.part"
    mv "$out.part" "$out"
    BUILT=yes
    say "  built $module in $((SECONDS - began)) s"
}

# Of a changed copy only what is no program but goes into an image.
keep_sources() { # module, folder, programs
    [[ $2 == "$CACHE"/* ]] || return 0
    mkdir "$3/sources"
    [[ ! -d $2/bpf ]] || cp -r "$2/bpf" "$3/sources/"
    rm -rf "$2"
}

build_kubernetes() {
    local version=k8s.io/component-base/version out name
    build_programs kubernetes \
        "-X $version.gitVersion=v$KUBERNETES_VERSION -X $version.gitMajor=1 -X $version.gitMinor=34 -X $version.gitTreeState=clean" \
        .
    out=$(programs_dir kubernetes)
    for name in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl; do
        ln -sfn kubernetes "$out/$name"
    done
}

build_coredns() { build_programs coredns '' github.com/coredns/coredns; }

build_plugins() {
    local base=github.com/containernetworking/plugins/plugins
    build_programs plugins '' $base/main/{bridge,loopback} $base/ipam/host-local $base/meta/portmap
}

# Only when asked for: few runs need it.
build_bulkpods() {
    build_programs bulkpods '' .
    rm -rf "$CACHE/go-build"
}

build_small() { build_programs small '' ./pause ./shopd; }

# What every cluster needs; a CNI builds its own with cni_build.
build_all() {
    build_kubernetes
    build_coredns
    build_plugins
    build_small
    cni_build
    # 8 GB that only a new version would look at again.
    [[ -z $BUILT ]] || rm -rf "$CACHE/go-build"
}
