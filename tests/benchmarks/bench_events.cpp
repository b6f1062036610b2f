// How the window bears a cluster where much happens: so many watch events a second, from an API server on
// this machine, into the whole window. One JSON object: how long the GUI thread was busy at a time (of the
// wall, and of processor time alone), how long an event took until a picture with it was painted, and what
// memory did.
//
// Usage: bench_events [SECONDS [PODS [EVENTS_A_SECOND]]]; QT_QPA_PLATFORM=offscreen.

#include "event_server.h"

#include "tests/fakes/synthetic_cluster.h"
#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/main_window.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>

#include <unistd.h>

using namespace portolan;
using namespace portolan::ui;

namespace {

using Ticks = bench::EventServer::Clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

double ownProcessorTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto at = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// Measures what the thread does between two waits: every event, and events that follow one another at once
/// together.
class MeasuredApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool isMeasuring = false;
    std::vector<double> busy, busyProcessor;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        constexpr std::chrono::microseconds atOnce{50};
        const Ticks::time_point begun = Ticks::now();
        if (begun - m_end > atOnce) {
            endTurn();
            m_begin = begun;
            m_processor = ownProcessorTime();
        }
        ++m_depth;
        const bool result = QApplication::notify(receiver, event);
        --m_depth;
        m_end = Ticks::now();
        m_processorEnd = ownProcessorTime();
        return result;
    }

private:
    void endTurn()
    {
        if (!isMeasuring || m_begin == Ticks::time_point{})
            return;
        busy.push_back(Milliseconds(m_end - m_begin).count());
        busyProcessor.push_back(m_processorEnd - m_processor);
    }

    int m_depth = 0;
    Ticks::time_point m_begin, m_end;
    double m_processor = 0, m_processorEnd = 0;
};

/// Tells which events were painted when.
class PaintWatcher : public QObject
{
public:
    PaintWatcher(const bench::EventServer &server, MainWindow &window) : m_server(server), m_window(window)
    {
        window.canvas()->installEventFilter(this);
    }

    std::vector<double> latencies;
    int pictures = 0;
    std::uint64_t painted = bench::EventServer::firstVersion;

protected:
    bool eventFilter(QObject *canvas, QEvent *event) override
    {
        if (event->type() != QEvent::Paint)
            return false;
        canvas->removeEventFilter(this);
        QCoreApplication::sendEvent(canvas, event);
        canvas->installEventFilter(this);
        takePicture();
        return true;
    }

private:
    /// Everything up to the newest event about the beacon is on it.
    void takePicture()
    {
        const Ticks::time_point now = Ticks::now();
        const MapScenePtr &scene = m_window.canvas()->picture().scene;
        const TopologyFramePtr frame = scene ? scene->frame : nullptr;
        const ObjectRef &ref = m_server.beacon();
        const Pod *beacon = frame ? frame->state->pods.find(ref.ns, ref.name) : nullptr;
        if (!beacon)
            return;
        const std::string &text = beacon->meta.resourceVersion;
        std::uint64_t version = 0;
        std::from_chars(text.data(), text.data() + text.size(), version);
        for (; painted <= version; ++painted)
            latencies.push_back(Milliseconds(now - m_server.sentAt(painted)).count());
        ++pictures;
    }

    const bench::EventServer &m_server;
    MainWindow &m_window;
};

QString writeKubeconfig(const QTemporaryDir &directory, const std::string &url)
{
    const QString path = directory.filePath(QStringLiteral("config"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write("apiVersion: v1\nkind: Config\ncurrent-context: bench\n"
               "contexts:\n- name: bench\n  context: {cluster: bench, user: bench}\n"
               "clusters:\n- name: bench\n  cluster: {server: '" +
               QByteArray::fromStdString(url) + "'}\nusers:\n- name: bench\n  user: {}\n");
    return path;
}

int argument(const QStringList &arguments, int index, int otherwise)
{
    const int value = arguments.value(index).toInt();
    return value > 0 ? value : otherwise;
}

} // namespace

int main(int argc, char **argv)
{
    MeasuredApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const int seconds = argument(arguments, 1, 60);
    const int rate = argument(arguments, 3, 1'000);
    fakes::SyntheticOptions cluster;
    cluster.pods = std::size_t(argument(arguments, 2, 5'000));
    const ClusterStatePtr state = fakes::syntheticCluster(cluster);
    bench::EventServer server(*state, rate, std::uint64_t(seconds) * std::uint64_t(rate));

    const QTemporaryDir directory;
    ThemeController themes(application);
    themes.setMode(ThemeMode::Light);
    WindowOptions options;
    options.remembersWindow = false;
    options.layout.workerProgram = PORTOLAN_LAYOUT_PROGRAM;
    MainWindow window(themes, options);
    window.setWindowSize({1920, 1080});
    window.show();
    PaintWatcher watcher(server, window);
    OpenRequest request;
    request.kind = OpenRequest::Kind::Context;
    request.kubeconfig = writeKubeconfig(directory, server.url()).toStdString();
    window.open(request);

    std::vector<double> memory;
    QTimer clock;
    clock.setInterval(1'000);
    const Ticks::time_point start = Ticks::now();
    QObject::connect(&clock, &QTimer::timeout, &application, [&] {
        const Session *session = window.host().session();
        const bool live = session && session->status().phase == SessionPhase::Live && window.frame() &&
                          window.frame()->state->pods.size() == state->pods.size();
        if (live && !application.isMeasuring) {
            application.isMeasuring = true;
            server.begin();
        } else if (application.isMeasuring) {
            memory.push_back(residentMegabytes());
        }
        const bool shown =
            server.isDone() && watcher.painted + 10 > bench::EventServer::firstVersion + server.sent();
        if (shown || Ticks::now() - start > std::chrono::seconds(2 * seconds + 60))
            QApplication::quit();
    });
    clock.start();
    QApplication::exec();

    const auto late =
        std::count_if(application.busy.begin(), application.busy.end(), [](double ms) { return ms > 8; });
    const std::size_t tenth = std::max<std::size_t>(1, memory.size() / 6);
    const std::vector<double> first(memory.begin(),
                                    memory.begin() + std::ptrdiff_t(std::min(tenth, memory.size())));
    const std::vector<double> last(memory.end() - std::ptrdiff_t(std::min(tenth, memory.size())),
                                   memory.end());
    std::printf(
        "{\"benchmark\":\"events\",\"pods\":%zu,\"cards\":%zu,\"rate\":%d,\"sent\":%llu,\"shown\":%zu,"
        "\"pictures\":%d,\"event_to_pixel_ms\":{\"p50\":%.0f,\"p99\":%.0f,\"most\":%.0f},"
        "\"gui_busy_ms\":{\"p50\":%.2f,\"p99\":%.2f,\"most\":%.2f},"
        "\"gui_busy_processor_ms\":{\"p99\":%.2f,\"most\":%.2f},\"turns\":%zu,\"turns_over_8_ms\":%td,"
        "\"memory_mb\":{\"first\":%.0f,\"last\":%.0f}}\n",
        state->pods.size(), window.frame() ? window.frame()->graph->nodes.size() : 0, rate,
        static_cast<unsigned long long>(server.sent()), watcher.latencies.size(), watcher.pictures,
        quantile(watcher.latencies, 0.5), quantile(watcher.latencies, 0.99), quantile(watcher.latencies, 1),
        quantile(application.busy, 0.5), quantile(application.busy, 0.99), quantile(application.busy, 1),
        quantile(application.busyProcessor, 0.99), quantile(application.busyProcessor, 1),
        application.busy.size(), late, quantile(first, 0.5), quantile(last, 0.5));
    return watcher.latencies.empty() ? 1 : 0;
}
