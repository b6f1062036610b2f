#include "ui/export/compact_svg.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>
#include <QSvgRenderer>
#include <QTest>

using namespace portolan::ui;

namespace {

/// What QSvgGenerator makes of shapes, dashes, transparency, turned text and changes of state without a
/// shape.
QByteArray sampleSvg()
{
    QByteArray svg;
    QBuffer buffer(&svg);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize({400, 300});
    generator.setViewBox(QRect(0, 0, 400, 300));
    QPainter painter(&generator);
    painter.fillRect(QRect(0, 0, 400, 300), Qt::white);
    for (int i = 0; i < 40; ++i) {
        painter.setPen(QPen(i % 2 ? Qt::red : Qt::blue, 1 + i % 3, i % 5 ? Qt::SolidLine : Qt::DashLine,
                            i % 4 ? Qt::RoundCap : Qt::FlatCap));
        painter.setPen(QPen(QColor(20, 120, 90, 40 + 5 * i), 2)); // the one before draws nothing
        painter.setBrush(i % 3 ? QBrush(QColor(200, 180, 10, 128)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(QRectF(8 * i, 6 * i, 70, 40), 6, 6);
        painter.drawLine(QPointF(0, 7 * i), QPointF(300, 280 - 5 * i));
    }
    painter.translate(200, 150);
    painter.rotate(30);
    painter.setFont(QFont(QStringLiteral("Inter"), 12, QFont::Bold));
    painter.drawText(QPointF(0, 0), QStringLiteral("  two  spaces & <tags>"));
    painter.drawEllipse(QPointF(10, 20), 20, 12);
    painter.end();
    return svg;
}

QImage drawn(const QByteArray &svg)
{
    QImage image(800, 600, QImage::Format_RGB32);
    image.fill(Qt::black);
    QSvgRenderer renderer(svg);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

} // namespace

class TestCompactSvg : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksTheSameInFewerBytes()
    {
        const QByteArray before = sampleSvg();
        const QByteArray after = compactSvg(before);
        QVERIFY2(after.size() * 3 < before.size() * 2,
                 qPrintable(QStringLiteral("%1 of %2").arg(after.size()).arg(before.size())));
        QCOMPARE(drawn(after), drawn(before));
        QVERIFY(drawn(after) != drawn("<svg xmlns='http://www.w3.org/2000/svg'/>"));
    }

    void textKeepsItsSpaces()
    {
        QVERIFY(compactSvg(sampleSvg()).contains(">  two  spaces &amp; &lt;tags&gt;</text>"));
    }

    void groupsWithoutShapesGo()
    {
        const QByteArray after = compactSvg("<svg><g fill='red'><g fill='blue'> </g></g><rect/></svg>");
        QVERIFY2(!after.contains("<g") && after.contains("<rect/>"), after.constData());
    }

    void equalNeighboursBecomeOneGroup()
    {
        const QByteArray after =
            compactSvg("<svg><g fill='red'><rect x='1'/></g><g fill='red'><rect x='2'/></g><rect x='3'/>"
                       "<g fill='red'><rect x='4'/></g></svg>");
        QCOMPARE(after.count("<g"), 2); // a shape of its own lies between
        QCOMPARE(after.count("</g>"), 2);
        QVERIFY(after.indexOf("x=\"2\"") < after.indexOf("x=\"3\""));
    }

    void whatChangesAnInheritedValueStays()
    {
        const QByteArray after = compactSvg(
            "<svg><g fill-opacity='0.5'><rect fill-opacity='1'/><path fill-opacity='0.5'/></g></svg>");
        QVERIFY2(after.contains("<rect fill-opacity=\"1\"/>"), after.constData());
        QVERIFY2(after.contains("<path/>"), after.constData());
    }

    void brokenInputComesBack()
    {
        for (const QByteArray &broken : {QByteArray("<svg><g></svg>"), QByteArray("<svg>"), QByteArray("no")})
            QCOMPARE(compactSvg(broken), broken);
    }
};

QTEST_MAIN(TestCompactSvg)
#include "test_compact_svg.moc"
