#include "model/base/yaml_lines.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace portolan {

namespace {

/// A key or a dash of the text; several can stand on one line.
struct Entry
{
    std::size_t line = 0;
    std::size_t column = 0;
    bool isItem = false;
    bool isFlow = false; ///< its value is a flow collection
    std::string key;
};

constexpr std::string_view blanks = " \t\r";

bool isBlankOrComment(std::string_view line)
{
    const std::size_t at = line.find_first_not_of(blanks);
    return at == std::string_view::npos || line[at] == '#';
}

/// After the quote at `at`: the text up to the closing one, and the place behind that; npos where none
/// closes.
std::size_t readQuoted(std::string_view line, std::size_t at, std::string &text)
{
    const char quote = line[at];
    for (std::size_t i = at + 1; i < line.size(); ++i) {
        // '' is a quote; of the escapes that a key can need, \" and \\ stand for themselves
        const bool escapes =
            quote == '\'' ? line.substr(i, 2) == "''" : line[i] == '\\' && i + 1 < line.size();
        if (!escapes && line[i] == quote)
            return i + 1;
        i += escapes ? 1 : 0;
        text += line[i];
    }
    return std::string_view::npos;
}

/// Reads "key:" at `at`; the place behind the colon, npos where there is no key.
std::size_t readKey(std::string_view line, std::size_t at, std::string &key)
{
    if (line[at] == '"' || line[at] == '\'') {
        std::size_t end = readQuoted(line, at, key);
        if (end != std::string_view::npos)
            end = line.find_first_not_of(blanks, end);
        return end != std::string_view::npos && line[end] == ':' ? end + 1 : std::string_view::npos;
    }
    for (std::size_t colon = line.find(':', at); colon != std::string_view::npos;
         colon = line.find(':', colon + 1)) {
        if (colon + 1 == line.size() || blanks.find(line[colon + 1]) != std::string_view::npos) {
            key = line.substr(at, line.find_last_not_of(blanks, colon - 1) + 1 - at);
            return colon > at && key.find(" #") == std::string::npos ? colon + 1 : std::string_view::npos;
        }
    }
    return std::string_view::npos;
}

class Reader
{
public:
    explicit Reader(std::string_view yaml)
    {
        for (std::size_t at = 0; at < yaml.size() && !m_ended;) {
            const std::size_t end = std::min(yaml.find('\n', at), yaml.size());
            readLine(yaml.substr(at, end - at));
            at = end + 1;
        }
    }

    const std::vector<Entry> &entries() const { return m_entries; }
    /// Past the last line that says something before `line`.
    std::size_t trimmedEnd(std::size_t line) const
    {
        while (line > 0 && m_says[line - 1] == 0)
            --line;
        return line;
    }
    std::size_t lineCount() const { return m_says.size(); }

private:
    void readLine(std::string_view line)
    {
        const std::size_t at = line.find_first_not_of(blanks);
        const bool inScalar = m_inScalar && (at == std::string_view::npos || at > m_scalarColumn);
        if (line.starts_with("---") || line.starts_with("...")) {
            m_ended = !m_entries.empty();
            m_says.push_back(0);
            return;
        }
        m_says.push_back(inScalar ? at != std::string_view::npos : !isBlankOrComment(line));
        if (inScalar || m_says.back() == 0)
            return;
        m_inScalar = false;
        readEntries(line, at);
    }

    void readEntries(std::string_view line, std::size_t at)
    {
        const std::size_t number = m_says.size() - 1;
        while (at != std::string_view::npos && line[at] == '-' &&
               (at + 1 == line.size() || blanks.find(line[at + 1]) != std::string_view::npos)) {
            m_entries.push_back({number, at, true, false, {}});
            at = line.find_first_not_of(blanks, at + 1);
        }
        if (at == std::string_view::npos)
            return;
        std::string key;
        if (const std::size_t value = readKey(line, at, key); value != std::string_view::npos) {
            m_entries.push_back({number, at, false, false, std::move(key)});
            at = line.find_first_not_of(blanks, value);
        }
        if (at == std::string_view::npos || m_entries.empty() || m_entries.back().line != number)
            return;
        Entry &last = m_entries.back();
        last.isFlow = line[at] == '[' || line[at] == '{';
        m_inScalar = line[at] == '|' || line[at] == '>';
        m_scalarColumn = last.column;
    }

    std::vector<Entry> m_entries;
    std::vector<char> m_says; ///< by line: neither blank nor a comment
    bool m_inScalar = false;
    bool m_ended = false;
    std::size_t m_scalarColumn = 0;
};

/// The entries [first, end) that stand for one value; the first is its key or dash.
struct Span
{
    std::size_t first;
    std::size_t end;
};

/// Past the last entry that belongs to the value of `at`.
std::size_t endOf(const std::vector<Entry> &entries, std::size_t at, std::size_t limit)
{
    const Entry &entry = entries[at];
    std::size_t end = at + 1;
    while (end < limit && (entries[end].column > entry.column ||
                           (entries[end].column == entry.column && !entry.isItem && entries[end].isItem)))
        ++end;
    return end;
}

/// Whether `path` begins with the key and goes on or ends there.
bool leads(std::string_view path, std::string_view key)
{
    return !key.empty() && path.starts_with(key) &&
           (path.size() == key.size() || path[key.size()] == '.' || path[key.size()] == '[');
}

/// What the first step of `path` names among the children [first, end); takes the step off the path.
std::optional<Span> step(const std::vector<Entry> &entries, std::size_t first, std::size_t end,
                         std::string_view &path)
{
    std::size_t index = 0;
    std::size_t taken = 0;
    const bool wantsItem = path.starts_with('[');
    if (wantsItem) {
        const std::size_t close = path.find(']');
        if (close == std::string_view::npos)
            return std::nullopt;
        const auto read = std::from_chars(path.data() + 1, path.data() + close, index);
        if (read.ec != std::errc() || read.ptr != path.data() + close)
            return std::nullopt;
        taken = close + 1;
    }
    std::optional<Span> found;
    for (std::size_t at = first; at < end && entries[at].isItem == wantsItem;) {
        const std::size_t next = endOf(entries, at, end);
        const std::string &key = entries[at].key;
        if (wantsItem ? index-- == 0 : leads(path, key) && key.size() > taken) {
            found = Span{at, next};
            taken = wantsItem ? taken : key.size();
            if (wantsItem)
                break;
        }
        at = next;
    }
    path.remove_prefix(taken);
    if (path.starts_with('.'))
        path.remove_prefix(1);
    return found;
}

} // namespace

std::optional<LineRange> linesOfYaml(std::string_view yaml, std::string_view path)
{
    if (path.empty())
        return std::nullopt;
    const Reader reader(yaml);
    const std::vector<Entry> &entries = reader.entries();
    Span span{0, entries.size()};
    for (std::size_t first = 0; !path.empty(); first = span.first + 1) {
        if (first > 0 && entries[span.first].isFlow)
            break;
        const auto next = step(entries, first, span.end, path);
        if (!next)
            return std::nullopt;
        span = *next;
    }
    const std::size_t end = span.end < entries.size() ? entries[span.end].line : reader.lineCount();
    const std::size_t first = entries[span.first].line;
    return LineRange{first, std::max(reader.trimmedEnd(end), first + 1) - 1};
}

} // namespace portolan
