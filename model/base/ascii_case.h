#pragma once

#include <string>
#include <string_view>

namespace portolan {

/// With A to Z in lower case and everything else as it is: what names and protocols are compared by, whatever
/// the locale.
inline std::string lowered(std::string_view text)
{
    std::string lower(text);
    for (char &c : lower)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return lower;
}

} // namespace portolan
