#pragma once

#include "ui/tables/fact_table.h"

#include <string>

/// The tables of the window, one function each; the caller owns what it gets.
namespace portolan::ui {

std::unique_ptr<FactTable> makePodTable();
std::unique_ptr<FactTable> makeWorkloadTable();
std::unique_ptr<FactTable> makeServiceTable();
std::unique_ptr<FactTable> makeEndpointTable(); ///< one row an address of a slice
std::unique_ptr<FactTable> makePolicyTable();
std::unique_ptr<FactTable> makeIngressTable();
std::unique_ptr<FactTable> makeNodeTable();
std::unique_ptr<FactTable> makeNamespaceTable();
std::unique_ptr<FactTable> makeConnectionTable(); ///< the lines of the map
std::unique_ptr<FactTable> makeProbeTable();
std::unique_ptr<FactTable> makeFlowTable(); ///< what flow logs tell
std::unique_ptr<FactTable> makeFindingTable();
std::unique_ptr<FactTable> makeEventTable();
std::unique_ptr<FactTable> makeGapTable(); ///< what could not be read
/// Objects of one kind that discovery found; `type` as in ObjectRef.
std::unique_ptr<FactTable> makeOtherTable(const std::string &type);

/// All of them but the ones of discovered kinds, in the order in which they are offered.
FactTables makeTables();

} // namespace portolan::ui
