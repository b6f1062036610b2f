#pragma once

#include <QObject>

/// Declared apart from its code: moc does not read raw string literals.
class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMemberComesBack();
    void defaultsComeBackToo();
    void theHeaderTellsWhatItIs();
    void aRecordingKeepsItsTime();
    void secretsStayOut();
    void urls_data();
    void urls();
    void bytesThatAreNoTextDoNotBreakIt();
    void filesAreOfTheirOwnerAlone();
    void anOldRecordingSurvivesAFailure();
    void whatIsNoFileIsRefused();
    void whatIsNoGzipIsNotReadToItsEnd();
    void everyCutIsRefused();
    void everyFlippedByteIsRefused();
    void editedTextIsRefused_data();
    void editedTextIsRefused();
    void bombsAreRefused();
    void unknownKeysAndLinesAreSkipped();
};
