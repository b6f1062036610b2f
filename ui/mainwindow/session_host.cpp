#include "ui/mainwindow/session_host.h"

#include "model/kube/exec_consent.h"
#include "model/kube/exec_plugin.h"
#include "ui/base/background.h"
#include "ui/mainwindow/places_store.h"

#include <QFile>

#include <chrono>

namespace portolan::ui {

namespace {

/// Where the places of each view of a cluster are kept; nowhere for no directory.
std::map<GraphView, QString> placesFiles(const QString &directory, const kube::ClusterAccess &access)
{
    std::map<GraphView, QString> files;
    for (const GraphView view : {GraphView::Services, GraphView::Nodes}) {
        if (!directory.isEmpty())
            files[view] = places::fileFor(directory, QString::fromStdString(access.contextName),
                                          QString::fromStdString(access.cluster.server), view);
    }
    return files;
}

} // namespace

SessionHost::SessionHost(MapFonts fonts, LayoutOptions layout, QString placesDirectory, QObject *parent)
    : QObject(parent),
      m_fonts(std::move(fonts)),
      m_layout(std::move(layout)),
      m_placesDirectory(std::move(placesDirectory))
{
    m_savePause.setSingleShot(true);
    m_savePause.setInterval(std::chrono::seconds(10));
    connect(&m_savePause, &QTimer::timeout, this, &SessionHost::rememberPlaces);
}

SessionHost::~SessionHost()
{
    rememberPlaces();
}

std::optional<QByteArray> SessionHost::demoBytes()
{
    QFile file(QStringLiteral(":/demo/shop.portolan"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

TopologyFramePtr SessionHost::frame() const
{
    return m_session ? m_session->frame() : nullptr;
}

bool SessionHost::isLive() const
{
    return m_session && m_request && m_request->kind == OpenRequest::Kind::Context;
}

void SessionHost::open(const OpenRequest &request)
{
    leave();
    m_request = request;
    m_graph.hiddenNamespaces.clear();
    m_graph.filter = {};
    Q_EMIT opening(request);
    switch (request.kind) {
    case OpenRequest::Kind::Context:
        openContext();
        break;
    case OpenRequest::Kind::Snapshot:
        m_viewsFile = viewsFileFor("snapshot", request.snapshot.string());
        start(SnapshotSource{request.snapshot}, {});
        break;
    case OpenRequest::Kind::Demo:
        m_viewsFile = viewsFileFor("demo", {});
        if (auto bytes = demoBytes())
            start(DemoSource{*bytes}, {});
        else
            fail({ErrorCode::NotFound, "this build carries no demo recording", "demo"});
        break;
    }
}

QString SessionHost::viewsFileFor(const std::string &name, const std::string &place) const
{
    if (m_placesDirectory.isEmpty())
        return {};
    return places::fileFor(m_placesDirectory, QString::fromStdString(name), QString::fromStdString(place)) +
           QStringLiteral(".views");
}

void SessionHost::announce()
{
    if (!m_request)
        return;
    Q_EMIT opening(*m_request);
    if (m_session)
        Q_EMIT sessionOpened(m_session.get());
    else if (m_failure)
        Q_EMIT openFailed(*m_failure);
}

void SessionHost::fail(const Error &error)
{
    m_failure = error;
    Q_EMIT openFailed(error);
}

void SessionHost::reopen()
{
    if (m_request)
        open(OpenRequest(*m_request));
}

void SessionHost::close()
{
    leave();
    Q_EMIT closed();
}

void SessionHost::leave()
{
    ++m_attempt;
    m_waitingForAnswer.reset();
    m_failure.reset();
    rememberPlaces();
    m_savePause.stop();
    m_placesFiles.clear();
    m_viewsFile.clear();
    m_savedPlaces.clear();
    m_places.clear();
    m_session.reset();
}

void SessionHost::cancelOpening()
{
    if (m_session)
        m_session->stop();
    else
        close();
}

void SessionHost::cancelLayout()
{
    if (!m_session || !frame()) {
        close();
        return;
    }
    m_graph = m_shownGraph;
    m_session->setGraphOptions(m_graph);
    Q_EMIT graphOptionsReverted();
}

void SessionHost::openContext()
{
    const auto read = [request = *m_request, directory = m_placesDirectory] {
        Prepared prepared;
        auto config = kube::loadKubeconfig(request.kubeconfig);
        if (!config) {
            prepared.error = config.error();
            return prepared;
        }
        auto access = kube::resolveContext(*config, request.context);
        if (!access) {
            prepared.error = access.error();
            return prepared;
        }
        prepared.access = std::move(access).value();
        if (kube::runsExecPlugin(*prepared.access)) {
            auto plugin = kube::resolvedExecPlugin(*prepared.access->user.exec);
            if (!plugin) {
                prepared.error = plugin.error();
                return prepared;
            }
            prepared.plugin = std::move(plugin).value();
            prepared.mayRun = kube::ExecConsent().isGiven(*prepared.plugin);
        }
        for (const auto &[view, file] : placesFiles(directory, *prepared.access)) {
            if (LayoutResultPtr places = places::load(file))
                prepared.places[view] = std::move(places);
        }
        return prepared;
    };
    runInBackground(this, read, [this, attempt = m_attempt](const Prepared &prepared) {
        if (attempt == m_attempt)
            take(prepared);
    });
}

void SessionHost::take(Prepared prepared)
{
    if (prepared.error) {
        fail(*prepared.error);
        return;
    }
    if (!prepared.plugin || prepared.mayRun) {
        startReading(std::move(prepared));
        return;
    }
    const kube::ExecPluginSpec plugin = *prepared.plugin;
    const QString name = QString::fromStdString(prepared.access->contextName);
    const QString origin = QString::fromStdString(prepared.access->user.origin.string());
    m_waitingForAnswer = std::move(prepared);
    Q_EMIT execPluginAsked(plugin, name, origin);
}

void SessionHost::answerExecPlugin(bool approved)
{
    if (!m_waitingForAnswer)
        return;
    Prepared prepared = std::move(*m_waitingForAnswer);
    m_waitingForAnswer.reset();
    if (!approved) {
        fail({ErrorCode::Cancelled, "its program for credentials was not allowed to run",
              prepared.access->contextName});
        return;
    }
    const auto remember = [plugin = *prepared.plugin] { return kube::ExecConsent().give(plugin); };
    runInBackground(this, remember, [](const Result<void> &) {}); // not kept: asked again the next time
    startReading(std::move(prepared));
}

void SessionHost::startReading(Prepared prepared)
{
    m_placesFiles = placesFiles(m_placesDirectory, *prepared.access);
    m_viewsFile = viewsFileFor(prepared.access->contextName, prepared.access->cluster.server);
    m_savedPlaces = prepared.places;
    start(LiveSource{std::move(*prepared.access), m_request->namespaces, prepared.plugin.has_value()},
          prepared.places);
}

void SessionHost::start(SessionSource source, std::map<GraphView, LayoutResultPtr> places)
{
    SessionOptions options;
    options.source = std::move(source);
    options.graph = m_graph;
    options.fonts = m_fonts;
    options.layout = m_layout;
    options.rememberedPlaces = std::move(places);
    m_session = std::make_unique<Session>(std::move(options));
    connect(m_session.get(), &Session::frameChanged, this, &SessionHost::noteFrame);
    Q_EMIT sessionOpened(m_session.get());
}

void SessionHost::noteFrame(const TopologyFramePtr &frame)
{
    if (!frame || !frame->graph)
        return;
    const GraphView view = frame->graph->view;
    if (view == m_graph.view)
        m_shownGraph = m_graph;
    if (!frame->places || frame->places->nodes.empty())
        return;
    m_places[view] = frame->places;
    if (frame->places != m_savedPlaces[view] && !m_placesFiles.empty())
        m_savePause.start();
}

void SessionHost::rememberPlaces()
{
    for (const auto &[view, layout] : m_places) {
        const auto file = m_placesFiles.find(view);
        if (file == m_placesFiles.end() || layout == m_savedPlaces[view])
            continue;
        m_savedPlaces[view] = layout;
        // A file that cannot be written costs the memory of places, which is no reason to disturb anyone.
        QThreadPool::globalInstance()->start(
            [path = file->second, saved = layout] { (void)places::save(path, *saved); });
    }
}

void SessionHost::setView(GraphView view)
{
    m_graph.view = view;
    if (m_session)
        m_session->setGraphOptions(m_graph);
}

void SessionHost::setFilter(const GraphFilter &filter)
{
    m_graph.filter = filter;
    if (m_session)
        m_session->setGraphOptions(m_graph);
}

void SessionHost::setEnforcer(std::optional<policy::Enforcer> enforcer)
{
    m_graph.enforcer = enforcer;
    if (m_session)
        m_session->setGraphOptions(m_graph);
}

void SessionHost::setHiddenNamespaces(std::set<std::string> hidden)
{
    m_graph.hiddenNamespaces = std::move(hidden);
    if (m_session)
        m_session->setGraphOptions(m_graph);
}

} // namespace portolan::ui
