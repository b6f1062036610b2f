#include "ui/mainwindow/probe_controller.h"

#include "ui/inspector/subject.h"

#include <QTimer>

#include <algorithm>

namespace portolan::ui {

namespace {
constexpr std::size_t mostRuns = 200; ///< activities that are remembered after they ended
}

ProbeController::ProbeController(QObject *parent, Later later) : QObject(parent), m_later(std::move(later))
{
    if (!m_later)
        m_later = [this](std::chrono::seconds wait, std::function<void()> call) {
            QTimer::singleShot(wait, this, std::move(call));
        };
}

void ProbeController::setGate(std::optional<ProbeGate> gate)
{
    m_gate = std::move(gate);
    ++m_gateGeneration;
    m_runs.clear();
}

void ProbeController::setRepeatSeconds(int seconds)
{
    m_repeatSeconds = std::clamp(seconds, 1, 3600);
}

ProbeController::Run *ProbeController::find(const ProbeRequest &request)
{
    const auto at = std::find_if(m_runs.begin(), m_runs.end(),
                                 [&](const Run &run) { return sameQuestion(run.activity.request, request); });
    return at == m_runs.end() ? nullptr : &*at;
}

ProbeController::Run *ProbeController::find(ProbeId id)
{
    const auto at = std::find_if(m_runs.begin(), m_runs.end(),
                                 [&](const Run &run) { return run.activity.running && run.id == id; });
    return at == m_runs.end() ? nullptr : &*at;
}

void ProbeController::probe(const ProbeRequest &request, ProbeRepeat repeat)
{
    if (!m_gate) {
        Q_EMIT refused();
        return;
    }
    Run *run = find(request);
    if (!run) {
        if (m_runs.size() >= mostRuns)
            std::erase_if(m_runs, [](const Run &old) { return !old.activity.active; });
        run = &m_runs.emplace_back();
        run->activity.request = request;
    }
    ProbeActivity &activity = run->activity;
    activity.repeat = repeat;
    activity.done = 0;
    activity.wanted = repeat == ProbeRepeat::Burst ? burstSize : 1;
    activity.everySeconds = m_repeatSeconds;
    activity.active = true;
    if (activity.running)
        Q_EMIT activityChanged(activity);
    else
        start(*run);
}

void ProbeController::start(Run &run)
{
    run.activity.running = true;
    run.activity.steps.clear();
    run.activity.error.reset();
    run.id = m_gate->request(run.activity.request);
    Q_EMIT activityChanged(run.activity);
}

void ProbeController::cancel(const ProbeRequest &request)
{
    Run *run = find(request);
    if (!run || !run->activity.active)
        return;
    run->activity.active = false;
    if (run->activity.running && m_gate)
        m_gate->cancel(run->id);
    Q_EMIT activityChanged(run->activity);
}

void ProbeController::cancelAll()
{
    for (const Run &run : std::vector<Run>(m_runs))
        cancel(run.activity.request);
}

ProbeActivity ProbeController::activityOf(const ProbeRequest &request) const
{
    for (const Run &run : m_runs) {
        if (sameQuestion(run.activity.request, request))
            return run.activity;
    }
    ProbeActivity none;
    none.request = request;
    none.everySeconds = m_repeatSeconds;
    return none;
}

std::vector<ProbeRequest> ProbeController::running() const
{
    std::vector<ProbeRequest> requests;
    for (const Run &run : m_runs) {
        if (run.activity.running)
            requests.push_back(run.activity.request);
    }
    return requests;
}

bool ProbeController::isAnyActive() const
{
    return std::any_of(m_runs.begin(), m_runs.end(), [](const Run &run) { return run.activity.active; });
}

void ProbeController::onStepFinished(ProbeId id, const ProbeStep &step)
{
    if (Run *run = find(id)) {
        run->activity.steps.push_back(step);
        Q_EMIT activityChanged(run->activity);
    }
}

void ProbeController::onFinished(ProbeId id, const ProbeResult &result)
{
    if (Run *run = find(id)) {
        ended(*run);
        Q_EMIT finished(result);
    }
}

void ProbeController::onFailed(ProbeId id, const Error &error)
{
    Run *run = find(id);
    if (!run)
        return;
    // What was cancelled by hand is no failure; what cannot be planned will not get better by repeating.
    if (error.code != ErrorCode::Cancelled)
        run->activity.error = error;
    run->activity.active = false;
    ended(*run);
}

void ProbeController::ended(Run &run)
{
    ProbeActivity &activity = run.activity;
    activity.running = false;
    ++activity.done;
    const bool again =
        activity.active && (activity.repeat == ProbeRepeat::Every ||
                            (activity.repeat == ProbeRepeat::Burst && activity.done < activity.wanted));
    if (!again)
        activity.active = false;
    else if (activity.repeat == ProbeRepeat::Burst) {
        start(run);
        return;
    } else {
        const auto next = [this, request = activity.request, generation = m_gateGeneration] {
            Run *waiting = generation == m_gateGeneration ? find(request) : nullptr;
            if (waiting && waiting->activity.active && !waiting->activity.running)
                start(*waiting);
        };
        m_later(std::chrono::seconds(activity.everySeconds), next);
    }
    Q_EMIT activityChanged(activity);
}

} // namespace portolan::ui
