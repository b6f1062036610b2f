#include "model/kube/server_version.h"

#include <nlohmann/json.hpp>

namespace portolan::kube {

namespace {

constexpr std::size_t longestVersion = 100;

} // namespace

Result<std::string> readServerVersion(std::string_view json)
{
    const auto document = nlohmann::json::parse(json, nullptr, false);
    const Error noServer{ErrorCode::Protocol, "the answer is not that of a Kubernetes API server",
                         "/version"};
    if (!document.is_object())
        return noServer;
    const auto version = document.find("gitVersion");
    if (version == document.end() || !version->is_string())
        return noServer;
    const std::string text = withoutControlCharacters(version->get<std::string>());
    return text.substr(0, longestVersion);
}

} // namespace portolan::kube
