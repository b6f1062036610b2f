#pragma once

#include "model/policy/verdict.h"

#include <string>
#include <string_view>

namespace portolan::ctl {

/// Appends `,"verdict":…` and what belongs to it; `by` only where asked for.
void appendVerdict(const policy::Verdict &verdict, bool explain, std::string &out);
/// A decision as a JSON object.
std::string decisionText(const policy::Decision &decision);
/// Appends `{"error":…}` and a line end.
void appendError(std::string_view why, std::string &out);
/// A check's line without its closing brace, and without the fields that an answer has.
std::string withoutAnswer(std::string_view line);

} // namespace portolan::ctl
