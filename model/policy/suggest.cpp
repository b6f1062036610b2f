#include "model/policy/suggest.h"

#include "model/policy/pod_choice.h"
#include "model/policy/suggestion_check.h"

#include <algorithm>
#include <set>

namespace portolan::policy {

namespace {

std::string workloadName(const PolicyModel &model, const Endpoint &end)
{
    const Pod *pod = model.endpoints().state().pods.find(end.ref.ns, end.ref.name);
    if (pod)
        return topOwnerOf(model.endpoints().state(), *pod).name;
    return end.addresses.empty() ? "outside" : IpRange::ofAddress(end.addresses.front()).toString();
}

std::string portWord(const Traffic &traffic)
{
    const char *protocol = traffic.protocol == protocol::udp    ? "udp-"
                           : traffic.protocol == protocol::sctp ? "sctp-"
                                                                : "";
    return protocol + std::to_string(traffic.port);
}

bool isNameable(IpProtocol protocol)
{
    return protocol == protocol::tcp || protocol == protocol::udp || protocol == protocol::sctp;
}

/// A policy of the subject's namespace that admits the other end.
std::optional<PolicyDraft> draftFor(const PolicyModel &model, const Endpoint &subject, const Endpoint &peer,
                                    Direction direction, const Traffic &traffic)
{
    const EndpointId id = model.endpoints().find(subject.ref.ns, subject.ref.name);
    if (subject.kind != EndpointKind::Pod || id == noEndpoint)
        return std::nullopt;
    const PodChoice choice = choosePods(model, id);
    PolicyDraft draft;
    draft.ns = choice.ns;
    draft.labels = choice.labels;
    const bool in = direction == Direction::Ingress;
    draft.name = objectName(
        {workloadName(model, subject), in ? "from" : "to", workloadName(model, peer), portWord(traffic)});
    (in ? draft.isolatesIngress : draft.isolatesEgress) = true;
    DraftRule rule{peersOf(model, peer, choice.ns), {{traffic.protocol, traffic.port}}};
    if (rule.peers.empty())
        return std::nullopt;
    (in ? draft.ingress : draft.egress).push_back(std::move(rule));
    return draft;
}

SuggestionPtr notNameable(Suggestion suggestion, std::string reason)
{
    suggestion.answer = Suggestion::Answer::NotNameable;
    suggestion.reason = std::move(reason);
    return std::make_shared<Suggestion>(std::move(suggestion));
}

std::string freeName(const ClusterState &state, const PolicyDraft &draft,
                     const std::set<std::pair<std::string, std::string>> &taken)
{
    const auto isTaken = [&](const std::string &name) {
        return state.networkPolicies.find(draft.ns, name) || taken.contains({draft.ns, name});
    };
    std::string name = draft.name;
    for (int i = 2; isTaken(name); ++i)
        name = draft.name.substr(0, 56) + "-" + std::to_string(i);
    return name;
}

/// What of a verdict that is not "allowed" stands in the way.
void addBlocking(const Verdict &verdict, const std::set<ObjectRef> &own, std::vector<Decision> &blocking)
{
    for (const Decision &decision : verdict.by) {
        const Outcome there = decision.direction == Direction::Ingress ? verdict.ingress : verdict.egress;
        const bool blocks = decision.effect == Decision::Effect::Denies ||
                            decision.effect == Decision::Effect::Isolates || !decision.isCertain;
        if (there != Outcome::Allow && blocks && !own.contains(decision.object) &&
            std::find(blocking.begin(), blocking.end(), decision) == blocking.end())
            blocking.push_back(decision);
    }
}

} // namespace

std::optional<Endpoint> endOf(const PolicyModel &model, const ObjectRef &ref)
{
    if (ref.kind == ObjectKind::Pod) {
        const EndpointId id = model.endpoints().find(ref.ns, ref.name);
        return id == noEndpoint ? std::nullopt : std::optional(model.endpoints().endpoint(id));
    }
    const auto range = IpRange::parse(ref.name);
    if (ref.type != "Address" || !range || !range->isSingle())
        return std::nullopt;
    const EndpointId known = model.endpoints().withAddress(range->first());
    return known == noEndpoint ? EndpointTable::external(range->first()) : model.endpoints().endpoint(known);
}

bool check(Suggestion &suggestion, const std::shared_ptr<const PolicyModel> &model,
           std::vector<PolicyDraft> drafts, const std::vector<WantedConnection> &wanted,
           const CancelToken &cancel)
{
    std::set<std::pair<std::string, std::string>> taken;
    std::set<ObjectRef> own;
    std::string yaml;
    for (PolicyDraft &draft : drafts) {
        draft.name = freeName(model->endpoints().state(), draft, taken);
        taken.insert({draft.ns, draft.name});
        own.insert({ObjectKind::NetworkPolicy, "NetworkPolicy", draft.ns, draft.name});
        yaml += (yaml.empty() ? "" : "---\n") + yamlOf(draft);
    }
    const WhatIfPtr answer = whatIf(model, yaml, cancel);
    if (!answer)
        return false;
    bool works = answer->faults.empty();
    for (const WantedConnection &one : wanted) {
        const auto source = endOf(*answer->after, one.source);
        const auto destination = endOf(*answer->after, one.destination);
        if (!source || !destination) {
            works = false;
            continue;
        }
        const Verdict verdict = answer->after->explain(*source, *destination, one.traffic);
        works = works && verdict.outcome == Outcome::Allow;
        if (verdict.outcome != Outcome::Allow)
            addBlocking(verdict, own, suggestion.blockedBy);
    }
    suggestion.answer = works ? Suggestion::Answer::Suggested : Suggestion::Answer::NotByPolicy;
    if (works) {
        suggestion.yaml = std::move(yaml);
        suggestion.check = answer;
    } else if (!answer->faults.empty()) {
        suggestion.reason = answer->faults.front().oneLine();
    }
    return true;
}

SuggestionPtr suggestAllowing(const std::shared_ptr<const PolicyModel> &model, const ObjectRef &source,
                              const ObjectRef &destination, const Traffic &traffic, const CancelToken &cancel)
{
    Suggestion suggestion;
    suggestion.source = source;
    suggestion.destination = destination;
    suggestion.traffic = traffic;
    const auto from = endOf(*model, source);
    const auto to = endOf(*model, destination);
    if (!from || !to)
        return notNameable(suggestion, (from ? destination : source).toString() +
                                           " takes no part: it has ended, or has no address");
    const Verdict verdict = model->explain(*from, *to, traffic);
    if (verdict.outcome == Outcome::Allow) {
        suggestion.answer = Suggestion::Answer::AlreadyAllowed;
        return std::make_shared<Suggestion>(std::move(suggestion));
    }
    if (!isNameable(traffic.protocol))
        return notNameable(suggestion, "NetworkPolicies name TCP, UDP and SCTP alone");
    std::vector<PolicyDraft> drafts;
    for (const Direction direction : {Direction::Egress, Direction::Ingress}) {
        const bool in = direction == Direction::Ingress;
        if ((in ? verdict.ingress : verdict.egress) == Outcome::Allow)
            continue;
        const Endpoint &subject = in ? *to : *from;
        const auto draft = draftFor(*model, subject, in ? *from : *to, direction, traffic);
        if (!draft)
            return notNameable(suggestion, (in ? destination : source).toString() +
                                               " is on its node's network: no NetworkPolicy selects it");
        drafts.push_back(*draft);
    }
    if (!check(suggestion, model, std::move(drafts), {{source, destination, traffic}}, cancel))
        return nullptr;
    return std::make_shared<Suggestion>(std::move(suggestion));
}

} // namespace portolan::policy
