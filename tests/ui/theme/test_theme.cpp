#include "ui/theme/desktop_portal.h"
#include "ui/theme/icons.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"
#include "ui/theme/theme_controller.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDBusVariant>
#include <QFontMetricsF>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>

using namespace portolan;
using namespace portolan::ui;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2.1 contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

QPalette paletteWith(const QColor &text, const QColor &window)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Window, window);
    return palette;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void paletteTellsDarkFromLight();
    void fontsKeepTheirWidths();
    void styleSheetIsComplete();
    void everyIconIsDrawnInItsColour();
    void controllerFollowsTheSystem();
    void chosenModeWins();
    void portalAnswers_data();
    void portalAnswers();
    void widgetsAreDressed();
};

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTheme::textIsReadable()
{
    QFETCH(bool, dark);
    const Theme theme = dark ? darkTheme() : lightTheme();
    QCOMPARE(theme.dark, dark);
    for (const QColor &surface : {theme.canvas, theme.panel, theme.card, theme.group}) {
        for (const QColor &text : {theme.ink, theme.muted, theme.allowed, theme.denied, theme.warning})
            QVERIFY2(contrast(text, surface) >= 4.4, qPrintable(text.name() + surface.name()));
        for (const QColor &sign : {theme.ok, theme.observed, theme.service, theme.accent})
            QVERIFY2(contrast(sign, surface) >= 3, qPrintable(sign.name() + surface.name()));
    }
    for (const QColor &filled : {theme.accent, theme.denied, theme.ok, theme.warning})
        QVERIFY2(contrast(theme.onAccent, filled) >= 4.4, qPrintable(filled.name()));
}

void TestTheme::paletteTellsDarkFromLight()
{
    QVERIFY(isDark(paletteWith(Qt::white, Qt::black)));
    QVERIFY(!isDark(paletteWith(Qt::black, Qt::white)));
    QVERIFY(isDark(paletteOf(darkTheme())));
    QVERIFY(!isDark(paletteOf(lightTheme())));
}

void TestTheme::fontsKeepTheirWidths()
{
    const Theme theme = lightTheme();
    const MapFonts fonts = mapFontsFrom(theme);
    for (const QString &text : {QStringLiteral("ingress-nginx"), QStringLiteral("WAVE.to/10.42.0.0")}) {
        const auto check = [&text](const TextMetrics &metrics, const QFont &font) {
            const double real = QFontMetricsF(font).horizontalAdvance(text);
            QVERIFY2(std::abs(metrics.width(text.toStdString()) - real) < 1.5, qPrintable(text));
        };
        check(fonts.title, theme.strong);
        check(fonts.body, theme.small);
        check(fonts.mono, theme.mapMono);
    }
    QVERIFY(fonts.title.lineHeight > 10 && fonts.title.lineHeight < 30);
}

void TestTheme::styleSheetIsComplete()
{
    for (const Theme &theme : {lightTheme(), darkTheme()}) {
        const QString sheet = styleSheetOf(theme);
        QVERIFY2(!sheet.contains(QLatin1Char('$')), "a colour without a name");
        QCOMPARE(sheet.count(QLatin1Char('{')), sheet.count(QLatin1Char('}')));
        static const QRegularExpression color(QStringLiteral("#[0-9a-f]{6}\\b"));
        QVERIFY(sheet.count(color) > 80);
        QVERIFY(sheet.contains(theme.accent.name()) && sheet.contains(theme.panel.name()));
    }
}

void TestTheme::everyIconIsDrawnInItsColour()
{
    const Theme theme = darkTheme();
    std::vector<QImage> seen;
    for (int i = 0; i <= int(IconName::Moon); ++i) {
        const auto image = [&](const QIcon &icon, QIcon::Mode mode) {
            return icon.pixmap(QSize(16, 16), mode).toImage();
        };
        const QImage normal = image(themedIcon(IconName(i), theme), QIcon::Normal);
        QImage blank(normal.size(), normal.format());
        blank.fill(Qt::transparent);
        QVERIFY2(normal != blank, qPrintable(QString::number(i)));
        QVERIFY(normal != image(themedIcon(IconName(i), theme), QIcon::Disabled));
        QVERIFY(normal != image(themedIcon(IconName(i), theme, theme.denied), QIcon::Normal));
        for (const QImage &other : seen)
            QVERIFY2(other != normal, qPrintable(QString::number(i)));
        seen.push_back(normal);
    }
}

void TestTheme::controllerFollowsTheSystem()
{
    QPalette system = paletteWith(Qt::black, Qt::white);
    ThemeController controller(*qApp, [&system] { return system; });
    QVERIFY(!controller.theme().dark);
    QSignalSpy changed(&controller, &ThemeController::themeChanged);
    system = paletteWith(Qt::white, Qt::black);
    QEvent event(QEvent::ThemeChange);
    QApplication::sendEvent(qApp, &event);
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(controller.theme().dark);
    QVERIFY(isDark(QApplication::palette()));
    // The same again changes nothing: no second dressing.
    QApplication::sendEvent(qApp, &event);
    QCoreApplication::processEvents();
    QCOMPARE(changed.count(), 1);
}

void TestTheme::chosenModeWins()
{
    QPalette system = paletteWith(Qt::black, Qt::white);
    ThemeController controller(*qApp, [&system] { return system; });
    controller.setMode(ThemeMode::Dark);
    QVERIFY(controller.theme().dark);
    QEvent event(QEvent::ThemeChange);
    QApplication::sendEvent(qApp, &event);
    QCoreApplication::processEvents();
    QVERIFY(controller.theme().dark);
    controller.setMode(ThemeMode::System);
    QVERIFY(!controller.theme().dark);
    controller.setMode(ThemeMode::Light);
    system = paletteWith(Qt::white, Qt::black);
    QApplication::sendEvent(qApp, &event);
    QCoreApplication::processEvents();
    QVERIFY(!controller.theme().dark);
}

void TestTheme::portalAnswers_data()
{
    QTest::addColumn<QVariant>("answer");
    QTest::addColumn<int>("dark"); // -1: no preference
    const auto wrapped = [](const QVariant &v) { return QVariant::fromValue(QDBusVariant(v)); };
    QTest::newRow("dark") << QVariant(1U) << 1;
    QTest::newRow("light") << QVariant(2U) << 0;
    QTest::newRow("none") << QVariant(0U) << -1;
    QTest::newRow("future") << QVariant(3U) << -1;
    QTest::newRow("wrapped once") << wrapped(1U) << 1;
    QTest::newRow("wrapped twice") << wrapped(wrapped(2U)) << 0;
    QTest::newRow("wrapped without end") << wrapped(wrapped(wrapped(wrapped(wrapped(1U))))) << -1;
    QTest::newRow("a word") << QVariant(QStringLiteral("dark")) << -1;
    QTest::newRow("nothing") << QVariant() << -1;
}

void TestTheme::portalAnswers()
{
    QFETCH(QVariant, answer);
    QFETCH(int, dark);
    const std::optional<bool> expected = dark < 0 ? std::nullopt : std::optional(dark == 1);
    QCOMPARE(darkFromColorScheme(answer), expected);
}

void TestTheme::widgetsAreDressed()
{
    const QPalette system = paletteWith(Qt::black, Qt::white);
    ThemeController controller(*qApp, [&system] { return system; });
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *primary = new QPushButton(QStringLiteral("Go"));
    auto *checked = new QCheckBox(QStringLiteral("on"));
    auto *combo = new QComboBox;
    combo->addItem(QStringLiteral("one"));
    checked->setChecked(true);
    for (QWidget *widget :
         {static_cast<QWidget *>(primary), static_cast<QWidget *>(checked), static_cast<QWidget *>(combo)})
        column->addWidget(widget);
    setRole(primary, "primary");
    window.show();
    const QImage button = primary->grab().toImage();
    QCOMPARE(button.pixelColor(8, button.height() / 2), controller.theme().accent);
    const QImage box = checked->grab().toImage();
    int accents = 0;
    for (int x = 0; x < 18; ++x)
        accents += box.pixelColor(x, box.height() / 2) == controller.theme().accent;
    QVERIFY(accents > 4);
    controller.setMode(ThemeMode::Dark);
    QCOMPARE(primary->grab().toImage().pixelColor(8, button.height() / 2), controller.theme().accent);
    QVERIFY(combo->grab().toImage() != box);
}

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
