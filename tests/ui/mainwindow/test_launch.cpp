#include "app/gui/launch_options.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace portolan;
using namespace portolan::gui;
using Kind = ui::OpenRequest::Kind;

class TestLaunch : public QObject
{
    Q_OBJECT

    static QStringList arguments(const char *line)
    {
        QStringList words = QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
        words.prepend(QStringLiteral("portolan"));
        return words;
    }

private Q_SLOTS:
    void whatIsOpened_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("kind"); // -1: what is there
        QTest::addColumn<QString>("name");
        QTest::newRow("nothing") << QString() << -1 << QString();
        QTest::newRow("look only") << QStringLiteral("--theme dark --view nodes") << -1 << QString();
        QTest::newRow("demo") << QStringLiteral("--demo") << int(Kind::Demo) << QString();
        QTest::newRow("snapshot") << QStringLiteral("--snapshot a.portolan") << int(Kind::Snapshot)
                                  << QStringLiteral("a.portolan");
        QTest::newRow("context") << QStringLiteral("--context prod") << int(Kind::Context)
                                 << QStringLiteral("prod");
        QTest::newRow("kubeconfig") << QStringLiteral("--kubeconfig k.yaml") << int(Kind::Context)
                                    << QString();
        QTest::newRow("namespaces") << QStringLiteral("--namespace a --namespace b") << int(Kind::Context)
                                    << QString();
    }
    void whatIsOpened()
    {
        QFETCH(QString, line);
        QFETCH(int, kind);
        QFETCH(QString, name);
        const auto options = parseLaunchOptions(arguments(line.toUtf8().constData()));
        QVERIFY2(options.has_value(), "refused");
        QCOMPARE(options->open ? int(options->open->kind) : -1, kind);
        if (kind == int(Kind::Snapshot))
            QCOMPARE(QString::fromStdString(options->open->snapshot.string()), name);
        if (kind == int(Kind::Context))
            QCOMPARE(QString::fromStdString(options->open->context), name);
        QVERIFY(!options->endsByItself());
    }

    void theMatrixIsNoViewOfTheMap()
    {
        const auto options = parseLaunchOptions(arguments("--demo --view matrix"));
        QVERIFY(options && options->matrix && !options->view);
        QVERIFY(!parseLaunchOptions(arguments("--demo --view nodes"))->matrix);
        QVERIFY(parseLaunchOptions(arguments("--demo --view path"))->path);
    }

    void lookAndPictures()
    {
        const auto options = parseLaunchOptions(
            {QStringLiteral("portolan"), QStringLiteral("--demo"), QStringLiteral("--screenshot"),
             QStringLiteral("a.png"), QStringLiteral("--size"), QStringLiteral("1680x1050"),
             QStringLiteral("--theme"), QStringLiteral("dark"), QStringLiteral("--lang"),
             QStringLiteral("ko"), QStringLiteral("--view"), QStringLiteral("nodes"),
             QStringLiteral("--select"), QStringLiteral("shop/web -> shop/cart"), QStringLiteral("--zoom"),
             QStringLiteral("near")});
        QVERIFY(options.has_value());
        QCOMPARE(options->size, QSize(1680, 1050));
        QCOMPARE(options->theme, std::optional(ui::ThemeMode::Dark));
        QCOMPARE(options->language, QStringLiteral("ko"));
        QCOMPARE(options->view, std::optional(GraphView::Nodes));
        QCOMPARE(options->select, QStringLiteral("shop/web -> shop/cart"));
        QCOMPARE(options->zoom, std::optional(ui::MapDetail::Near));
        QCOMPARE(parseLaunchOptions(arguments("--what-if p.yaml"))->whatIf, QStringLiteral("p.yaml"));
        QVERIFY(options->whatIf.isEmpty());
        QCOMPARE(options->layer, ui::MapLayer::All);
        QCOMPARE(parseLaunchOptions(arguments("--lines observed"))->layer, ui::MapLayer::Observed);
        QCOMPARE(parseLaunchOptions(arguments("--zoom far"))->zoom, std::optional(ui::MapDetail::Far));
        QVERIFY(options->endsByItself());
        const auto two =
            parseLaunchOptions(arguments("--context c --namespace a --namespace b --kubeconfig k"));
        QCOMPARE(two->open->namespaces, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(two->open->kubeconfig->string(), std::string("k"));
    }

    void whatMakesNoSenseIsRefused_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *line, const char *named) {
            QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(named);
        };
        row("--demo --context a", "only one");
        row("--snapshot f --demo", "only one");
        row("--demo --kubeconfig k", "--kubeconfig");
        row("--snapshot f --namespace n", "--namespace");
        row("--theme blue", "--theme");
        row("--lang fr", "--lang");
        row("--view globe", "--view");
        row("--zoom away", "--zoom");
        row("--lines none", "--lines");
        row("--filter port:99999", "port:");
        row("--size 12", "--size");
        row("--size 99999x10", "--size");
        row("--demo --export a.txt", "--export");
        row("--demo --export map", ".svg, .png or .pdf");
        row("--demo --export svg", "--export");
        row("--no-such", "no-such");
        row("stray", "stray");
        row("--snapshot", "snapshot");
    }
    void whatMakesNoSenseIsRefused()
    {
        QFETCH(QString, line);
        QFETCH(QString, named);
        const auto options = parseLaunchOptions(arguments(line.toUtf8().constData()));
        QVERIFY(!options.has_value());
        QCOMPARE(options.error().code, ErrorCode::InvalidInput);
        const QString said = QString::fromStdString(options.error().oneLine());
        QVERIFY2(said.contains(named), qPrintable(said));
    }

    void everyOptionIsInManAndCompletion()
    {
        QFile man(QStringLiteral(PORTOLAN_SOURCE_DIR "/packaging/man/portolan.1"));
        QFile completion(QStringLiteral(PORTOLAN_SOURCE_DIR "/packaging/completions/portolanctl"));
        QVERIFY(man.open(QIODevice::ReadOnly) && completion.open(QIODevice::ReadOnly));
        const QString manual = QString::fromUtf8(man.readAll().replace("\\-", "-"));
        const QString words = QString::fromUtf8(completion.readAll());
        const QString window = words.mid(words.indexOf(QLatin1String("local window=")));
        const QString help = parseLaunchOptions(arguments("--help"))->print;
        static const QRegularExpression option(QStringLiteral("^ .*?--([a-z-]+)"),
                                               QRegularExpression::MultilineOption);
        int seen = 0;
        for (auto matches = option.globalMatch(help); matches.hasNext(); ++seen) {
            const QString name = QStringLiteral("--") + matches.next().captured(1);
            if (name == QLatin1String("--help-all") || name == QLatin1String("--help"))
                continue; // Qt's own
            QVERIFY2(manual.contains(name) || name == QLatin1String("--version"), qPrintable(name));
            QVERIFY2(window.left(window.indexOf(QLatin1String("local cluster"))).contains(name),
                     qPrintable(name));
        }
        QVERIFY(seen > 15);
    }

    void helpAndVersionOnlyPrint()
    {
        const auto help = parseLaunchOptions(arguments("--help"));
        QVERIFY(help->print.contains(QLatin1String("--screenshot")));
        const auto version = parseLaunchOptions(arguments("--version"));
        QVERIFY(version->print.startsWith(QLatin1String("portolan ")));
    }
};

QTEST_MAIN(TestLaunch)
#include "test_launch.moc"
