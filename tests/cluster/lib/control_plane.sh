# etcd, API server, controller manager, scheduler: programs of the machine
# itself. Each has one function that starts it, so a fault test that killed
# one gets it back exactly as it was.
# shellcheck shell=bash

readonly ETCD_URL=http://127.0.0.1:2379

start_etcd() {
    # Without fsync: the data is thrown away with the cluster.
    start_program etcd "$STATE/bin/etcd" --name portolan --data-dir "$STATE/etcd" \
        --unsafe-no-fsync --log-level warn --quota-backend-bytes 4294967296 \
        --listen-client-urls "$ETCD_URL" --advertise-client-urls "$ETCD_URL" \
        --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
        --initial-cluster portolan=http://127.0.0.1:2380
}

start_apiserver() {
    start_program kube-apiserver "$STATE/bin/kube-apiserver" \
        --bind-address 0.0.0.0 --secure-port 6443 --advertise-address "$UNDERLAY_IP" \
        --etcd-servers "$ETCD_URL" --service-cluster-ip-range "$SERVICE_CIDR" \
        --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
        --allow-privileged=true --profiling=false \
        --client-ca-file "$PKI/ca.crt" \
        --tls-cert-file "$PKI/apiserver.crt" --tls-private-key-file "$PKI/apiserver.key" \
        --kubelet-certificate-authority "$PKI/ca.crt" \
        --kubelet-client-certificate "$PKI/apiserver-to-kubelet.crt" \
        --kubelet-client-key "$PKI/apiserver-to-kubelet.key" \
        --kubelet-preferred-address-types InternalIP \
        --service-account-issuer https://kubernetes.default.svc.cluster.local \
        --service-account-key-file "$PKI/service-accounts.pub" \
        --service-account-signing-key-file "$PKI/service-accounts.key" \
        --requestheader-client-ca-file "$PKI/ca.crt" --requestheader-allowed-names front-proxy \
        --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
        --requestheader-extra-headers-prefix X-Remote-Extra- \
        --proxy-client-cert-file "$PKI/front-proxy.crt" --proxy-client-key-file "$PKI/front-proxy.key"
}

start_controller_manager() {
    # A lost node is noticed in 20 s instead of 50: tests wait for it.
    start_program kube-controller-manager "$STATE/bin/kube-controller-manager" \
        --kubeconfig "$STATE/controller-manager.kubeconfig" --leader-elect=false \
        --use-service-account-credentials --bind-address 127.0.0.1 \
        --allocate-node-cidrs --cluster-cidr "$POD_CIDR" --service-cluster-ip-range "$SERVICE_CIDR" \
        --node-monitor-grace-period 20s --root-ca-file "$PKI/ca.crt" \
        --service-account-private-key-file "$PKI/service-accounts.key" \
        --cluster-signing-cert-file "$PKI/ca.crt" --cluster-signing-key-file "$PKI/ca.key"
}

start_scheduler() {
    start_program kube-scheduler "$STATE/bin/kube-scheduler" \
        --kubeconfig "$STATE/scheduler.kubeconfig" --leader-elect=false --bind-address 127.0.0.1
}

apiserver_ready() { [[ $(api get --raw /readyz --request-timeout=2s 2>/dev/null) == ok ]]; }

start_control_plane() {
    start_etcd
    start_apiserver
    wait_for 60 "the API server" apiserver_ready
    start_controller_manager
    start_scheduler
}
