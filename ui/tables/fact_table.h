#pragma once

#include "model/session/topology_frame.h"
#include "ui/inspector/subject.h"
#include "ui/tables/row_changes.h"
#include "ui/words/tone.h"

#include <QAbstractTableModel>

#include <memory>
#include <unordered_map>
#include <vector>

namespace portolan::ui {

/// The head of a column.
struct ColumnHead
{
    QString title;
    int width = 120; ///< first width, in device-independent pixels
    bool number = false;
    bool mono = false;
};

/// One kind of fact as rows: thin over a frame, which it keeps alive. What a person sees in the map or the
/// inspector stands in one of these. GUI thread.
class FactTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { ToneRole = Qt::UserRole + 1, MonoRole };

    explicit FactTable(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    /// Stable name, for settings: "pods".
    virtual QString key() const = 0;
    virtual QString title() const = 0;
    virtual std::vector<ColumnHead> heads() const = 0;
    /// How many rows `frame` would give, without taking it.
    virtual int countIn(const TopologyFrame &frame) const = 0;
    /// Takes the rows of `frame`; rows that stay keep their place for selections. May be null: no rows.
    virtual void setFrame(const TopologyFramePtr &frame) = 0;

    virtual Subject subjectAt(int row) const = 0;
    virtual QString cell(int row, int column) const = 0;
    virtual Tone toneAt(int row, int column) const = 0;
    /// Order of two rows by a column. The default compares the texts.
    virtual bool less(int a, int b, int column) const;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    /// To be called by subclasses whenever rows change: texts that were kept for sorting are stale.
    void forgetSortTexts() { m_sortTexts.clear(); }

private:
    const std::vector<ColumnHead> &cachedHeads() const;
    const std::vector<QString> &sortTexts(int column) const;

    mutable std::vector<ColumnHead> m_heads;
    mutable std::unordered_map<int, std::vector<QString>> m_sortTexts;
};

using FactTables = std::vector<std::unique_ptr<FactTable>>;

} // namespace portolan::ui
