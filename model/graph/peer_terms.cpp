#include "model/graph/peer_terms.h"

#include <algorithm>

namespace portolan::graph {

namespace {

using policy::Predicate;
using policy::TextOf;
using policy::TextTest;
using Op = Predicate::Op;

bool isAbout(const Predicate &predicate, bool (*test)(const Predicate &))
{
    const auto &parts = predicate.parts();
    return parts.empty() ? test(predicate)
                         : std::all_of(parts.begin(), parts.end(),
                                       [&](const Predicate &part) { return isAbout(part, test); });
}

bool isNamespaceText(const Predicate &leaf)
{
    return leaf.op() == Op::Text &&
           (leaf.textOf() == TextOf::NamespaceLabel || leaf.textOf() == TextOf::NamespaceName);
}

void addPart(const Predicate &part, PeerTerm &term)
{
    const bool isNot = part.op() == Op::Not;
    const Predicate &leaf = isNot ? part.parts().front() : part;
    if (part.op() == Op::Kind)
        term.kinds &= part.kinds();
    else if (part.op() == Op::Maybe)
        term.isVague = true;
    else if (leaf.op() == Op::Address && isNot)
        term.except.insert(term.except.end(), leaf.blocks().begin(), leaf.blocks().end());
    else if (leaf.op() == Op::Address && term.blocks.empty())
        term.blocks = leaf.blocks();
    else if (isAbout(part, isNamespaceText))
        term.namespaces = term.namespaces && part;
    else if (part.op() != Op::Always)
        term.pods = term.pods && part;
}

std::string nameOf(const Predicate &leaf)
{
    switch (leaf.textOf()) {
    case TextOf::NamespaceName:
        return "kubernetes.io/metadata.name";
    case TextOf::ServiceAccountName:
        return "serviceaccount";
    case TextOf::ServiceAccountLabel:
        return "serviceaccount " + leaf.key();
    case TextOf::NodeName:
        return "node";
    case TextOf::Name:
        return "name";
    case TextOf::OwnLabel:
    case TextOf::NamespaceLabel:
    case TextOf::NodeLabel:
        break;
    }
    return leaf.key();
}

template<class List, class Write>
void join(const List &list, const char *between, std::string &text, std::size_t longest, Write write)
{
    bool isFirst = true;
    for (const auto &one : list) {
        if (text.size() > longest)
            return;
        text += isFirst ? "" : between;
        isFirst = false;
        write(one);
    }
}

void writeText(const Predicate &leaf, bool negated, std::string &text, std::size_t longest)
{
    const std::string name = nameOf(leaf);
    const auto values = [&] {
        join(leaf.values(), ", ", text, longest, [&](const std::string &value) { text += value; });
    };
    switch (leaf.test()) {
    case TextTest::Exists:
        text += (negated ? "!" : "") + name;
        return;
    case TextTest::In:
        if (!negated && leaf.values().size() == 1) {
            text += name + "=" + leaf.values().front();
            return;
        }
        text += name + (negated ? " notin (" : " in (");
        values();
        text += ")";
        return;
    case TextTest::Contains:
    case TextTest::StartsWith:
    case TextTest::EndsWith:
        text += (negated ? "!" : "") + name;
        text += leaf.test() == TextTest::Contains     ? " contains "
                : leaf.test() == TextTest::StartsWith ? " starts with "
                                                      : " ends with ";
        values();
        return;
    }
}

void write(const Predicate &predicate, std::string &text, std::size_t longest)
{
    switch (predicate.op()) {
    case Op::Always:
        return;
    case Op::Never:
        text += "-";
        return;
    case Op::Maybe:
        text += "?";
        return;
    case Op::Text:
        writeText(predicate, false, text, longest);
        return;
    case Op::Kind:
        text += predicate.kinds() == policy::podsOnly ? "pods" : "addresses";
        return;
    case Op::Address:
        join(predicate.blocks(), ", ", text, longest,
             [&](const IpRange &block) { text += blockText(block); });
        return;
    case Op::Not:
        if (predicate.parts().front().op() == Op::Text) {
            writeText(predicate.parts().front(), true, text, longest);
            return;
        }
        text += "!(";
        write(predicate.parts().front(), text, longest);
        text += ")";
        return;
    case Op::And:
    case Op::Or: {
        const bool isAnd = predicate.op() == Op::And;
        text += isAnd ? "" : "(";
        std::vector<Predicate> shown;
        std::copy_if(predicate.parts().begin(), predicate.parts().end(), std::back_inserter(shown),
                     [](const Predicate &part) { return part.op() != Op::Kind; });
        join(shown, isAnd ? ", " : " || ", text, longest,
             [&](const Predicate &part) { write(part, text, longest); });
        text += isAnd ? "" : ")";
    }
    }
}

} // namespace

std::vector<PeerTerm> termsOf(const Predicate &predicate)
{
    std::vector<PeerTerm> terms;
    const auto add = [&](const Predicate &whole) {
        PeerTerm &term = terms.emplace_back();
        term.whole = whole;
        if (whole.op() != Op::And) {
            addPart(whole, term);
            return;
        }
        for (const Predicate &part : whole.parts())
            addPart(part, term);
    };
    if (predicate.op() != Op::Or) {
        add(predicate);
    } else {
        for (const Predicate &part : predicate.parts())
            add(part);
    }
    return terms;
}

std::string predicateText(const Predicate &predicate, std::size_t longest)
{
    std::string text;
    write(predicate, text, longest);
    return text;
}

std::string blockText(const IpRange &block)
{
    std::string text = block.toString();
    return text.find('/') == std::string_view::npos ? text + "/" + std::to_string(block.prefix()) : text;
}

} // namespace portolan::graph
