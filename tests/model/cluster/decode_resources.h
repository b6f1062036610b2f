#pragma once

#include "model/cluster/object_ref.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <string>

/// Resources as discovery names them, and the documents of tests/data/decode.
namespace portolan::decode_tests {

inline const ResourceType pods{"", "v1", "Pod", "pods", true};
inline const ResourceType services{"", "v1", "Service", "services", true};
inline const ResourceType nodes{"", "v1", "Node", "nodes", false};
inline const ResourceType namespaces{"", "v1", "Namespace", "namespaces", false};
inline const ResourceType endpoints{"", "v1", "Endpoints", "endpoints", true};
inline const ResourceType events{"", "v1", "Event", "events", true};
inline const ResourceType endpointSlices{"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true};
inline const ResourceType networkPolicies{"networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies",
                                          true};
inline const ResourceType ingresses{"networking.k8s.io", "v1", "Ingress", "ingresses", true};
inline const ResourceType ciliumPolicies{"cilium.io", "v2", "CiliumNetworkPolicy", "ciliumnetworkpolicies",
                                         true};

inline std::string document(const char *name)
{
    QFile file(QStringLiteral(PORTOLAN_TEST_DATA) + QLatin1String("/decode/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", name);
    return file.readAll().toStdString();
}

} // namespace portolan::decode_tests
