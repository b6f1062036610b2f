#include "app/gui/run.h"

#include "app/gui/launch_options.h"
#include "app/gui/picture_run.h"
#include "translations/translations.h"
#include "ui/canvas/map_canvas.h"
#include "ui/mainwindow/kubeconfig_contexts.h"
#include "ui/mainwindow/main_window.h"
#include "ui/mainwindow/places_store.h"
#include "ui/mainwindow/preferences.h"
#include "ui/tables/tables_view.h"
#include "ui/whatif/what_if_panel.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>
#include <cstdlib>

namespace portolan::gui {

namespace {

/// Help and pictures need no screen. Asked before there is an application, which could not start without one.
bool doWithoutScreen()
{
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || qEnvironmentVariableIsSet("DISPLAY") ||
        qEnvironmentVariableIsSet("WAYLAND_DISPLAY"))
        return false;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return true;
}

void nameApplication()
{
    QApplication::setApplicationName(QStringLiteral("portolan"));
    QApplication::setApplicationDisplayName(QString());
    QApplication::setOrganizationName(QStringLiteral("portolan"));
    QApplication::setApplicationVersion(QStringLiteral(PORTOLAN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.github.portolan.Portolan"));
}

/// Beside the program as built, or where packages put helpers.
std::string layoutWorker()
{
    const QString directory = QApplication::applicationDirPath();
    for (const QString &place :
         {QStringLiteral("/portolan-layout"), QStringLiteral("/../libexec/portolan/portolan-layout"),
          QStringLiteral("/../lib/portolan/portolan-layout")}) {
        const QFileInfo file(directory + place);
        if (file.isExecutable())
            return file.canonicalFilePath().toStdString();
    }
    return {};
}

/// Opens the current context; where there is none, the demo.
void openWhatIsThere(ui::MainWindow &window)
{
    auto *contexts = new ui::KubeconfigContexts(&window);
    QObject::connect(contexts, &ui::KubeconfigContexts::changed, &window, [&window, contexts] {
        const bool missing = contexts->error() && contexts->error()->code == ErrorCode::NotFound;
        const bool none = missing || (!contexts->error() && contexts->current().isEmpty());
        ui::OpenRequest request; // the demo
        if (!none || !ui::SessionHost::demoBytes()) {
            request.kind = ui::OpenRequest::Kind::Context;
            if (!contexts->file().isEmpty())
                request.kubeconfig = contexts->file().toStdString();
        }
        contexts->deleteLater();
        window.open(request);
    });
    contexts->load(ui::Preferences().kubeconfigFile());
}

/// The policies of a file, of which a what-if takes 1 MiB at most.
Result<QString> textOf(const QString &name)
{
    constexpr qint64 most = 1 << 20;
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, file.errorString().toStdString(), name.toStdString()};
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        return Error{ErrorCode::TooLarge, "is larger than 1 MiB", name.toStdString()};
    return QString::fromUtf8(bytes);
}

/// Ends the program once the canvas has painted a map, for tests/benchmarks/window-start.
class EndAtFirstMap : public QObject
{
public:
    explicit EndAtFirstMap(ui::MainWindow &window) : QObject(&window), m_window(window)
    {
        window.canvas()->installEventFilter(this);
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        const TopologyFramePtr frame = m_window.frame();
        if (event->type() == QEvent::Paint && frame && frame->layout)
            QTimer::singleShot(0, this, [] { std::_Exit(0); }); // when it is on the screen
        return false;
    }

private:
    ui::MainWindow &m_window;
};

} // namespace

int run(int argc, char **argv)
{
    const bool unseen = doWithoutScreen();
    nameApplication();
    QApplication application(argc, argv);
    const auto options = parseLaunchOptions(QApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "portolan: %s\n", options.error().oneLine().c_str());
        return 2;
    }
    if (!options->print.isEmpty()) {
        const bool printed = std::fputs(qPrintable(options->print), stdout) >= 0 && std::fflush(stdout) == 0;
        if (!printed)
            std::fputs("portolan: standard output: cannot write\n", stderr);
        return printed ? 0 : 1;
    }
    if (unseen && !options->endsByItself()) {
        std::fputs(
            "portolan: no screen: neither DISPLAY nor WAYLAND_DISPLAY is set (--screenshot, --export and "
            "portolanctl need none)\n",
            stderr);
        return 1;
    }
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/io.github.portolan.Portolan.svg")));
    const QString language = options->language.isEmpty() ? ui::Preferences().language() : options->language;
    installTranslations(application, language);
    ui::ThemeController themes(application);
    if (options->theme)
        themes.setMode(*options->theme);

    ui::WindowOptions windowOptions;
    windowOptions.layout.workerProgram = layoutWorker();
    windowOptions.remembersWindow = !options->endsByItself();
    if (windowOptions.remembersWindow) {
        windowOptions.placesDirectory = ui::places::defaultDirectory();
        windowOptions.open = options->open;
    }
    ui::MainWindow window(themes, windowOptions);
    if (options->theme)
        themes.setMode(*options->theme);
    if (options->size.isValid())
        window.setWindowSize(options->size);
    if (options->view)
        window.setView(*options->view);
    window.setLayer(options->layer);
    window.showTables(options->tables);
    if (options->matrix)
        window.showMatrix();
    if (options->path)
        window.showPath();
    if (options->endsByItself()) {
        window.setMapAnimated(false);
        new PictureRun(window, *options); // owned by the window
    }
    if (!options->whatIf.isEmpty()) {
        const Result<QString> text = textOf(options->whatIf);
        if (!text) {
            std::fprintf(stderr, "portolan: %s\n", text.error().oneLine().c_str());
            return 2;
        }
        // Once there is a cluster to ask about.
        QObject::connect(
            &window, &ui::MainWindow::frameShown, &window,
            [&window, policies = *text] { window.whatIf()->open(policies); }, Qt::SingleShotConnection);
    }
    if (qEnvironmentVariableIsSet("PORTOLAN_END_AT_FIRST_MAP"))
        new EndAtFirstMap(window); // owned by the window
    // Read while the window comes up.
    if (options->open && !windowOptions.open)
        window.open(*options->open);
    else if (!options->open)
        openWhatIsThere(window);
    if (!options->filter.isEmpty())
        window.setFilter(options->filter);
    window.show();
    if (options->tables)
        window.tables()->focusFilter();
    else if (!options->matrix && !options->path)
        window.canvas()->setFocus();
    return QApplication::exec();
}

} // namespace portolan::gui
