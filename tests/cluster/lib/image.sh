# Container images without a registry: layers are tar files in the cache, an
# image is a list of layers, and a set of images is streamed to containerd as
# one docker-archive, so that images share the layers they have in common.
# shellcheck shell=bash

readonly TOOLS_PACKAGES=iproute2,iptables,nftables,ipset,bird,conntrack,tcpdump,bind9-dnsutils,curl,netcat-openbsd,iputils-ping,traceroute,ethtool,procps,busybox
readonly LAYERS=$CACHE/layers

have_layer() { [[ -f $LAYERS/$1.tar ]]; } # layer

# Makes a layer of a folder.
pack_layer() { # layer, folder
    mkdir -p "$LAYERS"
    tar -C "$2" --numeric-owner --sort=name --mtime=@0 -cf "$LAYERS/$1.part" .
    sha256sum "$LAYERS/$1.part" | cut -d' ' -f1 >"$LAYERS/$1.sha256"
    mv "$LAYERS/$1.part" "$LAYERS/$1.tar"
}

# A layer of single files, each given as source:target.
pack_files() { # layer, source:target...
    local layer=$1 pair root
    shift
    have_layer "$layer" && return 0
    root=$(mktemp -d)
    for pair in "$@"; do
        install -D -m 0755 "${pair%%:*}" "$root/${pair#*:}"
    done
    chmod 0755 "$root"
    pack_layer "$layer" "$root"
    rm -rf "$root"
}

tools_layer() { echo "tools-$(sha256sum <<<"$TOOLS_PACKAGES" | cut -c1-12)"; }
busybox_layer() { echo "busybox-$(tools_layer)"; }

# The toolbox of the tests, and the base of images that need iptables.
build_tools_layers() {
    local root began=$SECONDS
    have_layer "$(tools_layer)" && have_layer "$(busybox_layer)" && return 0
    say "building the tools image (once)"
    root=$(mktemp -d)
    debootstrap --variant=minbase --include="$TOOLS_PACKAGES" bookworm "$root" >"$CACHE/debootstrap.log" 2>&1 ||
        die "debootstrap failed (no network? see $CACHE/debootstrap.log)"
    rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}
    pack_layer "$(tools_layer)" "$root"
    build_busybox_layer "$root"
    rm -rf "$root"
    say "  built the tools image in $((SECONDS - began)) s"
}

# The dynamic busybox: the static one crashes in name look-ups.
build_busybox_layer() { # root of the tools image
    local root library name
    root=$(mktemp -d)
    mkdir -p "$root"/{bin,lib,lib64,etc,tmp,lib/x86_64-linux-gnu}
    cp "$1/bin/busybox" "$root/bin/"
    for library in libc.so.6 libresolv.so.2 libnss_dns.so.2 libnss_files.so.2; do
        cp -L "$1/lib/x86_64-linux-gnu/$library" "$root/lib/x86_64-linux-gnu/"
    done
    cp -L "$1/lib64/ld-linux-x86-64.so.2" "$root/lib64/"
    echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
    while read -r name; do
        ln -s busybox "$root/bin/$name"
    done < <(chroot "$1" /bin/busybox --list | grep -vx busybox)
    pack_layer "$(busybox_layer)" "$root"
    rm -rf "$root"
}

# Begins a set of images in an empty folder; add_image fills it.
begin_images() { # folder
    IMAGES=$1
    IMAGE_MANIFESTS=()
    rm -rf "$IMAGES"
    mkdir -p "$IMAGES"
}

add_image() { # name, JSON of what it runs, layer...
    local name=$1 command=$2 layer paths='' ids='' config file
    shift 2
    for layer in "$@"; do
        ln -sf "$LAYERS/$layer.tar" "$IMAGES/"
        paths+="${paths:+,}\"$layer.tar\""
        ids+="${ids:+,}\"sha256:$(<"$LAYERS/$layer.sha256")\""
    done
    config=$(printf '{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],%s},"rootfs":{"type":"layers","diff_ids":[%s]}}' "$command" "$ids")
    file=$(sha256sum <<<"$config" | cut -d' ' -f1).json
    echo "$config" >"$IMAGES/$file"
    IMAGE_MANIFESTS+=("{\"Config\":\"$file\",\"RepoTags\":[\"$name\"],\"Layers\":[$paths]}")
}

finish_images() {
    local IFS=,
    echo "[${IMAGE_MANIFESTS[*]}]" >"$IMAGES/manifest.json"
}

# The images of a cluster with the chosen CNI, described in STATE/images.
build_images() {
    local key small
    build_tools_layers
    key=$(content_key build/small) small=$(programs_dir small)
    pack_files "pause-$key" "$small/pause:pause"
    pack_files "shopd-$key" "$small/shopd:shopd"
    pack_files "coredns-$(content_key build/coredns)" "$(programs_dir coredns)/coredns:coredns"
    begin_images "$STATE/images"
    add_image portolan.test/pause:1 '"Entrypoint":["/pause"]' "pause-$key"
    add_image portolan.test/shopd:1 '"Entrypoint":["/shopd"]' "shopd-$key"
    add_image portolan.test/shopd-with-tools:1 '"Entrypoint":["/shopd"]' "$(busybox_layer)" "shopd-$key"
    add_image portolan.test/coredns:1 '"Entrypoint":["/coredns"]' "coredns-$(content_key build/coredns)"
    add_image portolan.test/tools:1 '"Cmd":["sleep","infinity"]' "$(tools_layer)"
    cni_images
    finish_images
}
