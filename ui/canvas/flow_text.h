#pragma once

#include "model/cluster/flow_log.h"

#include <QString>

/// What flow logs tell, in the user's language; plain text. Safe from any thread.
namespace portolan::ui {

/// "12 forwarded, 3 dropped (POLICY_DENIED), 7/min"; counts are records of the log.
QString flowCountsText(const FlowCounts &counts, double perMinute);
/// "7/min", "0.4/min"; "" where the rate is not known.
QString rateText(double perMinute);
/// "flows of Hubble, 14:01:30 to 14:03:07 UTC", and what is missing of them.
QString flowLogText(const FlowLog &log);

} // namespace portolan::ui
