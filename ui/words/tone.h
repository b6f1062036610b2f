#pragma once

#include "model/cluster/probe_result.h"
#include "model/diagnosis/finding.h"
#include "model/graph/topology_graph.h"
#include "model/session/session.h"

#include <QColor>

class QPainter;
class QRectF;

namespace portolan::ui {

struct Theme;

/// What a value means for the reader; each tone has a colour and a shape of its own, so that no meaning
/// hangs on colour alone.
enum class Tone : std::uint8_t { None, Good, Allowed, Warning, Bad, Muted };

Tone toneOf(ProbeOutcome outcome);
Tone toneOf(EdgeVerdict verdict);
Tone toneOf(Severity severity);
Tone toneOf(PodHealth health);
Tone toneOf(SessionPhase phase);

QColor toneColor(const Theme &theme, Tone tone);

/// Good: a disc. Warning: a triangle. Bad: a square. Muted: a ring. Allowed: a diamond. None: nothing.
void drawToneMark(QPainter &painter, const Theme &theme, Tone tone, const QRectF &place);

} // namespace portolan::ui
