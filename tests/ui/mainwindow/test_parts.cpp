#include "tests/fakes/synthetic_cluster.h"
#include "tests/ui/support/ui_frames.h"
#include "ui/base/background.h"
#include "ui/mainwindow/cluster_chooser.h"
#include "ui/mainwindow/finder_index.h"
#include "ui/mainwindow/kubeconfig_contexts.h"
#include "ui/mainwindow/namespace_model.h"
#include "ui/mainwindow/navigator.h"
#include "ui/mainwindow/notice_bar.h"
#include "ui/mainwindow/pair_dialog.h"
#include "ui/mainwindow/places_store.h"
#include "ui/mainwindow/questions.h"
#include "ui/mainwindow/status_notices.h"
#include "ui/mainwindow/status_strip.h"
#include "ui/mainwindow/subject_name.h"

#include <QAbstractItemModelTester>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace portolan;
using namespace portolan::ui;
using portolan::uitest::frameOf;
using portolan::uitest::shopState;

namespace {

std::string firstFound(const FinderIndex &index, std::string_view query)
{
    const auto hits = index.find(query);
    return hits.empty() ? std::string() : hits.front().entry->object.toString();
}

kube::WatchStatus watch(kube::WatchPhase phase, std::size_t listed = 0,
                        std::optional<std::int64_t> remaining = {})
{
    kube::WatchStatus status;
    status.resource = {"", "v1", "Pod", "pods", true};
    status.phase = phase;
    status.listed = listed;
    status.remaining = remaining;
    return status;
}

} // namespace

class TestParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namespacesCanBeHidden()
    {
        NamespaceModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(frameOf(shopState()));
        QCOMPARE(model.rowCount(), 7);
        QSignalSpy changed(&model, &NamespaceModel::hiddenChanged);
        const auto rowOf = [&](const std::string &name) {
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.nameAt(row) == name)
                    return row;
            }
            return -1;
        };
        const QModelIndex shop = model.index(rowOf("shop"));
        QCOMPARE(shop.data(NamespaceModel::CountRole).toString(), QStringLiteral("5 wl · 15 pol"));
        QVERIFY(model.setData(shop, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(model.hidden(), (std::set<std::string>{"shop"}));
        QCOMPARE(model.shownCount(), 6);
        model.showOnlyNamed("shop");
        QCOMPARE(model.shownCount(), 1);
        QCOMPARE(model.index(rowOf("shop")).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        model.showAll();
        QVERIFY(model.hidden().empty());
        QCOMPARE(changed.count(), 3);
        model.setFrame(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void theFinderFinds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("first");
        QTest::newRow("service by name")
            << QStringLiteral("checkout") << QStringLiteral("Service shop/checkout");
        QTest::newRow("kind and name")
            << QStringLiteral("stateful cart") << QStringLiteral("StatefulSet shop/cart");
        QTest::newRow("namespace/name")
            << QStringLiteral("payments/led") << QStringLiteral("Service payments/ledger");
        QTest::newRow("node") << QStringLiteral("NODE-B") << QStringLiteral("Node node-b");
        QTest::newRow("policy") << QStringLiteral("cart-from-cat")
                                << QStringLiteral("NetworkPolicy shop/cart-from-catalog");
        QTest::newRow("letters in order")
            << QStringLiteral("dfltdny data") << QStringLiteral("NetworkPolicy data/default-deny");
        QTest::newRow("host of an ingress")
            << QStringLiteral("shop.example.com") << QStringLiteral("Ingress edge/shop");
        QTest::newRow("nothing") << QStringLiteral("no such thing at all") << QString();
        QTest::newRow("empty") << QStringLiteral("  ") << QString();
    }
    void theFinderFinds()
    {
        QFETCH(QString, query);
        const FinderIndex index(*shopState());
        QTEST(QString::fromStdString(firstFound(index, query.toStdString())), "first");
    }

    void theFinderFindsAddressesAndLabels()
    {
        const ClusterStatePtr state = shopState();
        const FinderIndex index(*state);
        const Pod &pod = *state->pods.inNamespace("shop").front();
        QCOMPARE(firstFound(index, pod.ips.front()), refOf(pod).toString());
        const auto labelled = index.find("pod k8s-app=kube-dns");
        QVERIFY(labelled.size() >= 2);
        QCOMPARE(labelled.front().entry->object.ns, std::string("kube-system"));
        QVERIFY(index.find("shop", 5).size() == 5);
    }

    void navigationHasAWayBack()
    {
        Navigator navigator;
        QSignalSpy changed(&navigator, &Navigator::subjectChanged);
        const Subject a = Subject::of(ObjectRef{ObjectKind::Node, "Node", "", "a"});
        const Subject b = Subject::of(ObjectRef{ObjectKind::Node, "Node", "", "b"});
        navigator.go(a);
        navigator.go(a);
        navigator.go(b);
        QCOMPARE(changed.count(), 2);
        navigator.back();
        QCOMPARE(navigator.subject(), a);
        QVERIFY(navigator.canGoForward());
        navigator.forward();
        QCOMPARE(navigator.subject(), b);
        navigator.back();
        navigator.go(Subject{});
        QVERIFY(!navigator.canGoForward());
        navigator.clear();
        QVERIFY(!navigator.canGoBack());
    }

    void noticesShowPlainTextAndTakeNoRoomWithoutOne()
    {
        QWidget window;
        NoticeBar bar(&window);
        bar.setTheme(lightTheme());
        QVERIFY(bar.isHidden());
        int cancelled = 0;
        Notice notice;
        notice.key = QStringLiteral("k");
        notice.text = QStringLiteral("<b>reading</b>");
        notice.percent = 10;
        notice.actions = {{QStringLiteral("Cancel"), [&] { ++cancelled; }}};
        bar.put(notice);
        QVERIFY(!bar.isHidden());
        for (const QLabel *label : bar.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
        QPushButton *button = bar.findChild<QPushButton *>();
        notice.text = QStringLiteral("more");
        notice.percent = 50;
        bar.put(notice);
        QCOMPARE(bar.textOf(QStringLiteral("k")), QStringLiteral("more"));
        QCOMPARE(bar.findChild<QPushButton *>(), button); // changed in place: it can be clicked meanwhile
        button->click();
        QCOMPARE(cancelled, 1);
        bar.remove(QStringLiteral("k"));
        QVERIFY(bar.isHidden());
    }

    void theConnectionIsExplained()
    {
        int stopped = 0;
        const StatusNotices::Intents intents{[&] { ++stopped; }, [] {}, [] {}};
        SessionStatus status;
        status.phase = SessionPhase::Listing;
        status.watches = {watch(kube::WatchPhase::Watching), watch(kube::WatchPhase::Listing, 1500, 18'500)};
        auto notice = StatusNotices::forStatus(status, QStringLiteral("prod"), intents);
        QVERIFY(notice);
        QCOMPARE(notice->detail, QStringLiteral("pods 1,500 of 20,000"));
        QCOMPARE(*notice->percent, 53);
        notice->actions.front().run();
        QCOMPARE(stopped, 1);
        status.phase = SessionPhase::Live;
        QVERIFY(!StatusNotices::forStatus(status, {}, intents));
        status.phase = SessionPhase::Failed;
        status.problem = Error{ErrorCode::Unauthorized, "token expired", "https://host:6443"};
        notice = StatusNotices::forStatus(status, QStringLiteral("prod"), intents);
        QVERIFY(notice->detail.contains(QLatin1String("https://host:6443")));
        QCOMPARE(notice->tone, Tone::Bad);
    }

    void theStatusStripTellsHowFarBehindAndWhatIsMissing()
    {
        SessionStatus status;
        status.phase = SessionPhase::Live;
        status.behind = std::chrono::milliseconds(38);
        status.watches = {watch(kube::WatchPhase::Watching), watch(kube::WatchPhase::Watching),
                          watch(kube::WatchPhase::Forbidden)};
        QVERIFY(watchText(status).endsWith(QStringLiteral("· 38 ms behind")));
        status.watches[0].phase = kube::WatchPhase::BackingOff;
        QVERIFY(watchText(status).startsWith(QStringLiteral("1 of 2")));
        auto state = std::make_shared<ClusterState>(*shopState());
        state->gaps.push_back({{"", "v1", "Secret", "secrets", true}, "", {}});
        StatusStrip strip;
        QSignalSpy wanted(&strip, &StatusStrip::gapsWanted);
        strip.setFrame(frameOf(state));
        auto *gaps = strip.findChild<QPushButton *>(QStringLiteral("gaps"));
        QVERIFY(gaps->isVisibleTo(&strip));
        gaps->click();
        QCOMPARE(wanted.count(), 1);
    }

    void placesAreRememberedAndNothingElseIsTaken()
    {
        const auto frame = frameOf(shopState());
        QTemporaryDir directory;
        const QString file =
            places::fileFor(directory.path() + QStringLiteral("/a/b"), QStringLiteral("c"), {});
        QVERIFY(!places::load(file));
        LayoutResult pinned = *frame->layout;
        pinned.pinnedNodes.insert(frame->graph->nodes.front().id);
        pinned.pinnedGroups.insert(frame->graph->groups.front().id);
        QVERIFY(places::save(file, pinned).has_value());
        const LayoutResultPtr again = places::load(file);
        QVERIFY(again);
        QVERIFY(again->pinnedNodes == pinned.pinnedNodes && again->pinnedGroups == pinned.pinnedGroups);
        QCOMPARE(again->nodes, frame->layout->nodes);
        QCOMPARE(again->groups, frame->layout->groups);
        QByteArray bytes = places::encode(*frame->layout);
        QVERIFY(!places::decode(bytes.left(bytes.size() - 1)).has_value());
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
        QCOMPARE(places::decode(bytes).error().code, ErrorCode::InvalidInput);
        QVERIFY(!places::decode({}).has_value());
        QVERIFY(places::fileFor(QStringLiteral("d"), QStringLiteral("x"), {}) !=
                places::fileFor(QStringLiteral("d"), QStringLiteral("y"), {}));
        QVERIFY(places::fileFor(QStringLiteral("d"), QStringLiteral("x"), {}) !=
                places::fileFor(QStringLiteral("d"), QStringLiteral("x"), {}, GraphView::Nodes));
    }

    void subjectsAreNamed()
    {
        auto object = std::make_shared<ApiObject>();
        object->kind = "GlobalNetworkPolicy";
        object->meta.name = "guard";
        auto state = std::make_shared<ClusterState>(*shopState());
        state->others = ObjectTable<ApiObject>({object});
        const auto frame = frameOf(state);
        const auto name = [&](std::string_view words) {
            const auto subject = subjectNamed(*frame, words);
            return subject ? subject->object.toString() : std::string("none");
        };
        QCOMPARE(name("shop/web"), std::string("Deployment shop/web"));
        QCOMPARE(name("shop/promo"), std::string("Service shop/promo"));
        QCOMPARE(name("node-a"), std::string("Node node-a"));
        QCOMPARE(name("shop"), std::string("Namespace shop"));
        QCOMPARE(name("guard"), std::string("GlobalNetworkPolicy guard"));
        QVERIFY(!subjectNamed(*frame, "shop/none"));
        const auto line = subjectNamed(*frame, "shop/web -> shop/checkout");
        QVERIFY(line && line->edge.isValid());
        QVERIFY(!subjectNamed(*frame, "shop/none -> shop/checkout"));
    }

    void aPairIsChosenByHand()
    {
        const auto frame = frameOf(shopState());
        PairDialog dialog(frame, {}, {});
        QVERIFY(!dialog.request());
        dialog.setSourceText(QStringLiteral("shop/web-7d9f-0"));
        dialog.setDestinationText(QStringLiteral("svc kube-system/kube-dns"));
        QVERIFY(dialog.request());
        QCOMPARE(dialog.request()->port, std::uint16_t(53));
        QCOMPARE(dialog.request()->protocol, Protocol::Udp);
        dialog.setDestinationText(QStringLiteral("203.0.113.9"));
        dialog.setPort(443);
        dialog.setMethod(ProbeMethod::Http);
        QCOMPARE(dialog.request()->destination, (ObjectRef{ObjectKind::Other, "Address", "", "203.0.113.9"}));
        QCOMPARE(dialog.request()->protocol, Protocol::Tcp);
        dialog.setDestinationText(QStringLiteral("a; rm -rf /"));
        QVERIFY(!dialog.request());
        QSignalSpy chosen(&dialog, &PairDialog::probeChosen);
        dialog.setDestinationText(QStringLiteral("svc shop/checkout"));
        for (QAbstractButton *button : dialog.findChild<QDialogButtonBox *>()->buttons()) {
            if (button->text() == QStringLiteral("Probe"))
                button->click();
        }
        QCOMPARE(chosen.count(), 1);
    }

    void questionsAreAskedInPlainTextAndDefaultToNo()
    {
        QWidget window;
        window.show();
        std::optional<bool> answer;
        kube::ExecPluginSpec plugin;
        plugin.command = "/opt/<b>login</b>";
        askExecPlugin(&window, plugin, QStringLiteral("prod"), QStringLiteral("/k"),
                      [&](bool yes) { answer = yes; });
        auto *box = window.findChild<QMessageBox *>();
        QVERIFY(box);
        QCOMPARE(box->textFormat(), Qt::PlainText);
        QVERIFY(box->informativeText().contains(QLatin1String("/opt/<b>login</b>")));
        for (const QLabel *label : box->findChildren<QLabel *>())
            QVERIFY(label->textFormat() != Qt::RichText && label->textFormat() != Qt::AutoText);
        box->defaultButton()->click();
        QCOMPARE(answer, std::optional(false));
    }

    void aBackgroundResultComesOnTheOwnThreadOrNotAtAll()
    {
        QObject receiver;
        QThread *seen = nullptr;
        bool done = false;
        runInBackground(
            &receiver, [] { return QThread::currentThread(); },
            [&](QThread *worker) {
                seen = worker;
                done = true;
            });
        QTRY_VERIFY(done);
        QVERIFY(seen != QThread::currentThread());
        auto *gone = new QObject;
        bool called = false;
        runInBackground(
            gone, [] { return 1; }, [&](int) { called = true; });
        delete gone;
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void theChooserListsContextsAsTheyAreWritten()
    {
        QTemporaryDir directory;
        const QString file = directory.filePath(QStringLiteral("config"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts:\n"
                  "- name: a\n  context: {cluster: c, user: u}\n- name: '<b>x</b> & y'\n  context: {cluster: "
                  "c, user: u}\n"
                  "clusters:\n- name: c\n  cluster: {server: 'https://127.0.0.1:1'}\nusers:\n- name: u\n  "
                  "user: {}\n");
        out.close();
        KubeconfigContexts contexts;
        QSignalSpy changed(&contexts, &KubeconfigContexts::changed);
        contexts.load(file);
        QVERIFY(changed.wait());
        QCOMPARE(contexts.names().size(), 2);
        QCOMPARE(contexts.current(), QStringLiteral("a"));
        ClusterChooser chooser(&contexts);
        Q_EMIT chooser.choices()->aboutToShow();
        QStringList entries;
        for (const QAction *action : chooser.choices()->actions())
            entries << action->text();
        QVERIFY2(entries.contains(QStringLiteral("<b>x</b> && y")), qPrintable(entries.join(u'|')));
        QSignalSpy opened(&chooser, &ClusterChooser::openRequested);
        for (QAction *action : chooser.choices()->actions()) {
            if (action->text() == QStringLiteral("<b>x</b> && y"))
                action->trigger();
        }
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().value<OpenRequest>().context, std::string("<b>x</b> & y"));
    }
};

QTEST_MAIN(TestParts)
#include "test_parts.moc"
