#pragma once

#include "ui/tables/fact_table.h"

#include <functional>

namespace portolan::ui {

/// A column over objects of type T. Texts may depend on the rest of the frame too.
template<class T>
struct ObjectColumn
{
    ColumnHead head;
    std::function<QString(const T &, const TopologyFrame &)> text;
    std::function<bool(const T &, const T &)> less = {}; ///< empty: by text
    std::function<Tone(const T &)> tone = {};            ///< empty: Tone::None
    bool ofOthers = false; ///< the text depends on other objects of the frame, too
};

/// A FactTable over one ObjectTable of the state. What it is called and which columns it has are values.
template<class T>
class ObjectsTable : public FactTable
{
public:
    using Ptr = std::shared_ptr<const T>;
    using Wanted = std::function<bool(const T &)>;

    /// `wanted` empty: every object.
    ObjectsTable(QString key, QString title, std::vector<ObjectColumn<T>> columns, Wanted wanted = {})
        : m_key(std::move(key)),
          m_title(std::move(title)),
          m_columns(std::move(columns)),
          m_wanted(std::move(wanted))
    {
    }

    QString key() const override { return m_key; }
    QString title() const override { return m_title; }
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }

    std::vector<ColumnHead> heads() const override
    {
        std::vector<ColumnHead> heads;
        for (const ObjectColumn<T> &column : m_columns)
            heads.push_back(column.head);
        return heads;
    }

    int countIn(const TopologyFrame &frame) const override
    {
        if (!frame.state)
            return 0;
        const ObjectTable<T> &table = frame.state->template table<T>();
        return m_wanted ? int(wantedOf(table).size()) : int(table.size());
    }

    void setFrame(const TopologyFramePtr &frame) override
    {
        if (frame == m_frame)
            return;
        if (!frame || !frame->state) {
            // Not as removals: views ask about rows while they go, and there is no state to answer from.
            beginResetModel();
            m_rows.clear();
            m_frame.reset();
            forgetSortTexts();
            endResetModel();
            return;
        }
        std::vector<Ptr> fresh = wantedOf(frame->state->template table<T>());
        const RowChanges changes = changesBetween(
            m_rows, fresh, [](const Ptr &x, const Ptr &y) { return ObjectTable<T>::less(*x, *y); },
            [](const Ptr &x, const Ptr &y) { return x == y; });
        m_frame = frame;
        forgetSortTexts();
        take(std::move(fresh), changes);
        for (int column = 0; column < int(m_columns.size()) && !m_rows.empty(); ++column) {
            if (m_columns[std::size_t(column)].ofOthers)
                Q_EMIT dataChanged(index(0, column), index(int(m_rows.size()) - 1, column));
        }
    }

    Subject subjectAt(int row) const override { return Subject::of(refOf(at(row))); }
    QString cell(int row, int column) const override
    {
        return m_columns[std::size_t(column)].text(at(row), *m_frame);
    }
    Tone toneAt(int row, int column) const override
    {
        const auto &tone = m_columns[std::size_t(column)].tone;
        return tone ? tone(at(row)) : Tone::None;
    }
    bool less(int a, int b, int column) const override
    {
        const auto &typed = m_columns[std::size_t(column)].less;
        return typed ? typed(at(a), at(b)) : FactTable::less(a, b, column);
    }

private:
    /// Past this many ranges a reset is cheaper than telling every view about each.
    static constexpr std::size_t mostRanges = 200;

    const T &at(int row) const { return *m_rows[std::size_t(row)]; }

    std::vector<Ptr> wantedOf(const ObjectTable<T> &table) const
    {
        std::vector<Ptr> rows;
        rows.reserve(m_wanted ? 0 : table.size());
        for (const Ptr &object : table) {
            if (!m_wanted || m_wanted(*object))
                rows.push_back(object);
        }
        return rows;
    }

    void take(std::vector<Ptr> fresh, const RowChanges &changes)
    {
        if (changes.ranges() > mostRanges) {
            beginResetModel();
            m_rows = std::move(fresh);
            endResetModel();
            return;
        }
        for (auto range = changes.removed.rbegin(); range != changes.removed.rend(); ++range) {
            beginRemoveRows({}, range->first, range->last);
            m_rows.erase(m_rows.begin() + range->first, m_rows.begin() + range->last + 1);
            endRemoveRows();
        }
        for (const RowRange &range : changes.inserted) {
            beginInsertRows({}, range.first, range.last);
            m_rows.insert(m_rows.begin() + range.first, fresh.begin() + range.first,
                          fresh.begin() + range.last + 1);
            endInsertRows();
        }
        m_rows = std::move(fresh);
        for (const RowRange &range : changes.changed)
            Q_EMIT dataChanged(index(range.first, 0), index(range.last, columnCount() - 1));
    }

    QString m_key;
    QString m_title;
    std::vector<ObjectColumn<T>> m_columns;
    Wanted m_wanted;
    TopologyFramePtr m_frame;
    std::vector<Ptr> m_rows;
};

} // namespace portolan::ui
