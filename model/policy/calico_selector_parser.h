#pragma once

#include "model/base/result.h"
#include "model/policy/calico_selector.h"

#include <string_view>

namespace portolan::policy {

/// Reads one selector from left to right, without going back. Used by CalicoSelector::parse alone.
class CalicoSelectorParser
{
public:
    explicit CalicoSelectorParser(std::string_view text) : m_text(text) {}

    /// The whole text as one expression; the first error ends it.
    Result<CalicoSelector::Node> parse();

private:
    using Node = CalicoSelector::Node;
    using Op = CalicoSelector::Op;

    Result<Node> orExpression(int depth);
    Result<Node> andExpression(int depth);
    Result<Node> operation(int depth);
    Result<Node> group(int depth);
    Result<Node> comparison();
    Result<Node> setComparison(Op op, std::string key);
    Result<Node> textComparison(Op op, std::string key);
    Result<std::string> quoted();

    /// has(key), all(), global() at the cursor; `found` says whether there was one.
    Node call(bool &found);
    std::string_view keyHere() const;
    void skipBlanks();
    bool atEnd() const { return m_at >= m_text.size(); }
    /// Takes `token` where it stands at the cursor.
    bool take(std::string_view token);
    /// Takes "first second" with any number of blanks between the two.
    bool takeWords(std::string_view first, std::string_view second, bool wholeWord);
    Error fail(std::string_view what) const;

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace portolan::policy
