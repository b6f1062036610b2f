#include "tests/ui/support/ui_frames.h"
#include "ui/findings/findings_model.h"
#include "ui/findings/findings_panel.h"
#include "ui/findings/growing_views.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace portolan;
using namespace portolan::ui;
using portolan::uitest::frameOf;
using portolan::uitest::shopState;

class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findingsAreGroupedByRuleWorstFirst()
    {
        FindingsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto frame = frameOf(shopState());
        model.setFindings(frame->findings);
        int all = 0;
        int last = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex rule = model.index(row, 0);
            const int severity = rule.data(FindingsModel::SeverityRole).toInt();
            QVERIFY(severity >= last);
            last = severity;
            QCOMPARE(rule.data(FindingsModel::CountRole).toInt(), model.rowCount(rule));
            all += model.rowCount(rule);
        }
        QCOMPARE(all, int(frame->findings->size()));
        model.setFindings(std::make_shared<const std::vector<Finding>>(*frame->findings));
        QCOMPARE(model.findingsAt(model.index(0, 0)).size(), std::size_t(model.rowCount(model.index(0, 0))));
        model.setFindings(nullptr);
        QVERIFY(model.isEmpty());
    }

    void aClickSelectsTheObjectOrHighlightsThemAll()
    {
        FindingsPanel panel;
        auto findings = std::make_shared<std::vector<Finding>>();
        const ObjectRef promo{ObjectKind::Service, "Service", "shop", "promo"};
        const ObjectRef a{ObjectKind::Pod, "Pod", "shop", "a"};
        const ObjectRef b{ObjectKind::Pod, "Pod", "shop", "b"};
        findings->push_back({"service-without-endpoints", Severity::Problem, promo, {}, {}});
        findings->push_back({"pod-not-ready", Severity::Warning, a, {}, {}});
        findings->push_back({"pod-not-ready", Severity::Warning, b, {}, {}});
        auto frame = std::make_shared<TopologyFrame>(*frameOf(shopState()));
        frame->findings = findings;
        panel.setFrame(frame);
        QSignalSpy selected(&panel, &FindingsPanel::subjectSelected);
        QSignalSpy highlighted(&panel, &FindingsPanel::objectsHighlighted);
        auto *tree = panel.findChild<GrowingTree *>();

        Q_EMIT tree->clicked(panel.model()->index(0, 0));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.first().first().value<Subject>().object, promo);

        highlighted.clear();
        Q_EMIT tree->clicked(panel.model()->index(1, 0));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(highlighted.first().first().value<std::vector<ObjectRef>>(), (std::vector<ObjectRef>{a, b}));
        QVERIFY(tree->isExpanded(panel.model()->index(1, 0)));
    }

    void aFailedProbeLeadsToItsPair()
    {
        const Finding finding{"probe-failed",
                              Severity::Warning,
                              {ObjectKind::Pod, "Pod", "shop", "catalog-1"},
                              {{ObjectKind::Service, "Service", "payments", "ledger"}},
                              {{"port", "53/UDP"}}};
        const Subject subject = subjectOf(finding);
        QVERIFY(subject.pair);
        QCOMPARE(subject.pair->port, std::uint16_t(53));
        QCOMPARE(subject.pair->method, ProbeMethod::Udp);
        QCOMPARE(subject.pair->destination.name, std::string("ledger"));
    }
};

QTEST_MAIN(TestFindings)
#include "test_findings.moc"
