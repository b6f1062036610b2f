#include "model/kube/secret_mask.h"

#include <algorithm>
#include <array>

namespace portolan::kube {

namespace {

constexpr std::string_view mask = "•••";

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool startsWithWord(std::string_view text, std::size_t at, std::string_view word)
{
    if (text.size() - at < word.size())
        return false;
    return std::equal(word.begin(), word.end(), text.begin() + std::ptrdiff_t(at),
                      [](char a, char b) { return a == lowered(b); });
}

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
}

std::size_t tokenEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isTokenCharacter(text[at]))
        ++at;
    return at;
}

/// Where a secret begins at or after `at` when one is announced there; npos otherwise.
std::size_t announcedSecret(std::string_view text, std::size_t at)
{
    static constexpr std::array<std::string_view, 2> schemes{"bearer ", "basic "};
    for (const auto scheme : schemes) {
        if (startsWithWord(text, at, scheme))
            return at + scheme.size();
    }
    static constexpr std::array<std::string_view, 4> fields{"password", "token", "secret", "clientkeydata"};
    for (const auto field : fields) {
        if (!startsWithWord(text, at, field))
            continue;
        std::size_t value = at + field.size();
        const std::size_t separator = text.find_first_not_of("\"' ", value);
        if (separator == std::string_view::npos || (text[separator] != '=' && text[separator] != ':'))
            continue;
        value = text.find_first_not_of("\"' ", separator + 1);
        if (value != std::string_view::npos)
            return value;
    }
    // "eyJ" begins the base64 of {" and so every JSON Web Token.
    if (text.substr(at, 3) == "eyJ" && (at == 0 || !isTokenCharacter(text[at - 1])))
        return at;
    return std::string_view::npos;
}

/// The end of "user:password@" behind "://" at `at`, or npos.
std::size_t userInfoEnd(std::string_view text, std::size_t at)
{
    if (text.substr(at, 3) != "://")
        return std::string_view::npos;
    const std::size_t end = std::min(text.find_first_of("/ \t\r\n\"'", at + 3), text.size());
    const std::size_t sign = text.substr(0, end).rfind('@');
    return sign != std::string_view::npos && sign > at ? sign : std::string_view::npos;
}

} // namespace

std::string withoutSecrets(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t sign = userInfoEnd(text, at); sign != std::string_view::npos) {
            clean.append("://").append(mask);
            at = sign;
            continue;
        }
        const std::size_t secret = announcedSecret(text, at);
        const std::size_t end = secret == std::string_view::npos ? secret : tokenEnd(text, secret);
        if (end == std::string_view::npos || end == secret) {
            clean += text[at++];
            continue;
        }
        clean.append(text.substr(at, secret - at)).append(mask);
        at = end;
    }
    return clean;
}

} // namespace portolan::kube
