#pragma once

#include "model/diagnosis/finding.h"
#include "model/diagnosis/finding_context.h"

#include <vector>

/// One rule per file. Each appends what it finds, in any order; rules know nothing of one another.
namespace portolan::rules {

using Findings = std::vector<Finding>;

/// "service-without-endpoints" (Problem): a Service with a selector has no endpoint that traffic may go to.
/// Facts: `cause` ("selector-matches-nothing", "pods-not-ready", "not-listed", "unknown" where pods cannot
/// be read), `selector`, `pods`. Evidence: the first of the selected pods.
void serviceWithoutEndpoints(const FindingContext &context, Findings &findings);

/// "target-port-missing" (Problem): a named targetPort that no selected pod declares. Facts `port`, `target`.
void targetPortMissing(const FindingContext &context, Findings &findings);

/// "load-balancer-pending" (Warning): a LoadBalancer without an address.
void loadBalancerPending(const FindingContext &context, Findings &findings);

/// "ingress-backend-missing" (Problem): an Ingress names a Service, or a port of it, that is not there.
/// Facts `service`, `port`, `host`, `path`.
void ingressBackendMissing(const FindingContext &context, Findings &findings);

/// "policy-selects-nothing" (Note): a policy of any API that is enforced and selects neither pod nor node.
/// Fact `selector` of a NetworkPolicy.
void policySelectsNothing(const FindingContext &context, Findings &findings);

/// "namespace-open-to-all" (Warning): pods, and no policy of any API that could hold back what comes in to
/// one of them. Fact `pods`.
void namespaceOpenToAll(const FindingContext &context, Findings &findings);

/// "policies-not-enforced" (Problem): there are policies, and nothing makes them true. Facts `policies`,
/// `because` (the agent that tells). Evidence: the first of the policies; it is about the first of them.
void policiesNotEnforced(const FindingContext &context, Findings &findings);

/// "pod-not-ready" (Warning, Problem where it failed or crashes): facts `reason`, `restarts`.
void podNotReady(const FindingContext &context, Findings &findings);

/// "node-not-ready" (Problem): fact `reason`.
void nodeNotReady(const FindingContext &context, Findings &findings);

/// "cni-agent-not-ready" (Problem): the pod that gives a node its pod network is not ready, or not there.
/// Facts `agent` (its DaemonSet), `reason` ("no pod" where there is none). Evidence: that pod.
void cniAgentNotReady(const FindingContext &context, Findings &findings);

/// "probe-failed" (Warning): the last probe between two objects did not get through. Facts `outcome`,
/// `port`, `destination`, and `failing` where only some of name, clusterIP and endpoints failed.
void probeFailed(const FindingContext &context, Findings &findings);

/// "policy-contradicted" (Problem): the last probe of a connection measured the opposite of what the policies
/// say: allowed and lost, or denied and reached (see policy::agreementOf()). Left out where a policy that
/// decided is younger than the probe. Facts `predicted` ("allow", "deny"), `by` (what settled it, "" for
/// nothing but a default), `outcome`, `at`, `destination`, `port`. Evidence: the destination, then what
/// settled it.
void policyContradicted(const FindingContext &context, Findings &findings);

/// "flow-contradicted" (Warning): what a flow log saw last of a connection between two pods, shortly before
/// it was read, is the opposite of what the policies say: allowed and dropped by policy, or denied and
/// forwarded. Left out where a policy that decided is younger. Facts `predicted`, `by`, `seen` ("dropped",
/// "forwarded"), `at`, `destination`, `port`. Evidence: the destination, then what settled the verdict.
void flowContradicted(const FindingContext &context, Findings &findings);

/// "resource-not-readable" (Note): a resource that the account may not read, or that could not be read.
/// Facts `resource`, `reason`.
void resourceNotReadable(const FindingContext &context, Findings &findings);

} // namespace portolan::rules
