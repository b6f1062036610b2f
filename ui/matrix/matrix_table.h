#pragma once

#include "model/graph/reach_matrix.h"

#include <QAbstractTableModel>

#include <set>
#include <vector>

namespace portolan::ui {

/// A matrix of workloads as an item model: rows are sources, columns destinations, in the same order. A
/// folded namespace is one row and one column. Equal answers keep the view; a matrix of other workloads
/// resets it.
class MatrixTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role {
        VerdictRole = Qt::UserRole, ///< int(CellVerdict)
        SelfRole,                   ///< true on the diagonal
        NamespaceRole,              ///< of headers: true where it stands for a folded namespace
        BeginsRole,                 ///< of headers: true for the first of its namespace
    };

    explicit MatrixTable(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setMatrix(ReachMatrixPtr matrix);
    const ReachMatrixPtr &matrix() const { return m_matrix; }
    /// Like ones as neighbours, or by name.
    void setSortedBySimilarity(bool similar);
    /// Folds or unfolds the namespace of a row or column.
    void toggleFold(int section);
    void setAllFolded(bool folded);

    /// The workload of a row or column; nothing where it is a folded namespace.
    const MatrixEnd *end(int section) const;
    const std::string &namespaceOf(int section) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override { return rowCount(parent); }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Workloads m_order[first, end) of the matrix; more than one, or a namespace, where folded.
    struct Section
    {
        std::uint32_t first = 0;
        std::uint32_t end = 0;
        bool folded = false;
    };

    std::vector<Section> sections() const;
    void rebuild();
    const MatrixEnd &endAt(std::uint32_t place) const { return m_matrix->ends()[m_order[place]]; }
    CellVerdict verdictAt(int row, int column) const;
    QString nameOf(int section) const;

    ReachMatrixPtr m_matrix;
    std::set<std::string> m_folded;
    bool m_similar = false;
    std::vector<std::uint32_t> m_order; ///< places of the matrix in the order of the rows
    std::vector<Section> m_sections;
};

} // namespace portolan::ui
