#include "model/kube/exec_status.h"

#include "model/kube/api_error.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace portolan::kube {

namespace {

using nlohmann::json;

constexpr std::size_t maxText = 1000;

std::string textOf(const json &object, const char *key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::string plain(std::string_view text)
{
    return withoutControlCharacters(text.substr(0, maxText));
}

/// The cause "ExitCode" of a NonZeroExitCode; nothing where it is missing or no exit code.
std::optional<int> exitCodeOf(const json &status)
{
    const auto details = status.find("details");
    if (details == status.end() || !details->is_object())
        return std::nullopt;
    const auto causes = details->find("causes");
    if (causes == details->end() || !causes->is_array())
        return std::nullopt;
    for (const json &cause : *causes) {
        if (!cause.is_object() || textOf(cause, "reason") != "ExitCode")
            continue;
        const std::string text = textOf(cause, "message");
        int code = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
        if (error == std::errc() && end == text.data() + text.size() && code > 0 && code <= 255)
            return code;
    }
    return std::nullopt;
}

/// The message of a Status in an HTTP body, chunked or not, or the body itself where it is short text.
std::string messageOf(std::string_view body)
{
    const auto first = body.find('{');
    const auto last = body.rfind('}');
    if (first != std::string_view::npos && last != std::string_view::npos && first < last) {
        const json status = json::parse(body.substr(first, last - first + 1), nullptr, false);
        if (status.is_object() && !textOf(status, "message").empty())
            return plain(textOf(status, "message"));
    }
    return plain(body);
}

} // namespace

std::optional<ExecStatus> parseExecStatus(std::string_view text)
{
    const json status = json::parse(text, nullptr, false);
    if (!status.is_object())
        return std::nullopt;
    ExecStatus result;
    const std::string word = textOf(status, "status");
    const std::string reason = textOf(status, "reason");
    if (word != "Success" && word != "Failure")
        return std::nullopt;
    const auto code = status.find("code");
    if (code != status.end() && code->is_number_integer())
        result.code = code->get<int>();
    if (word == "Success")
        result.exitCode = 0;
    else if (reason == "NonZeroExitCode")
        result.exitCode = exitCodeOf(status);
    if (!result.exitCode) {
        result.message = plain(textOf(status, "message"));
        if (result.message.empty())
            result.message = reason.empty() ? "failed without a reason" : plain(reason);
    }
    return result;
}

Error httpFailure(const HttpResponse &response, const std::string &where)
{
    std::string message = messageOf(response.body);
    if (message.empty())
        message = "without a message";
    return {codeOfStatus(response.status), "HTTP " + std::to_string(response.status) + ": " + message, where};
}

Error execRefused(const HttpResponse &response, const std::string &where)
{
    const bool empty = response.body.find_first_not_of(" \t\r\n") == std::string::npos;
    if (response.status == 403 && empty)
        return {ErrorCode::Unsupported,
                "the server refused exec over WebSocket (403 without a message): it knows neither v5 nor v4 "
                "of the channel protocol, or a proxy is in the way; this is no missing permission",
                where};
    if (response.status >= 200 && response.status < 400)
        return {ErrorCode::Protocol,
                "the server did not upgrade to WebSocket (HTTP " + std::to_string(response.status) +
                    "): a proxy on the way may not pass it",
                where};
    return httpFailure(response, where);
}

} // namespace portolan::kube
