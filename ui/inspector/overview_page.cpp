#include "model/cluster/read_gaps.h"
#include "model/policy/policy_kinds.h"
#include "ui/canvas/flow_text.h"
#include "ui/canvas/link_text.h"
#include "ui/inspector/page_parts.h"
#include "ui/inspector/pages.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace portolan::ui {

namespace {

struct OverviewPage
{
    Q_DECLARE_TR_FUNCTIONS(OverviewPage)
};

Tile countTile(const QString &title, std::size_t count, bool isUnread)
{
    return {title, words::countText(count, isUnread), Tone::None, {}};
}

void addNotDrawn(Section &section, const GraphOmissions &omissions)
{
    const QLocale locale;
    const auto add = [&](const QString &name, std::uint32_t count) {
        if (count)
            addFact(section, name, locale.toString(count));
    };
    add(OverviewPage::tr("Hidden namespaces"), omissions.hiddenNamespaces);
    add(OverviewPage::tr("Lines to hidden namespaces"), omissions.edgesToHidden);
    add(OverviewPage::tr("Finished pods"), omissions.finishedPods);
    add(OverviewPage::tr("Open by the absence of policy"), omissions.edgesOpenToAll);
    add(OverviewPage::tr("Denied by name to many"), omissions.edgesDeniedToMany);
    add(OverviewPage::tr("Lines between machines"), omissions.machineLinks);
    add(OverviewPage::tr("Rules from a workload to itself"), omissions.edgesToSelf);
    add(OverviewPage::tr("Rules for SCTP, which Cilium may drop"), omissions.rulesForSctp);
    add(OverviewPage::tr("Observed flows of nodes and of pods that are gone"), omissions.flowsNotDrawn);
    add(OverviewPage::tr("Cards that the filter leaves out"), omissions.filteredNodes);
    add(OverviewPage::tr("Lines that the filter leaves out"), omissions.filteredEdges);
    add(OverviewPage::tr("Not readable"), omissions.unreadResources);
}

QString enforcedBy(const policy::PolicyModel &policies)
{
    const policy::DetectedEnforcer &enforcer = policies.enforcer();
    const QString name = words::enforcerText(enforcer.enforcer);
    if (policies.chosenEnforcer())
        return OverviewPage::tr("%1 (chosen by hand)").arg(name);
    if (enforcer.because.empty())
        return OverviewPage::tr("%1 (a guess: no agent was found)").arg(name);
    return OverviewPage::tr("%1 (%2)", "Calico (DaemonSet kube-system/calico-node)")
        .arg(name, plainText(enforcer.because));
}

/// What is missing of the flow logs, node by node: what they do not tell may have been there all the same.
Section flowProblems(const FlowLog &log)
{
    constexpr std::size_t most = 12;
    Section section;
    section.title = OverviewPage::tr("Missing in the flow logs");
    for (const FlowLogPart &part : log.parts) {
        const QString node = plainText(part.node);
        if (!part.problem.empty())
            addFact(section, node, plainText(part.problem));
        if (part.lost > 0)
            addFact(section, node, OverviewPage::tr("%1 events lost").arg(QLocale().toString(part.lost)));
        if (section.blocks.size() >= most)
            break;
    }
    return section;
}

} // namespace

InspectorContent overviewPage(const TopologyFrame &frame)
{
    const ClusterState &state = *frame.state;
    InspectorContent content;
    content.caption =
        words::isRecording(state.info) ? OverviewPage::tr("Recording") : OverviewPage::tr("Cluster");
    content.heading = plainText(state.info.contextName);
    content.subtitle = plainText(state.info.serverUrl);
    addSection(
        content,
        {{},
         {},
         {Tiles{{countTile(OverviewPage::tr("Pods"), state.pods.size(), mayBeMore(state, ObjectKind::Pod)),
                 countTile(OverviewPage::tr("Services"), state.services.size(),
                           mayBeMore(state, ObjectKind::Service)),
                 countTile(OverviewPage::tr("Policies"), policy::countPolicies(state),
                           policy::arePoliciesUnread(state))}}},
         false});
    Section facts;
    addFact(facts, OverviewPage::tr("Kubernetes"), plainText(state.info.serverVersion));
    addFact(facts, OverviewPage::tr("Nodes"),
            words::countText(state.nodes.size(), mayBeMore(state, ObjectKind::Node)));
    addFact(facts, OverviewPage::tr("Namespaces"),
            words::countText(state.namespaces.size(), mayBeMore(state, ObjectKind::Namespace)));
    if (frame.policies)
        addFact(facts, OverviewPage::tr("Policies enforced by"), enforcedBy(*frame.policies));
    if (frame.graph && frame.graph->network)
        addFact(facts, OverviewPage::tr("Machines joined by"), networkText(*frame.graph->network));
    if (state.flows)
        addFact(facts, OverviewPage::tr("Observed"), flowLogText(*state.flows));
    if (words::isRecording(state.info))
        addFact(facts, OverviewPage::tr("Recorded"), words::timeText(state.info.recordedAt));
    addSection(content, std::move(facts));
    if (state.flows)
        addSection(content, flowProblems(*state.flows));
    if (frame.graph) {
        Section notDrawn;
        notDrawn.title = OverviewPage::tr("Not drawn");
        addNotDrawn(notDrawn, frame.graph->omissions);
        addSection(content, std::move(notDrawn));
    }
    Section how;
    how.title = OverviewPage::tr("How to");
    const QString probe = words::isRecording(state.info)
                              ? OverviewPage::tr("Click a line to see what was measured on it.")
                              : OverviewPage::tr("Click a line to probe it from its real source pod.");
    for (const QString &line :
         {probe, OverviewPage::tr("Click a card to see what is known about it."),
          OverviewPage::tr("Drag with Ctrl from one card to another to choose a pair by hand."),
          OverviewPage::tr("Ctrl+K finds pods, services, addresses, labels and policies.")})
        how.blocks.push_back(Paragraph{line, false, true});
    addSection(content, std::move(how));
    return content;
}

} // namespace portolan::ui
