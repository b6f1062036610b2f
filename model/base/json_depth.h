#pragma once

#include <string_view>

namespace portolan {

/// Whether objects and lists of a JSON text nest deeper than `levels`; asked before a parser builds the tree.
/// (A parser's own callbacks can do it too, but some walk over all elements again after each of them.)
/// The text need not be valid.
constexpr bool nestsDeeperThan(std::string_view json, int levels)
{
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            i += c == '\\' ? 1 : 0;
            inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > levels)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

static_assert(nestsDeeperThan("[[]]", 1) && !nestsDeeperThan("[[]]", 2));
static_assert(!nestsDeeperThan(R"({"a\"[[": ["{{"]})", 2));

} // namespace portolan
