#include "model/kube/ephemeral_container.h"

#include "model/kube/curl_transport.h"
#include "model/kube/exec_status.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

namespace portolan::kube {

namespace {

using nlohmann::json;
using SteadyClock = std::chrono::steady_clock;
using Perform = std::function<Result<HttpResponse>(const HttpRequest &)>;
using State = ContainerProgress::State;

constexpr std::size_t maxPod = std::size_t{8} << 20;
constexpr int maxNames = 20;
// An image that runs as root by itself would be refused by runAsNonRoot without a number.
constexpr int unprivilegedUser = 65532;

std::string textOf(const json &object, const char *key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

const json *member(const json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto at = object.find(key);
    return at == object.end() ? nullptr : &*at;
}

/// The entry of that name in pod[section][list].
const json *named(const json &pod, const char *section, const char *list, const std::string &name)
{
    const json *outer = member(pod, section);
    const json *all = outer ? member(*outer, list) : nullptr;
    if (!all || !all->is_array())
        return nullptr;
    const auto at = std::find_if(all->begin(), all->end(), [&](const json &entry) {
        return entry.is_object() && textOf(entry, "name") == name;
    });
    return at == all->end() ? nullptr : &*at;
}

/// Waits until cancelled or for so long.
void pause(std::chrono::milliseconds most, const CancelToken &cancel)
{
    std::mutex mutex;
    std::condition_variable wake;
    bool over = false;
    const auto registration = cancel.onCancel([&] {
        const std::lock_guard lock(mutex);
        over = true;
        wake.notify_all();
    });
    std::unique_lock lock(mutex);
    wake.wait_for(lock, most, [&] { return over; });
}

class EphemeralTask
{
public:
    EphemeralTask(const Perform &perform, const EphemeralContainerRequest &request,
                  std::chrono::milliseconds interval, const CancelToken &cancel)
        : m_perform(perform),
          m_request(request),
          m_interval(interval),
          m_cancel(cancel),
          m_deadline(SteadyClock::now() + request.deadline),
          m_where("Pod " + request.ns + "/" + request.pod)
    {
    }

    Result<std::string> run();

private:
    Result<std::string> readPod();
    Result<std::string> pickName();
    Result<void> patch(const std::string &name);
    Result<void> waitUntilItRuns(const std::string &name);
    std::string podPath() const { return "/api/v1/namespaces/" + m_request.ns + "/pods/" + m_request.pod; }
    Error error(ErrorCode code, const std::string &detail) const { return {code, detail, m_where}; }

    const Perform &m_perform;
    const EphemeralContainerRequest &m_request;
    std::chrono::milliseconds m_interval;
    const CancelToken &m_cancel;
    SteadyClock::time_point m_deadline;
    std::string m_where;
    State m_state = State::Absent; ///< of the container whose name was picked
};

Result<std::string> EphemeralTask::run()
{
    const auto name = pickName();
    if (!name)
        return name;
    if (m_state == State::Running)
        return name;
    if (m_state == State::Absent) {
        if (auto done = patch(*name); !done)
            return done.error();
    }
    if (auto done = waitUntilItRuns(*name); !done)
        return done.error();
    return name;
}

Result<std::string> EphemeralTask::readPod()
{
    HttpRequest request;
    request.path = podPath();
    request.maxBody = maxPod;
    auto response = m_perform(request);
    if (!response)
        return response.error();
    if (response->status != 200)
        return httpFailure(*response, m_where);
    return std::move(response->body);
}

/// The wanted name, or with a number behind it where containers of that name have ended: an ephemeral
/// container can be neither removed nor started again.
Result<std::string> EphemeralTask::pickName()
{
    const auto pod = readPod();
    if (!pod)
        return pod;
    for (int i = 1; i <= maxNames; ++i) {
        std::string name = m_request.name + (i == 1 ? "" : "-" + std::to_string(i));
        const auto progress = ephemeralProgress(*pod, name);
        if (!progress)
            return Error{progress.error().code, progress.error().detail, m_where};
        if (progress->state == State::Terminated || progress->isStuck())
            continue;
        m_state = progress->state;
        return name;
    }
    return error(ErrorCode::TooLarge, "this pod has " + std::to_string(maxNames) +
                                          " ephemeral containers of ours that ended; it must be recreated");
}

Result<void> EphemeralTask::patch(const std::string &name)
{
    HttpRequest request;
    request.method = "PATCH";
    request.path = podPath() + "/ephemeralcontainers";
    request.headers = {{"content-type", "application/strategic-merge-patch+json"}};
    request.body = ephemeralPatch(m_request, name);
    request.maxBody = maxPod;
    const auto response = m_perform(request);
    if (!response)
        return response.error();
    if (response->status == 200 || response->status == 201)
        return {};
    const Error failure = httpFailure(*response, m_where);
    // The pod itself was there a moment ago.
    if (response->status == 404 && failure.detail.find("requested resource") != std::string::npos)
        return error(ErrorCode::Unsupported, "this server has no ephemeral containers (Kubernetes 1.23)");
    return failure;
}

Result<void> EphemeralTask::waitUntilItRuns(const std::string &name)
{
    std::string last = "nothing is known of it yet";
    while (true) {
        const auto pod = readPod();
        if (!pod)
            return pod.error();
        const auto progress = ephemeralProgress(*pod, name);
        if (!progress)
            return Error{progress.error().code, progress.error().detail, m_where};
        if (progress->state == State::Running)
            return {};
        if (!progress->reason.empty())
            last = progress->reason + (progress->message.empty() ? "" : ": " + progress->message);
        if (progress->state == State::Terminated)
            return error(ErrorCode::Unavailable, "container " + name + " ended at once: " + last);
        if (progress->isStuck())
            return error(ErrorCode::Unavailable, "container " + name + " cannot start: " + last);
        if (m_cancel.isCancelled())
            return error(ErrorCode::Cancelled, "cancelled; container " + name + " stays in the pod");
        if (SteadyClock::now() >= m_deadline)
            return error(ErrorCode::Timeout, "container " + name + " does not run yet: " + last);
        pause(m_interval, m_cancel);
    }
}

} // namespace

bool ContainerProgress::isStuck() const
{
    static constexpr std::array<std::string_view, 8> reasons{
        "ImagePullBackOff",           "ErrImagePull",         "ErrImageNeverPull", "InvalidImageName",
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "ImageInspectError"};
    return state == State::Waiting && std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

Result<ContainerProgress> ephemeralProgress(std::string_view podJson, const std::string &name)
{
    const json pod = json::parse(podJson, nullptr, false);
    if (!member(pod, "spec"))
        return Error{ErrorCode::Protocol, "the server's answer is no pod", {}};
    ContainerProgress progress;
    const json *status = named(pod, "status", "ephemeralContainerStatuses", name);
    const json *state = status ? member(*status, "state") : nullptr;
    static constexpr std::array<std::pair<const char *, State>, 3> states{
        std::pair{"running", State::Running}, {"terminated", State::Terminated}, {"waiting", State::Waiting}};
    for (const auto &[key, value] : states) {
        const json *detail = state ? member(*state, key) : nullptr;
        if (!detail || !detail->is_object())
            continue;
        progress.state = value;
        progress.reason = withoutControlCharacters(textOf(*detail, "reason"));
        progress.message = withoutControlCharacters(textOf(*detail, "message").substr(0, 1000));
        return progress;
    }
    if (named(pod, "spec", "ephemeralContainers", name))
        progress.state = State::Waiting;
    return progress;
}

std::string ephemeralPatch(const EphemeralContainerRequest &request, const std::string &name)
{
    const auto life = std::chrono::duration_cast<std::chrono::seconds>(ephemeralContainerLife).count();
    json container = {
        {"name", name},
        {"image", request.image},
        {"command", {"sleep", std::to_string(life)}},
        {"securityContext",
         {{"runAsNonRoot", true},
          {"runAsUser", unprivilegedUser},
          {"allowPrivilegeEscalation", false},
          {"capabilities", {{"drop", json::array({"ALL"})}}},
          {"seccompProfile", {{"type", "RuntimeDefault"}}}}},
    };
    if (!request.targetContainer.empty())
        container["targetContainerName"] = request.targetContainer;
    const json patch = {{"spec", {{"ephemeralContainers", json::array({container})}}}};
    // Names come from people and servers: what is no UTF-8 must not throw here.
    return patch.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::string> addEphemeralContainer(const Perform &perform, const EphemeralContainerRequest &request,
                                          std::chrono::milliseconds interval, const CancelToken &cancel)
{
    if (request.ns.empty() || request.pod.empty() || request.name.empty() || request.image.empty())
        return Error{ErrorCode::InvalidInput, "namespace, pod, name and image are needed",
                     "Pod " + request.ns + "/" + request.pod};
    return EphemeralTask(perform, request, interval, cancel).run();
}

Result<std::string> addEphemeralContainer(CredentialSource &credentials,
                                          const EphemeralContainerRequest &request, const CancelToken &cancel)
{
    const Perform perform = [&](const HttpRequest &asked) {
        return CurlTransport::perform(credentials, asked, cancel);
    };
    return addEphemeralContainer(perform, request, std::chrono::milliseconds(300), cancel);
}

} // namespace portolan::kube
