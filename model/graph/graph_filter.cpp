#include "model/graph/graph_filter.h"

#include "model/base/ascii_case.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace portolan {

namespace {

constexpr std::size_t mostCharacters = 1'000;
constexpr std::size_t mostTerms = 50;

using Key = GraphFilter::Key;
using Term = GraphFilter::Term;

const std::map<std::string, Key, std::less<>> keys{
    {"finding", Key::Finding}, {"ip", Key::Ip},        {"kind", Key::Kind}, {"name", Key::Name},
    {"node", Key::Node},       {"ns", Key::Namespace}, {"port", Key::Port}, {"verdict", Key::Verdict}};

/// As kubectl abbreviates them; the second is what a node of the graph is called.
const std::map<std::string, std::string, std::less<>> kinds{{"cj", "cronjob"},
                                                            {"cronjob", "cronjob"},
                                                            {"daemonset", "daemonset"},
                                                            {"deploy", "deployment"},
                                                            {"deployment", "deployment"},
                                                            {"ds", "daemonset"},
                                                            {"ing", "ingress"},
                                                            {"ingress", "ingress"},
                                                            {"ipblock", "ipblock"},
                                                            {"job", "job"},
                                                            {"no", "node"},
                                                            {"node", "node"},
                                                            {"po", "pod"},
                                                            {"pod", "pod"},
                                                            {"pods", "podset"},
                                                            {"replicaset", "replicaset"},
                                                            {"rs", "replicaset"},
                                                            {"service", "service"},
                                                            {"statefulset", "statefulset"},
                                                            {"sts", "statefulset"},
                                                            {"svc", "service"},
                                                            {"workload", "workload"},
                                                            {"world", "world"}};

const std::map<std::string, EdgeVerdict, std::less<>> verdicts{
    {"allow", EdgeVerdict::Allowed},  {"allowed", EdgeVerdict::Allowed}, {"denied", EdgeVerdict::Denied},
    {"deny", EdgeVerdict::Denied},    {"mixed", EdgeVerdict::Mixed},     {"none", EdgeVerdict::NotApplicable},
    {"unknown", EdgeVerdict::Unknown}};

template<class Value>
std::string known(const std::map<std::string, Value, std::less<>> &words)
{
    std::string list;
    for (const auto &[word, value] : words)
        list += (list.empty() ? "" : ", ") + word;
    return list;
}

Error refused(std::string_view term, std::string why)
{
    return {ErrorCode::InvalidInput, std::move(why), std::string(term)};
}

/// Words that blanks part; in "…" blanks are letters.
Result<std::vector<std::string>> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    bool quoted = false;
    bool begun = false;
    const auto close = [&] {
        if (begun)
            words.push_back(std::move(word));
        word.clear();
        begun = false;
    };
    for (const char c : text) {
        if (c == '"') {
            quoted = !quoted;
            begun = true;
        } else if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            close();
        } else {
            word += c;
            begun = true;
        }
    }
    if (quoted)
        return refused(word, "the quotation mark is not closed");
    close();
    return words;
}

std::vector<std::string_view> listed(std::string_view values)
{
    std::vector<std::string_view> list;
    while (!values.empty()) {
        const std::size_t end = std::min(values.find(','), values.size());
        if (end > 0)
            list.push_back(values.substr(0, end));
        values.remove_prefix(std::min(end + 1, values.size()));
    }
    return list;
}

std::optional<std::uint16_t> numberOf(std::string_view text)
{
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// "80", "8000-8080", "http", each with "/udp" or the like after it.
std::optional<GraphFilter::PortValue> portOf(std::string_view text)
{
    GraphFilter::PortValue port;
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        const std::string_view protocol = text.substr(slash + 1);
        if (protocol != "tcp" && protocol != "udp" && protocol != "sctp")
            return std::nullopt;
        port.protocol = protocol == "tcp"   ? Protocol::Tcp
                        : protocol == "udp" ? Protocol::Udp
                                            : Protocol::Sctp;
        text = text.substr(0, slash);
    }
    if (text.empty())
        return std::nullopt;
    const std::size_t dash = text.find('-');
    const auto first = numberOf(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : numberOf(text.substr(dash + 1));
    if (first && last && *first <= *last) {
        port.first = *first;
        port.last = *last;
        return port;
    }
    if (text.front() >= '0' && text.front() <= '9')
        return std::nullopt; // 70000, 80-20
    port.name = text;
    return port;
}

Result<void> addValue(Term &term, std::string_view whole, std::string_view value)
{
    switch (term.key) {
    case Key::Ip: {
        const auto range = IpRange::parse(value);
        if (!range)
            return refused(whole, "\"" + std::string(value) + "\" is no IP address and no CIDR");
        term.ranges.push_back(*range);
        return {};
    }
    case Key::Port: {
        const auto port = portOf(value);
        if (!port)
            return refused(whole, "\"" + std::string(value) + "\" is no port");
        term.ports.push_back(*port);
        return {};
    }
    case Key::Verdict: {
        const auto verdict = verdicts.find(value);
        if (verdict == verdicts.end())
            return refused(whole, "a verdict is one of " + known(verdicts));
        term.verdicts.push_back(verdict->second);
        return {};
    }
    case Key::Kind: {
        const auto kind = kinds.find(value);
        if (kind == kinds.end())
            return refused(whole, "a kind is one of " + known(kinds));
        term.values.push_back(kind->second);
        return {};
    }
    default:
        term.values.emplace_back(value);
        return {};
    }
}

Result<Term> termOf(std::string_view word)
{
    Term term;
    std::string_view rest = word;
    if (rest.size() > 1 && rest.front() == '-') {
        term.excludes = true;
        rest.remove_prefix(1);
    }
    const std::size_t colon = rest.find(':');
    const std::size_t equals = rest.find('=');
    std::string values;
    if (equals != std::string_view::npos && (colon == std::string_view::npos || equals < colon)) {
        term.key = Key::Label;
        std::string_view label = rest.substr(0, equals);
        if (label.ends_with('!')) {
            term.excludes = !term.excludes;
            label.remove_suffix(1);
        }
        if (label.empty())
            return refused(word, "a label has a key before the \"=\"");
        term.label = label;
        values = lowered(rest.substr(equals + 1));
        term.values.emplace_back(values);
        return term;
    }
    if (colon == std::string_view::npos) {
        term.values.push_back("*" + lowered(rest) + "*");
        return term;
    }
    const auto key = keys.find(lowered(rest.substr(0, colon)));
    if (key == keys.end())
        return refused(word, "no such key; there are " + known(keys));
    term.key = key->second;
    values = lowered(rest.substr(colon + 1));
    const auto list = listed(values);
    if (list.empty())
        return refused(word, "a value is missing after the colon");
    for (const std::string_view value : list) {
        if (const auto added = addValue(term, word, value); !added)
            return added.error();
    }
    return term;
}

template<class T>
void append(std::vector<T> &to, std::vector<T> &from)
{
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace

bool matchesGlob(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Result<GraphFilter> GraphFilter::parse(std::string_view text)
{
    if (text.size() > mostCharacters)
        return refused(text.substr(0, 40), "longer than 1,000 characters");
    const auto words = wordsOf(text);
    if (!words)
        return words.error();
    GraphFilter filter;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos)
        filter.m_text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    for (const std::string &word : *words) {
        auto term = termOf(word);
        if (!term)
            return term.error();
        // Words narrow; values of a key are alternatives. Excluding terms are each by themselves.
        const auto same = std::find_if(filter.m_terms.begin(), filter.m_terms.end(), [&](const Term &other) {
            return term->key != Key::Name && !term->excludes && !other.excludes && other.key == term->key &&
                   other.label == term->label;
        });
        if (same == filter.m_terms.end()) {
            filter.m_terms.push_back(std::move(*term));
        } else {
            append(same->values, term->values);
            append(same->ranges, term->ranges);
            append(same->ports, term->ports);
            append(same->verdicts, term->verdicts);
        }
    }
    if (filter.m_terms.size() > mostTerms)
        return refused(text.substr(0, 40), "more than 50 terms");
    return filter;
}

bool isFilterText(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool excludes = word.size() > 1 && word.front() == '-';
        const std::size_t colon = word.find(':');
        const bool hasKey = colon != std::string_view::npos && keys.contains(lowered(word.substr(0, colon)));
        if (excludes || hasKey || word.find('=') != std::string_view::npos)
            return true;
    }
    return false;
}

const std::vector<std::string> &graphFilterKeys()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const auto &[name, key] : keys)
            list.push_back(name);
        return list;
    }();
    return names;
}

std::vector<std::string> graphFilterValues(std::string_view key)
{
    if (key == "verdict")
        return {"allow", "deny", "mixed", "none", "unknown"};
    if (key == "kind")
        return {"cronjob", "daemonset", "deploy", "ingress", "ipblock", "job",      "node",
                "pod",     "pods",      "rs",     "sts",     "svc",     "workload", "world"};
    return {};
}

} // namespace portolan
