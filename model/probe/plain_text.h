#pragma once

#include <string>
#include <string_view>

namespace portolan {

/// A pod's output as it may be kept and shown: valid UTF-8 (what is none becomes U+FFFD), no control
/// characters besides line feed and tab, at most `most` bytes, cut between characters.
std::string plainText(std::string_view bytes, std::size_t most);

} // namespace portolan
