#include "model/snapshot/snapshot.h"
#include "program_run.h"
#include "tests/fakes/shop_cluster.h"
#include "tests/fakes/synthetic_cluster.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRectF>
#include <QTest>

#include <cmath>

using namespace portolan;
using namespace portolan::ctl_tests;

namespace {

QRectF rectOf(const QJsonObject &thing)
{
    const QJsonArray rect = thing[u"rect"].toArray();
    return {rect[0].toDouble(), rect[1].toDouble(), rect[2].toDouble(), rect[3].toDouble()};
}

/// How far a point is from the border of a rectangle.
double distanceToBorder(const QRectF &rect, QPointF point)
{
    const double x = std::max({rect.left() - point.x(), 0.0, point.x() - rect.right()});
    const double y = std::max({rect.top() - point.y(), 0.0, point.y() - rect.bottom()});
    if (x > 0 || y > 0)
        return std::hypot(x, y);
    return std::min({point.x() - rect.left(), rect.right() - point.x(), point.y() - rect.top(),
                     rect.bottom() - point.y()});
}

} // namespace

/// What anyone can measure about a layout from outside, by `portolanctl graph --layout`.
class TestPortolanctlLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(saveSnapshot(*fakes::shopCluster().state(), file("shop")).has_value());
        fakes::SyntheticOptions options;
        options.pods = 600;
        QVERIFY(saveSnapshot(*fakes::syntheticCluster(options), file("large")).has_value());
    }

    void everythingHasItsPlace_data()
    {
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QString>("view");
        for (const char *cluster : {"shop", "large"}) {
            for (const char *view : {"services", "nodes"})
                QTest::addRow("%s %s", cluster, view)
                    << QString::fromLatin1(cluster) << QString::fromLatin1(view);
        }
    }

    void everythingHasItsPlace()
    {
        QFETCH(QString, cluster);
        QFETCH(QString, view);
        const QJsonObject map = laidOut(cluster, view);
        const QJsonArray bounds = map[u"bounds"].toArray();
        QCOMPARE(bounds.size(), qsizetype(4));
        const QRectF page(bounds[0].toDouble(), bounds[1].toDouble(), bounds[2].toDouble(),
                          bounds[3].toDouble());
        QVERIFY(page.width() <= 2.01 * page.height() && page.height() <= 2.01 * page.width());
        QHash<QString, QRectF> boxes;
        for (const auto &group : map[u"groups"].toArray()) {
            const QRectF box = rectOf(group.toObject());
            for (const QRectF &other : std::as_const(boxes))
                QVERIFY(!box.intersects(other));
            QVERIFY(page.contains(box));
            boxes[group[u"id"].toString()] = box;
        }
        QHash<QString, QRectF> cards;
        for (const auto &node : map[u"nodes"].toArray()) {
            const QRectF card = rectOf(node.toObject());
            QVERIFY(!card.isEmpty() && page.contains(card));
            for (const QRectF &other : std::as_const(cards))
                QVERIFY2(!card.intersects(other), qPrintable(node[u"label"].toString()));
            if (node.toObject().contains(u"group"))
                QVERIFY(boxes.value(node[u"group"].toString()).contains(card));
            cards[node[u"id"].toString()] = card;
        }
        QVERIFY(!cards.isEmpty());
        for (const auto &edge : map[u"edges"].toArray())
            verifyPath(edge, cards);
        // Nothing tells what joins the machines of the large one.
        QCOMPARE(map[u"edges"].toArray().isEmpty(),
                 view == QLatin1String("nodes") && cluster == QLatin1String("large"));
    }

    void theSameFileGivesTheSamePlaces()
    {
        QCOMPARE(laidOut(QStringLiteral("large"), QStringLiteral("services")),
                 laidOut(QStringLiteral("large"), QStringLiteral("services")));
    }

private:
    std::string file(const char *name) const { return m_home.file(name).toStdString(); }

    QJsonObject laidOut(const QString &cluster, const QString &view) const
    {
        const ProgramRun run = m_home.run(
            QStringLiteral(PORTOLAN_BIN_DIR "/portolanctl"),
            {QStringLiteral("graph"), m_home.file(cluster.toLatin1().constData()), QStringLiteral("--format"),
             QStringLiteral("json"), QStringLiteral("--layout"), QStringLiteral("--view"), view});
        return run.code == 0 ? QJsonDocument::fromJson(run.out).object() : QJsonObject();
    }

    /// It begins and ends at its cards.
    static void verifyPath(const QJsonValue &edge, const QHash<QString, QRectF> &cards)
    {
        const QJsonArray path = edge[u"path"].toArray();
        QVERIFY(path.size() >= 8 && path.size() % 6 == 2);
        const QPointF begin(path[0].toDouble(), path[1].toDouble());
        const QPointF end(path[path.size() - 2].toDouble(), path[path.size() - 1].toDouble());
        QVERIFY(distanceToBorder(cards.value(edge[u"from"].toString()), begin) < 1);
        QVERIFY(distanceToBorder(cards.value(edge[u"to"].toString()), end) < 1);
    }

    const FreshHome m_home{};
};

QTEST_GUILESS_MAIN(TestPortolanctlLayout)
#include "test_portolanctl_layout.moc"
