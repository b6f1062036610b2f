#pragma once

#include <QObject>

/// Declared apart from its code: moc does not read raw string literals.
class TestDecode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aListPageTellsWhereItEnds();
    void inPlaceGivesTheSameAndLeavesTheText();
    void aPodWithEverything();
    void containersComeInSpecOrderWithTheirStatus();
    void podsThatAreNotReadySayWhy();
    void equalLabelsAreSharedWithinADecoder();
    void services_();
    void endpointConditionsHaveDefaultsOfTheirOwn();
    void endpointsBecomeSlices();
    void policyRulesAndPeers();
    void policyTypesAreResolved();
    void keptJsonIsCompleteButForWhatIsNoise();
    void otherKindsKeepTheirJson();
    void ingresses_();
    void nodes_();
    void namespaces_();
    void workloads_data();
    void workloads();
    void events_();
    void watchEvents();
    void aStatusTellsWhenToComeAgain();
    void fieldsMayComeInAnyOrder();
};
