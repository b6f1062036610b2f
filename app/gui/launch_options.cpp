#include "app/gui/launch_options.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <array>

namespace portolan::gui {

namespace {

const QStringList optionNames{QStringLiteral("demo"), QStringLiteral("snapshot"), QStringLiteral("context")};

Error wrong(const QString &option, const QString &why)
{
    return {ErrorCode::InvalidInput, why.toStdString(), "--" + option.toStdString()};
}

void addOptions(QCommandLineParser &parser)
{
    const auto flag = [&parser](const char *name, const char *what) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(what)});
    };
    const auto value = [&parser](const char *name, const char *what, const char *of) {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(what), QString::fromLatin1(of)});
    };
    flag("demo", "Open the recording of a sample cluster that is built in.");
    value("snapshot", "Open a recording.", "FILE");
    value("context", "Open a cluster by its context's name in the kubeconfig.", "NAME");
    value("kubeconfig", "Read this kubeconfig instead of KUBECONFIG or ~/.kube/config.", "FILE");
    value("namespace", "Read this namespace only; may be given several times.", "NS");
    value("view", "Begin with this view: services, nodes, matrix or path.", "VIEW");
    value("lines", "Begin with these lines: policy, observed, probed or all.", "LINES");
    flag("tables", "Begin with the tables instead of the map.");
    value("select", "Select an object (\"shop/web\", \"node-a\") or a line (\"shop/web -> shop/checkout\").",
          "WHAT");
    value("filter", "Show only a part of the map: \"ns:shop port:5432 -kind:svc\".", "TEXT");
    value("what-if", "Show what the policies of a YAML file would change; nothing is applied.", "FILE");
    value("theme", "light or dark, for this run.", "THEME");
    value("lang", "en or ko, for this run.", "LANG");
    value("size", "Size of the window, as 1680x1050.", "WxH");
    value("screenshot", "Write a picture of the window as PNG and exit.", "FILE");
    value("zoom", "With --screenshot: far, middle or near instead of the whole map.", "ZOOM");
    value("export", "Write the map as SVG, PNG or PDF, by the file's name, and exit.", "FILE");
}

/// The format goes by the ending; another one would be a PNG whose name says something else.
bool isPicture(const QString &file)
{
    static const QRegularExpression endings(QStringLiteral("\\.(svg|png|pdf)$"),
                                            QRegularExpression::CaseInsensitiveOption);
    return endings.match(file).hasMatch();
}

Result<std::optional<ui::OpenRequest>> openRequestOf(const QCommandLineParser &parser)
{
    int sources = 0;
    for (const QString &name : optionNames)
        sources += parser.isSet(name) ? 1 : 0;
    if (sources > 1)
        return Error{
            ErrorCode::InvalidInput, "only one of --demo, --snapshot and --context can be opened", {}};
    const bool kubeconfig = parser.isSet(QStringLiteral("kubeconfig"));
    const bool namespaces = parser.isSet(QStringLiteral("namespace"));
    const bool recording = parser.isSet(QStringLiteral("demo")) || parser.isSet(QStringLiteral("snapshot"));
    if (recording && kubeconfig)
        return wrong(QStringLiteral("kubeconfig"), QStringLiteral("a recording needs none"));
    if (recording && namespaces)
        return wrong(QStringLiteral("namespace"), QStringLiteral("a recording is opened whole"));
    ui::OpenRequest request;
    if (parser.isSet(QStringLiteral("demo")))
        return std::optional(request);
    if (parser.isSet(QStringLiteral("snapshot"))) {
        request.kind = ui::OpenRequest::Kind::Snapshot;
        request.snapshot = parser.value(QStringLiteral("snapshot")).toStdString();
        if (request.snapshot.empty())
            return wrong(QStringLiteral("snapshot"), QStringLiteral("the file's name is empty"));
        return std::optional(request);
    }
    if (!parser.isSet(QStringLiteral("context")) && !kubeconfig && !namespaces)
        return std::optional<ui::OpenRequest>();
    request.kind = ui::OpenRequest::Kind::Context;
    request.context = parser.value(QStringLiteral("context")).toStdString();
    if (kubeconfig)
        request.kubeconfig = parser.value(QStringLiteral("kubeconfig")).toStdString();
    for (const QString &ns : parser.values(QStringLiteral("namespace")))
        request.namespaces.push_back(ns.toStdString());
    return std::optional(request);
}

Result<void> readLook(const QCommandLineParser &parser, LaunchOptions &options)
{
    const QString theme = parser.value(QStringLiteral("theme"));
    if (theme == QLatin1String("light") || theme == QLatin1String("dark"))
        options.theme = theme == QLatin1String("dark") ? ui::ThemeMode::Dark : ui::ThemeMode::Light;
    else if (parser.isSet(QStringLiteral("theme")))
        return wrong(QStringLiteral("theme"), QStringLiteral("light or dark, not “%1”").arg(theme));
    const QString language = parser.value(QStringLiteral("lang"));
    if (parser.isSet(QStringLiteral("lang")) && language != QLatin1String("en") &&
        language != QLatin1String("ko"))
        return wrong(QStringLiteral("lang"), QStringLiteral("en or ko, not “%1”").arg(language));
    options.language = language;
    const QString view = parser.value(QStringLiteral("view"));
    if (view == QLatin1String("services") || view == QLatin1String("nodes"))
        options.view = view == QLatin1String("nodes") ? GraphView::Nodes : GraphView::Services;
    else if (view == QLatin1String("matrix"))
        options.matrix = true;
    else if (view == QLatin1String("path"))
        options.path = true;
    else if (parser.isSet(QStringLiteral("view")))
        return wrong(QStringLiteral("view"),
                     QStringLiteral("services, nodes, matrix or path, not “%1”").arg(view));
    const QString lines = parser.value(QStringLiteral("lines"));
    const qsizetype layer = QStringList{QStringLiteral("policy"), QStringLiteral("observed"),
                                        QStringLiteral("probed"), QStringLiteral("all")}
                                .indexOf(lines);
    if (layer >= 0)
        options.layer = ui::MapLayer(layer);
    else if (parser.isSet(QStringLiteral("lines")))
        return wrong(QStringLiteral("lines"),
                     QStringLiteral("policy, observed, probed or all, not “%1”").arg(lines));
    const QString zoom = parser.value(QStringLiteral("zoom"));
    const qsizetype step =
        QStringList{QStringLiteral("far"), QStringLiteral("middle"), QStringLiteral("near")}.indexOf(zoom);
    if (step >= 0)
        options.zoom =
            std::array{ui::MapDetail::Far, ui::MapDetail::Middle, ui::MapDetail::Near}[std::size_t(step)];
    else if (parser.isSet(QStringLiteral("zoom")))
        return wrong(QStringLiteral("zoom"), QStringLiteral("far, middle or near, not “%1”").arg(zoom));
    if (!parser.isSet(QStringLiteral("size")))
        return {};
    static const QRegularExpression pattern(QStringLiteral("^([0-9]{3,5})x([0-9]{3,5})$"));
    const auto match = pattern.match(parser.value(QStringLiteral("size")));
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    const bool fits =
        size.width() >= 900 && size.height() >= 560 && size.width() <= 16384 && size.height() <= 16384;
    if (!match.hasMatch() || !fits)
        return wrong(QStringLiteral("size"),
                     QStringLiteral("WIDTHxHEIGHT, at least 900x560 and at most 16384x16384, as 1680x1050"));
    options.size = size;
    return {};
}

} // namespace

Result<LaunchOptions> parseLaunchOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "A chart of a Kubernetes cluster's network. Without options it opens the current context of "
        "the kubeconfig, or the demo where there is none."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    addOptions(parser);
    LaunchOptions options;
    if (!parser.parse(arguments))
        return Error{ErrorCode::InvalidInput, parser.errorText().toStdString(), {}};
    if (parser.isSet(help)) {
        options.print = parser.helpText();
        return options;
    }
    if (parser.isSet(version)) {
        options.print = QStringLiteral("portolan " PORTOLAN_VERSION "\n");
        return options;
    }
    if (!parser.positionalArguments().isEmpty())
        return Error{ErrorCode::InvalidInput, "not understood",
                     parser.positionalArguments().constFirst().toStdString()};
    auto request = openRequestOf(parser);
    if (!request)
        return request.error();
    options.open = std::move(request).value();
    if (const auto look = readLook(parser, options); !look)
        return look.error();
    auto filter = GraphFilter::parse(parser.value(QStringLiteral("filter")).toStdString());
    if (!filter)
        return filter.error();
    options.filter = std::move(filter).value();
    options.select = parser.value(QStringLiteral("select"));
    options.whatIf = parser.value(QStringLiteral("what-if"));
    options.tables = parser.isSet(QStringLiteral("tables"));
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    options.exportFile = parser.value(QStringLiteral("export"));
    if (parser.isSet(QStringLiteral("screenshot")) &&
        !options.screenshot.endsWith(QLatin1String(".png"), Qt::CaseInsensitive))
        return wrong(QStringLiteral("screenshot"),
                     QStringLiteral("a name that ends in .png, not “%1”").arg(options.screenshot));
    if (parser.isSet(QStringLiteral("export")) && (options.matrix || options.path || options.tables))
        return wrong(QStringLiteral("export"), QStringLiteral("is of the map: Services or Nodes"));
    if (parser.isSet(QStringLiteral("export")) && !isPicture(options.exportFile))
        return wrong(
            QStringLiteral("export"),
            QStringLiteral("a name that ends in .svg, .png or .pdf, not “%1”").arg(options.exportFile));
    return options;
}

} // namespace portolan::gui
