#pragma once

#include "model/session/session.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <map>
#include <optional>

namespace portolan::ui {

/// What the user asked to open.
struct OpenRequest
{
    enum class Kind { Context, Snapshot, Demo };
    Kind kind = Kind::Demo;
    std::string context;                             ///< "" is the current one
    std::optional<std::filesystem::path> kubeconfig; ///< nothing: the default rules
    std::vector<std::string> namespaces;             ///< of a live cluster; empty: all
    std::filesystem::path snapshot;

    friend bool operator==(const OpenRequest &, const OpenRequest &) = default;
};

/// Opens clusters one after the other and keeps the session of the one that is open. Reads kubeconfigs and
/// remembered places on pool threads, asks before an exec plugin runs, and writes the places down again.
/// GUI thread.
class SessionHost : public QObject
{
    Q_OBJECT

public:
    /// `placesDirectory` "" remembers nothing. `layout`: with the worker's program.
    SessionHost(MapFonts fonts, LayoutOptions layout, QString placesDirectory, QObject *parent = nullptr);
    ~SessionHost() override;

    void open(const OpenRequest &request);
    /// Tells once more what is being opened, is open or has failed, for those who have listened since.
    void announce();
    void reopen();
    void close();
    /// Gives up what is being opened (then closed() follows), or stops reading what is.
    void cancelOpening();
    /// Gives up a layout that takes too long: back to what is shown, or closed where nothing is.
    void cancelLayout();
    /// The answer to execPluginAsked. Yes is remembered.
    void answerExecPlugin(bool approved);

    Session *session() const { return m_session.get(); }
    const std::optional<OpenRequest> &request() const { return m_request; }
    TopologyFramePtr frame() const;
    bool isLive() const;

    const GraphOptions &graphOptions() const { return m_graph; }
    void setView(GraphView view);
    void setHiddenNamespaces(std::set<std::string> hidden);
    void setFilter(const GraphFilter &filter);
    /// Nothing: who is detected.
    void setEnforcer(std::optional<policy::Enforcer> enforcer);

    /// Where saved views of the cluster that is open are kept; "" keeps none.
    const QString &viewsFile() const { return m_viewsFile; }

    /// The embedded recording, or nothing where this build has none.
    static std::optional<QByteArray> demoBytes();

Q_SIGNALS:
    /// Another cluster is going to be shown; nothing is open until sessionOpened.
    void opening(const portolan::ui::OpenRequest &request);
    void sessionOpened(portolan::Session *session);
    void openFailed(const portolan::Error &error);
    /// What was open, or about to be, is no more, and nothing else is being opened.
    void closed();
    /// A layout was given up: view and hidden namespaces are again those of the map that is shown.
    void graphOptionsReverted();
    /// `plugin.command` is the path that would run; it runs only after answerExecPlugin(true). Not asked
    /// again where that was said before.
    void execPluginAsked(const portolan::kube::ExecPluginSpec &plugin, const QString &contextName,
                         const QString &origin);

private:
    struct Prepared
    {
        std::optional<kube::ClusterAccess> access;
        std::map<GraphView, LayoutResultPtr> places;
        std::optional<kube::ExecPluginSpec> plugin; ///< that the access needs, with its program's path
        bool mayRun = false;                        ///< the user said so before
        std::optional<Error> error;
    };
    QString viewsFileFor(const std::string &name, const std::string &place) const;
    void openContext();
    void leave();
    void take(Prepared prepared);
    void startReading(Prepared prepared);
    void start(SessionSource source, std::map<GraphView, LayoutResultPtr> places);
    void fail(const Error &error);
    void noteFrame(const TopologyFramePtr &frame);
    void rememberPlaces();

    MapFonts m_fonts;
    LayoutOptions m_layout;
    QString m_placesDirectory;
    std::map<GraphView, QString> m_placesFiles; ///< of the open cluster; empty remembers nothing
    QString m_viewsFile;
    GraphOptions m_graph;
    GraphOptions m_shownGraph; ///< of the newest frame
    std::optional<OpenRequest> m_request;
    std::optional<Prepared> m_waitingForAnswer;
    std::optional<Error> m_failure; ///< of the request
    std::unique_ptr<Session> m_session;
    std::map<GraphView, LayoutResultPtr> m_savedPlaces;
    std::map<GraphView, LayoutResultPtr> m_places;
    QTimer m_savePause;
    std::uint64_t m_attempt = 0; ///< answers of older attempts are dropped
};

} // namespace portolan::ui
