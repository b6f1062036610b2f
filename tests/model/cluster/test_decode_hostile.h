#pragma once

#include <QObject>

/// Declared apart from its code: moc does not read raw string literals.
class TestDecodeHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileDocumentsAreRefused_data();
    void hostileDocumentsAreRefused();
    void oneOddItemIsDroppedAndNamed_data();
    void oneOddItemIsDroppedAndNamed();
    void anOddObjectInAWatchDoesNotEndTheStream();
    void ofEqualKeysTheLastOneCounts();
    void fieldsThatAreNotReadMayBeDeep();
    void textsMayBeLong();
    void cutAndFlippedDocuments_data();
    void cutAndFlippedDocuments();
};
