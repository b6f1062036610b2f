#include "tests/fakes/cluster_maker.h"
#include "tests/fakes/synthetic_cluster.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/tables/fact_filter.h"
#include "ui/tables/table_list_model.h"
#include "ui/tables/tables.h"
#include "ui/tables/tables_view.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace portolan;
using namespace portolan::ui;
using portolan::uitest::frameOf;
using portolan::uitest::shopState;

namespace {
constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

ClusterStatePtr withOddities()
{
    auto state = std::make_shared<ClusterState>(*shopState());
    auto policy = std::make_shared<ApiObject>();
    policy->group = "cilium.io";
    policy->version = "v2";
    policy->kind = "CiliumNetworkPolicy";
    policy->meta.ns = "shop";
    policy->meta.name = "<b>bold</b>";
    state->others = ObjectTable<ApiObject>({policy});
    state->gaps.push_back(
        {{"", "v1", "Pod", "pods", true}, "secret", {ErrorCode::PermissionDenied, "no", "pods"}});
    auto event = std::make_shared<ClusterEvent>();
    event->meta.ns = "shop";
    event->meta.name = "web.1";
    event->type = "Warning";
    state->events = ObjectTable<ClusterEvent>({event});
    FlowLog log;
    log.flows = {
        {{ObjectKind::Pod, "Pod", "shop", "<i>web</i>"}, {}, 53, Protocol::Udp, 3, 1, {}, {}, "<b>", {}}};
    state->flows = std::make_shared<const FlowLog>(std::move(log));
    return state;
}

QStringList column(const QAbstractItemModel &model, int at)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
        cells << model.index(row, at).data().toString();
    return cells;
}
} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Every table, under the model tester, through a life of frames.
    void everyTableKeepsTheRulesOfItemModels()
    {
        const ClusterStatePtr state = withOddities();
        const auto first = frameOf(state);
        const auto fewer = frameOf(uitest::withoutPod(state, "shop", "web-7d9f-1"));
        const auto other = frameOf(fakes::syntheticCluster({.pods = 600}));
        FactTables tables = makeTables();
        tables.push_back(makeOtherTable("CiliumNetworkPolicy.cilium.io"));
        for (const auto &table : tables) {
            const QAbstractItemModelTester tester(table.get(), strict);
            for (const TopologyFramePtr &frame : {first, fewer, first, other, TopologyFramePtr(), first}) {
                table->setFrame(frame);
                QCOMPARE(table->rowCount(), frame ? table->countIn(*frame) : 0);
                for (int row = 0; row < qMin(table->rowCount(), 20); ++row) {
                    for (int at = 0; at < table->columnCount(); ++at)
                        table->index(row, at).data(Qt::AccessibleTextRole);
                }
            }
            QVERIFY2(table->rowCount() > 0, qPrintable(table->key()));
        }
    }

    void aRowThatStaysIsNotResetWhenAnotherGoes()
    {
        const ClusterStatePtr state = shopState();
        const auto table = makePodTable();
        table->setFrame(frameOf(state));
        const int before = table->rowCount();
        QSignalSpy removed(table.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(table.get(), &QAbstractItemModel::modelReset);
        const QStringList names = column(*table, 1);
        const int gone = int(names.indexOf(QStringLiteral("web-7d9f-1")));
        QVERIFY2(gone >= 0, qPrintable(names.join(u' ')));

        table->setFrame(frameOf(uitest::withoutPod(state, "shop", "web-7d9f-1")));
        QCOMPARE(table->rowCount(), before - 1);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.first().at(1).toInt(), gone);
    }

    void changesOfSortedLists()
    {
        const std::vector<int> before{1, 2, 3, 5, 8};
        const std::vector<int> after{2, 3, 4, 6, 7, 8};
        const RowChanges changes =
            changesBetween(before, after, std::less<>(), [](int a, int) { return a != 3; });
        QCOMPARE(changes.removed, (std::vector<RowRange>{{0, 0}, {3, 3}}));
        QCOMPARE(changes.inserted, (std::vector<RowRange>{{2, 4}}));
        QCOMPARE(changes.changed, (std::vector<RowRange>{{1, 1}}));
    }

    void everyWordOfTheFilterMustOccur()
    {
        const auto table = makePodTable();
        table->setFrame(frameOf(shopState()));
        FactFilter filter;
        const QAbstractItemModelTester tester(&filter, strict);
        filter.setSourceModel(table.get());
        filter.setWords(QStringLiteral("  SHOP  web "));
        const QStringList names = column(filter, 1);
        QCOMPARE(names.size(), 3);
        for (const QString &name : names)
            QVERIFY(name.startsWith(QLatin1String("web-")));
        filter.setWords({});
        QCOMPARE(filter.rowCount(), table->rowCount());
    }

    void numbersAreSortedAsNumbers()
    {
        auto state = std::make_shared<ClusterState>(*shopState());
        std::vector<std::shared_ptr<const Pod>> pods;
        for (const int restarts : {2, 10, 1}) {
            auto pod = std::make_shared<Pod>();
            pod->meta.ns = "a";
            pod->meta.name = "p" + std::to_string(restarts);
            pod->containers.push_back({});
            pod->containers.back().restarts = restarts;
            pods.push_back(pod);
        }
        state->pods = ObjectTable<Pod>(pods);
        const auto table = makePodTable();
        table->setFrame(frameOf(state));
        FactFilter filter;
        filter.setSourceModel(table.get());
        filter.sort(6);
        QCOMPARE(column(filter, 6),
                 (QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("10")}));
    }

    void discoveredKindsGetATable()
    {
        TableListModel list;
        const QAbstractItemModelTester tester(&list, strict);
        const int fixed = list.rowCount();
        list.setFrame(frameOf(withOddities()));
        QCOMPARE(list.rowCount(), fixed + 1);
        const QModelIndex row = list.index(fixed);
        QCOMPARE(row.data().toString(), QStringLiteral("CiliumNetworkPolicy"));
        QCOMPARE(row.data(TableListModel::CountRole).toString(), QStringLiteral("1"));
        list.setFrame(frameOf(withOddities()));
        QCOMPARE(list.rowCount(), fixed + 1);
    }

    void namesAreNeverMarkup()
    {
        const auto table = makeOtherTable("CiliumNetworkPolicy.cilium.io");
        table->setFrame(frameOf(withOddities()));
        QCOMPARE(table->cell(0, 1), QStringLiteral("<b>bold</b>"));
        QVERIFY(table->index(0, 1).data(Qt::ToolTipRole).toString().contains(QLatin1String("&lt;b&gt;")));
    }

    void selectingARowTellsWhatItIsAbout()
    {
        TablesView view;
        view.resize(900, 500);
        view.setFrame(frameOf(shopState()));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.showTable(QStringLiteral("services"));
        QCOMPARE(view.currentTable(), QStringLiteral("services"));
        QSignalSpy selected(&view, &TablesView::subjectSelected);
        auto *rows = view.findChild<QTableView *>();
        rows->setFocus(); // on the first row
        selected.clear();
        QTest::keyClick(rows, Qt::Key_Down);
        QCOMPARE(selected.count(), 1);
        const Subject subject = selected.first().first().value<Subject>();
        QCOMPARE(subject.object.kind, ObjectKind::Service);

        // The same row stays selected when a frame comes, without a word.
        view.setFrame(frameOf(uitest::withoutPod(shopState(), "shop", "web-7d9f-1")));
        QCOMPARE(selected.count(), 1);
        QVERIFY(rows->currentIndex().isValid());
        QSignalSpy activated(&view, &TablesView::subjectActivated);
        QTest::keyClick(rows, Qt::Key_Return);
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.first().first().value<Subject>(), subject);
    }

    void nodesTellWhatJoinsThem()
    {
        fakes::ClusterMaker maker;
        maker.node("node-a");
        maker.node("node-b");
        maker.workload("DaemonSet", "kube-system", "calico-node", 2, {{"k8s-app", "calico-node"}});
        const auto cells = [&maker](const QString &title) {
            const auto table = makeNodeTable();
            table->setFrame(frameOf(maker.state()));
            for (int at = 0; at < table->columnCount(); ++at) {
                if (table->headerData(at, Qt::Horizontal, Qt::DisplayRole).toString() == title)
                    return column(*table, at);
            }
            return QStringList();
        };
        QCOMPARE(cells(QStringLiteral("Joined by")).value(1),
                 QStringLiteral("not known (Calico): IPPool was not read"));
        QCOMPARE(cells(QStringLiteral("MTU, as configured")).value(0),
                 QStringLiteral("not read (calico-config)"));
        maker.other("crd.projectcalico.org", "IPPool", "", "default").json =
            std::make_shared<const std::string>(
                R"({"spec": {"cidr": "10.42.0.0/16", "vxlanMode": "Always"}})");
        maker.other("", "ConfigMap", "kube-system", "calico-config").json =
            std::make_shared<const std::string>(R"({"data": {"veth_mtu": "1410"}})");
        QCOMPARE(cells(QStringLiteral("Joined by")).value(0), QStringLiteral("VXLAN (Calico)"));
        QCOMPARE(cells(QStringLiteral("MTU, as configured")).value(1),
                 QStringLiteral("1410 (ConfigMap kube-system/calico-config: veth_mtu)"));
    }
};

QTEST_MAIN(TestTables)
#include "test_tables.moc"
