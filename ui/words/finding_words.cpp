#include "ui/words/words.h"

#include "ui/words/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace portolan::ui::words {

namespace {
struct FindingWords
{
    Q_DECLARE_TR_FUNCTIONS(FindingWords)
};

struct RuleWords
{
    std::string_view rule;
    const char *title;
    const char *sentence; ///< {object} and the names of facts stand for themselves
};

constexpr std::array ruleWords{
    RuleWords{
        "service-without-endpoints", QT_TRANSLATE_NOOP("FindingWords", "Service without endpoints"),
        QT_TRANSLATE_NOOP("FindingWords", "Connections to {object} fail: no ready pod stands behind it.")},
    RuleWords{"target-port-missing", QT_TRANSLATE_NOOP("FindingWords", "Target port missing"),
              QT_TRANSLATE_NOOP("FindingWords", "Port {port} of {object} leads to the port named “{target}”, "
                                                "which no selected pod declares.")},
    RuleWords{"ingress-backend-missing", QT_TRANSLATE_NOOP("FindingWords", "Ingress leads nowhere"),
              QT_TRANSLATE_NOOP("FindingWords", "{object} sends {host}{path} to {service}:{port}, which does "
                                                "not exist.")},
    RuleWords{"pod-not-ready", QT_TRANSLATE_NOOP("FindingWords", "Pod not ready"),
              QT_TRANSLATE_NOOP("FindingWords", "{object} is not ready ({reason}, {restarts} restarts): "
                                                "services send it no traffic.")},
    RuleWords{
        "node-not-ready", QT_TRANSLATE_NOOP("FindingWords", "Node not ready"),
        QT_TRANSLATE_NOOP("FindingWords", "{object} is not ready ({reason}): its pods may be out of reach.")},
    RuleWords{"cni-agent-not-ready", QT_TRANSLATE_NOOP("FindingWords", "CNI agent not ready"),
              QT_TRANSLATE_NOOP("FindingWords", "{agent} on {object} is not ready ({reason}): new pods there "
                                                "get no network, and routes and policies may be stale.")},
    RuleWords{"probe-failed", QT_TRANSLATE_NOOP("FindingWords", "Probe failed"),
              QT_TRANSLATE_NOOP("FindingWords", "From {object} to {destination}, port {port}: {outcome}.")},
    RuleWords{"namespace-open-to-all", QT_TRANSLATE_NOOP("FindingWords", "Namespace open to all"),
              QT_TRANSLATE_NOOP("FindingWords", "No policy says who may reach the {pods} pods of {object}: "
                                                "everyone may.")},
    RuleWords{"load-balancer-pending", QT_TRANSLATE_NOOP("FindingWords", "Load balancer pending"),
              QT_TRANSLATE_NOOP("FindingWords", "{object} waits for an address from outside; nothing in this "
                                                "cluster has given it one.")},
    RuleWords{"policy-selects-nothing", QT_TRANSLATE_NOOP("FindingWords", "Policy selects no pod"),
              QT_TRANSLATE_NOOP("FindingWords", "{object} has no effect: it selects no pod.")},
    RuleWords{"policies-not-enforced", QT_TRANSLATE_NOOP("FindingWords", "Policies not enforced"),
              QT_TRANSLATE_NOOP("FindingWords", "{policies} policies are present, and nothing enforces them: "
                                                "they keep no connection out ({because}).")},
    RuleWords{"policy-contradicted", QT_TRANSLATE_NOOP("FindingWords", "Policy and probe disagree"),
              QT_TRANSLATE_NOOP("FindingWords",
                                "From {object} to {destination}, port {port}: the policies say {predicted} "
                                "({by}), the probe of {at} measured {outcome}.")},
    RuleWords{"flow-contradicted", QT_TRANSLATE_NOOP("FindingWords", "Policy and flow log disagree"),
              QT_TRANSLATE_NOOP("FindingWords",
                                "From {object} to {destination}, port {port}: the policies of now say "
                                "{predicted} ({by}), the flow log saw it {seen} at {at}.")},
    RuleWords{"resource-not-readable", QT_TRANSLATE_NOOP("FindingWords", "Not readable"),
              QT_TRANSLATE_NOOP("FindingWords", "{resource} could not be read, so what it holds is unknown: "
                                                "{reason}")},
};

std::string_view fact(const Finding &finding, std::string_view name)
{
    for (const auto &[key, value] : finding.facts) {
        if (key == name)
            return value;
    }
    return {};
}

/// What the rules' own words for a cause or an outcome are called here.
QString factText(const std::string &name, const std::string &value)
{
    if (name == "outcome") {
        if (const auto outcome = probeOutcomeFromName(value))
            return outcomeText(*outcome);
    }
    if (name == "predicted")
        return value == "allow"  ? FindingWords::tr("allowed")
               : value == "deny" ? FindingWords::tr("denied")
                                 : plainText(value);
    if (name == "seen")
        return value == "dropped" ? FindingWords::tr("dropped by policy", "a flow")
                                  : FindingWords::tr("forwarded", "a flow");
    if (name == "by" && value.empty())
        return FindingWords::tr("no policy restricts it");
    if (name == "reason" && value == "no pod")
        return FindingWords::tr("there is no pod of it", "on a node");
    if (name == "reason" && value.empty())
        return FindingWords::tr("no reason given");
    return plainText(value);
}

/// A second sentence, where the rule knows more.
QString moreAbout(const Finding &finding)
{
    const std::string_view cause = fact(finding, "cause");
    const QString selector = plainText(fact(finding, "selector"));
    if (cause == "selector-matches-nothing" ||
        (finding.rule == "policy-selects-nothing" && !selector.isEmpty()))
        return FindingWords::tr("No pod has the labels that it asks for: %1").arg(selector);
    if (cause == "pods-not-ready")
        return FindingWords::tr("The pods that it selects are not ready.");
    if (cause == "not-listed")
        return FindingWords::tr("Ready pods match, but no EndpointSlice names them.");
    if (const std::string_view failing = fact(finding, "failing"); !failing.empty())
        return FindingWords::tr("What fails while the rest works: %1").arg(plainText(failing));
    return {};
}

const RuleWords *wordsOf(std::string_view rule)
{
    const auto at =
        std::find_if(ruleWords.begin(), ruleWords.end(), [&](const RuleWords &w) { return w.rule == rule; });
    return at == ruleWords.end() ? nullptr : &*at;
}

} // namespace

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Problem:
        return FindingWords::tr("Problem");
    case Severity::Warning:
        return FindingWords::tr("Warning");
    case Severity::Note:
        return FindingWords::tr("Note");
    }
    return {};
}

QString findingTitle(std::string_view rule)
{
    if (const RuleWords *words = wordsOf(rule))
        return FindingWords::tr(words->title);
    QString title = plainText(rule).replace(u'-', u' ');
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

QString findingText(const Finding &finding)
{
    const RuleWords *words = wordsOf(finding.rule);
    if (!words)
        return findingTitle(finding.rule) + QStringLiteral(": ") + refText(finding.object);
    // One pass: what a fact brings in is not looked through for place holders again.
    const QString sentence = FindingWords::tr(words->sentence);
    QString result;
    qsizetype at = 0;
    for (;;) {
        const qsizetype open = sentence.indexOf(u'{', at);
        const qsizetype close = open < 0 ? -1 : sentence.indexOf(u'}', open);
        result += sentence.mid(at, close < 0 ? -1 : open - at);
        if (close < 0)
            break;
        const std::string name = utf8(sentence.mid(open + 1, close - open - 1));
        result +=
            name == "object" ? refText(finding.object) : factText(name, std::string(fact(finding, name)));
        at = close + 1;
    }
    const QString more = moreAbout(finding);
    return more.isEmpty() ? result : result + u' ' + more;
}

} // namespace portolan::ui::words
