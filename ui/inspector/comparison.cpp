#include "model/policy/agreement.h"
#include "ui/inspector/connection.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace portolan::ui {

namespace {

struct Comparison
{
    Q_DECLARE_TR_FUNCTIONS(Comparison)
};

/// The probe that what policies say is held against, and what it measured of the connection they speak of.
struct Judged
{
    const ProbeResult *probe = nullptr;
    std::optional<ProbeOutcome> measured;
};

Judged judgedOf(const Connection &connection)
{
    if (connection.probes.empty())
        return {};
    if (!connection.reason)
        return {connection.probes.front(), connection.probes.front()->outcome};
    const PolicyReason &reason = *connection.reason;
    const auto same =
        std::find_if(connection.probes.begin(), connection.probes.end(),
                     [&](const ProbeResult *probe) { return sameQuestion(probe->request, reason.request); });
    if (same == connection.probes.end())
        return {connection.probes.front(), std::nullopt};
    return {*same, policy::measuredAt(**same, reason.destination, reason.traffic.port)};
}

policy::Outcome predictionOf(EdgeVerdict verdict)
{
    return verdict == EdgeVerdict::Allowed  ? policy::Outcome::Allow
           : verdict == EdgeVerdict::Denied ? policy::Outcome::Deny
                                            : policy::Outcome::Unknown;
}

/// Who decided: "NetworkPolicy shop/web, ingress[0] denies".
QString decidersText(const Connection &connection)
{
    if (connection.reason) {
        const policy::Decision *by = policy::settledBy(connection.reason->verdict);
        return by ? words::refText(by->object) + QStringLiteral(", ") + decisionText(*by)
                  : Comparison::tr("no policy restricts it");
    }
    if (connection.edge && !connection.edge->because.empty())
        return words::refText(connection.edge->because.front());
    return Comparison::tr("no policy restricts it");
}

QString measuredText(const ProbeResult &probe, ProbeOutcome measured)
{
    const QString at = words::timeText(probe.at);
    const QString what = words::outcomeText(measured);
    return at.isEmpty() ? Comparison::tr("The probe measured: %1.").arg(what)
                        : Comparison::tr("The probe of %1 measured: %2.").arg(at, what);
}

Remark contradiction(const Connection &connection, const Judged &judged)
{
    const bool allowed = connection.verdict == EdgeVerdict::Allowed;
    const QString says = allowed ? Comparison::tr("The policies allow it (%1).")
                                 : Comparison::tr("The policies deny it (%1).");
    const QString means =
        allowed ? Comparison::tr("No policy loses these packets. Something below the policies does: a route, "
                                 "a tunnel, an MTU, a node's firewall, or the destination itself.")
                : Comparison::tr("What denies it is not enforced here, not yet, or means something else to "
                                 "who enforces it.");
    return {Tone::Bad, Comparison::tr("Policy and probe disagree"),
            says.arg(decidersText(connection)) + u' ' + measuredText(*judged.probe, *judged.measured) + u' ' +
                means};
}

/// What an outcome means where the policies are known to allow or to deny: nothing is put down to a policy
/// that no policy did.
QString meaningOf(const Connection &connection, ProbeOutcome outcome)
{
    const bool told = outcome == ProbeOutcome::Refused || outcome == ProbeOutcome::Timeout ||
                      outcome == ProbeOutcome::NoRoute;
    if (connection.verdict == EdgeVerdict::Denied && told)
        return Comparison::tr("The policies deny this connection; whether that is what stopped it cannot be "
                              "told from this answer.");
    if (connection.verdict == EdgeVerdict::Allowed && outcome == ProbeOutcome::Timeout)
        return Comparison::tr("No answer came back. The policies allow it; over UDP silence may mean a lost "
                              "packet or a destination that does not answer.");
    if (connection.verdict == EdgeVerdict::Allowed && outcome == ProbeOutcome::Refused)
        return Comparison::tr("The destination is there and refuses: nothing listens on that port. The "
                              "policies allow it.");
    return words::outcomeMeaning(outcome);
}

std::optional<Remark> remarkOf(const ClusterState &state, const Connection &connection, const Judged &judged)
{
    const ProbeResult &probe = *judged.probe;
    const policy::Agreement agreement =
        judged.measured
            ? policy::agreementOf(predictionOf(connection.verdict), *judged.measured, probe.request.protocol)
            : policy::Agreement::None;
    if (agreement == policy::Agreement::Contradicted) {
        if (connection.reason && policy::isOlderThanPolicies(state, connection.reason->verdict, probe.at))
            return Remark{Tone::Muted, Comparison::tr("Probed before the policies changed"),
                          measuredText(probe, *judged.measured) + u' ' +
                              Comparison::tr("A policy that decides now was made after that. Probe again "
                                             "to compare.")};
        return contradiction(connection, judged);
    }
    if (agreement == policy::Agreement::Agrees && connection.verdict == EdgeVerdict::Denied)
        return Remark{Tone::Muted, Comparison::tr("As the policies say"),
                      Comparison::tr("The policies deny this connection (%1), and no answer came back.")
                          .arg(decidersText(connection))};
    if (probe.outcome == ProbeOutcome::Reached)
        return std::nullopt;
    const QString detail =
        probe.detail.empty() ? QString() : QStringLiteral(" (%1)").arg(plainText(probe.detail));
    return Remark{toneOf(probe.outcome), words::outcomeText(probe.outcome),
                  meaningOf(connection, probe.outcome) + detail};
}

} // namespace

Section comparisonOf(const ClusterState &state, const Connection &connection,
                     const std::optional<ProbeActivity> &activity)
{
    Section section;
    if (activity && activity->error)
        section.blocks.push_back(Remark{Tone::Bad, Comparison::tr("The probe gave no result"),
                                        words::errorText(*activity->error)});
    const Judged judged = judgedOf(connection);
    if (!judged.probe)
        return section;
    if (auto remark = remarkOf(state, connection, judged))
        section.blocks.push_back(std::move(*remark));
    return section;
}

} // namespace portolan::ui
