#include "ui/inspector/policy_sections.h"

#include "ui/inspector/page_parts.h"
#include "ui/words/policy_words.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace portolan::ui {

namespace {

using policy::Direction;
using policy::Enforcer;
using policy::Openness;

struct PolicySections
{
    Q_DECLARE_TR_FUNCTIONS(PolicySections)
};

const PolicyAnswer *answerAbout(const PageContext &context, const ObjectRef &object)
{
    return context.answer && context.answer->object == object ? context.answer.get() : nullptr;
}

QString directionText(Direction direction)
{
    return direction == Direction::Ingress ? PolicySections::tr("Ingress") : PolicySections::tr("Egress");
}

Paragraph mutedText(const QString &text)
{
    return {text, false, true};
}

void addRest(Section &section, std::size_t shown, std::size_t all)
{
    if (all > shown)
        section.blocks.push_back(mutedText(PolicySections::tr("… and %Ln more", nullptr, int(all - shown))));
}

Remark notEnforced(const policy::DetectedEnforcer &enforcer)
{
    if (enforcer.enforcer == Enforcer::None && enforcer.isSwitchedOff)
        return {
            Tone::Warning, PolicySections::tr("Not enforced"),
            PolicySections::tr("A setting turns enforcement off: all connections get through, whatever the "
                               "policies say. %1",
                               "a ConfigMap and what it says")
                .arg(plainText(enforcer.because))};
    if (enforcer.enforcer == Enforcer::None)
        return {Tone::Warning, PolicySections::tr("Not enforced"),
                PolicySections::tr("Nothing in this cluster enforces policies: all connections get through, "
                                   "whatever the policies say.")};
    return {Tone::Warning, PolicySections::tr("Not enforced"),
            PolicySections::tr("Nobody in this cluster enforces this kind of policy.")};
}

Fact opennessFact(const PolicyAnswer &answer, Direction direction)
{
    const Openness state = answer.subject->openness[std::size_t(direction)];
    const bool none = answer.enforcer.enforcer == Enforcer::None;
    const Tone tone = none || state == Openness::Unknown ? Tone::Warning
                      : state == Openness::Isolated      ? Tone::Allowed
                                                         : Tone::None;
    const QString text = none ? PolicySections::tr("not enforced: open to all") : words::opennessText(state);
    return {directionText(direction), text, false, tone, {}, {}};
}

Block selectingRow(const policy::SelectingPolicy &entry, std::size_t subjectPods)
{
    if (!entry.object.isValid())
        return Fact{plainText(entry.kind),
                    PolicySections::tr("could not be read: unknown"),
                    false,
                    Tone::Warning,
                    {},
                    {}};
    QStringList more;
    const bool isolatesBoth = entry.isolates[0] && entry.isolates[1];
    if (isolatesBoth)
        more << PolicySections::tr("isolates both");
    for (const Direction direction : policy::bothDirections) {
        if (isolatesBoth)
            break;
        const std::size_t d = std::size_t(direction);
        if (entry.isolates[d])
            more << (direction == Direction::Ingress ? PolicySections::tr("isolates ingress")
                                                     : PolicySections::tr("isolates egress"));
        else if (entry.concerns[d])
            more << (direction == Direction::Ingress ? PolicySections::tr("rules for ingress")
                                                     : PolicySections::tr("rules for egress"));
    }
    if (!entry.tier.empty())
        more << PolicySections::tr("tier %1").arg(plainText(entry.tier));
    if (entry.isPending)
        more << PolicySections::tr("staged: not enforced");
    else if (!entry.isEnforced)
        more << PolicySections::tr("not enforced");
    if (!entry.isCertain)
        more << PolicySections::tr("may select it");
    else if (entry.pods < subjectPods)
        more << PolicySections::tr("%1 of %2 pods")
                    .arg(QLocale().toString(qulonglong(entry.pods)),
                         QLocale().toString(qulonglong(subjectPods)));
    const Tone tone = entry.isPending || !entry.isEnforced ? Tone::Muted
                      : entry.isCertain                    ? Tone::Allowed
                                                           : Tone::Warning;
    return LinkRow{words::refText(entry.object), more.join(QStringLiteral(" · ")), Subject::of(entry.object),
                   tone};
}

QString countText(const policy::CountedPods &entry)
{
    return entry.object.kind == ObjectKind::Pod ? QString()
           : entry.object.kind == ObjectKind::Namespace
               ? PolicySections::tr("all %Ln pod(s)", nullptr, int(entry.pods))
               : PolicySections::tr("%Ln pod(s)", nullptr, int(entry.pods));
}

void addNamed(Section &section, const policy::NamedPods &pods)
{
    for (const policy::CountedPods &entry : pods.named)
        section.blocks.push_back(
            LinkRow{words::refText(entry.object), countText(entry), Subject::of(entry.object), Tone::None});
    if (!pods.isEveryPod)
        addRest(section, pods.named.size(), pods.groups);
}

Section selectedSection(const policy::PolicyFacts &facts)
{
    Section section;
    section.title = PolicySections::tr("Selects");
    const policy::NamedPods &pods = facts.selected;
    section.more = QLocale().toString(qulonglong(pods.pods));
    if (pods.isEveryPod)
        section.blocks.push_back(
            Paragraph{PolicySections::tr("Every pod: %Ln", nullptr, int(pods.pods)), false, false});
    else if (pods.pods == 0 && !facts.podsAreKnown)
        section.blocks.push_back(Remark{Tone::Warning, PolicySections::tr("Unknown"),
                                        PolicySections::tr("Pods could not be read.")});
    else if (pods.pods == 0 && pods.maybePods == 0 && facts.selectedNodes == 0)
        section.blocks.push_back(Remark{Tone::Warning, PolicySections::tr("Selects no pod"),
                                        PolicySections::tr("It has no effect on any pod that is there.")});
    addNamed(section, pods);
    if (facts.selectedNodes > 0)
        section.blocks.push_back(
            Paragraph{PolicySections::tr("%Ln node(s)", nullptr, int(facts.selectedNodes)), false, false});
    if (pods.maybePods > 0)
        section.blocks.push_back(mutedText(PolicySections::tr(
            "It may select %Ln more pod(s): that cannot be told.", nullptr, int(pods.maybePods))));
    return section;
}

LinkRow ruleHead(const policy::RuleFacts &rule, const ObjectRef &policy)
{
    const Tone tone = rule.effect == policy::RuleEffect::Allow  ? Tone::Allowed
                      : rule.effect == policy::RuleEffect::Deny ? Tone::Bad
                                                                : Tone::Muted;
    QString place = plainText(rule.path);
    place.remove(QStringLiteral("spec."));
    return {words::ruleEffectText(rule.effect) + u' ' + words::trafficText(rule.traffic), place,
            Subject::of(policy, rule.path), tone};
}

void addRule(Section &section, const policy::RuleFacts &rule, const ObjectRef &policy)
{
    section.blocks.push_back(ruleHead(rule, policy));
    const QString name =
        rule.direction == Direction::Ingress ? PolicySections::tr("from") : PolicySections::tr("to");
    section.blocks.push_back(Fact{name, words::peersText(rule.peers), false, Tone::None, {}, {}});
    if (!rule.peers.isEveryone)
        addNamed(section, rule.peers.pods);
    for (const std::string &range : rule.peers.ranges)
        section.blocks.push_back(Paragraph{plainText(range), true, false});
    if (!rule.peers.isEveryAddress)
        addRest(section, rule.peers.ranges.size(), rule.peers.rangeCount);
    if (!rule.condition.empty())
        section.blocks.push_back(
            mutedText(PolicySections::tr("If the request is: %1").arg(plainText(rule.condition))));
    if (rule.isNarrowed)
        section.blocks.push_back(mutedText(PolicySections::tr("For some of the selected pods only.")));
    if (rule.peers.hasUnknown)
        section.blocks.push_back(
            mutedText(PolicySections::tr("It may be about more: that cannot be told from what was read.")));
}

Section rulesSection(const policy::PolicyFacts &facts, Direction direction, const ObjectRef &policy)
{
    Section section;
    section.title = direction == Direction::Ingress ? PolicySections::tr("Ingress rules")
                                                    : PolicySections::tr("Egress rules");
    for (const policy::RuleFacts &rule : facts.rules) {
        if (rule.direction == direction)
            addRule(section, rule, policy);
    }
    if (section.blocks.empty() && facts.isolates[std::size_t(direction)])
        section.blocks.push_back(
            mutedText(PolicySections::tr("None: what no other policy lets through is denied.")));
    return section;
}

Section faultsSection(const policy::PolicyFacts &facts)
{
    Section section;
    section.title = PolicySections::tr("Faults");
    for (const policy::PolicyFault &fault : facts.faults)
        section.blocks.push_back(
            Fact{plainText(fault.field), plainText(fault.text), true, Tone::Warning, {}, {}});
    addRest(section, facts.faults.size(), facts.faultCount);
    return section;
}

Section stateSection(const PolicyAnswer &answer)
{
    Section section;
    const policy::PolicyFacts &facts = *answer.policy;
    addFact(section, PolicySections::tr("Tier"), plainText(facts.tier));
    if (facts.isPending)
        section.blocks.push_back(Remark{Tone::Warning, PolicySections::tr("Staged: not enforced"),
                                        PolicySections::tr("What follows is what it would do.")});
    else if (!answer.isEnforced)
        section.blocks.push_back(notEnforced(answer.enforcer));
    else if (!facts.isCompiled)
        section.blocks.push_back(Remark{Tone::Warning, PolicySections::tr("Takes no part"),
                                        PolicySections::tr("Nothing of it is enforced.")});
    if (!facts.isCompiled)
        return section;
    for (const Direction direction : policy::bothDirections) {
        const bool isolates = facts.isolates[std::size_t(direction)];
        section.blocks.push_back(Fact{directionText(direction),
                                      isolates ? PolicySections::tr("isolates what it selects")
                                               : PolicySections::tr("does not isolate"),
                                      false,
                                      isolates ? Tone::Allowed : Tone::None,
                                      {},
                                      {}});
    }
    return section;
}

} // namespace

Section selectingPolicies(const PageContext &context, const ObjectRef &subject)
{
    Section section;
    section.title = PolicySections::tr("Policies that select it");
    const PolicyAnswer *answer = answerAbout(context, subject);
    if (!answer || !answer->subject) {
        section.blocks.push_back(mutedText(PolicySections::tr("Asking the policies…")));
        return section;
    }
    const policy::SubjectFacts &facts = *answer->subject;
    const std::size_t pods = facts.pods + facts.onNodes;
    if (pods == 0) {
        section.blocks.push_back(
            mutedText(PolicySections::tr("It has no pod that takes part in the network now.")));
        return section;
    }
    if (answer->enforcer.enforcer == Enforcer::None)
        section.blocks.push_back(notEnforced(answer->enforcer));
    for (const Direction direction : policy::bothDirections)
        section.blocks.push_back(opennessFact(*answer, direction));
    if (facts.onNodes > 0)
        section.blocks.push_back(
            mutedText(PolicySections::tr("On its node's network: policies see the node, not the pod.")));
    std::size_t shown = 0;
    for (const policy::SelectingPolicy &entry : facts.policies) {
        if (++shown <= mostRows)
            section.blocks.push_back(selectingRow(entry, pods));
    }
    addRest(section, mostRows, shown);
    section.blocks.push_back(PolicyStarter{PolicyStarter::Kind::LeastPrivilege, subject, {}});
    section.more = shown ? QLocale().toString(qulonglong(shown)) : QString();
    return section;
}

void addPolicySections(InspectorContent &content, const PageContext &context, const ObjectRef &policy)
{
    const PolicyAnswer *answer = answerAbout(context, policy);
    if (!answer || !answer->policy) {
        addSection(content, {{}, {}, {mutedText(PolicySections::tr("Asking the policies…"))}, false});
        return;
    }
    const policy::PolicyFacts &facts = *answer->policy;
    addSection(content, stateSection(*answer));
    addSection(content, {{}, {}, {PolicyStarter{PolicyStarter::Kind::Edit, policy, {}}}, false});
    addSection(content, faultsSection(facts));
    if (!facts.isCompiled)
        return;
    addSection(content, selectedSection(facts));
    for (const Direction direction : policy::bothDirections)
        addSection(content, rulesSection(facts, direction, policy));
    if (facts.ruleCount > facts.rules.size()) {
        Section rest;
        addRest(rest, facts.rules.size(), facts.ruleCount);
        addSection(content, std::move(rest));
    }
}

} // namespace portolan::ui
