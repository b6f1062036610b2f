#include "model/kube/api_access.h"

#include "model/kube/api_error.h"
#include "model/kube/curl_transport.h"

#include <nlohmann/json.hpp>

namespace portolan::kube {

namespace {

using nlohmann::json;

constexpr const char *path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
constexpr std::size_t maxAnswer = std::size_t{1} << 20;

std::string reviewOf(const AccessQuestion &question)
{
    json attributes = {{"verb", question.verb}, {"resource", question.resource}};
    const auto add = [&](const char *key, const std::string &value) {
        if (!value.empty())
            attributes[key] = value;
    };
    add("group", question.group);
    add("subresource", question.subresource);
    add("namespace", question.ns);
    add("name", question.name);
    const json review = {{"apiVersion", "authorization.k8s.io/v1"},
                         {"kind", "SelfSubjectAccessReview"},
                         {"spec", {{"resourceAttributes", attributes}}}};
    return review.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<AccessAnswer> answerIn(const std::string &body, const std::string &where)
{
    const json review = json::parse(body, nullptr, false);
    const json status = review.is_object() && review.contains("status") ? review["status"] : json();
    if (!status.is_object() || !status.contains("allowed") || !status["allowed"].is_boolean())
        return Error{ErrorCode::Protocol, "the answer is no SelfSubjectAccessReview", where};
    constexpr std::size_t longest = 500;
    AccessAnswer answer;
    answer.allowed = status["allowed"].get<bool>();
    const auto reason = status.find("reason");
    if (reason != status.end() && reason->is_string())
        answer.reason = withoutControlCharacters(reason->get<std::string>().substr(0, longest));
    return answer;
}

} // namespace

Result<AccessAnswer> reviewAccess(CredentialSource &credentials, const AccessQuestion &question,
                                  const CancelToken &cancel)
{
    HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.headers = {{"accept", "application/json"}, {"content-type", "application/json"}};
    request.body = reviewOf(question);
    request.maxBody = maxAnswer;
    const auto response = CurlTransport::perform(credentials, request, cancel);
    if (!response)
        return response.error();
    const std::string where = credentials.access().cluster.server + path;
    if (response->status < 200 || response->status > 299)
        return failureOf(*response, where).error;
    return answerIn(response->body, where);
}

Result<ExecAccess> reviewExec(CredentialSource &credentials, const std::string &ns, const std::string &pod,
                              const CancelToken &cancel)
{
    AccessQuestion question{"get", {}, "pods", "exec", ns, pod};
    auto get = reviewAccess(credentials, question, cancel);
    if (!get)
        return get.error();
    question.verb = "create";
    auto create = reviewAccess(credentials, question, cancel);
    if (!create)
        return create.error();
    return ExecAccess{std::move(*get), std::move(*create)};
}

} // namespace portolan::kube
