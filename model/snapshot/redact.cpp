#include "model/snapshot/redact.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace portolan::snapshot {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> keptAnnotations{"projectcalico.org/", "policy.cilium.io/",
                                                          "network.cilium.io/", "io.cilium.",
                                                          "gateway.networking.k8s.io/"};

/// As parts of a key in lower case without '-' and '_'.
constexpr std::array<std::string_view, 9> secretWords{"password",   "passwd",       "token",
                                                      "privatekey", "apikey",       "accesskey",
                                                      "secretkey",  "presharedkey", "authorization"};

std::string plainKey(std::string_view key)
{
    std::string plain;
    for (const char c : key) {
        if (c != '-' && c != '_')
            plain += char(std::tolower(static_cast<unsigned char>(c)));
    }
    return plain;
}

bool isSecretKey(std::string_view key)
{
    const std::string plain = plainKey(key);
    return plain == "secret" || plain == "stringdata" ||
           std::any_of(secretWords.begin(), secretWords.end(),
                       [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

/// Only text is hidden: objects under such keys are references (passwordSecretRef) whose own keys are
/// looked at in turn, and numbers and switches give nothing away.
void hideSecrets(Json &value)
{
    if (value.is_array()) {
        for (Json &element : value)
            hideSecrets(element);
    } else if (value.is_object()) {
        for (auto &[key, field] : value.items()) {
            if (field.is_string() && isSecretKey(key))
                field = "(left out)";
            else
                hideSecrets(field);
        }
    }
}

void dropAnnotations(Json &object)
{
    const auto meta = object.find("metadata");
    if (meta == object.end() || !meta->is_object())
        return;
    const auto annotations = meta->find("annotations");
    if (annotations == meta->end())
        return;
    Json kept = Json::object();
    if (annotations->is_object()) {
        for (const auto &[key, value] : annotations->items()) {
            const std::string_view name = key;
            if (std::any_of(keptAnnotations.begin(), keptAnnotations.end(),
                            [name](std::string_view prefix) { return name.starts_with(prefix); }))
                kept[key] = value;
        }
    }
    if (kept.empty())
        meta->erase("annotations");
    else
        *annotations = std::move(kept);
}

} // namespace

std::string redactedJson(std::string_view json)
{
    Json value = Json::parse(json, nullptr, false);
    if (!value.is_object())
        return {};
    dropAnnotations(value);
    hideSecrets(value);
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string redactedUrl(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    const auto scheme = url.find("://");
    const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::string_view authority = url.substr(begin, url.find('/', begin) - begin);
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos)
        return std::string(url);
    return std::string(url.substr(0, begin)) + std::string(url.substr(begin + at + 1));
}

} // namespace portolan::snapshot
