#pragma once

#include "ui/tables/fact_table.h"

#include <functional>
#include <utility>

namespace portolan::ui {

template<class Row>
struct ListColumn
{
    ColumnHead head;
    std::function<QString(const Row &)> text;
    std::function<bool(const Row &, const Row &)> less = {};
    std::function<Tone(const Row &)> tone = {};
};

/// A FactTable over rows that a function makes from a frame. Where the rows differ it is reset; the view
/// finds the selected subject again.
template<class Row>
class ListTable : public FactTable
{
public:
    using Rows = std::function<std::vector<Row>(const TopologyFrame &)>;
    using SubjectOf = std::function<Subject(const Row &)>;
    using Count = std::function<int(const TopologyFrame &)>;

    ListTable(QString key, QString title, std::vector<ListColumn<Row>> columns, Rows rows, Count count,
              SubjectOf subject)
        : m_key(std::move(key)),
          m_title(std::move(title)),
          m_columns(std::move(columns)),
          m_rowsOf(std::move(rows)),
          m_count(std::move(count)),
          m_subject(std::move(subject))
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
        for (const ListColumn<Row> &column : m_columns)
            heads.push_back(column.head);
        return heads;
    }
    int countIn(const TopologyFrame &frame) const override { return m_count(frame); }

    void setFrame(const TopologyFramePtr &frame) override
    {
        if (frame == m_frame)
            return;
        std::vector<Row> fresh = frame ? m_rowsOf(*frame) : std::vector<Row>();
        // Rows may point into their frame, so that the old one lives until they are gone.
        const TopologyFramePtr before = std::exchange(m_frame, frame);
        if (fresh == m_rows) {
            m_rows = std::move(fresh);
            return;
        }
        beginResetModel();
        m_rows = std::move(fresh);
        forgetSortTexts();
        endResetModel();
    }

    Subject subjectAt(int row) const override { return m_subject(m_rows[std::size_t(row)]); }
    QString cell(int row, int column) const override
    {
        return m_columns[std::size_t(column)].text(m_rows[std::size_t(row)]);
    }
    Tone toneAt(int row, int column) const override
    {
        const auto &tone = m_columns[std::size_t(column)].tone;
        return tone ? tone(m_rows[std::size_t(row)]) : Tone::None;
    }
    bool less(int a, int b, int column) const override
    {
        const auto &typed = m_columns[std::size_t(column)].less;
        return typed ? typed(m_rows[std::size_t(a)], m_rows[std::size_t(b)]) : FactTable::less(a, b, column);
    }

private:
    QString m_key;
    QString m_title;
    std::vector<ListColumn<Row>> m_columns;
    Rows m_rowsOf;
    Count m_count;
    SubjectOf m_subject;
    TopologyFramePtr m_frame;
    std::vector<Row> m_rows;
};

} // namespace portolan::ui
