#include "tests/fakes/cluster_maker.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/matrix/matrix_delegate.h"
#include "ui/matrix/matrix_table.h"
#include "ui/matrix/matrix_view.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPainter>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <map>
#include <set>

using namespace portolan;
using namespace portolan::ui;
using portolan::uitest::frameOf;
using portolan::uitest::shopState;
using portolan::uitest::withoutPod;

namespace {

ReachMatrixPtr matrixOf(const ClusterStatePtr &state, std::optional<policy::Traffic> traffic = {})
{
    return ReachMatrix::make(*policy::PolicyModel::make(state), traffic, CancelSource().token());
}

int placeOf(const MatrixTable &table, const QString &name)
{
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.headerData(i, Qt::Vertical, Qt::ToolTipRole).toString() == name)
            return i;
    }
    return -1;
}

CellVerdict verdictAt(const MatrixTable &table, const QString &from, const QString &to)
{
    return CellVerdict(
        table.index(placeOf(table, from), placeOf(table, to)).data(MatrixTable::VerdictRole).toInt());
}

/// A view of the shop that answers its own questions, as a session would.
struct ShownMatrix
{
    ClusterStatePtr state = shopState();
    MatrixView view;
    int asked = 0;

    ShownMatrix()
    {
        QObject::connect(&view, &MatrixView::matrixWanted, &view, [this] {
            ++asked;
            view.setMatrix(matrixOf(state, view.traffic()));
        });
        view.setFrame(frameOf(state));
        view.resize(900, 700);
        view.setTheme(lightTheme());
        view.show();
    }
};

} // namespace

class TestMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Nothing is cut off: what has no room in one line has two.
    void itsTopFitsIntoANarrowWindow_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("isOneLine");
        QTest::newRow("wide") << 1200 << true;
        QTest::newRow("narrow") << 700 << false;
        QTest::newRow("narrower still") << 460 << false;
    }

    void itsTopFitsIntoANarrowWindow()
    {
        QFETCH(int, width);
        QFETCH(bool, isOneLine);
        ShownMatrix shown;
        shown.view.setTheme(lightTheme());
        shown.view.resize(width, 500);
        shown.view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
        const auto *legend = shown.view.findChild<QWidget *>(QStringLiteral("legend"));
        QVERIFY(legend && legend->width() >= legend->sizeHint().width());
        QVERIFY(shown.view.rect().contains(legend->geometry()));
        for (const QToolButton *chip : shown.view.findChildren<QToolButton *>())
            QVERIFY(chip->width() >= chip->sizeHint().width());
        const auto *chip = shown.view.similarButton();
        QCOMPARE(legend->y() < chip->geometry().bottom(), isOneLine);
    }

    void theTableKeepsTheRulesOfItemModels()
    {
        MatrixTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const ReachMatrixPtr matrix = matrixOf(shopState());
        table.setMatrix(matrix);
        QCOMPARE(table.rowCount(), int(matrix->ends().size()));
        table.setMatrix(matrixOf(withoutPod(shopState(), "shop", "web-7d9f-1")));
        table.toggleFold(0);
        table.setAllFolded(true);
        table.setAllFolded(false);
        table.setMatrix(nullptr);
        QCOMPARE(table.rowCount(), 0);
    }

    void anEqualSetOfWorkloadsKeepsTheView()
    {
        MatrixTable table;
        table.setMatrix(matrixOf(shopState()));
        QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.setMatrix(matrixOf(withoutPod(shopState(), "shop", "web-7d9f-1")));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
    }

    void aFoldedNamespaceIsOneRowWithAllItsAnswers()
    {
        MatrixTable table;
        table.setMatrix(matrixOf(shopState()));
        const int before = table.rowCount();
        const int web = placeOf(table, QStringLiteral("shop/web"));
        QVERIFY(web >= 0);
        CellVerdict all = CellVerdict::NoPods;
        int folded = 0;
        for (int i = 0; i < before; ++i) {
            if (table.namespaceOf(i) != "shop")
                continue;
            ++folded;
            for (int j = 0; j < before; ++j) {
                if (table.namespaceOf(j) == "shop")
                    all = joined(all, CellVerdict(table.index(i, j).data(MatrixTable::VerdictRole).toInt()));
            }
        }
        table.toggleFold(web);
        QCOMPARE(table.rowCount(), before - folded + 1);
        QCOMPARE(verdictAt(table, QStringLiteral("shop"), QStringLiteral("shop")), all);
        const int row = placeOf(table, QStringLiteral("shop"));
        QVERIFY(!table.end(row));
        QVERIFY(table.headerData(row, Qt::Vertical, Qt::DisplayRole)
                    .toString()
                    .contains(QString::number(folded)));
        table.toggleFold(row);
        QCOMPARE(table.rowCount(), before);
    }

    void likeOnesCanBePutTogether()
    {
        ShownMatrix shown;
        MatrixTable &table = *shown.view.table();
        const auto cells = [&] {
            std::map<QString, int> all;
            for (int i = 0; i < table.rowCount(); ++i) {
                for (int j = 0; j < table.rowCount(); ++j)
                    all[table.index(i, j).data(Qt::ToolTipRole).toString()] =
                        table.index(i, j).data(MatrixTable::VerdictRole).toInt();
            }
            return all;
        };
        const auto before = cells();
        const QString first = table.headerData(0, Qt::Vertical, Qt::DisplayRole).toString();
        shown.view.similarButton()->click();
        QVERIFY(cells() == before); // every pair still is what it was
        std::set<std::string> seen;
        for (int i = 0; i < table.rowCount(); ++i)
            QVERIFY((i > 0 && table.namespaceOf(i) == table.namespaceOf(i - 1)) ||
                    seen.insert(table.namespaceOf(i)).second);
        shown.view.similarButton()->click();
        QCOMPARE(table.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), first);
    }

    void everyCellSaysInWordsWhatItShows()
    {
        MatrixTable table;
        table.setMatrix(matrixOf(shopState()));
        for (int i = 0; i < table.rowCount(); ++i) {
            for (int j = 0; j < table.columnCount(); ++j) {
                const QString text = table.index(i, j).data(Qt::AccessibleTextRole).toString();
                QVERIFY(text.startsWith(table.headerData(i, Qt::Vertical, Qt::ToolTipRole).toString()));
            }
        }
    }

    void everyVerdictHasAShapeOfItsOwn()
    {
        std::set<QByteArray> shapes;
        for (const CellVerdict verdict : {CellVerdict::NoPods, CellVerdict::Allowed, CellVerdict::Denied,
                                          CellVerdict::Mixed, CellVerdict::Unknown}) {
            QImage image(26, 26, QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            paintVerdictSign(painter, lightTheme(), verdict, image.rect());
            painter.end();
            // The alpha alone: what is left where colours are not seen.
            const QImage alpha = image.convertToFormat(QImage::Format_Alpha8);
            shapes.insert(QByteArray(reinterpret_cast<const char *>(alpha.constBits()), alpha.sizeInBytes()));
        }
        QCOMPARE(shapes.size(), std::size_t(5));
    }

    void portsOfTheClusterCanBeChosen()
    {
        ShownMatrix shown;
        QCOMPARE(shown.asked, 1);
        QVERIFY(!shown.view.traffic());
        auto *ports = shown.view.findChild<QComboBox *>();
        QVERIFY(ports->count() > 1);
        ports->setCurrentIndex(1);
        Q_EMIT ports->activated(1);
        QCOMPARE(shown.asked, 2);
        QVERIFY(shown.view.traffic());
        QCOMPARE(shown.view.table()->matrix()->traffic(), shown.view.traffic());
        QVERIFY(shown.view.isComplete());
    }

    /// A storm of events must not keep the answer away for ever, nor leave an old one standing.
    void oneQuestionAtATime()
    {
        MatrixView view;
        QSignalSpy wanted(&view, &MatrixView::matrixWanted);
        view.show();
        view.setFrame(nullptr); // a cluster is being opened: there is nobody to ask yet
        QCOMPARE(wanted.count(), 0);
        const ClusterStatePtr state = shopState();
        view.setFrame(frameOf(state));
        QCOMPARE(wanted.count(), 1);
        view.setFrame(frameOf(withoutPod(state, "shop", "web-7d9f-1")));
        view.setFrame(frameOf(state));
        QCOMPARE(wanted.count(), 1);
        view.setMatrix(matrixOf(state));
        QVERIFY(!view.isComplete());
        QCOMPARE(wanted.count(), 2);
        view.setMatrix(matrixOf(state));
        QVERIFY(view.isComplete());
        QCOMPARE(wanted.count(), 2);
    }

    void cellsAreChosenByKeyboard()
    {
        ShownMatrix shown;
        QTableView *cells = shown.view.cells();
        QSignalSpy selected(&shown.view, &MatrixView::pairSelected);
        QSignalSpy activated(&shown.view, &MatrixView::pairActivated);
        cells->setCurrentIndex(shown.view.table()->index(0, 1));
        QTest::keyClick(cells, Qt::Key_Right);
        QVERIFY(selected.count() >= 2);
        const auto &ends = shown.view.table()->matrix()->ends();
        QCOMPARE(selected.last().at(0).value<NodeId>(), ends[0].node);
        QCOMPARE(selected.last().at(1).value<NodeId>(), ends[2].node);
        QTest::keyClick(cells, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        const int rows = shown.view.table()->rowCount();
        QTest::keyClick(cells, Qt::Key_Space);
        QVERIFY(shown.view.table()->rowCount() < rows);
        QVERIFY(cells->currentIndex().isValid());
    }
};

QTEST_MAIN(TestMatrix)
#include "test_matrix.moc"
