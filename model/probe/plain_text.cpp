#include "model/probe/plain_text.h"

#include <cstdint>

namespace portolan {

namespace {

/// The bytes of the character that `text` begins with, or 0 where that is no valid UTF-8 (RFC 3629:
/// shortest form, no surrogates, up to U+10FFFF).
std::size_t characterSize(std::string_view text)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? std::uint8_t(text[i]) : std::uint8_t(0);
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
    const std::uint8_t first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool tooLow = first == 0xe0 && byte(1) < 0xa0;
        const bool surrogate = first == 0xed && byte(1) >= 0xa0;
        return follows(1) && follows(2) && !tooLow && !surrogate ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool tooLow = first == 0xf0 && byte(1) < 0x90;
        const bool tooHigh = first == 0xf4 && byte(1) >= 0x90;
        return follows(1) && follows(2) && follows(3) && !tooLow && !tooHigh ? 4 : 0;
    }
    return 0;
}

/// DEL, C0 and C1 controls other than line feed and tab, and the marks that turn the direction of text.
bool isUnwanted(std::string_view character)
{
    if (character.size() == 1) {
        const auto byte = std::uint8_t(character[0]);
        return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
    }
    if (character.size() == 2)
        return character[0] == '\xc2' && std::uint8_t(character[1]) < 0xa0;
    if (character.size() != 3 || character[0] != '\xe2')
        return false;
    const auto second = std::uint8_t(character[1]);
    const auto third = std::uint8_t(character[2]);
    return (second == 0x80 && ((third >= 0x8e && third <= 0x8f) || (third >= 0xa8 && third <= 0xae))) ||
           (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

} // namespace

std::string plainText(std::string_view bytes, std::size_t most)
{
    static constexpr std::string_view replacement = "\xef\xbf\xbd";
    std::string text;
    while (!bytes.empty()) {
        const std::size_t size = characterSize(bytes);
        const std::string_view character = size != 0 ? bytes.substr(0, size) : replacement;
        bytes.remove_prefix(size != 0 ? size : 1);
        if (isUnwanted(character))
            continue;
        if (text.size() + character.size() > most)
            break;
        text += character;
    }
    return text;
}

} // namespace portolan
