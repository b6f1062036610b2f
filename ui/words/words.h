#pragma once

#include "model/base/error.h"
#include "model/base/timestamp.h"
#include "model/cluster/cluster_state.h"
#include "model/diagnosis/finding.h"
#include "model/graph/reach_matrix.h"
#include "model/graph/topology_graph.h"
#include "model/session/session.h"

#include <QString>

#include <chrono>
#include <string_view>

/// What the model says in values, in words of the user's language. Everything here returns plain text;
/// names from the cluster are cleaned by plainText(). GUI thread (translations may change).
namespace portolan::ui::words {

// Errors.
QString errorTitle(ErrorCode code);
/// "Permission denied. https://… : pods is forbidden": title, where and detail on one line.
QString errorText(const Error &error);

// Objects.
QString refName(const ObjectRef &ref);            ///< "shop/web-1", "node-a"
QString refText(const ObjectRef &ref);            ///< "Pod shop/web-1"
QString kindText(const ObjectRef &ref);           ///< "Pod", "CiliumNetworkPolicy"; as Kubernetes spells it
QString portText(const EdgePort &port);           ///< "8080/TCP", "53/UDP", "8000-8010/TCP", "http/TCP"
QString portsText(const std::vector<EdgePort> &); ///< "any port" for none
QString podStateText(const Pod &pod);             ///< "Ready", "Not ready: CrashLoopBackOff"
QString healthText(PodHealth health);
QString selectorText(const LabelSelector &selector); ///< "all pods" for the empty one
QString verdictText(EdgeVerdict verdict);
/// The same of an edge: policies that nothing enforces say nothing, and are there.
QString verdictText(const GraphEdge &edge);
QString enforcerText(policy::Enforcer enforcer); ///< "Calico", "nobody"
QString cellVerdictText(CellVerdict verdict);
QString edgeKindText(EdgeKind kind);
QString viewText(GraphView view);
QString labelsText(const Labels &labels);
/// What stands at an end of an edge: "web", "world", "10.0.0.0/8", "any pod".
QString nodeText(const GraphNode *node);

// Probes.
QString outcomeText(ProbeOutcome outcome);    ///< "Reached", "Timeout"
QString outcomeMeaning(ProbeOutcome outcome); ///< one sentence
QString methodText(ProbeMethod method);
QString stepText(const ProbeStep &step);                      ///< "Name web.shop.svc:80"
QString stepLayer(const ProbeStep &step, ProbeMethod method); ///< "L7", "L4", "L3"
QString noteText(std::string_view note);                      ///< "" for ""
QString requestText(const ProbeRequest &request);             ///< "shop/web-1 → shop/checkout:8080/TCP"

// Findings.
/// "12"; "≥ 12" where some could not be read, "?" where none could.
QString countText(std::size_t count, bool isUnread);
/// The same for a text that begins or ends with the number: "12 pods", "≥ 12 pods", "? pods".
QString countText(const QString &counted, std::size_t count, bool isUnread);
QString severityText(Severity severity);
QString findingTitle(std::string_view rule); ///< of a rule: "Service without endpoints"
QString findingText(const Finding &finding); ///< one or two sentences about this one

// Time and state of a session.
QString durationText(std::chrono::microseconds duration); ///< "0.4 ms", "38 ms", "2.0 s"
QString timeText(WallTime time);                          ///< "2026-11-22 14:32:07 UTC"; "" where not set
QString ageText(std::chrono::milliseconds age);           ///< "just now", "4 min ago"
QString phaseText(SessionPhase phase);
/// "Recording of prod-eu1, 2026-11-22 14:32:07 UTC"; "" for a live cluster.
QString recordingText(const ClusterInfo &info);
bool isRecording(const ClusterInfo &info);

} // namespace portolan::ui::words
