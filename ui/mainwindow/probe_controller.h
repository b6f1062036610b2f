#pragma once

#include "model/session/session.h"
#include "ui/inspector/probe_activity.h"

#include <QObject>

#include <functional>
#include <unordered_map>
#include <vector>

namespace portolan::ui {

/// The two intents of a session that probes need.
struct ProbeGate
{
    std::function<ProbeId(const ProbeRequest &)> request;
    std::function<void(ProbeId)> cancel;
};

/// Runs probes once, again and again, or in a burst, one after the other for each question; several
/// questions may run at once. Knows nothing of windows. GUI thread.
class ProbeController : public QObject
{
    Q_OBJECT

public:
    using Later = std::function<void(std::chrono::seconds, std::function<void()>)>;

    /// `later` runs a call after a while; left out, a timer does.
    explicit ProbeController(QObject *parent = nullptr, Later later = {});

    /// What probes go through from now on; nothing for a recording. Forgets what went on before.
    void setGate(std::optional<ProbeGate> gate);
    bool canProbe() const { return m_gate.has_value(); }
    void setRepeatSeconds(int seconds);

    /// Starts, or changes how a running one repeats. Without a gate: refused().
    void probe(const ProbeRequest &request, ProbeRepeat repeat = ProbeRepeat::Once);
    /// Stops repeating and cancels what runs.
    void cancel(const ProbeRequest &request);
    void cancelAll();

    ProbeActivity activityOf(const ProbeRequest &request) const;
    /// The questions that run now.
    std::vector<ProbeRequest> running() const;
    bool isAnyActive() const;

public Q_SLOTS:
    void onStepFinished(portolan::ProbeId id, const portolan::ProbeStep &step);
    void onFinished(portolan::ProbeId id, const portolan::ProbeResult &result);
    void onFailed(portolan::ProbeId id, const portolan::Error &error);

Q_SIGNALS:
    void activityChanged(const portolan::ui::ProbeActivity &activity);
    void refused();
    void finished(const portolan::ProbeResult &result);

private:
    struct Run
    {
        ProbeActivity activity;
        ProbeId id;
    };

    Run *find(const ProbeRequest &request);
    Run *find(ProbeId id);
    void start(Run &run);
    void ended(Run &run);

    std::optional<ProbeGate> m_gate;
    Later m_later;
    std::vector<Run> m_runs;
    int m_repeatSeconds = 5;
    std::uint64_t m_gateGeneration = 0;
};

} // namespace portolan::ui
