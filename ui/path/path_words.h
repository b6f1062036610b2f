#pragma once

#include "model/diagnosis/connection_path.h"
#include "ui/inspector/content.h"

#include <QString>

/// The words of a connection's path. All of them plain text.
namespace portolan::ui {

/// What kind of thing a hop is: "Pod", "Between the nodes".
QString hopKindText(PathHop::Kind kind);
/// What is read out of a hop: kind, name, address, state.
QString hopDescription(const PathHop &hop, bool isBroken);
/// One check as a line with its evidence.
StepRow rowOf(const PathCheck &check);
/// What all of it comes to, in a few words: where it is broken, that it is reached, that nobody has looked.
QString pathVerdict(const ConnectionPath &path);
Tone pathTone(const ConnectionPath &path);

} // namespace portolan::ui
