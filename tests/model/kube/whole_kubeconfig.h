#pragma once

/// A kubeconfig in which every field that is read has a value. In a file of its own because moc stops at
/// the raw string.
inline constexpr const char *wholeConfig = R"(
apiVersion: v1
kind: Config
current-context: prod
contexts:
- name: prod
  context: {cluster: c1, user: u1, namespace: shop}
- name: other
  context: {cluster: c2, user: u2}
clusters:
- name: c1
  cluster:
    server: https://10.0.0.1:6443/k8s/c-1/
    certificate-authority: pki/ca.crt
    tls-server-name: api.example
    proxy-url: socks5://proxy:1080
    extensions:
    - name: client.authentication.k8s.io/exec
      extension: {audience: "06e3", n: 3, on: true, none: null, list: [a, "1"]}
- name: c2
  cluster: {server: "https://[::1]:6443", insecure-skip-tls-verify: true}
users:
- name: u1
  user:
    client-certificate: ../certs/tls.crt
    client-certificate-data: Y2VydA==
    client-key: /abs/tls.key
    as: admin
    as-uid: "7"
    as-groups: [g1, g2]
    as-user-extra: {scopes: [view, edit]}
- name: u2
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: ./bin/login
      args: [--a, "1"]
      env: [{name: A, value: b}]
      interactiveMode: IfAvailable
      installHint: "get it\x1b[31m there"
      provideClusterInfo: true
)";
