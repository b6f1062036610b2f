# One certificate authority, certificates of everybody, kubeconfigs.
# shellcheck shell=bash

readonly PKI=$STATE/pki

make_authority() {
    mkdir -p "$PKI"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 \
        -subj /CN=portolan-cluster -keyout "$PKI/ca.key" -out "$PKI/ca.crt" 2>/dev/null
}

# A certificate for server and client use alike.
make_certificate() { # name, subject, subject alternative names or nothing
    local extensions='extendedKeyUsage=serverAuth,clientAuth'
    [[ -n ${3:-} ]] && extensions+=$'\n'"subjectAltName=$3"
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -subj "$2" -keyout "$PKI/$1.key" -out "$PKI/$1.csr" 2>/dev/null
    openssl x509 -req -in "$PKI/$1.csr" -CA "$PKI/ca.crt" -CAkey "$PKI/ca.key" -set_serial "0x$(openssl rand -hex 8)" \
        -days 3650 -extfile <(echo "$extensions") -out "$PKI/$1.crt" 2>/dev/null
    rm "$PKI/$1.csr"
}

make_kubeconfig() { # file, name of the certificate, server
    local ca crt key
    ca=$(base64 -w0 "$PKI/ca.crt") crt=$(base64 -w0 "$PKI/$2.crt") key=$(base64 -w0 "$PKI/$2.key")
    (umask 077 && cat >"$1") <<YAML
apiVersion: v1
kind: Config
current-context: portolan-test
clusters:
- name: portolan-test
  cluster:
    server: $3
    certificate-authority-data: $ca
contexts:
- name: portolan-test
  context:
    cluster: portolan-test
    user: $2
users:
- name: $2
  user:
    client-certificate-data: $crt
    client-key-data: $key
YAML
}

make_control_plane_pki() {
    local on_bridge=https://$UNDERLAY_IP:6443
    make_authority
    make_certificate apiserver /CN=kube-apiserver \
        "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,DNS:localhost,IP:127.0.0.1,IP:$UNDERLAY_IP,IP:${SERVICE_CIDR%.*}.1"
    make_certificate apiserver-to-kubelet /O=system:masters/CN=kube-apiserver
    make_certificate front-proxy /CN=front-proxy
    make_certificate admin /O=system:masters/CN=admin
    make_certificate controller-manager /CN=system:kube-controller-manager
    make_certificate scheduler /CN=system:kube-scheduler
    openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/service-accounts.key"
    openssl ec -in "$PKI/service-accounts.key" -pubout -out "$PKI/service-accounts.pub" 2>/dev/null
    make_kubeconfig "$KUBECONFIG_FILE" admin https://127.0.0.1:6443
    make_kubeconfig "$STATE/controller-manager.kubeconfig" controller-manager "$on_bridge"
    make_kubeconfig "$STATE/scheduler.kubeconfig" scheduler "$on_bridge"
}

make_node_pki() { # node, its address
    make_certificate "kubelet-$1" "/O=system:nodes/CN=system:node:$1" "DNS:$1,IP:$2"
    make_kubeconfig "$STATE/nodes/$1/kubelet.kubeconfig" "kubelet-$1" "https://$UNDERLAY_IP:6443"
}
