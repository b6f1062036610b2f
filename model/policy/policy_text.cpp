#include "model/policy/policy_text.h"

#include "model/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace portolan::policy {

namespace {

constexpr std::size_t longestName = 63; // as a label value may be: longer names are of no use in selectors
constexpr std::size_t longestPart = 24;

bool isWordOfYaml(std::string_view text)
{
    static constexpr std::array<std::string_view, 9> words{"true", "false", "null", "yes", "no",
                                                           "on",   "off",   "y",    "n"};
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    return std::find(words.begin(), words.end(), lower) != words.end();
}

bool isPlain(std::string_view text)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || !isLetter(text.front()) || isWordOfYaml(text))
        return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '/' || c == '-';
    });
}

const char *protocolWord(IpProtocol protocol)
{
    return protocol == protocol::udp ? "UDP" : protocol == protocol::sctp ? "SCTP" : "TCP";
}

class Writer
{
public:
    void line(int depth, const std::string &text)
    {
        m_text += std::string(std::size_t(depth) * 2, ' ') + text + "\n";
    }

    void labels(int depth, const std::string &key, const std::vector<Labels::Entry> &labels)
    {
        if (labels.empty())
            return line(depth, key + ": {}");
        line(depth, key + ":");
        line(depth + 1, "matchLabels:");
        for (const auto &[name, value] : labels)
            line(depth + 2, yamlScalar(name) + ": " + yamlScalar(value));
    }

    void peer(const DraftPeer &peer)
    {
        if (!peer.cidr.empty()) {
            line(4, "- ipBlock:");
            return line(6, "cidr: " + yamlScalar(peer.cidr));
        }
        // The first key stands beside the dash.
        const std::size_t from = m_text.size();
        if (!peer.ns.empty())
            labels(5, "namespaceSelector", {{"kubernetes.io/metadata.name", peer.ns}});
        labels(5, "podSelector", peer.labels);
        m_text[from + 8] = '-';
    }

    void rules(const char *key, const char *peersKey, const std::vector<DraftRule> &rules)
    {
        if (rules.empty())
            return line(1, std::string(key) + ": []");
        line(1, std::string(key) + ":");
        for (const DraftRule &rule : rules) {
            line(2, std::string("- ") + peersKey + ":");
            for (const DraftPeer &one : rule.peers)
                peer(one);
            line(3, "ports:");
            for (const auto &[protocol, port] : rule.ports) {
                line(4, std::string("- protocol: ") + protocolWord(protocol));
                line(5, "port: " + std::to_string(port));
            }
        }
    }

    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

} // namespace

std::string yamlScalar(std::string_view text)
{
    if (isPlain(text))
        return std::string(text);
    return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string yamlOf(const PolicyDraft &draft)
{
    Writer out;
    for (const std::string &remark : draft.remarks)
        out.line(0, "# " + withoutControlCharacters(remark));
    out.line(0, "apiVersion: networking.k8s.io/v1");
    out.line(0, "kind: NetworkPolicy");
    out.line(0, "metadata:");
    out.line(1, "name: " + yamlScalar(draft.name));
    out.line(1, "namespace: " + yamlScalar(draft.ns));
    out.line(0, "spec:");
    out.labels(1, "podSelector", draft.labels);
    out.line(1, "policyTypes:");
    if (draft.isolatesIngress)
        out.line(2, "- Ingress");
    if (draft.isolatesEgress)
        out.line(2, "- Egress");
    if (draft.isolatesIngress)
        out.rules("ingress", "from", draft.ingress);
    if (draft.isolatesEgress)
        out.rules("egress", "to", draft.egress);
    return out.take();
}

std::string objectName(std::initializer_list<std::string_view> parts)
{
    std::string name;
    for (const std::string_view part : parts) {
        std::string clean;
        for (const char c : part.substr(0, longestPart)) {
            const char lower = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
            const bool isUsable = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
            if (isUsable)
                clean += lower;
            else if (!clean.empty() && clean.back() != '-')
                clean += '-';
        }
        while (!clean.empty() && clean.back() == '-')
            clean.pop_back();
        if (!clean.empty())
            name += (name.empty() ? "" : "-") + clean;
    }
    name.resize(std::min(name.size(), longestName));
    while (!name.empty() && name.back() == '-')
        name.pop_back();
    return name.empty() ? "policy" : name;
}

} // namespace portolan::policy
